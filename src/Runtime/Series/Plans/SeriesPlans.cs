using System.Numerics;
using Typed.Series.Kinds;
using Typed.Series.Plans;
using Typed.Series.Reading;

namespace Typed.Generated;

/// <summary>Where the plan of each type of series starts. Emitted code calls the one of the declared type.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SeriesPlans
{
    /// <summary>The plan of a Series.</summary>
    public static SeriesPlanBuilder<TPoint, TKey, TValue> Series<TPoint, TKey, TValue, TColumn, TStats>(ModelTables tables,
        Statistics<TValue, TStats> statistics)
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey>
        where TColumn : struct, IColumn<TValue>
        where TStats : struct, IStatistics<TStats> => new PointPlanBuilder<TPoint, TKey, TValue, TColumn, TStats>(tables, statistics);

    /// <summary>The plan of a Histogram.</summary>
    public static SeriesPlanBuilder<TPoint, TKey, TValue> Histogram<TPoint, TKey, TValue, TColumn, TStats>(ModelTables tables,
        Statistics<TValue, TStats> statistics)
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey>
        where TValue : notnull
        where TColumn : struct, IColumn<TValue>
        where TStats : struct, IStatistics<TStats> =>
        new RollupPlanBuilder<TPoint, TKey, TValue, TColumn, Histogram<TValue>, TStats>(
            tables,
            new HistogramKind<TValue, TColumn, TStats>(statistics),
            static (interval, statements) => new HistogramReads<TValue, TColumn>(interval, statements));

    /// <summary>The plan of a Count.</summary>
    public static SeriesPlanBuilder<TPoint, TKey, TValue> Count<TPoint, TKey, TValue, TColumn>(ModelTables tables)
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey>
        where TValue : struct, INumber<TValue>
        where TColumn : struct, ITotalColumn<TValue> =>
        new RollupPlanBuilder<TPoint, TKey, TValue, TColumn, TValue, TotalStatistics<TValue>>(tables, new CountKind<TValue, TColumn>());

    /// <summary>The plan of a Summary of integers.</summary>
    public static SeriesPlanBuilder<TPoint, TKey, long> SummaryOfIntegers<TPoint, TKey>(ModelTables tables)
        where TPoint : ITimeSeries<TPoint, TKey, long>
        where TKey : struct, ISeriesKey<TKey> => Summary<TPoint, TKey, long, Int64Column, NumericStatistics<long, long, double>>(
            tables, static one => new(one.Count, one.Sum, one.Min, one.Max, one.Mean, Rate: 0));

    /// <summary>The plan of a Summary of floats.</summary>
    public static SeriesPlanBuilder<TPoint, TKey, double> SummaryOfFloats<TPoint, TKey>(ModelTables tables)
        where TPoint : ITimeSeries<TPoint, TKey, double>
        where TKey : struct, ISeriesKey<TKey> => Summary<TPoint, TKey, double, DoubleColumn, NumericStatistics<double, double, double>>(
            tables, static one => new(one.Count, one.Sum, one.Min, one.Max, one.Mean, Rate: 0));

    /// <summary>The plan of a Summary of decimals.</summary>
    public static SeriesPlanBuilder<TPoint, TKey, decimal> SummaryOfDecimals<TPoint, TKey>(ModelTables tables)
        where TPoint : ITimeSeries<TPoint, TKey, decimal>
        where TKey : struct, ISeriesKey<TKey> => Summary<TPoint, TKey, decimal, DecimalColumn, NumericStatistics<decimal, decimal, decimal>>(
            tables, static one => new(one.Count, one.Sum, one.Min, one.Max, one.Sum / one.Count, Rate: 0));

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
    public static SeriesPlanBuilder<TPoint, TKey, TValue> Gauge<TPoint, TKey, TValue, TColumn, TStats, TRead>(
        ModelTables tables, Statistics<TValue, TStats> statistics, Func<TValue, TRead> read)
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey>
        where TColumn : struct, IColumn<TValue>
        where TStats : struct, IStatistics<TStats> =>
        new RollupPlanBuilder<TPoint, TKey, TValue, TColumn, TRead, TStats>(tables, new GaugeKind<TValue, TColumn, TRead, TStats>(statistics, read));

    /// <summary>The plan of a Set.</summary>
    public static SeriesPlanBuilder<TPoint, TKey, TValue> Set<TPoint, TKey, TValue, TColumn, TStats>(ModelTables tables, Statistics<TValue, TStats> statistics)
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey>
        where TColumn : struct, IColumn<TValue>
        where TStats : struct, IStatistics<TStats> =>
        new RollupPlanBuilder<TPoint, TKey, TValue, TColumn, IReadOnlySet<TValue>, TStats>(tables, new SetKind<TValue, TColumn, TStats>(statistics));

    private static RollupPlanBuilder<TPoint, TKey, TValue, TColumn, Summary<TValue>, TStats> Summary<TPoint, TKey, TValue, TColumn, TStats>(
        ModelTables tables, Func<Summary<TValue>, TStats> statistics)
        where TPoint : ITimeSeries<TPoint, TKey, TValue>
        where TKey : struct, ISeriesKey<TKey>
        where TValue : struct, INumber<TValue>
        where TColumn : struct, ITotalColumn<TValue>
        where TStats : struct, IStatistics<TStats> => new(tables, new SummaryKind<TValue, TColumn, TStats>(statistics));
}
