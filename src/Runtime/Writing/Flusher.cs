using Typed.Diagnostics;
using Typed.Writing.Spool;

namespace Typed.Writing;

/// <summary>
/// One of a store's writers: a queue, and a loop that flushes what has gathered there, one flush at a time, under a sequence of its own. What arrives during a
/// flush shares the next one.
/// </summary>
internal class Flusher(StoreWriter store) : IThreadPoolWorkItem, IDisposable
{
    /// <summary>The most items and bytes that a flush takes, unless one write alone has more.</summary>
    private const long MostItems = 100_000;

    private const long MostBytes = 32 << 20;

    /// <summary>
    /// The most items that a flush on a caller's own thread begins with: a database in the process holds the thread until they are written, whatever the
    /// caller's token says.
    /// </summary>
    private const int MostOnCallersThread = 1_000;

    /// <summary>The most bytes that posted items of one lane take in one write.</summary>
    private const long MostPostedBytes = MostBytes / 4;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<WriteLane, PendingWrite> _open = [];
    private readonly List<PendingWrite> _queue = [];
    private Timer? _timer;
    private int _posted;
    private int _awaited;
    private long _oldest;
    private long _firstTicket = long.MaxValue;
    private int _left;
    private bool _isRunning;

    /// <summary>Guards the queue.</summary>
    protected Lock Sync { get; } = new();

    protected StoreWriter Store => store;

    /// <summary>How long a flush waits where locks are known to be held.</summary>
    protected static TimeSpan ShortWait => TimeSpan.FromMilliseconds(250);

    /// <summary>How long a flush waits for a lock of somebody else before it is split.</summary>
    protected virtual TimeSpan LockWait => store.Detour.IsOpen ? ShortWait : TimeSpan.FromMilliseconds(750);

    /// <summary>The place in the order of arrival of a call that has to be flushed before what came after it.</summary>
    protected virtual long Barrier => store.Barrier;

    /// <summary>At most the place of the first write that waits; the greatest number where none does.</summary>
    public long FirstTicket => Volatile.Read(ref _firstTicket);

    /// <summary>The place of the oldest posted item that waits; the greatest number where there is none.</summary>
    public long OldestPosted
    {
        get
        {
            lock (Sync)
            {
                return FirstPosted()?.Ticket ?? long.MaxValue;
            }
        }
    }

    /// <summary>Presents flushes under this writer's sequence.</summary>
    protected virtual FlushPresenter Presenter => field ??= new(store);

    /// <summary>Whether nothing waits and no flush is under way.</summary>
    public bool IsIdle
    {
        get
        {
            lock (Sync)
            {
                return !_isRunning && _queue.Count == 0;
            }
        }
    }

    /// <summary>Takes a write that somebody waits for, and flushes it at once where no flush is under way.</summary>
    /// <returns>
    /// What to wait for first: where the caller's own thread begins the flush, its end, so that a lone caller goes on without a change of threads.
    /// </returns>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public Task Enqueue(PendingWrite write)
    {
        if (!Add(write, isNew: true))
        {
            return write.Completion;
        }

        if (write.Count + Volatile.Read(ref _posted) <= MostOnCallersThread)
        {
            return CleanContext.RunAsync(static flusher => flusher.RunAsync(isCallers: true), this);
        }

        RunElsewhere();
        return write.Completion;
    }

    /// <summary>Takes a write that another flusher held.</summary>
    public void Requeue(PendingWrite write)
    {
        if (Add(write, isNew: false))
        {
            RunElsewhere();
        }
    }

    /// <summary>Takes a posted item.</summary>
    /// <param name="lane">Its lane.</param>
    /// <param name="item">The item.</param>
    /// <param name="spooled">Its number in the store's spool; 0: it is in none.</param>
    /// <param name="isNew">Whether it is posted now; a store that closes still takes what it has accepted.</param>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public void Post<TItem>(WriteLane<TItem> lane, in TItem item, long spooled = 0, bool isNew = true)
        where TItem : struct
    {
        lock (Sync)
        {
            if (isNew)
            {
                store.ThrowIfClosed();
            }

            if (!_open.TryGetValue(lane, out var write))
            {
                write = store.Spares.Take(lane);
                Hold(write);
                _open.Add(lane, write);
            }

            lane.Append(write, item);
            if (spooled > 0)
            {
                write.AddSpooled(spooled);
            }

            _posted++;
            if (write.Bytes >= MostPostedBytes)
            {
                _open.Remove(lane);
            }

            if (_isRunning)
            {
                return;
            }

            if (_posted < store.Options.BatchSize && !store.IsCrowded)
            {
                if (_posted == 1)
                {
                    Arm(store.Options.FlushInterval);
                }

                return;
            }

            _isRunning = true;
        }

        RunElsewhere();
    }

    /// <summary>Forgets the oldest posted item that waits; false where there is none, or it stands in the spool and not before a place there.</summary>
    public bool DropOldest(long before = long.MaxValue)
    {
        lock (Sync)
        {
            if (FirstPosted() is not { } write || (write.IsSpooled && write.Spooled[0] >= before))
            {
                return false;
            }

            if (write.IsSpooled)
            {
                store.Spool!.Log.Forget(ItemSet.Of(write.Spooled[0]));
                store.Finished(1);
            }

            write.DropFirst();
            write.Telemetry?.DroppedOldest();
            _posted--;
            if (write.Count == 0 && _open.GetValueOrDefault(write.Lane) != write)
            {
                LeaveQueue(write);
            }

            return true;
        }
    }

    /// <summary>Takes a write out of the queue; false where a flush took it already.</summary>
    public bool Remove(PendingWrite write)
    {
        lock (Sync)
        {
            if (write.Flusher != this)
            {
                return false;
            }

            _awaited--;
            LeaveQueue(write);
            return true;
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync(isCallers: false);

    /// <summary>Flushes what waits, if it is due or room is needed.</summary>
    public void Wake(bool isUrgent)
    {
        lock (Sync)
        {
            if (_isRunning || _queue.Count == 0)
            {
                return;
            }

            if (!IsDue && !isUrgent)
            {
                ArmForRest();
                return;
            }

            _isRunning = true;
        }

        RunElsewhere();
    }

    /// <summary>What is posted from now on comes after everything that waits.</summary>
    public void EndPosted()
    {
        lock (Sync)
        {
            _open.Clear();
        }
    }

    public void Dispose() => _timer?.Dispose();

    /// <summary>Waits until no flush is under way, and keeps others from beginning.</summary>
    protected virtual Task HoldAsync() => _gate.WaitAsync();

    protected virtual void Release() => _gate.Release();

    /// <summary>Takes the writes of the next flush out of the queue, in order of arrival.</summary>
    protected virtual List<PendingWrite> Take()
    {
        var taken = new List<PendingWrite>();

        // The barrier is read under the lock: what its caller posted after a call of several flushers comes into this queue after the barrier was set.
        lock (Sync)
        {
            TakeInto(taken, Barrier);
        }

        return taken;
    }

    /// <summary>The place up to which a flush may take everything: all of it, or as much as one flush takes.</summary>
    protected static long Reach(Flusher other, long barrier)
    {
        lock (other.Sync)
        {
            var (items, bytes, reach) = (0L, 0L, barrier);
            foreach (var write in other._queue)
            {
                if (write.Flusher != other)
                {
                    continue;
                }

                if (write.Ticket > barrier)
                {
                    break;
                }

                if (items >= MostItems || bytes >= MostBytes)
                {
                    return reach;
                }

                items += write.Count;
                bytes += write.Bytes;
                reach = write.Ticket;
            }

            return barrier;
        }
    }

    /// <summary>Moves writes out of the queue: up to the barrier, and as many as a flush takes.</summary>
    protected void TakeInto(List<PendingWrite> taken, long barrier)
    {
        lock (Sync)
        {
            var (items, bytes, end) = (0L, 0L, 0);
            for (; end < _queue.Count && items < MostItems && bytes < MostBytes; end++)
            {
                var write = _queue[end];
                if (write.Flusher != this)
                {
                    _left--;
                    continue;
                }

                if (write.Ticket > barrier)
                {
                    break;
                }

                items += write.Count;
                bytes += write.Bytes;
                if (write.Mode == WriteMode.Posted)
                {
                    _posted -= write.Count;
                    if (_open.GetValueOrDefault(write.Lane) == write)
                    {
                        _open.Remove(write.Lane);
                    }
                }
                else
                {
                    _awaited--;
                }

                write.Flusher = null;
                taken.Add(write);
            }

            _queue.RemoveRange(0, end);
            _oldest = Environment.TickCount64;
            SetFirst();
        }
    }

    /// <summary>Puts writes back in front of what waits.</summary>
    protected void Return(IReadOnlyList<PendingWrite> writes)
    {
        lock (Sync)
        {
            foreach (var write in writes)
            {
                write.Flusher = this;
                CountIn(write);
            }

            _queue.InsertRange(0, writes);
            SetFirst();
        }
    }

    /// <summary>Moves another flusher's writes out of its queue.</summary>
    protected static void TakeInto(List<PendingWrite> taken, Flusher other, long barrier) => other.TakeInto(taken, barrier);

    protected static Task HoldAsync(Flusher other) => other._gate.WaitAsync();

    protected static void Release(Flusher other) => other._gate.Release();

    /// <summary>Flushes writes, whatever becomes of them.</summary>
    protected virtual ValueTask FlushAsync(IReadOnlyList<PendingWrite> writes) => Presenter.FlushAsync(writes, LockWait);

    /// <summary>Whether what waits should be flushed now.</summary>
    protected virtual bool IsDue => _awaited > 0 || _posted >= store.Options.BatchSize || store.IsClosing || store.IsCrowded
        || Environment.TickCount64 - _oldest >= store.Options.FlushInterval.TotalMilliseconds;

    /// <summary>Called when nothing waits any more.</summary>
    protected virtual void Rest()
    {
    }

    /// <summary>Called when a write has got its place in the order of arrival.</summary>
    protected virtual void Arrived()
    {
    }

    private bool Add(PendingWrite write, bool isNew)
    {
        lock (Sync)
        {
            if (isNew)
            {
                store.ThrowIfClosed();
            }

            // What is posted from now on comes after this write.
            _open.Clear();
            Hold(write);
            CountIn(write);
            Arrived();
            var starts = !_isRunning;
            _isRunning = true;
            return starts;
        }
    }

    private void Hold(PendingWrite write)
    {
        if (_queue.Count == 0)
        {
            _oldest = Environment.TickCount64;
        }

        write.Ticket = store.NextTicket();
        write.Flusher = this;
        _queue.Add(write);
        if (_firstTicket == long.MaxValue)
        {
            Volatile.Write(ref _firstTicket, write.Ticket);
        }
    }

    /// <summary>Lets a write go. It stays in the list until there are many such: looking for each would take too long when thousands are cancelled.</summary>
    private void LeaveQueue(PendingWrite write)
    {
        write.Flusher = null;
        if (++_left * 2 >= _queue.Count)
        {
            _queue.RemoveAll(other => other.Flusher != this);
            _left = 0;
            SetFirst();
        }
    }

    private void SetFirst() => Volatile.Write(ref _firstTicket, _queue.Count > 0 ? _queue[0].Ticket : long.MaxValue);

    private PendingWrite? FirstPosted()
    {
        foreach (var write in _queue)
        {
            if (write.Mode == WriteMode.Posted && write.Count > 0 && write.Flusher == this)
            {
                return write;
            }
        }

        return null;
    }

    private void CountIn(PendingWrite write)
    {
        if (write.Mode == WriteMode.Posted)
        {
            _posted += write.Count;
        }
        else
        {
            _awaited++;
        }
    }

    private void RunElsewhere() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <summary>Flushes until nothing is due. On a caller's thread only once: a caller does not work for those who come later.</summary>
    private async Task RunAsync(bool isCallers)
    {
        while (true)
        {
            await HoldAsync().ConfigureAwait(false);
            List<PendingWrite> writes = [];
            try
            {
                writes = Take();
                if (writes.Count > 0)
                {
                    await FlushAsync(writes).ConfigureAwait(false);
                }
            }
            catch (Exception error)
            {
                // Nothing that can be foreseen. Other writes go on.
                store.Fault(error, writes);
            }
            finally
            {
                Release();
            }

            lock (Sync)
            {
                if (_queue.Count == 0 || !IsDue || _firstTicket > Barrier)
                {
                    _isRunning = false;
                    if (_queue.Count > 0)
                    {
                        ArmForRest();
                    }

                    break;
                }
            }

            if (isCallers)
            {
                RunElsewhere();
                return;
            }
        }

        Rest();
    }

    private void ArmForRest() => Arm(store.Options.FlushInterval - TimeSpan.FromMilliseconds(Environment.TickCount64 - _oldest));

    private void Arm(TimeSpan wait)
    {
        _timer ??= CleanContext.Timer(static flusher => ((Flusher)flusher!).Wake(isUrgent: true), this);
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
