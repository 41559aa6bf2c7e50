using Typed.Storage;
using Typed.Storage.Tables;

namespace Typed.Writing;

/// <summary>Merges a buffer's points into the rows of one table.</summary>
internal abstract class Combiner<TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
{
    /// <summary>The combined rows, sorted by key; and how many points were for dead buckets.</summary>
    /// <param name="points">The accepted points.</param>
    /// <param name="oldestLive">The start of the oldest live bucket.</param>
    public abstract (ITableRows Rows, long Skipped) Combine(PointBuffer<TKey, TValue> points, long oldestLive);
}

/// <summary>What all combined rows share: the key columns, the bucket, and the slot where the interval is fine.</summary>
internal abstract class RollupRows<TKey>(IntervalTable table, Sql upsert, TKey[] keys) : ITableRows
    where TKey : struct, ISeriesKey<TKey>
{
    private readonly bool _fine = table.Slot is not null;

    public string Table => table.Name;

    public Sql Upsert => upsert;

    public abstract int Count { get; }

    public void WriteAll(ArrayWriter arrays)
    {
        var rowKeys = new TKey[Count];
        var buckets = new long[Count];
        var slots = _fine ? new long[Count] : [];
        for (var row = 0; row < rowKeys.Length; row++)
        {
            var cell = CellAt(row);
            rowKeys[row] = keys[cell.Key];
            buckets[row] = cell.Bucket;
            if (_fine)
            {
                slots[row] = cell.Slot;
            }
        }

        TKey.WriteAll(arrays, rowKeys);
        arrays.Instants(buckets);
        if (_fine)
        {
            arrays.Instants(slots);
        }

        WritePayloads(arrays);
    }

    public void WriteRow(ParameterWriter parameters, int row)
    {
        var cell = CellAt(row);
        TKey.Write(parameters, keys[cell.Key]);
        parameters.Instant(cell.Bucket);
        if (_fine)
        {
            parameters.Instant(cell.Slot);
        }

        WritePayload(parameters, row);
    }

    protected abstract Cell CellAt(int row);

    protected abstract void WritePayloads(ArrayWriter arrays);

    protected abstract void WritePayload(ParameterWriter parameters, int row);
}
