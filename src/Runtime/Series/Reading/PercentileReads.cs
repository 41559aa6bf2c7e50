using Typed.Series.Kinds;
using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Time;

namespace Typed.Series.Reading;

/// <summary>Makes the readers of an interval's percentiles.</summary>
internal abstract class PercentileReads<TValue>
{
    /// <param name="percentiles">Each 0 to 100.</param>
    /// <param name="make">The value as one that may be null.</param>
    public abstract IntervalReader<IReadOnlyList<TItem>> Range<TItem>(double[] percentiles, Func<TValue, TItem> make);

    /// <inheritdoc cref="Range"/>
    public abstract AllKeysReader<IReadOnlyList<TItem>> AllKeys<TItem>(double[] percentiles, Func<TValue, TItem> make);
}

/// <inheritdoc/>
internal sealed class PercentileReads<TValue, TColumn>(Interval interval, RollupStatements statements) : PercentileReads<TValue>
    where TColumn : struct, IColumn<TValue>
{
    public override IntervalReader<IReadOnlyList<TItem>> Range<TItem>(double[] percentiles, Func<TValue, TItem> make) =>
        statements.Percentiles(percentiles.Length) is { } ranked
            ? new PercentileReader<IReadOnlyList<TItem>>(interval, ranked, percentiles,
                () => new PercentileAccumulator<TValue, TColumn, TItem>(percentiles.Length, make))
            : new RollupReader<IReadOnlyList<TItem>>(interval, statements, () => new RankingAccumulator<TValue, TColumn, TItem>(percentiles, make));

    public override AllKeysReader<IReadOnlyList<TItem>> AllKeys<TItem>(double[] percentiles, Func<TValue, TItem> make)
    {
        var layout = new RollupLayout(statements.Keys, statements.Keys + 1);
        var isSorted = interval.IsFine;
        return statements.Percentiles(percentiles.Length) is { } ranked
            ? new(interval, ranked.AllKeys, layout, () => new PercentileAccumulator<TValue, TColumn, TItem>(percentiles.Length, make))
            {
                Sorts = isSorted,
                More = new PercentileParameters(percentiles),
            }
            : new(interval, statements.AllKeys, layout, () => new RankingAccumulator<TValue, TColumn, TItem>(percentiles, make))
            {
                Sorts = isSorted,
                Merged = statements.Merges(1),
            };
    }
}

/// <summary>Percentiles that the database finds.</summary>
internal sealed class PercentileReader<TItem>(
    Interval interval, PercentileStatements statements, double[] percentiles, Func<BucketAccumulator<TItem>> newAccumulator)
    : PagedReader<TItem>(interval, newAccumulator)
{
    protected override KeyedSql CollapseStatement => statements.Collapse;

    protected override IParameters? More { get; } = new PercentileParameters(percentiles);

    protected override KeyedSql Statement(bool slots) => statements.Range;

    protected override RowLayout Layout(bool slots) => RollupLayout.Buckets;

    protected override bool Merged(int keys, bool slots) => true;
}

/// <summary>Percentiles as the exact numbers that people wrote.</summary>
internal sealed class PercentileParameters(double[] percentiles) : IParameters
{
    public void Bind(ParameterWriter parameters)
    {
        foreach (var percentile in percentiles)
        {
            parameters.Decimal((decimal)percentile);
        }
    }
}
