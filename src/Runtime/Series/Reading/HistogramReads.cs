using Typed.Series.Kinds;
using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Time;

namespace Typed.Series.Reading;

/// <summary>Makes the readers of what is chosen among the entries of an interval's histograms.</summary>
internal abstract class HistogramReads<TValue>
{
    /// <param name="percentiles">Each 0 to 100.</param>
    /// <param name="make">The value as one that may be null.</param>
    public abstract IntervalReader<IReadOnlyList<TItem>> Range<TItem>(double[] percentiles, Func<TValue, TItem> make);

    /// <inheritdoc cref="Range"/>
    public abstract AllKeysReader<IReadOnlyList<TItem>> AllKeys<TItem>(double[] percentiles, Func<TValue, TItem> make);

    /// <summary>The values that occurred most often.</summary>
    /// <param name="count">How many, at least 1.</param>
    public abstract IntervalReader<IReadOnlyList<KeyValuePair<TValue, long>>> Top(int count);

    /// <inheritdoc cref="Top"/>
    public abstract AllKeysReader<IReadOnlyList<KeyValuePair<TValue, long>>> TopOfAllKeys(int count);
}

/// <inheritdoc/>
internal sealed class HistogramReads<TValue, TColumn>(Interval interval, RollupStatements statements) : HistogramReads<TValue>
    where TColumn : struct, IColumn<TValue>
{
    public override IntervalReader<IReadOnlyList<TItem>> Range<TItem>(double[] percentiles, Func<TValue, TItem> make) =>
        statements.Percentiles(percentiles.Length) is { } ranked
            ? new RankedReader<IReadOnlyList<TItem>>(interval, ranked, _ => true, new PercentileParameters(percentiles),
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

    public override IntervalReader<IReadOnlyList<KeyValuePair<TValue, long>>> Top(int count) => new RankedReader<IReadOnlyList<KeyValuePair<TValue, long>>>(
        interval, statements.Top.Value, statements.Merges, new TopParameters(count), static () => new TopAccumulator<TValue, TColumn>())
    {
        SortsBuckets = true,
    };

    public override AllKeysReader<IReadOnlyList<KeyValuePair<TValue, long>>> TopOfAllKeys(int count) => new(
        interval, statements.Top.Value.AllKeys, new RollupLayout(statements.Keys, statements.Keys + 1), static () => new TopAccumulator<TValue, TColumn>())
    {
        Merged = statements.Merges(1),
        Sorts = true,
        More = new TopParameters(count),
    };
}

/// <summary>What the database chooses among the entries of each cell.</summary>
/// <param name="interval">The interval.</param>
/// <param name="statements">Choose.</param>
/// <param name="merges">Whether a count read for that many keys is a sum.</param>
/// <param name="choice">What is chosen.</param>
/// <param name="newAccumulator">Makes what takes the rows of a bucket.</param>
internal sealed class RankedReader<TItem>(
    Interval interval, RankedStatements statements, Func<int, bool> merges, IParameters choice, Func<BucketAccumulator<TItem>> newAccumulator)
    : PagedReader<TItem>(interval, newAccumulator)
{
    /// <summary>Whether the database sorts the entries of whole buckets, so that a page should span no more than fill it.</summary>
    public bool SortsBuckets { get; init; }

    public override bool Sorts(int keys, bool slots) => SortsBuckets || base.Sorts(keys, slots);

    protected override KeyedSql CollapseStatement => statements.Collapse;

    protected override IParameters? More => choice;

    protected override KeyedSql Statement(bool slots) => statements.Range;

    protected override RowLayout Layout(bool slots) => RollupLayout.Buckets;

    protected override bool Merged(int keys, bool slots) => merges(keys);
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

/// <summary>How many of the most frequent values.</summary>
internal sealed class TopParameters(int count) : IParameters
{
    public void Bind(ParameterWriter parameters) => parameters.Int64(count);
}
