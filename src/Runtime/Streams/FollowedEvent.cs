namespace Typed;

/// <summary>An event and its place in the commit order of its stream.</summary>
/// <typeparam name="TBody">The declared class.</typeparam>
/// <param name="Event">The event.</param>
/// <param name="Position">Following goes on after it with this.</param>
public readonly record struct FollowedEvent<TBody>(Event<TBody> Event, StreamPosition Position)
{
    /// <summary>The id of the event.</summary>
    public EventId Id => Event.Id;

    /// <summary>When it happened, in UTC.</summary>
    public DateTimeOffset Time => Event.Time;

    /// <summary>What was put.</summary>
    public TBody Body => Event.Body;
}
