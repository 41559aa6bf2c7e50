using System.Globalization;
using Typed.Generated;
using Typed.Storage;
using Typed.Storage.Tables;

namespace Typed.Writing;

/// <summary>What all combined rows share: the key columns, the bucket, and the slot where the interval is fine.</summary>
internal abstract class RollupRows<TKey>(IntervalTable table, Sql upsert, TKey[] keys) : ITableRows
    where TKey : struct, ISeriesKey<TKey>
{
    private readonly bool _fine = table.Slot is not null;

    public string Table => table.Name;

    public Sql Insert => upsert;

    // A total may be there already.
    public Sql? Load => null;

    public abstract int Count { get; }

    public bool AddsTotals => table.Series.Type is SeriesType.Count or SeriesType.Histogram;

    public string Added
    {
        get
        {
            var total = table.Series.Type == SeriesType.Histogram ? $"a count of {table.Series.Value.Member}" : $"the total of {table.Series.Value.Member}";
            return Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{Count} numbers, each to {total}")
                : table.KeyKinds.Count == 0 ? $"{AmountAt(0)} to {total}"
                : $"{AmountAt(0)} to {total} for '{keys[CellAt(0).Key]}'";
        }
    }

    public void WriteAll(ParameterWriter parameters, ArrayWriter arrays)
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

    /// <summary>What a row adds, as text; of a type that adds nothing, anything.</summary>
    protected virtual string AmountAt(int row) => "nothing";

    protected abstract void WritePayloads(ArrayWriter arrays);

    protected abstract void WritePayload(ParameterWriter parameters, int row);
}
