using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Typed.Storage;

namespace Typed.Writing;

/// <summary>
/// Takes everything that is written to a store, bounds how much waits, and spreads it over flushers by key, so that two of them never wait for one row.
/// </summary>
internal sealed class StoreWriter : IAsyncDisposable
{
    private const int MostDetours = 4;

    private readonly Database _database;
    private readonly Admission _admission;
    private readonly Flusher[] _flushers;
    private readonly Flusher _joint;
    private readonly Lock _detouring = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<UnwrittenItem> _unwritten = [];
    private readonly Dictionary<WriteLane, Stack<PendingWrite>> _spares = [];
    private volatile Detour[] _detours = [];
    private volatile bool _isClosing;
    private long _ticket;

    public StoreWriter(Database database, RetryPolicy retry, WriteOptions options, TimeProvider clock)
    {
        (_database, Retry, Options, Clock) = (database, retry, options, clock);
        _admission = new Admission(options.Capacity);
        Attempts = new FlushAttempts(database);
        Stopping = _stopping.Token;
        _flushers = [.. Enumerable.Range(0, options.Writers).Select(_ => new Flusher(this))];
        _joint = _flushers.Length == 1 ? _flushers[0] : new JointFlusher(this, _flushers);
    }

    public RetryPolicy Retry { get; }

    public WriteOptions Options { get; }

    public TimeProvider Clock { get; }

    public FlushAttempts Attempts { get; }

    /// <summary>Cancelled when the time to write what is left has passed.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Whether the store is being disposed, so that everything is due.</summary>
    public bool IsClosing => _isClosing;

    public bool HasDetours => _detours.Length > 0;

    /// <summary>How long the first attempt at a small flush may take: a share of the time that callers give.</summary>
    public TimeSpan FirstAttempt => TimeSpan.FromSeconds(Math.Clamp(Options.WriteTimeout.TotalSeconds / 4, 0.1, 5));

    /// <summary>Items accepted and not written.</summary>
    public int Pending => _admission.Used;

    private IEnumerable<Flusher> Flushers => _flushers.Append(_joint).Distinct().Concat(_detours);

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

        Task first;
        try
        {
            first = FlusherOf(write).Enqueue(write);
        }
        catch
        {
            Finished(write.Count);
            throw;
        }

        try
        {
            if (!write.Completion.IsCompleted)
            {
                await first.WaitAsync(Left(), cancellationToken).ConfigureAwait(false);
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
            throw TimedOut(
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
        if (_admission.TryEnter(1))
        {
            PostAdmitted(lane, item);
            return ValueTask.CompletedTask;
        }

        ThrowIfClosed();
        switch (Options.WhenFull)
        {
            case WhenFull.Wait:
                return PostLaterAsync(lane, lane.Keep(item), cancellationToken);

            case WhenFull.DropOldest when Array.Exists(_flushers, flusher => flusher.DropOldest()):
                // The new item takes the room of the dropped one.
                PostAdmitted(lane, item);
                return ValueTask.CompletedTask;

            case WhenFull.Throw:
                throw new CapacityExceededException(Options.Capacity);

            default:
                return ValueTask.CompletedTask;
        }
    }

    /// <summary>Ends when everything that was accepted before is committed or refused.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        await DrainAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs statements that delete in one transaction. Deleted twice is deleted, so they need no sequence, and wait for no flush.</summary>
    /// <exception cref="WriteFailedException">The database refused, or did not answer within the time allowed.</exception>
    public async ValueTask<long> ExecuteAsync(IReadOnlyList<(Sql Sql, IParameters Parameters)> statements, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        using var deadline = RetryPolicy.Within(Options.WriteTimeout, cancellationToken);
        Exception? last = null;
        var isSent = false;
        var mayBeApplied = false;
        try
        {
            return await Retry.RunAsync(
                token => Attempts.RunAsync(
                    () => isSent = true,
                    (session, attempt) => session.ExecuteAllAsync(statements, attempt),
                    Options.WriteTimeout,
                    token),
                MayPass,
                deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException canceled) when (!cancellationToken.IsCancellationRequested)
        {
            throw TimedOut(last ?? canceled, mayBeApplied || isSent);
        }
        catch (Exception error) when (Classify(error) is Failure.Overflow or Failure.Refused or Failure.Denied or Failure.Locked)
        {
            throw Refused(error, statements.Select(s => s.Sql.Text));
        }

        bool MayPass(Exception error)
        {
            var failure = Classify(error);
            if (failure is not (Failure.Transient or Failure.OutcomeUnknown))
            {
                return false;
            }

            mayBeApplied |= isSent && failure == Failure.OutcomeUnknown;
            isSent = false;
            last = error;
            return true;
        }
    }

    /// <summary>Writes what is left. What cannot be written within the time allowed is reported.</summary>
    /// <exception cref="UnwrittenItemsException">Posted items are left.</exception>
    public async ValueTask DisposeAsync()
    {
        if (_isClosing)
        {
            return;
        }

        _isClosing = true;
        var drained = DrainAsync();
        try
        {
            await drained.WaitAsync(Options.ShutdownTimeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
            await drained.ConfigureAwait(false);
        }

        foreach (var flusher in Flushers)
        {
            flusher.Dispose();
        }

        _stopping.Dispose();
        if (_unwritten.Count > 0)
        {
            throw new UnwrittenItemsException(_database.Address, Options.ShutdownTimeout, _unwritten);
        }
    }

    /// <summary>What the error means; an attempt that was given up is one of unknown outcome.</summary>
    public Failure? Classify(Exception error) => error switch
    {
        TimeoutException => Failure.OutcomeUnknown,
        OtherRowException => Failure.Refused,
        _ => _database.Classify(error),
    };

    /// <summary>A write that takes posted items; one that is done serves again, so that posting allocates nothing.</summary>
    public PendingWrite NewPosted<TItem>(WriteLane<TItem> lane)
        where TItem : struct
    {
        lock (_spares)
        {
            return _spares.TryGetValue(lane, out var spares) && spares.TryPop(out var spare) ? spare : lane.NewPosted(this);
        }
    }

    /// <summary>Keeps the memory of a posted write that is done.</summary>
    public void Recycle(PendingWrite posted)
    {
        lock (_spares)
        {
            if (!_spares.TryGetValue(posted.Lane, out var spares))
            {
                _spares.Add(posted.Lane, spares = new());
            }

            // One is filled while others are flushed.
            if (spares.Count <= _flushers.Length)
            {
                spares.Push(posted);
            }
        }
    }

    /// <summary>Turns writes into rows, in the order in which every writer takes tables.</summary>
    public void Combine(IReadOnlyList<PendingWrite> writes, List<ITableRows> tables)
    {
        var now = Time.Instant.From(Clock.GetUtcNow());
        if (writes.Count == 1)
        {
            writes[0].Lane.Combine(writes, now, tables);
            return;
        }

        foreach (var lane in writes.GroupBy(write => write.Lane))
        {
            lane.Key.Combine([.. lane], now, tables);
        }

        tables.Sort(static (left, right) => string.CompareOrdinal(left.Table.Name, right.Table.Name));
    }

    /// <summary>Items are written, or will not be.</summary>
    public void Finished(int items) => _admission.Leave(items);

    /// <summary>Hands items that the database refused to the application.</summary>
    public void Reject(PendingWrite write, Exception error)
    {
        for (var i = 0; i < write.Count; i++)
        {
            Options.OnRejected?.Invoke(write.ItemAt(i, error, mayBeWritten: false));
        }
    }

    /// <summary>Ends writes that are not presented again: their callers have gone, or the store's time is up.</summary>
    public void Abandon(IReadOnlyList<PendingWrite> writes, bool mayBeApplied)
    {
        foreach (var write in writes)
        {
            var error = new WriteFailedException(
                $"{_database.Address}: the store was disposed, and the write was not done within ShutdownTimeout. {Outcome(mayBeApplied)}",
                outcomeKnown: !mayBeApplied,
                write.LastError ?? new OperationCanceledException(Stopping));
            if (write.Mode != WriteMode.Posted)
            {
                write.Finish(write.Count, error);
                continue;
            }

            lock (_unwritten)
            {
                for (var i = 0; i < write.Count; i++)
                {
                    _unwritten.Add(write.ItemAt(i, error, mayBeApplied));
                }
            }

            write.Finish(write.Count, error: null);
        }
    }

    /// <summary>Lets a write wait for a lock beside the others, and with it all writes of its keys.</summary>
    public void OpenDetour(PendingWrite write)
    {
        lock (_detouring)
        {
            var detour = _detours.Length < MostDetours ? new Detour(this) : _detours[(uint)write.HashAt(0) % MostDetours];
            detour.Open(write);
            if (!_detours.Contains(detour))
            {
                _detours = [.. _detours, detour];
            }

            detour.Requeue(write);
        }
    }

    /// <summary>Hands what has to wait for a lock to its detour and gives the rest, in order.</summary>
    public IEnumerable<PendingWrite> Divert(PendingWrite write)
    {
        lock (_detouring)
        {
            List<PendingWrite> rest = [];
            foreach (var part in write.IsDivisible ? write.Divide(item => DetourOf(item)) : [(write, FirstDetour(write))])
            {
                if (part.Item2 is { } detour)
                {
                    detour.Requeue(part.Item1);
                }
                else
                {
                    rest.Add(part.Item1);
                }
            }

            return rest;
        }

        Detour? DetourOf(int item)
        {
            var hash = write.HashAt(item);
            return Array.Find(_detours, detour => detour.Keys.Contains(hash));
        }

        Detour? FirstDetour(PendingWrite whole) => Array.Find(_detours, detour => whole.Touches(detour.Keys));
    }

    /// <summary>Ends a detour that holds nothing any more.</summary>
    public void Close(Detour detour)
    {
        lock (_detouring)
        {
            if (detour.IsIdle)
            {
                _detours = [.. _detours.Where(other => other != detour)];
            }
        }
    }

    /// <summary>The error of a write that was refused.</summary>
    public Exception Explain(Exception error, IReadOnlyList<ITableRows> tables) => Classify(error) switch
    {
        Failure.Overflow when tables.Any(table => table.Added is not null) => WriteFailedException.Overflow(_database.Address, tables, error),
        null when error is not DbException => error,
        _ when error is OtherRowException other => other.Explain(),
        _ => Refused(error, tables.Select(table => table.Table.Name)),
    };

    // The store's name, since callers know no writer.
    private static ObjectDisposedException Disposed() => new("Typed.TypedStore");

    private static string Outcome(bool mayBeApplied) => mayBeApplied ? "It is not known whether the write was committed." : "Nothing was written.";

    /// <summary>Waits for everything that the queues hold now: each is emptied in order of arrival, so a mark at its end is reached last.</summary>
    private async Task DrainAsync()
    {
        await MarkAsync(_flushers.Append(_joint).Distinct()).ConfigureAwait(false);

        // What met a lock meanwhile has moved on.
        while (_detours is { Length: > 0 } detours)
        {
            await MarkAsync(detours).ConfigureAwait(false);
            await Task.Delay(1).ConfigureAwait(false);
        }
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

    private int Slot(int hash) => _flushers.Length == 1 ? 0 : (int)((uint)hash % (uint)_flushers.Length);

    private void PostAdmitted<TItem>(WriteLane<TItem> lane, in TItem item)
        where TItem : struct
    {
        try
        {
            _flushers[_flushers.Length == 1 ? 0 : Slot(lane.HashOf(item))].Post(lane, item);
        }
        catch
        {
            _admission.Leave(1);
            throw;
        }
    }

    private async ValueTask PostLaterAsync<TItem>(WriteLane<TItem> lane, TItem item, CancellationToken cancellationToken)
        where TItem : struct
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Stopping);
        try
        {
            await _admission.EnterAsync(1, closing.Token).ConfigureAwait(false);
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
        try
        {
            await _admission.EnterAsync(items, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException canceled) when (!cancellationToken.IsCancellationRequested)
        {
            throw TimedOut(
                new TimeoutException(
                    string.Create(CultureInfo.InvariantCulture, $"the store holds {Pending} items that are not written yet (Capacity)."), canceled),
                mayBeApplied: false);
        }
    }

    private WriteFailedException TimedOut(Exception last, bool mayBeApplied) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{_database.Address} took no write within {Options.WriteTimeout.TotalSeconds} s (WriteTimeout): {last.Message} "
                + $"{Outcome(mayBeApplied)}{_database.LockHint}"),
        outcomeKnown: !mayBeApplied,
        last);

    private WriteFailedException Refused(Exception error, IEnumerable<string> names) =>
        new($"{_database.Address} refused the write ({string.Join(", ", names)}): {error.Message} Nothing was written.", outcomeKnown: true, error);
}
