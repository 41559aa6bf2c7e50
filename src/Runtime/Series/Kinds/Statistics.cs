using System.Numerics;
using Typed.Series.Kinds;
using Typed.Storage.Statements;

namespace Typed.Generated;

/// <summary>Which statistics a value type has, and how they are made.</summary>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TStats">Its statistics.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Statistics<TValue, TStats>
    where TStats : struct, IStatistics<TStats>
{
    internal Statistics(StatisticsShape shape, Func<BucketAccumulator<TStats>> newAccumulator, Func<TValue, TStats> ofOne) =>
        (Shape, NewAccumulator, OfOne) = (shape, newAccumulator, ofOne);

    internal StatisticsShape Shape { get; }

    /// <summary>Makes them of what the database computed.</summary>
    internal Func<BucketAccumulator<TStats>> NewAccumulator { get; }

    /// <summary>Makes them of the one value of a Gauge.</summary>
    internal Func<TValue, TStats> OfOne { get; }
}

/// <summary>The statistics of each kind of value. Emitted code picks one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Statistics
{
    /// <summary>Text, bytes, Guids, enums, booleans.</summary>
    public static Statistics<TValue, CountStatistics> Counted<TValue>() =>
        new(StatisticsShape.Count, static () => new CountStatisticsAccumulator(), static _ => new(Count: 1, Rate: 0));

    /// <summary>Temporal values.</summary>
    public static Statistics<TValue, TemporalStatistics<TValue>> Temporal<TValue, TColumn>()
        where TValue : struct
        where TColumn : struct, IColumn<TValue> =>
        new(StatisticsShape.Extremes, static () => new TemporalStatisticsAccumulator<TValue, TColumn>(), static value => new(1, value, value, Rate: 0));

    /// <summary>Integers.</summary>
    public static Statistics<TValue, NumericStatistics<TValue, long, double>> Integer<TValue, TColumn>()
        where TValue : struct, INumber<TValue>
        where TColumn : struct, IColumn<TValue> =>
        new(
            StatisticsShape.IntegerSum,
            static () => new IntegerStatisticsAccumulator<TValue, TColumn>(),
            static value => new(1, long.CreateChecked(value), value, value, double.CreateChecked(value), Rate: 0));

    /// <summary>Floats.</summary>
    public static Statistics<TValue, NumericStatistics<TValue, double, double>> Float<TValue, TColumn>()
        where TValue : struct, INumber<TValue>
        where TColumn : struct, IColumn<TValue> =>
        new(
            StatisticsShape.FloatSum,
            static () => new FloatStatisticsAccumulator<TValue, TColumn>(),
            static value => new(1, double.CreateChecked(value), value, value, double.CreateChecked(value), Rate: 0));

    /// <summary>Decimals.</summary>
    public static Statistics<decimal, NumericStatistics<decimal, decimal, decimal>> Decimal() =>
        new(StatisticsShape.DecimalSum, static () => new DecimalStatisticsAccumulator(), static value => new(1, value, value, value, value, Rate: 0));
}
