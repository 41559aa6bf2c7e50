using System.ComponentModel;
using System.Numerics;
using Typed.Schema;
using Typed.Series;
using Typed.Storage;
using Typed.Storage.Tables;
using Typed.Writing;

namespace Typed.Generated;

/// <summary>Builds the plan of a series interval by interval. Emitted code names the types; what they mean is decided here.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SeriesPlanBuilder<TPoint, TKey, TValue>
    where TPoint : ITimeSeries<TPoint, TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
{
    private readonly SeriesTables _tables;
    private readonly List<IntervalPlan<TKey, TValue>> _intervals = [];

    private protected SeriesPlanBuilder(SeriesTables tables) => _tables = tables;

    private protected static SeriesDefinition Series => TPoint.Definition;

    /// <summary>Adds the next interval of the declaration.</summary>
    /// <typeparam name="TGrid">The emitted bucket of the interval.</typeparam>
    public SeriesPlanBuilder<TPoint, TKey, TValue> Interval<TGrid>()
        where TGrid : struct, IBucketGrid
    {
        var interval = Series.Intervals[_intervals.Count];
        var table = _tables.Table(Series, interval.Name);
        _intervals.Add(Plan<TGrid>(interval, table, new RollupStatements(table, _tables.Dialect, Shape)));
        return this;
    }

    /// <summary>The finished plan.</summary>
    public SeriesPlan<TPoint, TKey, TValue> Build() => new(Series, _intervals, NewBuffer);

    private protected abstract StatisticsShape Shape { get; }

    private protected abstract PointBuffer<TKey, TValue> NewBuffer();

    private protected abstract IntervalPlan<TKey, TValue> Plan<TGrid>(Time.Interval interval, IntervalTable table, RollupStatements statements)
        where TGrid : struct, IBucketGrid;
}

/// <summary>The plan of a Count.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CountPlanBuilder<TPoint, TKey, TValue, TColumn>(SeriesTables tables) : SeriesPlanBuilder<TPoint, TKey, TValue>(tables)
    where TPoint : ITimeSeries<TPoint, TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
    where TValue : struct, INumber<TValue>
    where TColumn : struct, ITotalColumn<TValue>
{
    private protected override StatisticsShape Shape => StatisticsShape.Count;

    private protected override PointBuffer<TKey, TValue> NewBuffer() => new PointBuffer<TKey, TValue, TColumn>(Series);

    private protected override IntervalPlan<TKey, TValue> Plan<TGrid>(Time.Interval interval, IntervalTable table, RollupStatements statements) =>
        new IntervalPlan<TKey, TValue, TValue, TotalStatistics<TValue>>(
            interval,
            statements,
            new CountCombiner<TKey, TValue, TColumn, TGrid>(table, statements.Upsert),
            new(statements.Range, statements.Slots, statements.Collapse, statements.Merges, static () => new CountPayload<TValue, TColumn>()),
            new(statements.Range, null, statements.Collapse, statements.Merges, static () => new TotalPayload<TValue, TColumn>(), static (item, seconds) => item.Over(seconds)));
}

/// <summary>The plan of a Histogram; the static methods choose its statistics.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class HistogramPlanBuilder<TPoint, TKey, TValue, TColumn, TStats> : SeriesPlanBuilder<TPoint, TKey, TValue>
    where TPoint : ITimeSeries<TPoint, TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
    where TColumn : struct, IColumn<TValue>
    where TStats : struct, IStatistics<TStats>
{
    private readonly Statistics<TStats> _statistics;

    /// <summary>Starts a plan.</summary>
    public HistogramPlanBuilder(SeriesTables tables, Statistics<TStats> statistics)
        : base(tables) => _statistics = statistics;

    private protected override StatisticsShape Shape => _statistics.Shape;

    private protected override PointBuffer<TKey, TValue> NewBuffer() => new PointBuffer<TKey, TValue, TColumn>(Series);

    private protected override IntervalPlan<TKey, TValue> Plan<TGrid>(Time.Interval interval, IntervalTable table, RollupStatements statements) =>
        new IntervalPlan<TKey, TValue, Histogram<TValue>, TStats>(
            interval,
            statements,
            new HistogramCombiner<TKey, TValue, TColumn, TGrid>(table, statements.Upsert),
            new(statements.Range, statements.Slots, statements.Collapse, statements.Merges, static () => new HistogramPayload<TValue, TColumn>()),
            _statistics.View(statements));
}
