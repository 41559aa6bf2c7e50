namespace Typed.Consuming;

/// <summary>Hands events to an application's handler.</summary>
internal sealed class HandlerWork<TBody>(
    ConsumerTransaction transaction, ConsumerOptions<TBody> options, Func<ConsumedBatch<TBody>, IServiceProvider?, CancellationToken, ValueTask> handler)
    : ConsumerWork<TBody>
{
    public override async ValueTask<bool> HandleAsync(StreamPosition at, FollowedEvent<TBody>[] events, int attempt, CancellationToken cancellationToken) =>
        await transaction.RunAsync(
            at,
            events[^1].Position,
            (scope, token) => handler(new(events, scope.Context, attempt), scope.Services, token),
            cancellationToken).ConfigureAwait(false);

    public override bool TakesPoison(Exception error, int attempts) => options.OnPoison is not null;

    public override async ValueTask<bool> PoisonAsync(
        StreamPosition at, ConsumedItem<TBody> item, Exception error, int attempts, CancellationToken cancellationToken) =>
        await transaction.RunAsync(
            at,
            item.Position,
            (scope, token) => options.OnPoison!(new(item.Id, item.Event, item.Position, error, attempts, scope.Context), token),
            cancellationToken).ConfigureAwait(false);
}
