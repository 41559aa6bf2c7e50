using Microsoft.EntityFrameworkCore;

namespace Typed;

/// <summary>What a consumer gets: events, and the transaction that also moves the consumer's position.</summary>
/// <typeparam name="TBody">The declared class.</typeparam>
public sealed class ConsumedBatch<TBody>
{
    internal ConsumedBatch(IReadOnlyList<FollowedEvent<TBody>> events, DbContext context, int attempt) =>
        (Events, Context, Attempt) = (events, context, attempt);

    /// <summary>The events, in the order of their commits; at least one.</summary>
    public IReadOnlyList<FollowedEvent<TBody>> Events { get; }

    /// <summary>
    /// A context with an open transaction, which is committed when the handler returns: what is done in it is done exactly once, whatever breaks. Save its
    /// changes
    /// before returning; <c>X.In(batch.Context)</c> writes in it too. Not for use after the handler has returned.
    /// </summary>
    public DbContext Context { get; }

    /// <summary>1, and more where the handler failed before.</summary>
    public int Attempt { get; }
}
