namespace Typed;

/// <summary>An event that was accepted and not written, or that an async stream gave and that cannot be stored.</summary>
/// <typeparam name="TBody">The declared class.</typeparam>
public sealed class UnwrittenEvent<TBody> : UnwrittenItem
    where TBody : IEventBody<TBody>
{
    internal UnwrittenEvent(EventId id, TBody body, Exception error, bool mayBeWritten)
        : base(typeof(TBody), id.Time, error, mayBeWritten) => (Id, Body) = (id, body);

    internal UnwrittenEvent(TBody body, DateTimeOffset time, Exception error)
        : base(typeof(TBody), time, error, mayBeWritten: false) => Body = body;

    /// <summary>The id that it was given: putting it again under this id is safe, whatever became of it. Null where it was never accepted.</summary>
    public EventId? Id { get; }

    /// <summary>The event.</summary>
    public TBody Body { get; }

    internal override object? Identity => Id;

    /// <summary>The id, or the time, and the event.</summary>
    public override string ToString() => Id is { } id ? $"{id} {Body}" : FormattableString.Invariant($"{Time:O} {Body}");
}
