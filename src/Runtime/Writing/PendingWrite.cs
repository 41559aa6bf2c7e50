using System.Diagnostics;
using System.Runtime.InteropServices;
using Typed.Diagnostics;

namespace Typed.Writing;

/// <summary>
/// What waits to be written: the items of a call, which are committed together or not at all, or items that stand alone, as posted ones do. A part of it is a
/// write too, made when a flush is split.
/// </summary>
internal abstract class PendingWrite
{
    /// <summary>A posted write of more items or bytes does not serve again: what an outage has filled would never be given back.</summary>
    private const int MostKept = 20_000;

    private const int MostKeptBytes = 1 << 20;

    private readonly PendingWrite? _parent;
    private readonly TaskCompletionSource? _completion;
    private readonly StoreWriter? _writer;
    private long _skipped;
    private long _lost;
    private (long Pairs, long Points) _dead;
    private int _finished;
    private volatile bool _isGone;
    private volatile bool _isReadElsewhere;
    private volatile Exception? _lastError;
    private volatile Exception? _handlerError;
    private int _committed;
    private int _rejected;
    private volatile Flush? _flush;
    private Activity? _caller;
    private List<long>? _spooled;

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
    protected PendingWrite(PendingWrite parent) =>
        (Lane, Mode, Ticket, _writer, _parent) = (parent.Lane, parent.Mode, parent.Ticket, parent._writer, parent.Whole);

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

    /// <summary>The number of committed items that no interval took.</summary>
    public long Lost => Volatile.Read(ref Whole._lost);

    /// <summary>The number of items that were committed.</summary>
    public int Committed => Volatile.Read(ref Whole._committed);

    /// <summary>The number of items that were refused and handed to the store's handler.</summary>
    public int Rejected => Volatile.Read(ref Whole._rejected);

    /// <summary>What the store's handler threw when it was given an item of a stream.</summary>
    public Exception? HandlerError => Whole._handlerError;

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

    /// <summary>Whether the write is at its end: each of its items is committed, refused or given up.</summary>
    public bool IsFinished => Volatile.Read(ref Whole._finished) >= Whole.Count;

    /// <summary>The activity of the call, where somebody listens.</summary>
    public Activity? Caller
    {
        get => Whole._caller;
        set => Whole._caller = value;
    }

    /// <summary>What counts the items; null inside a context, where the caller's transaction decides what becomes of them.</summary>
    public TypeTelemetry? Telemetry => _writer is null ? null : Lane.TelemetryIn(_writer.Telemetry);

    /// <summary>Whether its items stand in the store's spool.</summary>
    public bool IsSpooled => Whole._spooled is { Count: > 0 };

    /// <summary>The numbers of its items in the store's spool.</summary>
    public ReadOnlySpan<long> Spooled => CollectionsMarshal.AsSpan(Whole._spooled).Slice(First, Count);

    private PendingWrite Whole => _parent ?? this;

    /// <summary>Whether the items feed rows of other types, which are written in the same transaction.</summary>
    public virtual bool Feeds => false;

    /// <summary>The lanes of what the items feed.</summary>
    public virtual IEnumerable<WriteLane> FedLanes => [];

    /// <summary>Whether what the items feed is known only once they are stored.</summary>
    public virtual bool FeedsLate => false;

    /// <summary>What the items feed, as writes that nobody waits for.</summary>
    public virtual IEnumerable<PendingWrite> Fed() => [];

    /// <summary>The place of the first item in the memory of the whole.</summary>
    protected abstract int First { get; }

    /// <summary>Notes the number that the item that was just taken has in the store's spool.</summary>
    public void AddSpooled(long item) => (_spooled ??= []).Add(item);

    /// <summary>A part of the items.</summary>
    public abstract PendingWrite Slice(int start, int count);

    /// <summary>The hash of the key of the item at a place.</summary>
    public abstract int HashAt(int index);

    /// <summary>The parts of items in a row that are chosen alike, with what was chosen.</summary>
    public IEnumerable<(PendingWrite Part, bool IsChosen)> Divide(Func<int, bool> choose)
    {
        for (var start = 0; start < Count;)
        {
            var chosen = choose(start);
            var end = start + 1;
            while (end < Count && choose(end) == chosen)
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

    /// <summary>Counts (point, interval) pairs that are left out, if the items are committed.</summary>
    public void Skip(long pairs) => _dead.Pairs += pairs;

    /// <summary>Counts points that no interval takes, if the items are committed.</summary>
    public void Lose(long points) => _dead.Points += points;

    /// <summary>Begins to count anew: a flush that is made again combines its items again.</summary>
    public void ForgetSkipped() => _dead = default;

    /// <summary>The items are committed.</summary>
    public void Commit()
    {
        Interlocked.Add(ref Whole._skipped, _dead.Pairs);
        Interlocked.Add(ref Whole._lost, _dead.Points);
        Interlocked.Add(ref Whole._committed, Count);
        Telemetry?.Committed(Count);
        Finish(Count, error: null);
    }

    /// <summary>Nobody waits for the items any longer, or the store's time is up.</summary>
    public void Abandon(Exception? error)
    {
        Telemetry?.Abandoned(Count);
        Finish(Count, error);
    }

    /// <summary>Ends what is left of the write, after an error that nobody foresaw.</summary>
    public void AbandonRest(Exception? error)
    {
        var rest = Count - Volatile.Read(ref _finished);
        Telemetry?.Abandoned(rest);
        Finish(rest, error);
    }

    /// <summary>
    /// The items cannot be written. A call fails; items that stand alone are handed to the store's handler, and their write goes on.
    /// </summary>
    public void Fail(Exception error)
    {
        Telemetry?.Rejected(Count);
        if (Mode == WriteMode.Call)
        {
            Finish(Count, error);
            return;
        }

        Interlocked.Add(ref Whole._rejected, Count);
        if (_writer!.Lost.Reject(this, error) is { } thrown)
        {
            if (Mode == WriteMode.Stream)
            {
                Whole._handlerError ??= thrown;
            }
            else
            {
                _writer.Lost.Fault(thrown);
            }
        }

        _writer.Spool?.Forget([this]);
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
            Abandon(error: null);
            return false;
        }

        // The parts of a stream may be in several flushes.
        return Flush is { } flush && (flush.Forsake() || Mode == WriteMode.Stream);
    }

    /// <summary>Items of the write are at their end, with an error or without; with the last of them the write is.</summary>
    public void Finish(int items, Exception? error)
    {
        var whole = Whole;

        // Read before the items are counted: whoever counts the last ones empties a posted write.
        var all = whole.Count;
        var finished = Interlocked.Add(ref whole._finished, items);

        // Parts may end after their write was given up as a whole: room is given back once.
        _writer?.Finished(Math.Clamp(all - (finished - items), 0, items));
        if (error is not null)
        {
            whole._completion?.TrySetException(error);
        }

        if (finished < all)
        {
            return;
        }

        Telemetry?.Skipped(whole._skipped);
        whole._completion?.TrySetResult();
        if (Mode == WriteMode.Posted && !whole._isReadElsewhere && all <= MostKept && Bytes <= MostKeptBytes)
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

    /// <summary>The memory of the first items serves again.</summary>
    protected void RemoveSpooled(int count) => _spooled?.RemoveRange(0, Math.Min(count, _spooled.Count));

    private void Reset()
    {
        (_skipped, _lost, _dead, _finished, _committed, _rejected) = (0, 0, default, 0, 0, 0);
        (_lastError, _flush) = (null, null);
        _spooled?.Clear();
        Clear();
        _writer!.Spares.Keep(this);
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
