namespace Typed;

/// <summary>Events that follow each other in the commit order of their stream, with one position for all of them.</summary>
/// <typeparam name="TBody">The declared class.</typeparam>
public sealed class FollowedBatch<TBody>
{
    internal FollowedBatch(IReadOnlyList<FollowedEvent<TBody>> events, StreamPosition position) => (Events, Position) = (events, position);

    /// <summary>The events, in the order of their commits. None where all of them went to the handler of unreadable ones.</summary>
    public IReadOnlyList<FollowedEvent<TBody>> Events { get; }

    /// <summary>Following goes on after all of them with this.</summary>
    public StreamPosition Position { get; }
}
