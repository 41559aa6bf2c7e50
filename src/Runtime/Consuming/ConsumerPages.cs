using System.Data.Common;
using Typed.Diagnostics;
using Typed.Storage;
using Typed.Streams.Following;

namespace Typed.Consuming;

/// <summary>Hands the events of pages to a consumer until they are handled: together, or alone where that fails.</summary>
/// <param name="name">The consumer.</param>
/// <param name="positions">The positions of all consumers.</param>
/// <param name="database">Tells which errors are the database's.</param>
/// <param name="status">Told how it goes.</param>
/// <param name="work">What is done with the events.</param>
/// <param name="mostAttempts">How often it is done at most before an event counts as poisoned.</param>
/// <param name="longestPause">The longest pause after an error.</param>
internal sealed class ConsumerPages<TBody>(
    string name, StoreConsumers positions, Database database, ConsumerStatus status, ConsumerWork<TBody> work, int mostAttempts, TimeSpan longestPause)
    where TBody : IEventBody<TBody>
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(50);

    private TimeSpan _pause = s_firstPause;

    /// <summary>Handles the events of a page. False: the consumer does not stand where it was expected.</summary>
    public async ValueTask<bool> HandleAsync(StreamPosition at, FollowPage<TBody> page, CancellationToken cancellationToken)
    {
        List<ConsumedItem<TBody>> items = new(page.Rows);
        while (page.TryTake(out var read, out var unreadable, out var position))
        {
            items.Add(new(read, unreadable, position));
        }

        status.Behind();
        for (var start = 0; start < items.Count;)
        {
            var end = start;
            while (end < items.Count && items[end].Misfit is null)
            {
                end++;
            }

            try
            {
                var isHandled = end == start
                    ? await PoisonAsync(at, items[start], items[start].Misfit!, attempts: 0, cancellationToken).ConfigureAwait(false)
                    : await HandleAsync(at, items.GetRange(start, end - start), cancellationToken).ConfigureAwait(false);
                if (!isHandled)
                {
                    return false;
                }
            }
            catch (UnfitEventException unfit)
            {
                // Those before it are handled first.
                items[start + unfit.Index] = items[start + unfit.Index] with { Misfit = unfit.InnerException };
                continue;
            }

            start = Math.Max(end, start + 1);
            at = items[start - 1].Position;
        }

        return true;
    }

    /// <summary>Notes a failure, and waits longer after each.</summary>
    public async ValueTask FailAsync(Exception error, CancellationToken cancellationToken)
    {
        status.Failed(error);
        var pause = _pause < longestPause ? _pause : longestPause;
        _pause = pause * 2;
        await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether an error is the database's, and passes by itself. Those of other things that a handler uses are its own.</summary>
    public bool IsPassing(Exception error)
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

    /// <summary>Hands events over until they are handled, together or alone.</summary>
    private async ValueTask<bool> HandleAsync(StreamPosition at, List<ConsumedItem<TBody>> items, CancellationToken cancellationToken)
    {
        FollowedEvent<TBody>[] events = [.. items.Select(item => new FollowedEvent<TBody>(item.Event!, item.Position))];
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (!await work.HandleAsync(at, events, attempt, cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }

                status.Handled(events.Length);
                _pause = s_firstPause;
                return true;
            }
            catch (UnfitEventException unfit) when (events.Length == 1)
            {
                return await PoisonAsync(at, items[0], unfit.InnerException!, attempts: 0, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is not UnfitEventException && !cancellationToken.IsCancellationRequested)
            {
                await FailAsync(error, cancellationToken).ConfigureAwait(false);
                if (IsPassing(error) || await HasMovedAsync(at, cancellationToken).ConfigureAwait(false))
                {
                    return false; // begins again from where the position is
                }

                if (attempt < mostAttempts)
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
            if (!work.TakesPoison(error, attempts))
            {
                if (attempts == 0)
                {
                    await FailAsync(error, cancellationToken).ConfigureAwait(false);
                }

                return false;
            }

            if (!await work.PoisonAsync(at, item, error, attempts, cancellationToken).ConfigureAwait(false))
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
        (await positions.FindAsync(name, cancellationToken).ConfigureAwait(false))?.Position != at;
}
