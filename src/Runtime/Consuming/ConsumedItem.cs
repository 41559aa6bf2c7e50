namespace Typed.Consuming;

/// <summary>An event on its way to a consumer, or what is wrong with it where its class cannot read it.</summary>
internal readonly record struct ConsumedItem<TBody>(Event<TBody>? Event, UnreadableEventException? Unreadable, StreamPosition Position)
{
    public EventId Id => Event?.Id ?? Unreadable!.Id;

    /// <summary>Why it need not be tried; null: it is tried.</summary>
    public Exception? Misfit { get; init; } = Unreadable;
}
