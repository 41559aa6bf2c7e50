using System.Diagnostics;
using System.Globalization;
using Typed.Diagnostics;
using Typed.Storage;
using Typed.Writing.Spool;

namespace Typed.Writing;

/// <summary>
/// Takes everything that is written to a store, bounds how much waits, and spreads it over flushers by key, so that two of them never wait for one row.
/// </summary>
internal sealed class StoreWriter : IAsyncDisposable
{
    /// <summary>How long a caller waits for a whole flush rather than for its own write.</summary>
    private static readonly TimeSpan s_together = TimeSpan.FromSeconds(1);

    private readonly Database _database;
    private readonly Admission _admission;
    private readonly Flusher[] _flushers;
    private readonly Flusher _joint;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _ending = new();
    private volatile bool _isClosing;
    private Task? _disposing;
    private long _ticket;

    public StoreWriter(
        Database database, RetryPolicy retry, WriteOptions options, TimeProvider clock, (SpoolLog Log, KeptWriterStatements Statements)? spool = null)
    {
        (_database, Retry, Options, Clock) = (database, retry, options, clock);
        _admission = new Admission(options.Capacity);
        Attempts = new FlushAttempts(database);
        Errors = new WriteErrors(database, options);
        Spares = new SpareWrites(this, options.Writers);
        Stopping = _stopping.Token;
        _flushers = [.. Enumerable.Range(0, options.Writers).Select(_ => new Flusher(this))];
        Detour = new Detour(this);
        _joint = _flushers.Length == 1 ? _flushers[0] : new JointFlusher(this, _flushers);
        Spool = spool is var (log, statements) ? new StoreSpool(this, log, statements) : null;
    }

    /// <summary>Moves a writer's sequence past a flush that has not been applied.</summary>
    public required Sql Fence { get; init; }

    /// <summary>Reads a writer's sequence.</summary>
    public required Sql Sequence { get; init; }

    public RetryPolicy Retry { get; }

    public WriteOptions Options { get; }

    public TimeProvider Clock { get; }

    /// <summary>Wakes the followers of streams after a commit; null where the store holds no stream that can be followed.</summary>
    public CommitSignals? Signals { get; init; }

    public required StoreTelemetry Telemetry
    {
        get;
        init
        {
            field = value;
            Lost = new LostItems(value, Options);
        }
    }

    public FlushAttempts Attempts { get; }

    public WriteErrors Errors { get; }

    public SpareWrites Spares { get; }

    public LostItems Lost { get; private init; } = null!;

    /// <summary>Where posted items stand until they are written; null: in memory alone.</summary>
    public StoreSpool? Spool { get; }

    /// <summary>Cancelled when the time to write what is left has passed.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Whether the store is being disposed, so that everything is due.</summary>
    public bool IsClosing => _isClosing;

    /// <summary>Where writes wait for locks of somebody else.</summary>
    public Detour Detour { get; }

    /// <summary>Whether callers wait for room, so that everything is due.</summary>
    public bool IsCrowded => _admission.IsWaitedFor;

    /// <summary>The place of the first call that waits for several flushers: these flush nothing that came after it.</summary>
    public long Barrier => _joint is JointFlusher ? _joint.FirstTicket : long.MaxValue;

    /// <summary>How long the first attempt at a small flush may take: a share of the time that callers give.</summary>
    public TimeSpan FirstAttempt => TimeSpan.FromSeconds(Math.Clamp(Options.WriteTimeout.TotalSeconds / 4, 0.1, 5));

    /// <summary>Items accepted and not written.</summary>
    public int Pending => _admission.Used;

    private IEnumerable<Flusher> Flushers => _flushers.Append(_joint).Distinct();

    /// <summary>Tells followers, here and in other processes, of rows that are committed.</summary>
    public void Announce(IReadOnlyList<ITableRows> tables)
    {
        if (Signals is not { } signals)
        {
            return;
        }

        foreach (var rows in tables)
        {
            if (rows.Table.CommitOrder is not null)
            {
                signals.Announce(rows.Table.Name, rows.Part);
                _database.Announce(rows.Table.Name, rows.Part);
            }
        }
    }

    public long NextTicket() => Interlocked.Increment(ref _ticket);

    /// <exception cref="ObjectDisposedException">The store is disposed, or is being disposed.</exception>
    public void ThrowIfClosed()
    {
        if (_isClosing)
        {
            throw Disposed();
        }
    }

    /// <summary>Writes the items of a call; ends when they are committed.</summary>
    /// <exception cref="WriteFailedException">The database refused, or did not answer within the time allowed.</exception>
    public async ValueTask WriteAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        cancellationToken.ThrowIfCancellationRequested();
        var started = Stopwatch.GetTimestamp();
        if (!_admission.TryEnter(write.Count))
        {
            await EnterAsync(write.Count, cancellationToken).ConfigureAwait(false);
        }

        write.Telemetry?.Accepted(write.Count);
        Task first;
        try
        {
            first = FlusherOf(write).Enqueue(write);
        }
        catch
        {
            write.Telemetry?.Abandoned(write.Count);
            Finished(write.Count);
            throw;
        }

        try
        {
            if (!first.IsCompleted)
            {
                // The flush that this caller began usually ends with its own write, and then it goes on without a change of threads. Not so where the flush
                // is split: then the others are not waited for.
                var left = Left();
                var together = first.WaitAsync(left < s_together ? left : s_together, cancellationToken);
                await together.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }

            await (write.Completion.IsCompleted ? write.Completion : write.Completion.WaitAsync(Left(), cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception) when (write.Completion.IsCompleted)
        {
            // It ended at the same moment, or was refused.
            await write.Completion.ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            var mayBeWritten = write.Leave();
            throw Errors.TimedOut(
                write.LastError ?? new TimeoutException(
                    mayBeWritten ? "the database did not answer." : "writes of this store that came before are still under way."), mayBeWritten);
        }
        catch (OperationCanceledException)
        {
            _ = write.Leave();
            throw;
        }

        TimeSpan Left() => Options.WriteTimeout - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } left ? left : TimeSpan.Zero;
    }

    /// <summary>Takes an item that nobody waits for; ends when it is accepted.</summary>
    /// <exception cref="CapacityExceededException">There is no room, and the store's policy is to throw.</exception>
    public ValueTask PostAsync<TItem>(WriteLane<TItem> lane, in TItem item, CancellationToken cancellationToken)
        where TItem : struct
    {
        if (Spool is not null)
        {
            return Spool.PostAsync(lane, item, cancellationToken);
        }

        if (_admission.TryEnter(1))
        {
            PostAdmitted(lane, item);
            return ValueTask.CompletedTask;
        }

        ThrowIfClosed();
        MakeRoom();
        switch (Options.WhenFull)
        {
            case WhenFull.Wait:
                return PostLaterAsync(lane, lane.Keep(item), cancellationToken);

            case WhenFull.DropOldest when DropOldest():
                // The new item takes the room of the dropped one.
                PostAdmitted(lane, item);
                return ValueTask.CompletedTask;

            case WhenFull.Throw:
                throw new CapacityExceededException(Options.Capacity);

            default:
                lane.TelemetryIn(Telemetry).DroppedNewest();
                return ValueTask.CompletedTask;
        }
    }

    /// <summary>
    /// Takes an item of what watches the application, if there is room: it never waits, and leaves half of the room to the application's own items.
    /// </summary>
    /// <param name="lane">The lane of its type.</param>
    /// <param name="item">The item.</param>
    /// <param name="isKept">Whether the caller keeps an item that is not accepted; otherwise it counts as dropped.</param>
    /// <returns>Whether it was accepted.</returns>
    public bool TryPost<TItem>(WriteLane<TItem> lane, in TItem item, bool isKept)
        where TItem : struct
    {
        if (!_isClosing && Pending < Math.Max(1, Options.Capacity / 2) && _admission.TryEnter(1))
        {
            try
            {
                PostAdmitted(lane, item);
                return true;
            }
            catch (ObjectDisposedException)
            {
                // It is being disposed since a moment ago.
            }
        }

        if (!isKept)
        {
            lane.TelemetryIn(Telemetry).DroppedNewest();
        }

        return false;
    }

    /// <summary>Ends when everything that was accepted before is committed or refused.</summary>
    /// <exception cref="AggregateException">The store's handler of refused items threw.</exception>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        await DrainAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        Lost.ThrowFault();
    }

    /// <summary>Waits for everything that the queues hold now: each is emptied in order of arrival, so a mark at its end is reached last.</summary>
    /// <param name="type">The declared type that matters, of what waits for locks; null: all of them.</param>
    public async Task DrainAsync(Type? type = null)
    {
        if (Spool is not null)
        {
            await Spool.FedAsync().ConfigureAwait(false);
        }

        await DrainMemoryAsync(type).ConfigureAwait(false);
    }

    private async Task DrainMemoryAsync(Type? type = null)
    {
        await MarkAsync(Flushers).ConfigureAwait(false);

        // Where what met a lock has moved on to.
        if (type is null || Detour.Holds(type))
        {
            await MarkAsync([Detour]).ConfigureAwait(false);
        }
    }

    /// <summary>Writes what is left. What cannot be written within the time allowed is reported, once.</summary>
    /// <exception cref="UnwrittenItemsException">Posted items are left.</exception>
    /// <exception cref="AggregateException">The store's handler of refused items threw, and nobody has heard of it.</exception>
    public async ValueTask DisposeAsync()
    {
        Task disposing;
        lock (_ending)
        {
            if (_disposing is null)
            {
                _isClosing = true;
                _disposing = CloseAsync();
                disposing = _disposing;
            }
            else
            {
                disposing = _disposing.ContinueWith(
                    static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }

        await disposing.ConfigureAwait(false);
    }

    /// <summary>What the error means; an attempt that was given up is one of unknown outcome.</summary>
    public Failure? Classify(Exception error) => error switch
    {
        TimeoutException => Failure.OutcomeUnknown,
        OtherRowException or RejectedPointException => Failure.Refused,
        _ => _database.Classify(error),
    };

    /// <summary>Turns writes into rows, in the order in which every writer takes tables.</summary>
    public FlushRows Combine(IReadOnlyList<PendingWrite> writes) => FlushRows.Of(writes, Time.Instant.From(Clock.GetUtcNow()));

    /// <summary>Items are written, or will not be.</summary>
    public void Finished(int items) => _admission.Leave(items);

    /// <summary>Ends the writes of a flush that failed in a way that nobody foresaw; those that are in a queue again go on.</summary>
    public void Fault(Exception error, IReadOnlyList<PendingWrite> writes)
    {
        Lost.Fault(error);
        foreach (var write in writes)
        {
            if (write.Flusher is null && write.Count == 0)
            {
                // A mark: whoever flushes hears of the error from the store.
                write.Commit();
                continue;
            }

            if (write is not { Flusher: null, IsFinished: false })
            {
                continue;
            }

            // Parts of it may be in a queue, to be written later.
            write.LeaveMemory();

            var isPosted = write.Mode == WriteMode.Posted;
            if (isPosted && !write.IsSpooled)
            {
                Lost.Keep(write, error, mayBeWritten: true);
            }

            write.AbandonRest(isPosted ? null : error);
        }
    }

    /// <summary>Ends writes that are not presented again: their callers have gone, or the store's time is up.</summary>
    public void Abandon(IReadOnlyList<PendingWrite> writes, bool mayBeApplied)
    {
        foreach (var write in writes)
        {
            if (write.Count == 0)
            {
                // A mark: nobody is to hear of an error.
                write.Commit();
                continue;
            }

            var error = Errors.Disposed(write.LastError ?? new OperationCanceledException(Stopping), mayBeApplied);
            if (write.Mode != WriteMode.Posted)
            {
                write.Abandon(error);
                continue;
            }

            if (!write.IsSpooled)
            {
                Lost.Keep(write, error, mayBeApplied);
            }

            write.Abandon(error: null);
        }
    }

    // The store's name, since callers know no writer.
    public static ObjectDisposedException Disposed() => new("Typed.TypedStore");

    private async Task CloseAsync()
    {
        // Not under the lock of whoever disposes the store.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var drained = DrainLastAsync();
        try
        {
            await drained.WaitAsync(Options.ShutdownTimeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
            await (Spool?.StopAsync() ?? Task.CompletedTask).ConfigureAwait(false);
            await drained.ConfigureAwait(false);
        }

        // The loops end right after what they wrote last.
        while (!Flushers.Append(Detour).All(flusher => flusher.IsIdle))
        {
            await Task.Delay(1).ConfigureAwait(false);
        }

        foreach (var flusher in Flushers.Append(Detour))
        {
            flusher.Dispose();
        }

        if (Spool is not null)
        {
            await Spool.DisposeAsync().ConfigureAwait(false);
        }

        _stopping.Dispose();
        Lost.ThrowUnwritten(_database.Address);
        Lost.ThrowFault();
    }

    /// <summary>Waits for everything, as far as there is time and the spool can be read and belongs to the database.</summary>
    private async Task DrainLastAsync()
    {
        if (Spool is { IsBound: true })
        {
            await Spool.FedAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await DrainMemoryAsync().ConfigureAwait(false);
    }

    private Task MarkAsync(IEnumerable<Flusher> flushers) => Task.WhenAll(flushers.Select(flusher =>
    {
        var mark = new FlushMark(this);
        flusher.Requeue(mark);
        return mark.Completion;
    }));

    private Flusher FlusherOf(PendingWrite write)
    {
        if (_flushers.Length == 1 || write.Count == 0)
        {
            return _joint;
        }

        var first = Slot(write.HashAt(0));
        for (var i = 1; i < write.Count; i++)
        {
            if (Slot(write.HashAt(i)) != first)
            {
                return _joint;
            }
        }

        return _flushers[first];
    }

    private int Slot(int hash) => (int)((uint)hash % (uint)_flushers.Length);

    /// <summary>Takes room for an item, if there is some.</summary>
    public bool TryAdmit() => _admission.TryEnter(1);

    /// <summary>Takes room for items of the spool as soon as there is some.</summary>
    public ValueTask AdmitAsync(int items, CancellationToken cancellationToken)
    {
        if (_admission.TryEnter(items))
        {
            return ValueTask.CompletedTask;
        }

        MakeRoom();
        return _admission.EnterAsync(items, cancellationToken);
    }

    /// <summary>Takes an item for which there is room.</summary>
    /// <param name="lane">Its lane.</param>
    /// <param name="item">The item.</param>
    /// <param name="spooled">Its number in the spool; 0: it is in none.</param>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public void PostAdmitted<TItem>(WriteLane<TItem> lane, in TItem item, long spooled = 0)
        where TItem : struct
    {
        lane.TelemetryIn(Telemetry).Accepted(1);
        try
        {
            _flushers[_flushers.Length == 1 ? 0 : Slot(lane.HashOf(item))].Post(lane, item, spooled);
        }
        catch
        {
            lane.TelemetryIn(Telemetry).Abandoned(1);
            _admission.Leave(1);
            throw;
        }
    }

    /// <summary>Takes an item of the spool for which there is room, also while the store closes.</summary>
    public void PostFed<TItem>(WriteLane<TItem> lane, in TItem item, long spooled)
        where TItem : struct
    {
        lane.TelemetryIn(Telemetry).Accepted(1);
        _flushers[_flushers.Length == 1 ? 0 : Slot(lane.HashOf(item))].Post(lane, item, spooled, isNew: false);
    }

    /// <summary>Drops the posted items that stand before a place in the spool and that no flush has taken, and gives their number.</summary>
    public long DropBefore(long end)
    {
        var dropped = 0L;
        foreach (var flusher in _flushers)
        {
            while (flusher.DropOldest(end))
            {
                dropped++;
            }
        }

        return dropped;
    }

    private bool DropOldest()
    {
        var (first, oldest) = (_flushers[0], long.MaxValue);
        foreach (var flusher in _flushers)
        {
            if (flusher.OldestPosted is var place && place < oldest)
            {
                (first, oldest) = (flusher, place);
            }
        }

        return first.DropOldest();
    }

    /// <summary>The store is full: what was posted need not wait for more.</summary>
    private void MakeRoom()
    {
        foreach (var flusher in _flushers)
        {
            flusher.Wake(isUrgent: true);
        }
    }

    private async ValueTask PostLaterAsync<TItem>(WriteLane<TItem> lane, TItem item, CancellationToken cancellationToken)
        where TItem : struct
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Stopping);
        try
        {
            await Telemetry.WaitAsync(_admission.EnterAsync(1, closing.Token)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Disposed();
        }

        PostAdmitted(lane, item);
    }

    private async ValueTask EnterAsync(int items, CancellationToken cancellationToken)
    {
        using var deadline = RetryPolicy.Within(Options.WriteTimeout, cancellationToken);
        MakeRoom();
        try
        {
            await Telemetry.WaitAsync(_admission.EnterAsync(items, deadline.Token)).ConfigureAwait(false);
        }
        catch (OperationCanceledException canceled) when (!cancellationToken.IsCancellationRequested)
        {
            throw Errors.TimedOut(
                new TimeoutException(
                    string.Create(CultureInfo.InvariantCulture, $"the store holds {Pending} items that are not written yet (Capacity)."), canceled),
                mayBeApplied: false);
        }
    }
}
