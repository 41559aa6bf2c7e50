using Typed.Diagnostics;

namespace Typed.Writing;

/// <summary>
/// One of a store's writers: a queue, and a loop that flushes what has gathered there, one flush at a time, under a sequence of its own. What arrives during a
/// flush shares the next one.
/// </summary>
internal class Flusher(StoreWriter store) : IDisposable
{
    /// <summary>The most items and bytes that a flush takes, unless one write alone has more.</summary>
    private const long MostItems = 100_000;

    private const long MostBytes = 32 << 20;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<WriteLane, PendingWrite> _open = [];
    private readonly List<PendingWrite> _queue = [];
    private Timer? _timer;
    private int _posted;
    private int _awaited;
    private long _oldest;
    private bool _isRunning;

    /// <summary>Guards the queue.</summary>
    protected Lock Sync { get; } = new();

    protected StoreWriter Store => store;

    /// <summary>How long a flush waits for a lock of somebody else before it is split.</summary>
    protected virtual TimeSpan LockWait => TimeSpan.FromSeconds(1);

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
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public void Enqueue(PendingWrite write)
    {
        if (Add(write, isNew: true))
        {
            // The caller's own thread begins: a lone caller needs no other.
            _ = CleanContext.RunAsync(static flusher => flusher.RunAsync(isCallers: true), this);
        }
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
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public void Post<TItem>(WriteLane<TItem> lane, in TItem item)
        where TItem : struct
    {
        lock (Sync)
        {
            store.ThrowIfClosed();
            if (!_open.TryGetValue(lane, out var write))
            {
                write = store.NewPosted(lane);
                Hold(write);
                _open.Add(lane, write);
            }

            lane.Append(write, item);
            _posted++;
            if (_isRunning)
            {
                return;
            }

            if (_posted < store.Options.BatchSize)
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

    /// <summary>Forgets the oldest posted item that waits; false where there is none.</summary>
    public bool DropOldest()
    {
        lock (Sync)
        {
            foreach (var write in _queue)
            {
                if (write.Mode == WriteMode.Posted && write.Count > 0)
                {
                    write.DropFirst();
                    write.Telemetry?.DroppedOldest();
                    _posted--;
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Takes a write out of the queue; false where a flush took it already.</summary>
    public bool Remove(PendingWrite write)
    {
        lock (Sync)
        {
            if (!_queue.Remove(write))
            {
                return false;
            }

            _awaited--;
            return true;
        }
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _gate.Dispose();
    }

    /// <summary>Waits until no flush is under way, and keeps others from beginning.</summary>
    protected virtual Task HoldAsync() => _gate.WaitAsync();

    protected virtual void Release() => _gate.Release();

    /// <summary>Takes the writes of the next flush out of the queue, in order of arrival.</summary>
    protected virtual List<PendingWrite> Take()
    {
        var taken = new List<PendingWrite>();
        TakeInto(taken);
        return taken;
    }

    /// <summary>Moves writes out of the queue; false where some stay, because a flush takes no more.</summary>
    protected bool TakeInto(List<PendingWrite> taken)
    {
        lock (Sync)
        {
            var (items, bytes, end) = (0L, 0L, 0);
            for (; end < _queue.Count && (end == 0 || (items < MostItems && bytes < MostBytes)); end++)
            {
                var write = _queue[end];
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
            return _queue.Count == 0;
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
        }
    }

    /// <summary>Moves another flusher's writes out of its queue.</summary>
    protected static bool TakeInto(List<PendingWrite> taken, Flusher other) => other.TakeInto(taken);

    protected static Task HoldAsync(Flusher other) => other._gate.WaitAsync();

    protected static void Release(Flusher other) => other._gate.Release();

    /// <summary>Flushes writes, whatever becomes of them.</summary>
    protected virtual ValueTask FlushAsync(IReadOnlyList<PendingWrite> writes) => Presenter.FlushAsync(writes, LockWait);

    /// <summary>Whether what waits should be flushed now.</summary>
    protected virtual bool IsDue => _awaited > 0 || _posted >= store.Options.BatchSize || store.IsClosing
        || Environment.TickCount64 - _oldest >= store.Options.FlushInterval.TotalMilliseconds;

    /// <summary>Called when nothing waits any more.</summary>
    protected virtual void Rest()
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

    private void RunElsewhere() => ThreadPool.UnsafeQueueUserWorkItem(static flusher => _ = flusher.RunAsync(isCallers: false), this, preferLocal: false);

    /// <summary>Flushes until nothing is due. On a caller's thread only once: a caller does not work for those who come later.</summary>
    private async Task RunAsync(bool isCallers)
    {
        while (true)
        {
            await HoldAsync().ConfigureAwait(false);
            try
            {
                if (Take() is { Count: > 0 } writes)
                {
                    await FlushAsync(writes).ConfigureAwait(false);
                }
            }
            finally
            {
                Release();
            }

            lock (Sync)
            {
                if (_queue.Count == 0 || !IsDue)
                {
                    _isRunning = false;
                    if (_queue.Count > 0)
                    {
                        Arm(store.Options.FlushInterval - TimeSpan.FromMilliseconds(Environment.TickCount64 - _oldest));
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

    private void Arm(TimeSpan wait)
    {
        _timer ??= CleanContext.Timer(static flusher => ((Flusher)flusher!).FlushPosted(), this);
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The timer's: what was posted has waited long enough.</summary>
    private void FlushPosted()
    {
        lock (Sync)
        {
            if (_isRunning || _queue.Count == 0)
            {
                return;
            }

            _isRunning = true;
        }

        _ = RunAsync(isCallers: false);
    }
}
