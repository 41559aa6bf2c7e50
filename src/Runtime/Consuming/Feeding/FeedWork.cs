using Typed.Storage;
using Typed.Streams.Feeding;
using Typed.Time;
using Typed.Writing;

namespace Typed.Consuming.Feeding;

/// <summary>Writes the points of events, in the transaction that moves the position of the feed.</summary>
/// <param name="name">The name of the position.</param>
/// <param name="scope">The store.</param>
/// <param name="positions">The positions of all consumers.</param>
/// <param name="newPoints">Makes what holds the points of events.</param>
internal sealed class FeedWork<TBody>(string name, StoreScope scope, StoreConsumers positions, Func<EventFeeds<TBody>> newPoints) : ConsumerWork<TBody>
{
    public override ValueTask<bool> HandleAsync(StreamPosition at, FollowedEvent<TBody>[] events, int attempt, CancellationToken cancellationToken)
    {
        // An attempt that was given up may still read those of the last one.
        var points = newPoints();
        for (var i = 0; i < events.Length; i++)
        {
            try
            {
                points.Add(events[i].Body, Instant.From(events[i].Time), i);
            }
            catch (Exception error)
            {
                throw new UnfitEventException(i, (error as EventRejectedException)?.InnerException ?? error);
            }
        }

        return WriteAsync(at, events[^1].Position, FlushRows.Of([.. points.Slice(0, events.Length)], scope.Now).Tables, cancellationToken);
    }

    // What every event would meet, such as a right that is missing, is no fault of this one.
    public override bool TakesPoison(Exception error, int attempts) =>
        attempts == 0 || error is RejectedPointException || scope.Database.Classify(error) is Failure.Overflow or Failure.Refused;

    public override ValueTask<bool> PoisonAsync(
        StreamPosition at, ConsumedItem<TBody> item, Exception error, int attempts, CancellationToken cancellationToken) =>
        WriteAsync(at, item.Position, [], cancellationToken);

    private async ValueTask<bool> WriteAsync(
        StreamPosition from, StreamPosition to, IReadOnlyList<ITableRows> tables, CancellationToken cancellationToken)
    {
        var writer = scope.Writer!;
        var move = new Texts(name, to.ToString(), from.ToString());
        try
        {
            return await writer.Attempts.RunAsync(
                static () => { },
                (session, token) => session.ApplyAfterAsync(positions.Statements.Advance, move, tables, token),
                writer.Options.WriteTimeout,
                cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException silent)
        {
            throw new StoreUnavailableException($"{scope.Database.Address} took no points of '{name}' within WriteTimeout: {silent.Message}", silent);
        }
    }
}
