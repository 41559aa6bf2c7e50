using System.Numerics;

namespace Typed.Writing.Spool;

/// <summary>A file of the spool, and which of its items are done.</summary>
internal sealed class Segment(string folder, long number, long firstItem)
{
    private readonly List<(long Item, long Time)> _times = [];
    private ulong[] _done = [];
    private long _firstOpen;
    private int _used;

    public long Number => number;

    public string Path { get; } = System.IO.Path.Combine(folder, SpoolFormat.NameOf(number));

    public long FirstItem => firstItem;

    /// <summary>The number of items.</summary>
    public long Count { get; set; }

    /// <summary>The number of those that are done.</summary>
    public long Done { get; private set; }

    public long Open => Count - Done;

    /// <summary>Whether its items have been taken out of the file.</summary>
    public bool IsHollow { get; set; }

    /// <summary>The item after the last one.</summary>
    public long EndItem => firstItem + Count;

    /// <summary>Bytes in use; whoever reads it may read the file so far.</summary>
    public int Used
    {
        get => Volatile.Read(ref _used);
        set => Volatile.Write(ref _used, value);
    }

    /// <summary>Notes the time at which the next item comes, in Unix milliseconds.</summary>
    public void Note(long time) => _times.Add((EndItem, time));

    /// <summary>Whether an item is done. Of any thread: an item that is done stays so.</summary>
    public bool IsDone(long item)
    {
        var (place, done) = (item - firstItem, Volatile.Read(ref _done));
        return place >> 6 < done.Length && (done[place >> 6] & (1UL << (int)(place & 63))) != 0;
    }

    /// <summary>Passes over items that a repair could not read.</summary>
    public void Leave(int ordinal, int count)
    {
        Count = Math.Max(Count, ordinal + count);
        Forget(firstItem + ordinal, count);
    }

    /// <summary>Forgets the items of a run that are the segment's.</summary>
    public void Forget(long first, long count)
    {
        var from = Math.Max(first, firstItem) - firstItem;
        var end = Math.Min(first + count, EndItem) - firstItem;
        if (end > from && (end + 63) >> 6 > _done.Length)
        {
            var done = _done;
            Array.Resize(ref done, (int)Math.Max((end + 63) >> 6, done.Length * 2));
            Volatile.Write(ref _done, done);
        }

        while (from < end)
        {
            var bits = (int)Math.Min(64 - (from & 63), end - from);
            var mask = (bits == 64 ? ulong.MaxValue : (1UL << bits) - 1) << (int)(from & 63);
            ref var word = ref _done[from >> 6];
            Done += BitOperations.PopCount(mask & ~word);
            word |= mask;
            from += bits;
        }
    }

    /// <summary>The items that are not done, from one on.</summary>
    public ItemSet OpenFrom(long item)
    {
        var set = new ItemSet();
        for (var next = Math.Max(item, firstItem); next < EndItem; next++)
        {
            if (!IsDone(next))
            {
                set.Add(next);
            }
        }

        return set;
    }

    /// <summary>About when the oldest item that is not done was written, in Unix milliseconds; null where all are done.</summary>
    public long? OldestTime()
    {
        if (Open == 0)
        {
            return null;
        }

        while (IsDone(firstItem + _firstOpen))
        {
            _firstOpen++;
        }

        long? time = null;
        foreach (var (item, noted) in _times)
        {
            if (time is not null && item > firstItem + _firstOpen)
            {
                break;
            }

            time = noted;
        }

        return time;
    }
}
