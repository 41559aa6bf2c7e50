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

    public override (ITableRows Rows, long Skipped) Combine(PointBuffer<TKey, TValue> points, long now)
    {
        // A bucket is dead when it starts before the oldest live one, and then so is every instant in it: no grid is needed per point.
        var oldest = intervals.Select(interval => interval.OldestLive(now)).ToArray();
        var instants = points.Instants;
        var kept = new List<int>(instants.Length);
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
                kept.Add(i);
            }
        }

        return (new Rows(table, points, [.. kept]), skipped);
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

    private sealed class Rows(WriteTable table, PointBuffer<TKey, TValue> points, int[] kept) : ITableRows
    {
        public WriteTable Table => table;

        public int Count => kept.Length;

        public bool AreNew => true;

        public string? Added => null;

        public void WriteAll(ParameterWriter parameters, ArrayWriter arrays)
        {
            var keys = new TKey[kept.Length];
            var instants = new long[kept.Length];
            var values = new TValue[kept.Length];
            for (var row = 0; row < kept.Length; row++)
            {
                keys[row] = KeyAt(row);
                instants[row] = points.Instants[kept[row]];
                values[row] = points.Values[kept[row]];
            }

            TKey.WriteAll(arrays, keys);
            arrays.Instants(instants);
            TColumn.WriteAll(arrays, values);
        }

        public void WriteRow(ParameterWriter parameters, int row)
        {
            TKey.Write(parameters, KeyAt(row));
            parameters.Instant(points.Instants[kept[row]]);
            TColumn.Write(parameters, points.Values[kept[row]]);
        }

        private TKey KeyAt(int row) => points.SortedKeys[points.Ranks[points.Keys[kept[row]]]];
    }
}
