using System.Globalization;
using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Time;
using Typed.Writing;

namespace Typed.Series.Kinds;

/// <summary>Histogram: the distinct values of a cell are counted.</summary>
/// <param name="statistics">The statistics of the value.</param>
internal sealed class HistogramKind<TValue, TColumn, TStats>(Statistics<TValue, TStats> statistics) : RollupKind<TValue, Histogram<TValue>, TStats>
    where TValue : notnull
    where TColumn : struct, IColumn<TValue>
    where TStats : struct, IStatistics<TStats>
{
    public override StatisticsShape? Computed => statistics.Shape;

    public override Combiner<TKey, TValue> NewCombiner<TKey, TGrid>(WriteTable table, SeriesDefinition series, Interval interval) =>
        new RollupCombiner<TKey, TValue, ValueCell<TValue, TColumn>, long, HistogramRollup<TValue, TColumn>, TGrid>(table, series, interval);

    public override BucketAccumulator<Histogram<TValue>> NewAccumulator() => new HistogramAccumulator<TValue, TColumn>();

    public override BucketAccumulator<TStats> NewStatistics() => statistics.NewAccumulator();

    public override Histogram<TValue> Merge(IReadOnlyList<Histogram<TValue>> values) => Histogram<TValue>.Merge(values, TColumn.Compare);
}

/// <summary>A row per cell and value, which holds the count.</summary>
internal readonly struct HistogramRollup<TValue, TColumn> : IRollup<TValue, ValueCell<TValue, TColumn>, long>
    where TColumn : struct, IColumn<TValue>
{
    public static ValueCell<TValue, TColumn> RowOf(in BucketCell cell, TValue value) => new(cell, value);

    public static void Add(ref long content, bool exists, TValue value, long instant, long weight)
    {
        try
        {
            content = checked(content + weight);
        }
        catch (OverflowException error)
        {
            throw new OverflowException(string.Create(CultureInfo.InvariantCulture,
                $"adding {weight} to a count of {content} would leave the range of Int64"), error);
        }
    }

    public static string? AmountOf(long content) => content.ToString(CultureInfo.InvariantCulture);

    public static void WriteAll(ArrayWriter arrays, ValueCell<TValue, TColumn>[] rows, long[] contents)
    {
        TColumn.WriteAll(arrays, Array.ConvertAll(rows, static row => row.Value));
        arrays.Int64s(contents);
    }

    public static void Write(ParameterWriter parameters, in ValueCell<TValue, TColumn> row, long content)
    {
        TColumn.Write(parameters, row.Value);
        parameters.Int64(content);
    }
}

/// <summary>Histogram: values and counts. Rows of one cell come ascending; those of several cells may repeat values.</summary>
internal sealed class HistogramAccumulator<TValue, TColumn> : BucketAccumulator<Histogram<TValue>>
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
