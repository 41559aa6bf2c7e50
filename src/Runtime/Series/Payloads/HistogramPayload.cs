using Typed.Generated;

namespace Typed.Series;

/// <summary>Histogram: values and counts. Rows of one cell come ascending; those of several cells may repeat values.</summary>
internal sealed class HistogramPayload<TValue, TColumn> : Payload<Histogram<TValue>>
    where TColumn : struct, IColumn<TValue>
{
    private static readonly Comparison<TValue> s_compare = TColumn.Compare;

    private readonly List<TValue> _values = [];
    private readonly List<long> _counts = [];
    private bool _ascending = true;

    public override Histogram<TValue> Nothing { get; } = new([], [], s_compare);

    public override void Add(RowReader row, int ordinal, bool merged)
    {
        var value = TColumn.Read(row, ordinal++);
        _ascending &= _values.Count == 0 || TColumn.Compare(_values[^1], value) < 0;
        _values.Add(value);
        _counts.Add(merged ? row.IntegerSum(ref ordinal) : row.Int64(ordinal));
    }

    public override Histogram<TValue> Take()
    {
        TValue[] values = [.. _values];
        long[] counts = [.. _counts];
        if (!_ascending)
        {
            Array.Sort(values, counts, Comparer<TValue>.Create(s_compare));
            Merge(ref values, ref counts);
        }

        _values.Clear();
        _counts.Clear();
        _ascending = true;
        return new(values, counts, s_compare);
    }

    private static void Merge(ref TValue[] values, ref long[] counts)
    {
        var last = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (TColumn.Compare(values[last], values[i]) == 0)
            {
                counts[last] = checked(counts[last] + counts[i]);
            }
            else
            {
                last++;
                values[last] = values[i];
                counts[last] = counts[i];
            }
        }

        Array.Resize(ref values, last + 1);
        Array.Resize(ref counts, last + 1);
    }
}
