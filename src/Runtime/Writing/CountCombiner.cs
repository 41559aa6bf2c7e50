using System.Globalization;
using System.Runtime.InteropServices;
using Typed.Generated;
using Typed.Storage;
using Typed.Storage.Tables;
using Typed.Time;

namespace Typed.Writing;

/// <summary>Count: adds the values of a cell.</summary>
internal sealed class CountCombiner<TKey, TValue, TColumn, TGrid>(IntervalTable table, Sql upsert, Interval interval) : Combiner<TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
    where TColumn : struct, ITotalColumn<TValue>
    where TGrid : struct, IBucketGrid
{
    public override (ITableRows Rows, long Skipped) Combine(PointBuffer<TKey, TValue> points, long now)
    {
        var totals = new Dictionary<Cell, TValue>();
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

            ref var total = ref CollectionsMarshal.GetValueRefOrAddDefault(totals, new Cell(keys[i], bucket, TGrid.SlotOf(instants[i])), out var exists);
            total = exists ? Add(total!, values[i], i) : values[i];
        }

        return (Sort(points, totals), skipped);
    }

    private TValue Add(TValue total, TValue value, int index)
    {
        try
        {
            return TColumn.Add(total, value);
        }
        catch (OverflowException)
        {
            throw new RejectedPointException(
                table.Series.Value.Member, string.Create(CultureInfo.InvariantCulture, $"adding {value} to {total} would leave the range of {typeof(TValue).Name}"), index);
        }
    }

    private Rows Sort(PointBuffer<TKey, TValue> points, Dictionary<Cell, TValue> totals)
    {
        var ranks = points.Ranks;
        var cells = new Cell[totals.Count];
        var values = new TValue[totals.Count];
        var row = 0;
        foreach (var (cell, total) in totals)
        {
            cells[row] = cell.WithKey(ranks[cell.Key]);
            values[row++] = TColumn.Normalize(total);
        }

        Array.Sort(cells, values);
        return new Rows(table, upsert, points.SortedKeys, cells, values);
    }

    private sealed class Rows(IntervalTable table, Sql upsert, TKey[] keys, Cell[] cells, TValue[] totals) : RollupRows<TKey>(table, upsert, keys)
    {
        public override int Count => cells.Length;

        protected override Cell CellAt(int row) => cells[row];

        protected override string AmountAt(int row) => string.Create(CultureInfo.InvariantCulture, $"{totals[row]}");

        protected override void WritePayloads(ArrayWriter arrays) => TColumn.WriteAll(arrays, totals);

        protected override void WritePayload(ParameterWriter parameters, int row) => TColumn.Write(parameters, totals[row]);
    }
}
