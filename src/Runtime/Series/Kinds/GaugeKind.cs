using Typed.Storage;
using Typed.Time;
using Typed.Writing;

namespace Typed.Series.Kinds;

/// <summary>Gauge: a cell keeps the value with the latest time; on equal times the later write.</summary>
/// <param name="statistics">The statistics of the value.</param>
/// <param name="read">The value as one that may be null.</param>
internal sealed class GaugeKind<TValue, TColumn, TRead, TStats>(Statistics<TValue, TStats> statistics, Func<TValue, TRead> read)
    : RollupKind<TValue, TRead, TStats>
    where TColumn : struct, IColumn<TValue>
    where TStats : struct, IStatistics<TStats>
{
    public override Combiner<TKey, TValue> NewCombiner<TKey, TGrid>(WriteTable table, SeriesDefinition series, Interval interval) =>
        new RollupCombiner<TKey, TValue, BucketCell, GaugeValue<TValue>, GaugeRollup<TValue, TColumn>, TGrid>(table, series, interval);

    public override BucketAccumulator<TRead> NewAccumulator() => new GaugeAccumulator<TValue, TColumn, TRead>(default!, read);

    public override BucketAccumulator<TStats> NewStatistics() => new GaugeAccumulator<TValue, TColumn, TStats>(default, statistics.OfOne);

    public override TRead Merge(IReadOnlyList<TRead> values) => values.LastOrDefault(value => value is not null)!;
}

/// <summary>A value and its time.</summary>
internal readonly record struct GaugeValue<TValue>(long Time, TValue Value);

/// <summary>A row per cell, which holds the latest value and its time.</summary>
internal readonly struct GaugeRollup<TValue, TColumn> : IRollup<TValue, BucketCell, GaugeValue<TValue>>
    where TColumn : struct, IColumn<TValue>
{
    public static BucketCell RowOf(in BucketCell cell, TValue value) => cell;

    public static void Add(ref GaugeValue<TValue> content, bool exists, TValue value, long instant, long weight)
    {
        if (!exists || content.Time <= instant)
        {
            content = new(instant, value);
        }
    }

    public static string? AmountOf(GaugeValue<TValue> content) => null;

    public static void WriteAll(ArrayWriter arrays, BucketCell[] rows, GaugeValue<TValue>[] contents)
    {
        TColumn.WriteAll(arrays, Array.ConvertAll(contents, static reading => reading.Value));
        arrays.Instants(Array.ConvertAll(contents, static reading => reading.Time));
    }

    public static void Write(ParameterWriter parameters, in BucketCell row, GaugeValue<TValue> content)
    {
        TColumn.Write(parameters, content.Value);
        parameters.Instant(content.Time);
    }
}

/// <summary>Gauge: of the rows, each with its time, the latest; on equal times the later row.</summary>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TColumn">How it is stored.</typeparam>
/// <typeparam name="TItem">What is made of it: the value or null, or its statistics.</typeparam>
/// <param name="nothing">What no row makes.</param>
/// <param name="make">What the latest value makes.</param>
internal sealed class GaugeAccumulator<TValue, TColumn, TItem>(TItem nothing, Func<TValue, TItem> make) : BucketAccumulator<TItem>
    where TColumn : struct, IColumn<TValue>
{
    private TItem _item = nothing;
    private long _time = long.MinValue;

    public override TItem Nothing { get; } = nothing;

    public override void Add(RowReader row, int ordinal, bool merged)
    {
        var time = row.Instant(ordinal);
        if (time >= _time)
        {
            _time = time;
            _item = make(TColumn.Read(row, ordinal + 1));
        }
    }

    public override TItem Take()
    {
        var item = _item;
        _item = Nothing;
        _time = long.MinValue;
        return item;
    }
}
