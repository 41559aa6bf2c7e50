using System.ComponentModel;
using System.Numerics;
using Typed.Series;
using Typed.Storage;
using Typed.Storage.Tables;

namespace Typed.Generated;

/// <summary>Which statistics a value type has, and how they are read.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Statistics<TStats>
    where TStats : struct, IStatistics<TStats>
{
    private readonly Func<Payload<TStats>> _payload;

    internal Statistics(StatisticsShape shape, Func<Payload<TStats>> payload) => (Shape, _payload) = (shape, payload);

    internal StatisticsShape Shape { get; }

    internal View<TStats> View(RollupStatements statements) =>
        new(statements.Statistics, null, statements.CollapsedStatistics, static _ => true, _payload, static (item, seconds) => item.Over(seconds));
}

/// <summary>The statistics of each kind of value. Emitted code picks one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Statistics
{
    /// <summary>Text, bytes, Guids, enums, booleans.</summary>
    public static Statistics<CountStatistics> Counted { get; } = new(StatisticsShape.Count, static () => new CountStatisticsPayload());

    /// <summary>Decimals.</summary>
    public static Statistics<NumericStatistics<decimal, decimal, decimal>> Decimal { get; } =
        new(StatisticsShape.DecimalSum, static () => new DecimalStatisticsPayload());

    /// <summary>Temporal values.</summary>
    public static Statistics<TemporalStatistics<TValue>> Temporal<TValue, TColumn>()
        where TValue : struct
        where TColumn : struct, IColumn<TValue> => new(StatisticsShape.Extremes, static () => new TemporalStatisticsPayload<TValue, TColumn>());

    /// <summary>Integers.</summary>
    public static Statistics<NumericStatistics<TValue, long, double>> Integer<TValue, TColumn>()
        where TValue : struct, INumber<TValue>
        where TColumn : struct, IColumn<TValue> => new(StatisticsShape.IntegerSum, static () => new IntegerStatisticsPayload<TValue, TColumn>());

    /// <summary>Floats.</summary>
    public static Statistics<NumericStatistics<TValue, double, double>> Float<TValue, TColumn>()
        where TValue : struct, INumber<TValue>
        where TColumn : struct, IColumn<TValue> => new(StatisticsShape.FloatSum, static () => new FloatStatisticsPayload<TValue, TColumn>());
}
