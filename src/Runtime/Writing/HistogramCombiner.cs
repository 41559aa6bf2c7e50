using System.Globalization;
using System.Runtime.InteropServices;
using Typed.Generated;
using Typed.Storage;
using Typed.Storage.Tables;
using Typed.Time;

namespace Typed.Writing;

/// <summary>Histogram: counts the distinct values of a cell.</summary>
internal sealed class HistogramCombiner<TKey, TValue, TColumn, TGrid>(IntervalTable table, Sql upsert, Interval interval) : Combiner<TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
    where TColumn : struct, IColumn<TValue>
    where TGrid : struct, IBucketGrid
{
    public override (ITableRows Rows, long Skipped) Combine(PointBuffer<TKey, TValue> points, long now)
    {
        var counts = new Dictionary<ValueCell<TValue, TColumn>, long>();
        var oldest = interval.OldestLive(now);
        var keys = points.Keys;
        var instants = points.Instants;
        var values = points.Values;
        var skipped = 0L;
        for (var i = 0; i < keys.Length; i++)
        {
            var bucket = TGrid.BucketOf(instants[i]);
            if (bucket < oldest)
            {
                skipped++;
                continue;
            }

            var cell = new Cell(keys[i], bucket, TGrid.SlotOf(instants[i]));
            CollectionsMarshal.GetValueRefOrAddDefault(counts, new(cell, values[i]), out _)++;
        }

        return (Sort(points, counts), skipped);
    }

    private Rows Sort(PointBuffer<TKey, TValue> points, Dictionary<ValueCell<TValue, TColumn>, long> counts)
    {
        var ranks = points.Ranks;
        var cells = new ValueCell<TValue, TColumn>[counts.Count];
        var numbers = new long[counts.Count];
        var row = 0;
        foreach (var (cell, count) in counts)
        {
            cells[row] = new(cell.Cell.WithKey(ranks[cell.Cell.Key]), cell.Value);
            numbers[row++] = count;
        }

        Array.Sort(cells, numbers);
        return new Rows(table, upsert, points.SortedKeys, cells, numbers);
    }

    private sealed class Rows(IntervalTable table, Sql upsert, TKey[] keys, ValueCell<TValue, TColumn>[] cells, long[] counts)
        : RollupRows<TKey>(table, upsert, keys)
    {
        public override int Count => cells.Length;

        protected override Cell CellAt(int row) => cells[row].Cell;

        protected override string AmountAt(int row) => counts[row].ToString(CultureInfo.InvariantCulture);

        protected override void WritePayloads(ArrayWriter arrays)
        {
            TColumn.WriteAll(arrays, Array.ConvertAll(cells, static cell => cell.Value));
            arrays.Int64s(counts);
        }

        protected override void WritePayload(ParameterWriter parameters, int row)
        {
            TColumn.Write(parameters, cells[row].Value);
            parameters.Int64(counts[row]);
        }
    }
}
