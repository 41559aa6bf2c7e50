using Typed.Diagnostics;
using Typed.Storage;

namespace Typed.Writing;

/// <summary>
/// Brings writes to the database, each once. A flush carries a number of its writer, which moves forward in the same transaction, so that a flush that is
/// presented again after an error of unknown outcome is recognised if it had been applied. A flush that is refused is split until the refused writes stand
/// alone.
/// </summary>
internal sealed class FlushPresenter(StoreWriter store, Detour? detour = null)
{
    /// <summary>How long the parts of a flush that met a lock wait for it: short, so that those without a lock are not late.</summary>
    private static readonly TimeSpan s_probe = TimeSpan.FromMilliseconds(20);

    /// <summary>A flush whose statements were cancelled as often is split: a part of it may be done within the time that the server allows.</summary>
    private const int MostCancellations = 2;

    private static readonly TimeSpan s_longestPatience = TimeSpan.FromMinutes(1);

    private readonly LockedParts _locked = new();
    private readonly WriterLine _line = new();

    // Of its own, so that its number says what became of the last flush of the spool: that the end of that flush is on disk is known when the next one begins.
    private WriterLine _spooledLine = new();

    /// <summary>Flushes writes. Each of them is committed, failed, or handed on when this returns.</summary>
    public async ValueTask FlushAsync(IReadOnlyList<PendingWrite> given, TimeSpan lockWait)
    {
        _locked.Clear();
        if (detour is not null || given.All(write => write.Count > 0))
        {
            await FlushPartAsync(given, lockWait).ConfigureAwait(false);
            return;
        }

        // Marks are reached when all else is done, or has gone to wait for a lock. They are told apart before: a posted write that is done serves again.
        PendingWrite[] marks = [.. given.Where(write => write.Count == 0)];
        await FlushPartAsync([.. given.Where(write => write.Count > 0)], lockWait).ConfigureAwait(false);
        Commit(marks);
    }

    private async ValueTask FlushPartAsync(IReadOnlyList<PendingWrite> given, TimeSpan lockWait)
    {
        List<PendingWrite> diverted = [];
        try
        {
            await FlushStraightAsync(given, diverted, lockWait).ConfigureAwait(false);
        }
        finally
        {
            // Not before: a call that waits for a lock must not overtake what came before it.
            if (diverted.Count > 0)
            {
                store.Detour.Open(diverted);
            }
        }
    }

    /// <summary>Flushes what need not wait for a lock elsewhere, and collects what has to.</summary>
    private async ValueTask FlushStraightAsync(IReadOnlyList<PendingWrite> given, List<PendingWrite> diverted, TimeSpan lockWait)
    {
        while (true)
        {
            var writes = Route(given, diverted);
            if (store.Spool is { Log.Syncer.HasFailed: true })
            {
                // Nobody could say that they are under way: they wait in the spool for the next store, and the others go on.
                store.Abandon(writes.FindAll(write => write.IsSpooled), mayBeApplied: false);
                writes.RemoveAll(write => write.IsSpooled);
            }

            if (writes.Count == 0)
            {
                return;
            }

            FlushRows rows;
            Exception refusal;
            try
            {
                rows = store.Combine(writes);
            }
            catch (Exception error)
            {
                // Numbers may fit call by call that do not fit together.
                await SplitAsync(writes, [], error, lockWait).ConfigureAwait(false);
                return;
            }

            if (rows is { Tables.Count: 0, Late: null })
            {
                store.Spool?.Forget(writes);
                Commit(writes);
                return;
            }

            var spooled = store.Spool is null ? null : StoreSpool.ItemsOf(writes);
            using var flush = new Flush(writes, rows, spooled is null ? _line : _spooledLine, lockWait, store.Stopping)
            {
                Telemetry = Watch(writes, rows.Tables),
            };
            try
            {
                if (spooled is not null && !await store.Spool!.BeginAsync(flush, spooled).ConfigureAwait(false))
                {
                    given = writes;
                    continue;
                }

                if (await PresentAsync(flush).ConfigureAwait(false))
                {
                    flush.Telemetry.End(error: null);
                    store.Announce(rows.Tables);
                    store.Spool?.End(flush, isApplied: true);
                    Commit(writes);
                    return;
                }

                refusal = flush.Refusal!;
            }
            catch (Exception error) when (flush.Token.IsCancellationRequested && (flush.MayBeApplied || !IsRefusal(error)))
            {
                flush.Telemetry.End(error);

                // The spool goes on to say that the flush is under way, as the last one of its writer.
                _spooledLine = flush.IsSpooled ? new() : _spooledLine;
                store.Abandon(writes, flush.MayBeApplied);
                return;
            }
            catch (Exception error) when (flush.IsToBeMadeAgain)
            {
                flush.Telemetry.End(error);
                store.Spool?.End(flush, isApplied: false);

                // A caller has gone, and nothing was written: the others go on without it.
                given = writes;
                continue;
            }
            catch (Exception error)
            {
                refusal = error;
            }

            flush.Telemetry.End(refusal);
            store.Spool?.End(flush, isApplied: false);
            await SplitAsync(writes, rows.Tables, refusal, lockWait).ConfigureAwait(false);
            return;
        }
    }

    /// <summary>
    /// Presents a flush until it is known what became of it: true, it is committed; false, it was refused after an attempt of unknown outcome.
    /// </summary>
    private async ValueTask<bool> PresentAsync(Flush flush)
    {
        var attempts = 0;
        try
        {
            // Where an attempt finds the number taken, an earlier one was committed: they all have the same rows.
            await store.Retry.RunAsync(
                token => AttemptAsync(flush, attempts++, token),
                error =>
                {
                    var passes = MayPass(flush, error);
                    if (passes)
                    {
                        flush.Telemetry.Retried(error);
                    }

                    return passes;
                },
                flush.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception) when (flush.Refusal is not null)
        {
            // It goes on below.
        }

        flush.Line.Next();
        var isApplied = await store.Retry.RunAsync(
            token => FenceAsync(flush, token),
            _ => !flush.Token.IsCancellationRequested,
            flush.Token).ConfigureAwait(false);
        if (isApplied)
        {
            return true;
        }

        flush.Annul();
        return false;
    }

    /// <summary>Keeps a flush that was refused after an attempt of unknown outcome from being applied later. True: it has been applied.</summary>
    private ValueTask<bool> FenceAsync(Flush flush, CancellationToken cancellationToken) => store.Attempts.RunAsync(
        static () => { },
        (session, token) => FenceAsync(session, flush, token),
        Limit(flush),
        cancellationToken);

    /// <summary>An attempt may be cut off because the server is slow and not because it is gone, so each may take longer than the one before.</summary>
    private TimeSpan Limit(Flush flush)
    {
        var patience = store.FirstAttempt * (1 << Math.Min(flush.Silences, 8));
        return patience < s_longestPatience ? patience : s_longestPatience;
    }

    private async ValueTask<bool> AttemptAsync(Flush flush, int attempt, CancellationToken cancellationToken)
    {
        // A server that waits for a lock is silent too, and a large flush may take its time however often it was tried.
        var limit = Limit(flush) + (TimeSpan.FromMicroseconds(50) * flush.Rows) + flush.Stamp.LockWait;
        try
        {
            return await store.Attempts.RunAsync(
                flush.Begin,
                (session, token) => ApplyAsync(session, flush, attempt, token),
                limit,
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            flush.Silences += error is TimeoutException ? 1 : 0;
            foreach (var write in flush.Writes)
            {
                write.LeaveMemory();
            }

            throw;
        }
    }

    /// <summary>Writes a flush; where it has been written already, finds out which of its events were new.</summary>
    private static async ValueTask<bool> ApplyAsync(Session session, Flush flush, int attempt, CancellationToken cancellationToken)
    {
        await LeaveAsync(session, flush, cancellationToken).ConfigureAwait(false);

        // Nobody but an earlier attempt at this flush can have taken its number.
        var moved = await session.ApplyAsync(flush.Stamp, flush.Tables, flush.Late, attempt > 0, cancellationToken).ConfigureAwait(false);
        if (!moved)
        {
            await session.RecallAsync(flush.Stamp, flush.Tables, cancellationToken).ConfigureAwait(false);
        }

        return moved;
    }

    /// <summary>
    /// Ends earlier attempts that still wait for the rest of their request, and hold the writer's line: a network may have swallowed it, and the server would
    /// learn of that only after hours.
    /// </summary>
    private static async ValueTask LeaveAsync(Session session, Flush flush, CancellationToken cancellationToken)
    {
        flush.MoveTo(session.Place);
        if (flush.MayBeApplied)
        {
            foreach (var place in flush.Places)
            {
                await session.EndAsync(place, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<bool> FenceAsync(Session session, Flush flush, CancellationToken cancellationToken)
    {
        await LeaveAsync(session, flush, cancellationToken).ConfigureAwait(false);
        var isApplied = await session.FenceAsync(store.Fence, store.Sequence, flush.Stamp, cancellationToken).ConfigureAwait(false);
        if (isApplied)
        {
            await session.RecallAsync(flush.Stamp, flush.Tables, cancellationToken).ConfigureAwait(false);
        }

        return isApplied;
    }

    /// <summary>Whether another attempt may succeed.</summary>
    private bool MayPass(Flush flush, Exception error)
    {
        if (flush.IsToBeMadeAgain)
        {
            return false;
        }

        var failure = store.Classify(error);
        flush.Fail(isOutcomeUnknown: failure is Failure.OutcomeUnknown or null);
        foreach (var write in flush.Writes)
        {
            write.LastError = error;
        }

        if (flush.Token.IsCancellationRequested)
        {
            return false;
        }

        if (failure is Failure.Transient or Failure.OutcomeUnknown
            || (failure == Failure.Canceled && (++flush.Cancellations < MostCancellations || !flush.IsDivisible)))
        {
            return true;
        }

        if (flush.MayBeApplied)
        {
            flush.Refusal = error;
        }

        return false;
    }

    /// <summary>Whether the database says no, rather than nothing.</summary>
    private bool IsRefusal(Exception error) => store.Classify(error) is not (null or Failure.Transient or Failure.Canceled or Failure.OutcomeUnknown);

    /// <summary>Goes on with the parts of what was refused; of a single write, ends it or lets it wait for a lock elsewhere.</summary>
    private async ValueTask SplitAsync(IReadOnlyList<PendingWrite> writes, IReadOnlyList<ITableRows> tables, Exception refusal, TimeSpan lockWait)
    {
        var failure = store.Classify(refusal);
        if (writes.Count > 1 || writes[0].IsDivisible)
        {
            store.Telemetry.Log.Split(refusal);
        }

        var wait = failure == Failure.Locked ? s_probe : lockWait;
        if (failure == Failure.Denied && writes.All(write => write.Lane.Equals(writes[0].Lane)))
        {
            foreach (var write in writes)
            {
                write.Fail(store.Errors.Refused(refusal, tables));
            }
        }
        else if (failure == Failure.Denied)
        {
            // Marks come last: they are reached when what came before them is done.
            foreach (var lane in writes.GroupBy(write => write.Lane).OrderBy(lane => lane.First().Count == 0))
            {
                await FlushPartAsync([.. lane], wait).ConfigureAwait(false);
            }
        }
        else if (writes.Count > 1)
        {
            var half = writes.Count / 2;
            await FlushPartAsync([.. writes.Take(half)], wait).ConfigureAwait(false);
            await FlushPartAsync([.. writes.Skip(half)], wait).ConfigureAwait(false);
        }
        else if (writes[0] is { IsDivisible: true } many)
        {
            var half = many.Count / 2;
            await FlushPartAsync([many.Slice(0, half)], wait).ConfigureAwait(false);
            await FlushPartAsync([many.Slice(half, many.Count - half)], wait).ConfigureAwait(false);
        }
        else if (failure != Failure.Locked)
        {
            writes[0].Fail(store.Errors.Refused(refusal, tables));
        }
        else if (detour is not null)
        {
            detour.Block(writes[0]);
        }
        else
        {
            _locked.Add(writes[0]);
            store.Detour.Open(writes, withLane: _locked.IsFull(writes[0].Lane));
        }
    }

    /// <summary>The writes to flush: without those whose caller has gone, and those that have to wait for a lock elsewhere.</summary>
    private List<PendingWrite> Route(IReadOnlyList<PendingWrite> given, List<PendingWrite> diverted)
    {
        List<PendingWrite> writes = new(given.Count);
        foreach (var write in given)
        {
            if (write.IsGone)
            {
                write.Abandon(error: null);
            }
            else if (detour is not null)
            {
                writes.AddRange(detour.Unblocked(write));
            }
            else
            {
                writes.Add(write);
            }
        }

        return detour is null && store.Detour.IsOpen ? store.Detour.Divert(writes, diverted) : writes;
    }

    private FlushTelemetry Watch(List<PendingWrite> writes, IReadOnlyList<ITableRows> tables) => store.Telemetry.StartFlush(
        writes.Select(write => write.Caller), items: writes.Sum(write => write.Count), rows: tables.Sum(table => table.Count));

    private static void Commit(IReadOnlyList<PendingWrite> writes)
    {
        foreach (var write in writes)
        {
            write.Commit();
        }
    }
}
