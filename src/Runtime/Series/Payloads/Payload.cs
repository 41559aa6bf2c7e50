using Typed.Storage;

namespace Typed.Series;

/// <summary>Builds what one bucket (or slot, or range) holds from the rows that make it up.</summary>
internal abstract class Payload<TItem>
{
    /// <summary>What a bucket without data holds.</summary>
    public abstract TItem Nothing { get; }

    /// <summary>Takes a row, whose payload columns start at <paramref name="ordinal"/>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="ordinal">The first payload column.</param>
    /// <param name="merged">Whether the database merged rows to get this one: sums then come as sums.</param>
    public abstract void Add(RowReader row, int ordinal, bool merged);

    /// <summary>What the rows since the last call make, and starts again.</summary>
    public abstract TItem Take();
}

/// <summary>Count: the total of the rows.</summary>
internal sealed class CountPayload<TValue, TColumn> : Payload<TValue>
    where TValue : struct
    where TColumn : struct, ITotalColumn<TValue>
{
    private TValue _total;

    public override TValue Nothing => default;

    public override void Add(RowReader row, int ordinal, bool merged) =>
        _total = TColumn.Add(_total, merged ? TColumn.ReadSum(row, ordinal) : TColumn.Read(row, ordinal));

    public override TValue Take()
    {
        var total = _total;
        _total = default;
        return total;
    }
}

/// <summary>Statistics of a Count, all made of its total.</summary>
internal sealed class TotalPayload<TValue, TColumn> : Payload<TotalStatistics<TValue>>
    where TValue : struct, System.Numerics.INumber<TValue>
    where TColumn : struct, ITotalColumn<TValue>
{
    private readonly CountPayload<TValue, TColumn> _total = new();

    public override TotalStatistics<TValue> Nothing => default;

    public override void Add(RowReader row, int ordinal, bool merged) => _total.Add(row, ordinal, merged);

    public override TotalStatistics<TValue> Take()
    {
        var total = _total.Take();
        return new(total, total, total, total, total, Rate: 0);
    }
}

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
