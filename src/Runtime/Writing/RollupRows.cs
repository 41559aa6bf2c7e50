using System.Globalization;
using Typed.Storage;

namespace Typed.Writing;

/// <summary>Combined rows of one interval: key, bucket, the slot where the interval is fine, and what the type of series adds.</summary>
internal sealed class RollupRows<TKey, TValue, TRow, TContent, TRollup>(WriteTable table, SeriesDefinition series, bool isFine, TKey[] keys, TRow[] rows,
    TContent[] contents)
    : ITableRows
    where TKey : struct, ISeriesKey<TKey>
    where TRow : struct, IRollupRow<TRow>
    where TRollup : struct, IRollup<TValue, TRow, TContent>
{
    public WriteTable Table => table;

    public int Count => rows.Length;

    // A row may be there already.
    public bool AreNew => false;

    public string? Added
    {
        get
        {
            if (TRollup.AmountOf(contents[0]) is not { } amount)
            {
                return null;
            }

            var total = series.Type switch
            {
                SeriesType.Histogram => $"a count of {series.Value.Member}",
                SeriesType.Summary => $"the summary of {series.Value.Member}",
                _ => $"the total of {series.Value.Member}",
            };
            return Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{Count} numbers, each to {total}")
                : series.Keys.Count == 0 ? $"{amount} to {total}"
                : $"{amount} to {total} for '{keys[rows[0].Cell.Key]}'";
        }
    }

    public void WriteAll(ParameterWriter parameters, ArrayWriter arrays)
    {
        var rowKeys = new TKey[rows.Length];
        var buckets = new long[rows.Length];
        var slots = isFine ? new long[rows.Length] : [];
        for (var row = 0; row < rows.Length; row++)
        {
            var cell = rows[row].Cell;
            rowKeys[row] = keys[cell.Key];
            buckets[row] = cell.Bucket;
            if (isFine)
            {
                slots[row] = cell.Slot;
            }
        }

        TKey.WriteAll(arrays, rowKeys);
        arrays.Instants(buckets);
        if (isFine)
        {
            arrays.Instants(slots);
        }

        TRollup.WriteAll(arrays, rows, contents);
    }

    public void WriteRow(ParameterWriter parameters, int row)
    {
        var cell = rows[row].Cell;
        TKey.Write(parameters, keys[cell.Key]);
        parameters.Instant(cell.Bucket);
        if (isFine)
        {
            parameters.Instant(cell.Slot);
        }

        TRollup.Write(parameters, rows[row], contents[row]);
    }
}
