using System.ComponentModel;
using System.Numerics;
using Typed.Series;
using Typed.Storage.Tables;
using Typed.Writing;

namespace Typed.Generated;

/// <summary>The plan of a Count.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CountPlanBuilder<TPoint, TKey, TValue, TColumn>(SeriesTables tables) : SeriesPlanBuilder<TPoint, TKey, TValue, TColumn>(tables)
    where TPoint : ITimeSeries<TPoint, TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
    where TValue : struct, INumber<TValue>
    where TColumn : struct, ITotalColumn<TValue>
{
    private protected override void Add<TGrid>(Time.Interval interval)
    {
        var table = Tables.Table(Series, interval.Name);
        var statements = new RollupStatements(table, Tables.Dialect, StatisticsShape.Count);
        Add(new TablePlan<TKey, TValue>([interval], statements, new CountCombiner<TKey, TValue, TColumn, TGrid>(table, statements.Insert, interval)));
        Add(new IntervalPlan<TValue, TotalStatistics<TValue>>(
            interval,
            statements,
            RollupPartLayout.Instance,
            new RollupView<TValue>(interval, statements, static () => new CountPayload<TValue, TColumn>()),
            new RollupValueStatisticsView<TotalStatistics<TValue>>(interval, statements, static () => new TotalPayload<TValue, TColumn>()),
            static () => new CountPayload<TValue, TColumn>(),
            Merging.Totals<TValue, TColumn>));
    }
}

/// <summary>The plan of a Histogram.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class HistogramPlanBuilder<TPoint, TKey, TValue, TColumn, TStats>(SeriesTables tables, Statistics<TValue, TStats> statistics)
    : SeriesPlanBuilder<TPoint, TKey, TValue, TColumn>(tables)
    where TPoint : ITimeSeries<TPoint, TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
    where TValue : notnull
    where TColumn : struct, IColumn<TValue>
    where TStats : struct, IStatistics<TStats>
{
    private protected override void Add<TGrid>(Time.Interval interval)
    {
        var table = Tables.Table(Series, interval.Name);
        var statements = new RollupStatements(table, Tables.Dialect, statistics.Shape);
        Add(new TablePlan<TKey, TValue>([interval], statements, new HistogramCombiner<TKey, TValue, TColumn, TGrid>(table, statements.Insert, interval)));
        Add(new IntervalPlan<Histogram<TValue>, TStats>(
            interval,
            statements,
            RollupPartLayout.Instance,
            new RollupView<Histogram<TValue>>(interval, statements, static () => new HistogramPayload<TValue, TColumn>()),
            new RollupStatisticsView<TStats>(interval, statements, statistics.Payload),
            static () => new HistogramPayload<TValue, TColumn>(),
            Merging.Histograms<TValue, TColumn>));
    }
}

/// <summary>The plan of a Set.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SetPlanBuilder<TPoint, TKey, TValue, TColumn, TStats>(SeriesTables tables, Statistics<TValue, TStats> statistics)
    : SeriesPlanBuilder<TPoint, TKey, TValue, TColumn>(tables)
    where TPoint : ITimeSeries<TPoint, TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
    where TColumn : struct, IColumn<TValue>
    where TStats : struct, IStatistics<TStats>
{
    private protected override void Add<TGrid>(Time.Interval interval)
    {
        var table = Tables.Table(Series, interval.Name);
        var statements = new RollupStatements(table, Tables.Dialect, statistics.Shape);
        Add(new TablePlan<TKey, TValue>([interval], statements, new SetCombiner<TKey, TValue, TColumn, TGrid>(table, statements.Insert, interval)));
        Add(new IntervalPlan<IReadOnlySet<TValue>, TStats>(
            interval,
            statements,
            RollupPartLayout.Instance,
            new RollupView<IReadOnlySet<TValue>>(interval, statements, static () => new SetPayload<TValue, TColumn>()),
            new RollupStatisticsView<TStats>(interval, statements, statistics.Payload),
            static () => new SetPayload<TValue, TColumn>(),
            Merging.Sets<TValue, TColumn>));
    }
}

/// <summary>The plan of a Gauge.</summary>
/// <typeparam name="TPoint">The declared type.</typeparam>
/// <typeparam name="TKey">Its key.</typeparam>
/// <typeparam name="TValue">Its value.</typeparam>
/// <typeparam name="TColumn">How the value is stored.</typeparam>
/// <typeparam name="TStats">Its statistics.</typeparam>
/// <typeparam name="TRead">The value or null.</typeparam>
/// <param name="tables">The model's tables.</param>
/// <param name="statistics">The statistics of the value.</param>
/// <param name="read">The value as one that may be null.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GaugePlanBuilder<TPoint, TKey, TValue, TColumn, TStats, TRead>(SeriesTables tables, Statistics<TValue, TStats> statistics, Func<TValue, TRead> read)
    : SeriesPlanBuilder<TPoint, TKey, TValue, TColumn>(tables)
    where TPoint : ITimeSeries<TPoint, TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
    where TColumn : struct, IColumn<TValue>
    where TStats : struct, IStatistics<TStats>
{
    private protected override void Add<TGrid>(Time.Interval interval)
    {
        var table = Tables.Table(Series, interval.Name);
        var statements = new RollupStatements(table, Tables.Dialect, statistics.Shape);
        Add(new TablePlan<TKey, TValue>([interval], statements, new GaugeCombiner<TKey, TValue, TColumn, TGrid>(table, statements.Insert, interval)));
        Add(new IntervalPlan<TRead, TStats>(
            interval,
            statements,
            RollupPartLayout.Instance,
            new RollupView<TRead>(interval, statements, () => new GaugePayload<TValue, TColumn, TRead>(default!, read)),
            new RollupValueStatisticsView<TStats>(interval, statements, () => new GaugePayload<TValue, TColumn, TStats>(default, statistics.OfOne)),
            () => new GaugePayload<TValue, TColumn, TRead>(default!, read),
            static values => values.LastOrDefault(value => value is not null)!));
    }
}

/// <summary>The plan of a Series: one table of points, and its intervals as views on them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PointPlanBuilder<TPoint, TKey, TValue, TColumn, TStats> : SeriesPlanBuilder<TPoint, TKey, TValue, TColumn>
    where TPoint : ITimeSeries<TPoint, TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
    where TColumn : struct, IColumn<TValue>
    where TStats : struct, IStatistics<TStats>
{
    private readonly Statistics<TValue, TStats> _statistics;
    private readonly PointStatements _statements;

    /// <summary>Starts a plan.</summary>
    public PointPlanBuilder(SeriesTables tables, Statistics<TValue, TStats> statistics)
        : base(tables)
    {
        _statistics = statistics;
        var table = Tables.Points(Series);
        _statements = new PointStatements(table, Tables.Dialect, statistics.Shape);
        Add(new TablePlan<TKey, TValue>(Series.Intervals, _statements, new PointCombiner<TKey, TValue, TColumn>(table, _statements, Series.Intervals)));
    }

    private protected override void Add<TGrid>(Time.Interval interval) =>
        Add(new IntervalPlan<IReadOnlyList<TValue>, TStats>(
            interval,
            _statements,
            new PointPartLayout(interval),
            new PointView<IReadOnlyList<TValue>>(interval, _statements, () => new PointPayload<TValue, TColumn>(interval)),
            new PointStatisticsView<TStats>(interval, _statements, _statistics.Payload),
            () => new PointPayload<TValue, TColumn>(interval),
            Merging.Lists));
}
