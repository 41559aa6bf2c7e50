using Microsoft.EntityFrameworkCore;

namespace Typed;

/// <summary>An event that its consumer cannot handle, and the transaction in which the consumer moves on after it.</summary>
/// <typeparam name="TBody">The declared class.</typeparam>
public sealed class PoisonedEvent<TBody>
{
    internal PoisonedEvent(EventId id, Event<TBody>? read, StreamPosition position, Exception error, int attempts, DbContext context) =>
        (Id, Event, Position, Error, Attempts, Context) = (id, read, position, error, attempts, context);

    /// <summary>The event's id.</summary>
    public EventId Id { get; }

    /// <summary>The event; null where the stored JSON does not fit its class (the error, an <see cref="UnreadableEventException"/>, has it).</summary>
    public Event<TBody>? Event { get; }

    /// <summary>Its place in the commit order.</summary>
    public StreamPosition Position { get; }

    /// <summary>The last error of the handler.</summary>
    public Exception Error { get; }

    /// <summary>How often the handler failed on the event alone.</summary>
    public int Attempts { get; }

    /// <summary>A context with an open transaction, which is committed when <c>OnPoison</c> returns: a place for the event in a table of one's own.</summary>
    public DbContext Context { get; }
}
