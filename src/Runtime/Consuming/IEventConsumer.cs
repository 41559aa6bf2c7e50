namespace Typed;

/// <summary>Handles the events of a stream, each exactly once as far as the database goes. Register it with <c>services.AddConsumer</c>.</summary>
/// <typeparam name="TBody">The declared class.</typeparam>
public interface IEventConsumer<TBody>
{
    /// <summary>Handles events. What it throws undoes what it did in the batch's context, and it gets them again.</summary>
    /// <param name="batch">The events, and the context to work in.</param>
    /// <param name="cancellationToken">Cancelled when the host stops, or another process has taken over.</param>
    ValueTask ConsumeAsync(ConsumedBatch<TBody> batch, CancellationToken cancellationToken);
}
