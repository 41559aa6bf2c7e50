namespace Typed.Writing;

/// <summary>
/// What waits to be written: the items of a call, which are committed together or not at all, or items that stand alone, as posted ones do. A part of it is a
/// write too, made when a flush is split.
/// </summary>
internal abstract class PendingWrite
{
    private readonly PendingWrite? _parent;
    private readonly TaskCompletionSource? _completion;
    private readonly StoreWriter? _writer;
    private long _skipped;
    private long _lost;
    private (long Pairs, long Points) _dead;
    private int _finished;
    private int _rejected;
    private volatile bool _isGone;
    private volatile bool _isReadElsewhere;
    private volatile Exception? _lastError;
    private volatile Flush? _flush;

    /// <summary>Creates the write of a call, or of posted items.</summary>
    /// <param name="lane">Where it goes.</param>
    /// <param name="mode">How its items belong together.</param>
    /// <param name="writer">The store's writer; null inside a context, where nothing waits.</param>
    protected PendingWrite(WriteLane lane, WriteMode mode, StoreWriter? writer)
    {
        (Lane, Mode, _writer) = (lane, mode, writer);
        _completion = mode == WriteMode.Posted ? null : new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Creates a part of a write.</summary>
    protected PendingWrite(PendingWrite parent) => (Lane, Mode, _writer, _parent) = (parent.Lane, parent.Mode, parent._writer, parent.Whole);

    public WriteLane Lane { get; }

    public WriteMode Mode { get; }

    /// <summary>The number of items.</summary>
    public abstract int Count { get; }

    /// <summary>About how many bytes the items take, beside their number.</summary>
    public virtual long Bytes => 0;

    /// <summary>The place in the order of arrival at the store.</summary>
    public long Ticket { get; set; }

    /// <summary>Who holds it in its queue.</summary>
    public Flusher? Flusher { get; set; }

    /// <summary>Whether the write can be split without splitting a call.</summary>
    public bool IsDivisible => Mode != WriteMode.Call && Count > 1;

    /// <summary>The number of (point, interval) pairs that were left out because the bucket is dead.</summary>
    public long Skipped => Volatile.Read(ref Whole._skipped);

    /// <summary>The number of points among them that no interval took.</summary>
    public long Lost => Volatile.Read(ref Whole._lost);

    /// <summary>The number of items that were refused and handed to the store's handler.</summary>
    public int Rejected => Volatile.Read(ref Whole._rejected);

    /// <summary>Whether the caller has stopped waiting.</summary>
    public bool IsGone => Whole._isGone;

    /// <summary>What the database answered last, where it did not take the write yet.</summary>
    public Exception? LastError
    {
        get => Whole._lastError;
        set => Whole._lastError = value;
    }

    /// <summary>The flush that the write is in.</summary>
    public Flush? Flush
    {
        get => Whole._flush;
        set => Whole._flush = value;
    }

    /// <summary>Ends when every item is committed or refused; posted items have nobody who waits.</summary>
    public Task Completion => Whole._completion?.Task ?? Task.CompletedTask;

    private PendingWrite Whole => _parent ?? this;

    /// <summary>A part of the items.</summary>
    public abstract PendingWrite Slice(int start, int count);

    /// <summary>The hash of the key of the item at a place.</summary>
    public abstract int HashAt(int index);

    /// <summary>Whether an item has one of the keys.</summary>
    public bool Touches(IReadOnlySet<int> keys)
    {
        for (var i = 0; i < Count; i++)
        {
            if (keys.Contains(HashAt(i)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The parts of items in a row that are chosen alike, with what was chosen.</summary>
    public IEnumerable<(PendingWrite Part, T? Chosen)> Divide<T>(Func<int, T?> choose)
        where T : class
    {
        for (var start = 0; start < Count;)
        {
            var chosen = choose(start);
            var end = start + 1;
            while (end < Count && ReferenceEquals(choose(end), chosen))
            {
                end++;
            }

            yield return (Slice(start, end - start), chosen);
            start = end;
        }
    }

    /// <summary>The item at a place, to be reported.</summary>
    public abstract UnwrittenItem ItemAt(int index, Exception error, bool mayBeWritten);

    /// <summary>Forgets the oldest item, which makes room for another one.</summary>
    public abstract void DropFirst();

    /// <summary>Begins to make rows of the items, which may be done again: what was left out then counts no more.</summary>
    /// <param name="lost">The number of points that no interval takes.</param>
    public void BeginRows(long lost) => _dead = (0, lost);

    /// <summary>Counts (point, interval) pairs that were left out.</summary>
    public void Skip(long pairs) => _dead.Pairs += pairs;

    /// <summary>The items are committed.</summary>
    public void Commit()
    {
        Interlocked.Add(ref Whole._skipped, _dead.Pairs);
        Interlocked.Add(ref Whole._lost, _dead.Points);
        Finish(Count, error: null);
    }

    /// <summary>
    /// The items cannot be written. A call fails; items that stand alone are handed to the store's handler, and their write goes on.
    /// </summary>
    public void Fail(Exception error)
    {
        if (Mode == WriteMode.Call)
        {
            Finish(Count, error);
            return;
        }

        Interlocked.Add(ref Whole._rejected, Count);
        _writer!.Reject(this, error);
        Finish(Count, error: null);
    }

    /// <summary>The caller waits no longer. A write that is still in a queue leaves it, and one that was not sent yet will not be.</summary>
    /// <returns>Whether an item may have been committed although nobody heard of it.</returns>
    public bool Leave()
    {
        // Seen by a flush before it looks at the callers, or its being sent is seen here.
        _isGone = true;
        Interlocked.MemoryBarrier();

        // Nobody hears of a later error of it.
        _ = Completion.ContinueWith(
            static completed => _ = completed.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        if (Flusher?.Remove(this) == true)
        {
            Finish(Count, error: null);
            return false;
        }

        // The parts of a stream may be in several flushes.
        return Flush is { } flush && (flush.Forsake() || Mode == WriteMode.Stream);
    }

    /// <summary>Ends the write before it was ever queued or while it is stopped.</summary>
    public void Finish(int items, Exception? error)
    {
        _writer?.Finished(items);
        var whole = Whole;
        if (error is not null)
        {
            whole._completion?.TrySetException(error);
        }

        // Read before the items are counted: whoever counts the last ones empties a posted write.
        var all = whole.Count;
        if (Interlocked.Add(ref whole._finished, items) < all)
        {
            return;
        }

        whole._completion?.TrySetResult();
        if (Mode == WriteMode.Posted && !whole._isReadElsewhere)
        {
            whole.Reset();
        }
    }

    /// <summary>Whether an attempt that was given up may still read the items.</summary>
    public bool IsReadElsewhere => Whole._isReadElsewhere;

    /// <summary>An attempt was given up that may still read the items: their memory cannot serve again.</summary>
    public void LeaveMemory() => Whole._isReadElsewhere = true;

    /// <summary>Forgets the items and keeps their memory.</summary>
    protected abstract void Clear();

    private void Reset()
    {
        (_skipped, _lost, _dead, _finished, _rejected, _lastError, _flush) = (0, 0, default, 0, 0, null, null);
        Clear();
        _writer!.Recycle(this);
    }
}

/// <summary>How the items of a write belong together.</summary>
internal enum WriteMode
{
    /// <summary>A call: all or nothing, and somebody waits.</summary>
    Call,

    /// <summary>Somebody waits, but items that are refused go to the store's handler, and the others are written.</summary>
    Stream,

    /// <summary>Posted: nobody waits, and each item stands alone.</summary>
    Posted,
}
