using Typed.Generated;
using Typed.Storage;
using Typed.Storage.Tables;
using Typed.Time;

namespace Typed.Writing;

/// <summary>Set: keeps the distinct values of a cell.</summary>
internal sealed class SetCombiner<TKey, TValue, TColumn, TGrid>(IntervalTable table, Sql upsert, Interval interval) : Combiner<TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
    where TColumn : struct, IColumn<TValue>
    where TGrid : struct, IBucketGrid
{
    public override (ITableRows Rows, long Skipped) Combine(PointBuffer<TKey, TValue> points, long now)
    {
        var members = new HashSet<ValueCell<TValue, TColumn>>();
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

            members.Add(new(new Cell(keys[i], bucket, TGrid.SlotOf(instants[i])), values[i]));
        }

        var ranks = points.Ranks;
        var rows = new ValueCell<TValue, TColumn>[members.Count];
        var row = 0;
        foreach (var member in members)
        {
            rows[row++] = new(member.Cell.WithKey(ranks[member.Cell.Key]), member.Value);
        }

        Array.Sort(rows);
        return (new Rows(table, upsert, points.SortedKeys, rows), skipped);
    }

    private sealed class Rows(IntervalTable table, Sql upsert, TKey[] keys, ValueCell<TValue, TColumn>[] members) : RollupRows<TKey>(table, upsert, keys)
    {
        public override int Count => members.Length;

        protected override Cell CellAt(int row) => members[row].Cell;

        protected override void WritePayloads(ArrayWriter arrays) => TColumn.WriteAll(arrays, Array.ConvertAll(members, static member => member.Value));

        protected override void WritePayload(ParameterWriter parameters, int row) => TColumn.Write(parameters, members[row].Value);
    }
}
