using System.Runtime.InteropServices;
using Typed.Generated;
using Typed.Storage;
using Typed.Storage.Tables;
using Typed.Time;

namespace Typed.Writing;

/// <summary>Gauge: keeps the value with the latest time of a cell; on equal times the later write.</summary>
internal sealed class GaugeCombiner<TKey, TValue, TColumn, TGrid>(IntervalTable table, Sql upsert, Interval interval) : Combiner<TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
    where TColumn : struct, IColumn<TValue>
    where TGrid : struct, IBucketGrid
{
    public override (ITableRows Rows, long Skipped) Combine(PointBuffer<TKey, TValue> points, long now)
    {
        var latest = new Dictionary<Cell, Reading>();
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

            ref var reading = ref CollectionsMarshal.GetValueRefOrAddDefault(latest, new Cell(keys[i], bucket, TGrid.SlotOf(instants[i])), out var exists);
            if (!exists || reading.Time <= instants[i])
            {
                reading = new(instants[i], values[i]);
            }
        }

        var ranks = points.Ranks;
        var cells = new Cell[latest.Count];
        var readings = new Reading[latest.Count];
        var row = 0;
        foreach (var (cell, reading) in latest)
        {
            cells[row] = cell.WithKey(ranks[cell.Key]);
            readings[row++] = reading;
        }

        Array.Sort(cells, readings);
        return (new Rows(table, upsert, points.SortedKeys, cells, readings), skipped);
    }

    private readonly record struct Reading(long Time, TValue Value);

    private sealed class Rows(IntervalTable table, Sql upsert, TKey[] keys, Cell[] cells, Reading[] readings) : RollupRows<TKey>(table, upsert, keys)
    {
        public override int Count => cells.Length;

        protected override Cell CellAt(int row) => cells[row];

        protected override void WritePayloads(ArrayWriter arrays)
        {
            TColumn.WriteAll(arrays, Array.ConvertAll(readings, static reading => reading.Value));
            arrays.Instants(Array.ConvertAll(readings, static reading => reading.Time));
        }

        protected override void WritePayload(ParameterWriter parameters, int row)
        {
            TColumn.Write(parameters, readings[row].Value);
            parameters.Instant(readings[row].Time);
        }
    }
}
