using System.Globalization;
using System.Numerics;
using Typed.Storage;
using Typed.Time;
using Typed.Writing;

namespace Typed.Series.Kinds;

/// <summary>Summary: the values of a cell are summed up in one row.</summary>
/// <param name="statistics">The statistics of a summary.</param>
internal sealed class SummaryKind<TValue, TColumn, TStats>(Func<Summary<TValue>, TStats> statistics) : RollupKind<TValue, Summary<TValue>, TStats>
    where TValue : struct, INumber<TValue>
    where TColumn : struct, ITotalColumn<TValue>
    where TStats : struct, IStatistics<TStats>
{
    public override Combiner<TKey, TValue> NewCombiner<TKey, TGrid>(WriteTable table, SeriesDefinition series, Interval interval) =>
        new RollupCombiner<TKey, TValue, BucketCell, Summary<TValue>, SummaryRollup<TValue, TColumn>, TGrid>(table, series, interval);

    public override BucketAccumulator<Summary<TValue>> NewAccumulator() => new SummaryAccumulator<TValue, TColumn>();

    public override BucketAccumulator<TStats> NewStatistics() => new SummaryStatisticsAccumulator<TValue, TColumn, TStats>(statistics);

    public override Summary<TValue> Merge(IReadOnlyList<Summary<TValue>> values) => values.Aggregate(default(Summary<TValue>), static (all, one) => all + one);
}

/// <summary>A row per cell, which holds the summary.</summary>
internal readonly struct SummaryRollup<TValue, TColumn> : IRollup<TValue, BucketCell, Summary<TValue>>
    where TValue : struct, INumber<TValue>
    where TColumn : struct, ITotalColumn<TValue>
{
    public static BucketCell RowOf(in BucketCell cell, TValue value) => cell;

    public static void Add(ref Summary<TValue> content, bool exists, TValue value, long instant, long weight)
    {
        try
        {
            content.Add(value, weight);
        }
        catch (OverflowException error)
        {
            throw new OverflowException(string.Create(CultureInfo.InvariantCulture,
                $"adding {value}{(weight == 1 ? "" : $" {weight} times")} to {content.Count} values, whose sum is {content.Sum}, would leave the range of "
                    + $"{typeof(TValue).Name}: {error.Message}"), error);
        }
    }

    public static string? AmountOf(Summary<TValue> content) =>
        string.Create(CultureInfo.InvariantCulture, $"{content.Count} values with the sum {content.Sum}");

    public static void WriteAll(ArrayWriter arrays, BucketCell[] rows, Summary<TValue>[] contents)
    {
        arrays.Int64s(Array.ConvertAll(contents, static content => content.Count));
        TColumn.WriteAll(arrays, Array.ConvertAll(contents, static content => TColumn.Normalize(content.Sum)));
        TColumn.WriteAll(arrays, Array.ConvertAll(contents, static content => content.Smallest));
        TColumn.WriteAll(arrays, Array.ConvertAll(contents, static content => content.Largest));
        arrays.Doubles(Array.ConvertAll(contents, static content => content.SquaredDeviations));
    }

    public static void Write(ParameterWriter parameters, in BucketCell row, Summary<TValue> content)
    {
        parameters.Int64(content.Count);
        TColumn.Write(parameters, TColumn.Normalize(content.Sum));
        TColumn.Write(parameters, content.Smallest);
        TColumn.Write(parameters, content.Largest);
        parameters.Double(content.SquaredDeviations);
    }
}

/// <summary>Summary: the rows as one.</summary>
internal sealed class SummaryAccumulator<TValue, TColumn> : BucketAccumulator<Summary<TValue>>
    where TValue : struct, INumber<TValue>
    where TColumn : struct, ITotalColumn<TValue>
{
    private Summary<TValue> _summary;

    public override Summary<TValue> Nothing => default;

    public override void Add(RowReader row, int ordinal, bool merged)
    {
        var count = merged ? row.IntegerSum(ref ordinal) : row.Int64(ordinal++);
        var (min, max, squares) = (TColumn.Read(row, ordinal), TColumn.Read(row, ordinal + 1), row.Double(ordinal + 2));
        var sum = merged ? TColumn.ReadSum(row, ordinal + 3) : TColumn.Read(row, ordinal + 3);
        _summary += Summary<TValue>.Of(count, sum, min, max, squares);
    }

    public override Summary<TValue> Take()
    {
        var summary = _summary;
        _summary = default;
        return summary;
    }
}

/// <summary>The statistics of a Summary.</summary>
internal sealed class SummaryStatisticsAccumulator<TValue, TColumn, TStats>(Func<Summary<TValue>, TStats> statistics) : BucketAccumulator<TStats>
    where TValue : struct, INumber<TValue>
    where TColumn : struct, ITotalColumn<TValue>
    where TStats : struct, IStatistics<TStats>
{
    private readonly SummaryAccumulator<TValue, TColumn> _summary = new();

    public override TStats Nothing => default;

    public override void Add(RowReader row, int ordinal, bool merged) => _summary.Add(row, ordinal, merged);

    public override TStats Take() => _summary.Take() is { Count: > 0 } summary ? statistics(summary) : default;
}
