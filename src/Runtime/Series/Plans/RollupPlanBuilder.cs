using Typed.Series.Kinds;
using Typed.Series.Reading;
using Typed.Storage.Statements;
using Typed.Writing;

namespace Typed.Series.Plans;

/// <summary>The plan of a series that keeps a table per interval.</summary>
/// <param name="tables">The model's tables.</param>
/// <param name="kind">What the type of series makes of its points.</param>
/// <param name="histograms">Makes the <see cref="IntervalPlan{TRead, TStats}.Histograms"/> of an interval.</param>
internal sealed class RollupPlanBuilder<TPoint, TKey, TValue, TColumn, TRead, TStats>(
    ModelTables tables, RollupKind<TValue, TRead, TStats> kind, Func<Time.Interval, RollupStatements, object>? histograms = null)
    : SeriesPlanBuilder<TPoint, TKey, TValue>
    where TPoint : ITimeSeries<TPoint, TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
    where TColumn : struct, IColumn<TValue>
    where TStats : struct, IStatistics<TStats>
{
    private protected override PointBuffer<TKey, TValue> NewBuffer() => new PointBuffer<TKey, TValue, TColumn>(Series);

    private protected override void Add<TGrid>(Time.Interval interval)
    {
        var statements = new RollupStatements(tables.Interval(Series, interval.Name), tables.Dialect, kind.Computed ?? StatisticsShape.Count);
        Add(new TablePlan<TKey, TValue>([interval], statements, kind.NewCombiner<TKey, TGrid>(statements.Table, Series, interval)));
        Add(NewPlan(interval, statements));
    }

    private IntervalPlan<TRead, TStats> NewPlan(Time.Interval interval, RollupStatements statements) =>
        new(
            interval,
            statements,
            new RollupReader<TRead>(interval, statements, kind.NewAccumulator),
            new RollupStatisticsReader<TStats>(interval, statements, kind.NewStatistics, isComputed: kind.Computed is not null),
            new UnmergedRows<TRead>(statements.Unmerged, RollupUnmergedLayout.Instance, kind.NewAccumulator),
            kind.Merge)
        {
            AllValues = new(interval, statements.AllKeys, new RollupLayout(statements.Keys, statements.Keys + 1), kind.NewAccumulator)
            {
                Merged = statements.Merges(1),
                Sorts = interval.IsFine && Series.Type != SeriesType.Count,
            },
            AllStatistics = NewAllStatistics(interval, statements),
            Histograms = histograms?.Invoke(interval, statements),
            NewResampled = coarser => NewPlan(coarser, statements.Resampled(coarser.Spec)),
        };

    private AllKeysReader<TStats> NewAllStatistics(Time.Interval interval, RollupStatements statements)
    {
        var computed = kind.Computed is not null;
        return new(interval, computed ? statements.AllStatistics : statements.AllKeys,
            new RollupLayout(statements.Keys, statements.Keys + 1), kind.NewStatistics)
        {
            Merged = computed || statements.Merges(1),
            Sorts = computed ? Series.Type == SeriesType.Set : interval.IsFine && Series.Type != SeriesType.Count,
            Over = static (item, seconds) => item.Over(seconds),
        };
    }
}
