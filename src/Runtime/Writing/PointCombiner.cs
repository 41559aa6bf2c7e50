using Typed.Storage;
using Typed.Time;

namespace Typed.Writing;

/// <summary>Series: keeps each point that is live in at least one interval, in write order.</summary>
internal sealed class PointCombiner<TKey, TValue, TColumn>(WriteTable table, IReadOnlyList<Interval> intervals) : Combiner<TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
    where TColumn : struct, IColumn<TValue>
{
    /// <summary>No cell is longer than this: instants after it have all their cells inside the years.</summary>
    private static readonly long s_earliestCommon = Instant.Min + (StepSpec.MaxSeconds * Instant.PerSecond);

    public override ITableRows Combine(PointGroup<TKey, TValue> points, long now)
    {
        // A bucket is dead when it starts before the oldest live one, and then so is every instant in it: no grid is needed per point.
        var oldest = intervals.Select(interval => interval.OldestLive(now)).ToArray();
        var rows = new PointRows<TKey, TValue, TColumn>(table, points.Count);
        foreach (var write in points.Writes)
        {
            write.Skip(Keep(write, oldest, rows));
        }

        return rows;
    }

    /// <summary>Keeps the points of a write that are live somewhere, and gives the number of (point, interval) pairs that are dead.</summary>
    private long Keep(PendingPoints<TKey, TValue> write, long[] oldest, PointRows<TKey, TValue, TColumn> rows)
    {
        var instants = write.Instants;
        var skipped = 0L;
        for (var i = 0; i < instants.Length; i++)
        {
            CheckStart(instants[i]);
            var dead = 0;
            foreach (var start in oldest)
            {
                dead += instants[i] < start ? 1 : 0;
            }

            skipped += dead;
            if (dead < oldest.Length)
            {
                rows.Add(write.Keys[i], instants[i], write.Values[i]);
            }
        }

        return skipped;
    }

    /// <summary>Near year 1 a point's bucket may start before it: then no read could ever show the point.</summary>
    private void CheckStart(long instant)
    {
        if (instant < s_earliestCommon)
        {
            foreach (var interval in intervals)
            {
                _ = interval.SlotOf(interval.BucketOf(instant));
            }
        }
    }
}
