using Typed.Storage;
using Typed.Writing.Spool;

namespace Typed.Writing;

/// <summary>
/// A store's posts on their way through its spool. Mostly an item goes into the spool and into the writer's memory at once. Where there is no room in memory,
/// or where the spool holds items of an earlier run, it goes into the spool alone, and a feeder reads it from there when its turn comes: then the store is
/// behind. Awaited writes do not wait for what is only on disk.
/// </summary>
internal sealed class StoreSpool(StoreWriter writer, SpoolLog log, KeptWriterStatements statements) : IAsyncDisposable
{
    private const int MostFed = 1_000;

    /// <summary>How long a store that closes tries to let its writers' lines go. Whoever opens the spool next does it else.</summary>
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _ending = new();
    private readonly Dictionary<string, ISpooledLane> _lanes = new(StringComparer.Ordinal);
    private readonly Dictionary<ISpooledLane, SpoolLane> _spooled = [];
    private readonly List<(long Item, TaskCompletionSource Fed)> _waiting = [];
    private readonly SpoolBinding _binding = new(log, statements);
    private readonly TaskCompletionSource _bound = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guarded by the log's lock.
    private bool _isBehind = log.OpenItems > 0;
    private SpoolPlace? _firstBehind;
    private Task _feeding = Task.CompletedTask;
    private Exception? _failure;
    private long _fed;

    public SpoolLog Log => log;

    /// <summary>Whether it belongs to the database of the store, and what an earlier run has left is known.</summary>
    public bool IsBound => _bound.Task.IsCompletedSuccessfully;

    /// <summary>Whether items are on disk that are not in memory.</summary>
    public bool IsBehind
    {
        get
        {
            lock (log.Sync)
            {
                return _isBehind;
            }
        }
    }

    /// <summary>Why the spool cannot be read on; null: it can.</summary>
    public Exception? Fault => Volatile.Read(ref _failure);

    /// <summary>Finds the lanes of items that an earlier run has left; null: the store has none.</summary>
    public Func<string, ISpooledLane?> FindLane { get; set; } = static _ => null;

    /// <summary>Takes an item; ends when it is accepted.</summary>
    /// <exception cref="SpoolException">The disk takes nothing more; the item is not accepted.</exception>
    /// <exception cref="CapacityExceededException">The spool is full, and the store's policy is to throw.</exception>
    public ValueTask PostAsync<TItem>(WriteLane<TItem> lane, in TItem item, CancellationToken cancellationToken)
        where TItem : struct
    {
        var whole = lane.Fix(item);
        if (TryTake(lane, whole))
        {
            return Taken();
        }

        switch (writer.Options.WhenFull)
        {
            case WhenFull.Wait:
                return TakeLaterAsync(lane, lane.Keep(whole), cancellationToken);

            case WhenFull.DropOldest when DropOldest() && TryTake(lane, whole):
                return Taken();

            case WhenFull.Throw:
                throw new CapacityExceededException(log.MaxBytes);

            default:
                lane.TelemetryIn(writer.Telemetry).DroppedNewest();
                return ValueTask.CompletedTask;
        }
    }

    /// <summary>A lane as items in the spool name it.</summary>
    public SpoolLane LaneOf(ISpooledLane lane)
    {
        lock (log.Sync)
        {
            if (!_spooled.TryGetValue(lane, out var spooled))
            {
                _spooled.Add(lane, spooled = new(_spooled.Count + 1, lane.SpoolLayout));
                _lanes.TryAdd(lane.SpoolLayout, lane);
            }

            return spooled;
        }
    }

    /// <summary>The items of the spool among writes; null: there are none.</summary>
    public static ItemSet? ItemsOf(IEnumerable<PendingWrite> writes)
    {
        List<long>? items = null;
        foreach (var write in writes)
        {
            if (write.IsSpooled)
            {
                items ??= [];
                items.AddRange(write.Spooled);
            }
        }

        return items is null ? null : ItemSet.Of(items);
    }

    /// <summary>Forgets the items of writes, which are done or will not be.</summary>
    public void Forget(IEnumerable<PendingWrite> writes)
    {
        if (ItemsOf(writes) is { } items)
        {
            log.Forget(items);
        }
    }

    /// <summary>
    /// Makes sure that the spool belongs to the database, finds out what became of the flushes of an earlier run, and begins to send what is left.
    /// </summary>
    /// <exception cref="SpoolException">It belongs to another database, or it is an old copy.</exception>
    public async ValueTask BindAsync(Database database, CancellationToken cancellationToken)
    {
        if (IsBound)
        {
            return;
        }

        await _binding.BindAsync(database, cancellationToken).ConfigureAwait(false);
        lock (log.Sync)
        {
            if (_bound.TrySetResult() && _isBehind && _feeding.IsCompleted)
            {
                StartFeeding();
            }
        }
    }

    /// <summary>Logs what an earlier run has left.</summary>
    public void SayWhatWasFound()
    {
        writer.Telemetry.Spool = () => (log.Bytes, log.OldestAge);
        if (log.Torn > 0)
        {
            Diagnostics.Instruments.TornRecords.Add(log.Torn, writer.Telemetry.Tags);
            writer.Telemetry.Log.SpoolTorn(log.Folder);
        }

        if (log.Found > 0)
        {
            writer.Telemetry.Log.SpoolFound(log.Folder, log.Found);
        }
    }

    /// <summary>Says on disk that a flush is about to be sent, and waits until that is possible.</summary>
    /// <returns>False: the disk has failed, and nothing of the spool can be sent any more.</returns>
    /// <exception cref="OperationCanceledException">The store's time is up; the flush must not be sent.</exception>
    public async ValueTask<bool> BeginAsync(Flush flush, ItemSet items)
    {
        return await writer.Retry.RunAsync(
            async token =>
            {
                try
                {
                    await BeginOnceAsync(flush, items, token).ConfigureAwait(false);
                    return true;
                }
                catch (SpoolException) when (log.Syncer.HasFailed)
                {
                    return false;
                }
            },
            error =>
            {
                foreach (var write in flush.Writes)
                {
                    write.LastError = error;
                }

                // A disk that is full may have room again.
                return !flush.Token.IsCancellationRequested && (error is SpoolException or IOException or UnauthorizedAccessException
                    || writer.Classify(error) is Failure.Transient or Failure.OutcomeUnknown or Failure.Canceled);
            },
            flush.Token).ConfigureAwait(false);
    }

    /// <summary>Says that a flush of <see cref="BeginAsync"/> has ended.</summary>
    public void End(Flush flush, bool isApplied)
    {
        if (flush.IsSpooled)
        {
            log.End(flush.Stamp.Writer, isApplied);
        }
    }

    /// <summary>Ends when everything that is in the spool now has been in memory.</summary>
    /// <exception cref="SpoolException">The spool cannot be read.</exception>
    public Task FedAsync()
    {
        lock (log.Sync)
        {
            if (!_isBehind || _fed >= log.NextItem)
            {
                return Task.CompletedTask;
            }

            if (_failure is { } failure)
            {
                return Task.FromException(failure);
            }

            var fed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((log.NextItem, fed));
            return fed.Task.WaitAsync(_ending.Token);
        }
    }

    /// <summary>Stops feeding: the store's time is up. What is in the spool stays there.</summary>
    public async Task StopAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        Task feeding;
        lock (log.Sync)
        {
            feeding = _feeding;
        }

        await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Ends the spool's use. What is not written stays in it.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        if (log.OpenItems is > 0 and var left)
        {
            writer.Telemetry.Log.SpoolKeeps(log.Folder, left);
        }
        else if (IsBound && log.Identity.Writers.Count > 0)
        {
            await SayFarewellAsync().ConfigureAwait(false);
        }

        log.Dispose();
        _binding.Dispose();
        _ending.Dispose();
    }

    private async ValueTask BeginOnceAsync(Flush flush, ItemSet items, CancellationToken cancellationToken)
    {
        var (id, sequence, _) = flush.Stamp;
        if (!_binding.IsKept(id))
        {
            await writer.Attempts.RunAsync(
                static () => { },
                async (session, token) =>
                {
                    await _binding.KeepAsync(session, id, token).ConfigureAwait(false);
                    return true;
                },
                writer.FirstAttempt,
                cancellationToken).ConfigureAwait(false);
        }

        if (!flush.IsSpooled)
        {
            log.Begin(id, sequence, items);
            flush.IsSpooled = true;
        }

        await log.Syncer.SyncAsync(log.Appended).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets the lines of this run's writers be cleaned away, where that takes no time.</summary>
    private async Task SayFarewellAsync()
    {
        using var deadline = RetryPolicy.Within(s_farewell, CancellationToken.None);
        try
        {
            await writer.Attempts.RunAsync(
                static () => { },
                async (session, token) =>
                {
                    await _binding.ReleaseAsync(session, token).ConfigureAwait(false);
                    return true;
                },
                s_farewell,
                deadline.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or TimeoutException or IOException || writer.Classify(error) is not null)
        {
            // The spool remembers them.
        }
    }

    private ValueTask Taken() => log.Syncer.IsEveryWrite ? new(log.Syncer.SyncAsync(log.Appended)) : ValueTask.CompletedTask;

    private bool TryTake<TItem>(WriteLane<TItem> lane, in TItem item)
        where TItem : struct
    {
        var spooled = lane.SpooledIn(this);
        var record = RecordWriter.OfThread;
        spooled.Begin(record.Payload);
        lane.Write(record, item);
        SpoolPlace place;
        lock (log.Sync)
        {
            writer.ThrowIfClosed();
            if (!log.TryAppend(spooled, record.Payload.Written, out place))
            {
                return false;
            }

            if (_isBehind)
            {
                return true;
            }

            if (!writer.TryAdmit())
            {
                (_isBehind, _firstBehind) = (true, place);
                if (IsBound)
                {
                    StartFeeding();
                }

                return true;
            }
        }

        try
        {
            writer.PostAdmitted(lane, item, place.Item);
        }
        catch
        {
            log.Forget(ItemSet.Of(place.Item));
            throw;
        }

        return true;
    }

    private async ValueTask TakeLaterAsync<TItem>(WriteLane<TItem> lane, TItem item, CancellationToken cancellationToken)
        where TItem : struct
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, writer.Stopping, _ending.Token);
        try
        {
            while (true)
            {
                var room = log.RoomAsync(closing.Token);
                if (TryTake(lane, item))
                {
                    break;
                }

                await writer.Telemetry.WaitAsync(new(room)).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw StoreWriter.Disposed();
        }

        await Taken().ConfigureAwait(false);
    }

    /// <summary>Drops what a segment holds and no flush has taken: the oldest of which nothing is left then. False: there is none.</summary>
    private bool DropOldest()
    {
        foreach (var segment in log.Whole())
        {
            writer.DropBefore(segment.EndItem);
            lock (log.Sync)
            {
                // Those that were not read from the disk yet.
                if (_isBehind)
                {
                    var unread = segment.OpenFrom(Math.Max(_fed, _firstBehind?.Item ?? 0));
                    log.Forget(unread);
                    writer.Telemetry.Dropped(unread.Count);
                }

                if (segment.Open == 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void StartFeeding()
    {
        var from = _firstBehind;
        SpoolLane[] lanes = [.. _spooled.Values];
        (_feeding, _fed) = (Task.Run(() => FeedAsync(from, lanes)), from?.Item ?? 0);
    }

    /// <summary>Moves items from disk into memory until there are none left that are on disk alone.</summary>
    private async Task FeedAsync(SpoolPlace? from, SpoolLane[] lanes)
    {
        var batch = new SpoolBatch();
        using var aside = new AsideFile(log.Folder, log.Disk);
        var most = Math.Clamp(writer.Options.Capacity / 4, 1, MostFed);
        try
        {
            using var cursor = new SpoolCursor(log, from, lanes);
            while (true)
            {
                long end;
                lock (log.Sync)
                {
                    end = log.NextItem;
                    _fed = cursor.NextItem;
                    EndWaiting(_fed);
                    if (_fed >= end)
                    {
                        _isBehind = false;
                        return;
                    }
                }

                batch.Fill(cursor, end, most);
                if (batch.Count > 0)
                {
                    await writer.AdmitAsync(batch.Count, _ending.Token).ConfigureAwait(false);
                    Feed(batch, aside);
                }
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // What is left stays in the spool.
        }
        catch (Exception error)
        {
            writer.Telemetry.Log.SpoolFailed(log.Folder, error);
            lock (log.Sync)
            {
                _failure = error as SpoolException ?? new SpoolException($"The spool {log.Folder} cannot be read: {error.Message}", error);
                foreach (var (_, fed) in _waiting)
                {
                    fed.TrySetException(_failure);
                }

                _waiting.Clear();
            }
        }
    }

    private void Feed(SpoolBatch batch, AsideFile aside)
    {
        var record = new RecordReader();
        List<long> unreadable = [];
        for (var i = 0; i < batch.Count; i++)
        {
            var (segment, item, layout, bytes) = batch[i];
            if (segment.IsDone(item))
            {
                // Dropped to make room.
                writer.Finished(1);
                continue;
            }

            var (lane, reason) = Find(layout);
            try
            {
                if (lane is not null)
                {
                    record.Read(bytes.Span);
                    lane.Feed(writer, record, item);
                    continue;
                }
            }
            catch (Exception error) when (error is InvalidDataException or OverflowException or ArgumentException)
            {
                reason = error.Message;
            }

            aside.Add(layout, bytes.Span, reason!);
            unreadable.Add(item);
            writer.Finished(1);
        }

        if (unreadable.Count > 0)
        {
            var path = aside.Write();
            log.Forget(ItemSet.Of(unreadable));
            writer.Telemetry.Log.SpoolSetAside(log.Folder, unreadable.Count, path);
        }
    }

    private (ISpooledLane? Lane, string? Reason) Find(string layout)
    {
        ISpooledLane? lane;
        lock (log.Sync)
        {
            if (_lanes.TryGetValue(layout, out lane))
            {
                return (lane, null);
            }
        }

        lane = FindLane(layout);
        if (lane is null)
        {
            return (null, "the store has no type of this name");
        }

        if (lane.Unfit(layout) is { } reason)
        {
            return (null, reason);
        }

        lock (log.Sync)
        {
            _lanes[layout] = lane;
        }

        return (lane, null);
    }

    private void EndWaiting(long fed)
    {
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            if (_waiting[i].Item <= fed)
            {
                _waiting[i].Fed.TrySetResult();
                _waiting.RemoveAt(i);
            }
        }
    }
}
