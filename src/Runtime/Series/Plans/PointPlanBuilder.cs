using Typed.Series.Kinds;
using Typed.Series.Reading;
using Typed.Storage.Statements;
using Typed.Writing;

namespace Typed.Series.Plans;

/// <summary>The plan of a Series: one table of points, and its intervals as views on them.</summary>
internal sealed class PointPlanBuilder<TPoint, TKey, TValue, TColumn, TStats> : SeriesPlanBuilder<TPoint, TKey, TValue>
    where TPoint : ITimeSeries<TPoint, TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
    where TColumn : struct, IColumn<TValue>
    where TStats : struct, IStatistics<TStats>
{
    private readonly Statistics<TValue, TStats> _statistics;
    private readonly PointStatements _statements;

    public PointPlanBuilder(ModelTables tables, Statistics<TValue, TStats> statistics)
    {
        _statistics = statistics;
        _statements = new PointStatements(tables.Points(Series), tables.Dialect, statistics.Shape);
        Add(new TablePlan<TKey, TValue>(Series.Intervals, _statements, new PointCombiner<TKey, TValue, TColumn>(_statements.Table, Series.Intervals)));
    }

    private protected override PointBuffer<TKey, TValue> NewBuffer() => new PointBuffer<TKey, TValue, TColumn>(Series);

    private protected override void Add<TGrid>(Time.Interval interval) => Add(NewPlan(interval));

    private IntervalPlan<IReadOnlyList<TValue>, TStats> NewPlan(Time.Interval interval) => new(
        interval,
        _statements,
        new PointReader<IReadOnlyList<TValue>>(interval, _statements, () => new PointAccumulator<TValue, TColumn>(interval)),
        new PointStatisticsReader<TStats>(interval, _statements, _statistics.NewAccumulator),
        new UnmergedRows<IReadOnlyList<TValue>>(_statements.Unmerged, new PointUnmergedLayout(interval), () => new PointAccumulator<TValue, TColumn>(interval)),
        static lists => [.. lists.SelectMany(list => list)])
    {
        AllValues = new(interval, _statements.AllKeys, new PointUnmergedLayout(interval, _statements.Keys),
            () => new PointAccumulator<TValue, TColumn>(interval))
        {
            IsPoints = true,
        },
        AllStatistics = new(interval, _statements.AllStatistics(interval.Spec),
            new RollupLayout(_statements.Keys, _statements.Keys + 1), _statistics.NewAccumulator)
        {
            IsPoints = true,
            Merged = true,
            Sorts = true,
            Over = static (item, seconds) => item.Over(seconds),
        },
        NewResampled = NewPlan,
    };
}
