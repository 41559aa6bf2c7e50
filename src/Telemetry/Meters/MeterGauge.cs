namespace Typed.Telemetry;

/// <summary>The last value of gauges, and the level of up-down counters, of each instrument and each set of tags.</summary>
[TimeSeries(Type = SeriesType.Gauge, Intervals = ["minute: 1m keep 1440", "hour: 1h keep 744", "day: daily keep 400"])]
public partial record MeterGauge
{
    /// <summary>The name of the meter.</summary>
    [SeriesKey]
    public required string Meter { get; init; }

    /// <summary>The name of the instrument.</summary>
    [SeriesKey]
    public required string Instrument { get; init; }

    /// <summary>Its tags as JSON, as <see cref="MeterTags.Text"/> gives them.</summary>
    [SeriesKey]
    public required string Tags { get; init; }

    /// <summary>The value, in the instrument's unit.</summary>
    [SeriesValue]
    public required double Value { get; init; }
}
