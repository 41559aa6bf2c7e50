namespace Typed.Consuming;

/// <summary>What a consumer does with events, each time in a transaction that also moves its position.</summary>
internal abstract class ConsumerWork<TBody>
{
    /// <summary>Handles events.</summary>
    /// <param name="at">Where the consumer stands before them.</param>
    /// <param name="events">The events, in the order of their commits.</param>
    /// <param name="attempt">1, and more where it failed before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>False: the consumer does not stand there any more, and nothing was done.</returns>
    /// <exception cref="UnfitEventException">One of the events will never be handled, and nothing was done.</exception>
    public abstract ValueTask<bool> HandleAsync(StreamPosition at, FollowedEvent<TBody>[] events, int attempt, CancellationToken cancellationToken);

    /// <summary>Whether the consumer goes on after an event that cannot be handled.</summary>
    /// <param name="error">Why.</param>
    /// <param name="attempts">How often it was tried alone; 0: it need not be tried.</param>
    public abstract bool TakesPoison(Exception error, int attempts);

    /// <summary>Moves on after an event that cannot be handled.</summary>
    /// <param name="at">Where the consumer stands before it.</param>
    /// <param name="item">The event.</param>
    /// <param name="error">Why.</param>
    /// <param name="attempts">How often it was tried alone.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>False: the consumer does not stand there any more, and nothing was done.</returns>
    public abstract ValueTask<bool> PoisonAsync(
        StreamPosition at, ConsumedItem<TBody> item, Exception error, int attempts, CancellationToken cancellationToken);
}

/// <summary>An event of a batch will never be handled, however often it is tried.</summary>
/// <param name="index">Its place in the batch.</param>
/// <param name="reason">Why.</param>
#pragma warning disable CA1032, CA1064, RCS1194 // Nobody outside sees it.
internal sealed class UnfitEventException(int index, Exception reason) : Exception(reason.Message, reason)
#pragma warning restore CA1032, CA1064, RCS1194
{
    public int Index => index;
}
