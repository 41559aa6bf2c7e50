using Typed.Diagnostics;
using Typed.Storage;
using Typed.Streams.Following;

namespace Typed.Consuming;

/// <summary>
/// One consumer in one process: waits until no other process has it, then hands it the events after its position, batch by batch, each in a transaction that
/// also
/// moves the position.
/// </summary>
internal sealed class ConsumerLoop<TBody>(
    ConsumerPosition consumer, EventTail<TBody> tail, StoreConsumers positions, Database database, ConsumerStatus status, ConsumerOptions<TBody> options,
    Func<ConsumerScope> open, Func<ConsumedBatch<TBody>, IServiceProvider?, CancellationToken, ValueTask> handler)
    where TBody : IFollowedEventBody<TBody>
{
    private static readonly TimeSpan s_takeOver = TimeSpan.FromSeconds(1);

    private readonly ConsumerPages<TBody> _pages = new(
        consumer.Name, positions, database, status, new HandlerWork<TBody>(new(consumer.Name, positions.Statements, open), options, handler),
        options.Attempts, options.LongestPause);

    /// <summary>The text of the position at which it waits for events; null while it has some.</summary>
    private volatile string? _idleAt;

    /// <summary>Runs until it is cancelled.</summary>
    /// <exception cref="StreamPositionException">The position belongs to another history of commits.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Not on the caller's thread: SQLite's calls only look asynchronous.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (true)
        {
            try
            {
                var lease = await database.TryLeaseAsync($"{positions.Statements.Table} {consumer.Name}", cancellationToken).ConfigureAwait(false);
                if (lease is null)
                {
                    status.Standby();
                    await Task.Delay(s_takeOver * (0.5 + Random.Shared.NextDouble()), cancellationToken).ConfigureAwait(false);
                    continue;
                }

                await using var _ = lease.ConfigureAwait(false);
                await LeasedWork.RunAsync(lease, IsMovedAsync, _pages.IsPassing, WorkAsync, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested && _pages.IsPassing(error))
            {
                await _pages.FailAsync(error, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (cancellationToken.IsCancellationRequested && error is not OperationCanceledException)
            {
                throw new OperationCanceledException(error.Message, error, cancellationToken); // what the handler threw on its way out
            }
        }
    }

    /// <summary>Works while the lease lasts and nobody moves the consumer.</summary>
    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            var at = await BeginAsync(cancellationToken).ConfigureAwait(false);
            await foreach (var page in tail.ReadAsync(at, options.BatchSize, Idle, cancellationToken).ConfigureAwait(false))
            {
                _idleAt = null;
                if (!await _pages.HandleAsync(at, page, cancellationToken).ConfigureAwait(false))
                {
                    return; // somebody moved it, or a commit went through that seemed to fail: the position says
                }

                at = page.Last;
            }

            void Idle()
            {
                status.CaughtUp();
                _idleAt = at.ToString();
            }
        }
        finally
        {
            _idleAt = null;
        }
    }

    private async ValueTask<bool> IsMovedAsync(CancellationToken cancellationToken)
    {
        if (_idleAt is not { } waits)
        {
            return false;
        }

        var found = await positions.FindAsync(consumer.Name, cancellationToken).ConfigureAwait(false);
        return !string.Equals(found?.Position.ToString(), waits, StringComparison.Ordinal) && ReferenceEquals(waits, _idleAt);
    }

    private async ValueTask<StreamPosition> BeginAsync(CancellationToken cancellationToken)
    {
        var found = await positions.FindAsync(consumer.Name, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            await positions.CreateAsync(consumer, cancellationToken).ConfigureAwait(false);
            found = await positions.FindAsync(consumer.Name, cancellationToken).ConfigureAwait(false) ?? consumer;
        }

        return (found.Stream, found.Namespace) == (consumer.Stream, consumer.Namespace)
            ? found.Position
            : throw new InvalidOperationException(
                $"The consumer '{consumer.Name}' of {database.Address} is one of stream '{found.Stream}', namespace '{found.Namespace}', and not of stream "
                + $"'{consumer.Stream}', namespace '{consumer.Namespace}': give this one another name, or forget that one with store.Consumers.DeleteAsync.");
    }
}
