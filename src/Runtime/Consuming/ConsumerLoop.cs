using System.Data.Common;
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
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_takeOver = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_check = TimeSpan.FromSeconds(2);

    private readonly ConsumerTransaction _transaction = new(consumer.Name, positions.Statements, open);
    private TimeSpan _pause = s_firstPause;

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
                await WorkAsync(lease, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested && IsPassing(error))
            {
                await FailAsync(error, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (cancellationToken.IsCancellationRequested && error is not OperationCanceledException)
            {
                throw new OperationCanceledException(error.Message, error, cancellationToken); // what the handler threw on its way out
            }
        }
    }

    /// <summary>Works while the lease lasts and nobody moves the consumer.</summary>
    private async Task WorkAsync(Lease lease, CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync(lease, leaving);
        try
        {
            var at = await BeginAsync(leaving.Token).ConfigureAwait(false);
            await foreach (var page in tail.ReadAsync(at, options.BatchSize, Idle, leaving.Token).ConfigureAwait(false))
            {
                _idleAt = null;
                List<ConsumedItem<TBody>> items = new(page.Rows);
                while (page.TryTake(out var read, out var unreadable, out var position))
                {
                    items.Add(new(read, unreadable, position));
                }

                status.Behind();
                if (!await HandlePageAsync(at, items, leaving.Token).ConfigureAwait(false))
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
        catch (OperationCanceledException) when (leaving.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The lease is lost.
        }
        finally
        {
            _idleAt = null;
            await leaving.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
        }
    }

    /// <summary>Ends the work when the lease is lost, or when somebody moves the consumer while it waits for events.</summary>
    private async Task WatchAsync(Lease lease, CancellationTokenSource leaving)
    {
        try
        {
            do
            {
                await Task.Delay(s_check, leaving.Token).ConfigureAwait(false);
            }
            while (await lease.IsHeldAsync(leaving.Token).ConfigureAwait(false) && !await IsMovedAsync(leaving.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            return; // the work has ended
        }
        catch (Exception error) when (IsPassing(error))
        {
            // The work meets the same error, or begins again.
        }

        await leaving.CancelAsync().ConfigureAwait(false);
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

    /// <summary>Handles the events of a page. False: the consumer does not stand where it was expected.</summary>
    private async ValueTask<bool> HandlePageAsync(StreamPosition at, List<ConsumedItem<TBody>> items, CancellationToken cancellationToken)
    {
        for (var start = 0; start < items.Count;)
        {
            var end = start;
            while (end < items.Count && items[end].Unreadable is null)
            {
                end++;
            }

            var isHandled = end == start
                ? await PoisonAsync(at, items[start], items[start].Unreadable!, attempts: 0, cancellationToken).ConfigureAwait(false)
                : await HandleAsync(at, items.GetRange(start, end - start), cancellationToken).ConfigureAwait(false);
            if (!isHandled)
            {
                return false;
            }

            start = Math.Max(end, start + 1);
            at = items[start - 1].Position;
        }

        return true;
    }

    /// <summary>Hands events over until they are handled, together or alone.</summary>
    private async ValueTask<bool> HandleAsync(StreamPosition at, List<ConsumedItem<TBody>> items, CancellationToken cancellationToken)
    {
        FollowedEvent<TBody>[] events = [.. items.Select(item => new FollowedEvent<TBody>(item.Event!, item.Position))];
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (!await _transaction.RunAsync(
                    at,
                    events[^1].Position,
                    (scope, token) => handler(new(events, scope.Context, attempt), scope.Services, token),
                    cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }

                status.Handled(events.Length);
                _pause = s_firstPause;
                return true;
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                await FailAsync(error, cancellationToken).ConfigureAwait(false);
                if (IsPassing(error) || await HasMovedAsync(at, cancellationToken).ConfigureAwait(false))
                {
                    return false; // begins again from where the position is
                }

                if (attempt < options.Attempts)
                {
                    continue;
                }

                if (events.Length == 1)
                {
                    return await PoisonAsync(at, items[0], error, attempt, cancellationToken).ConfigureAwait(false);
                }
            }

            return await HandleAloneAsync(at, items, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> HandleAloneAsync(StreamPosition at, List<ConsumedItem<TBody>> items, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            if (!await HandleAsync(at, [item], cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            at = item.Position;
        }

        return true;
    }

    /// <summary>Moves on after an event that cannot be handled, where somebody takes it; else has it tried again.</summary>
    private async ValueTask<bool> PoisonAsync(
        StreamPosition at, ConsumedItem<TBody> item, Exception error, int attempts, CancellationToken cancellationToken)
    {
        try
        {
            if (options.OnPoison is not { } onPoison)
            {
                if (attempts == 0)
                {
                    await FailAsync(error, cancellationToken).ConfigureAwait(false);
                }

                return false;
            }

            if (!await _transaction.RunAsync(
                at,
                item.Position,
                (scope, token) => onPoison(new(item.Id, item.Event, item.Position, error, attempts, scope.Context), token),
                cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            status.Poisoned(item.Id, error);
            return true;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            await FailAsync(failure, cancellationToken).ConfigureAwait(false);
            return false;
        }
    }

    private async ValueTask<bool> HasMovedAsync(StreamPosition at, CancellationToken cancellationToken) =>
        (await positions.FindAsync(consumer.Name, cancellationToken).ConfigureAwait(false))?.Position != at;

    /// <summary>Whether an error is the database's, and passes by itself. Those of other things that a handler uses are its own.</summary>
    private bool IsPassing(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is ReadFailedException or StoreUnavailableException
                || (cause is DbException && database.Classify(cause) is Failure.Transient or Failure.Canceled or Failure.Locked or Failure.OutcomeUnknown))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Notes a failure, and waits longer after each.</summary>
    private async ValueTask FailAsync(Exception error, CancellationToken cancellationToken)
    {
        status.Failed(error);
        var pause = _pause < options.LongestPause ? _pause : options.LongestPause;
        _pause = pause * 2;
        await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
    }
}
