using System.Globalization;
using System.Numerics;
using Typed.Storage;
using Typed.Time;
using Typed.Writing;

namespace Typed.Series.Kinds;

/// <summary>Count: a cell's values are added up.</summary>
internal sealed class CountKind<TValue, TColumn> : RollupKind<TValue, TValue, TotalStatistics<TValue>>
    where TValue : struct, INumber<TValue>
    where TColumn : struct, ITotalColumn<TValue>
{
    public override Combiner<TKey, TValue> NewCombiner<TKey, TGrid>(WriteTable table, SeriesDefinition series, Interval interval) =>
        new RollupCombiner<TKey, TValue, BucketCell, TValue, CountRollup<TValue, TColumn>, TGrid>(table, series, interval);

    public override BucketAccumulator<TValue> NewAccumulator() => new CountAccumulator<TValue, TColumn>();

    public override BucketAccumulator<TotalStatistics<TValue>> NewStatistics() => new TotalAccumulator<TValue, TColumn>();

    public override TValue Merge(IReadOnlyList<TValue> values) => values.Aggregate(default(TValue), TColumn.Add);
}

/// <summary>A row per cell, which holds the total.</summary>
internal readonly struct CountRollup<TValue, TColumn> : IRollup<TValue, BucketCell, TValue>
    where TValue : struct, INumber<TValue>
    where TColumn : struct, ITotalColumn<TValue>
{
    public static BucketCell RowOf(in BucketCell cell, TValue value) => cell;

    public static void Add(ref TValue content, bool exists, TValue value, long instant, long weight) => content = exists ? AddChecked(content, value) : value;

    public static string? AmountOf(TValue content) => string.Create(CultureInfo.InvariantCulture, $"{TColumn.Normalize(content)}");

    public static void WriteAll(ArrayWriter arrays, BucketCell[] rows, TValue[] contents) =>
        TColumn.WriteAll(arrays, Array.ConvertAll(contents, TColumn.Normalize));

    public static void Write(ParameterWriter parameters, in BucketCell row, TValue content) => TColumn.Write(parameters, TColumn.Normalize(content));

    private static TValue AddChecked(TValue total, TValue value)
    {
        try
        {
            return TColumn.Add(total, value);
        }
        catch (OverflowException error)
        {
            throw new OverflowException(string.Create(CultureInfo.InvariantCulture,
                $"adding {value} to {total} would leave the range of {typeof(TValue).Name}"), error);
        }
    }
}

/// <summary>The total of the rows.</summary>
internal sealed class CountAccumulator<TValue, TColumn> : BucketAccumulator<TValue>
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
internal sealed class TotalAccumulator<TValue, TColumn> : BucketAccumulator<TotalStatistics<TValue>>
    where TValue : struct, INumber<TValue>
    where TColumn : struct, ITotalColumn<TValue>
{
    private readonly CountAccumulator<TValue, TColumn> _total = new();

    public override TotalStatistics<TValue> Nothing => default;

    public override void Add(RowReader row, int ordinal, bool merged) => _total.Add(row, ordinal, merged);

    public override TotalStatistics<TValue> Take()
    {
        var total = _total.Take();
        return new(total, total, total, total, total, Rate: 0);
    }
}
