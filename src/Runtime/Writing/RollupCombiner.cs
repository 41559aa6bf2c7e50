using System.Runtime.InteropServices;
using Typed.Storage;
using Typed.Time;

namespace Typed.Writing;

/// <summary>Combines points into the rows of one interval, whatever the type of series.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">A point's value.</typeparam>
/// <typeparam name="TRow">What tells rows apart.</typeparam>
/// <typeparam name="TContent">What a row holds beside that.</typeparam>
/// <typeparam name="TRollup">How points become rows.</typeparam>
/// <typeparam name="TGrid">The interval's grid.</typeparam>
internal sealed class RollupCombiner<TKey, TValue, TRow, TContent, TRollup, TGrid>(WriteTable table, SeriesDefinition series, Interval interval)
    : Combiner<TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
    where TRow : struct, IRollupRow<TRow>
    where TRollup : struct, IRollup<TValue, TRow, TContent>
    where TGrid : struct, IBucketGrid
{
    public override ITableRows Combine(PointGroup<TKey, TValue> points, long now)
    {
        var contents = new Dictionary<TRow, TContent>();
        var oldest = interval.OldestLive(now);
        for (var write = 0; write < points.Writes.Count; write++)
        {
            points.Writes[write].Skip(Accumulate(points.Writes[write], points.RanksOf(write), contents, oldest));
        }

        var rows = new TRow[contents.Count];
        var sorted = new TContent[contents.Count];
        contents.Keys.CopyTo(rows, 0);
        contents.Values.CopyTo(sorted, 0);
        Array.Sort(rows, sorted);
        return new RollupRows<TKey, TValue, TRow, TContent, TRollup>(table, series, interval.IsFine, points.SortedKeys, rows, sorted);
    }

    /// <summary>Takes the points of a write into their rows and gives the number of those whose bucket is dead.</summary>
    private long Accumulate(PendingPoints<TKey, TValue> write, ReadOnlySpan<int> ranks, Dictionary<TRow, TContent> contents, long oldest)
    {
        var instants = write.Instants;
        var values = write.Values;
        var weights = write.Weights;
        var skipped = 0L;
        var i = 0;
        try
        {
            for (; i < ranks.Length; i++)
            {
                var bucket = TGrid.BucketOf(instants[i]);
                if (bucket < oldest)
                {
                    skipped++;
                    continue;
                }

                var row = TRollup.RowOf(new BucketCell(ranks[i], bucket, TGrid.SlotOf(instants[i])), values[i]);
                ref var content = ref CollectionsMarshal.GetValueRefOrAddDefault(contents, row, out var exists);
                TRollup.Add(ref content!, exists, values[i], instants[i], weights.IsEmpty ? 1 : weights[i]);
            }
        }
        catch (OverflowException error)
        {
            throw new RejectedPointException(series.Value.Member, error.Message, i);
        }

        return skipped;
    }
}
