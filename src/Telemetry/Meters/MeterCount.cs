namespace Typed.Telemetry;

/// <summary>What counters added, of each instrument and each set of tags.</summary>
[TimeSeries(Type = SeriesType.Count, Intervals = ["minute: 1m keep 1440", "hour: 1h keep 744", "day: daily keep 400"])]
public partial record MeterCount
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

    /// <summary>What was added, in the instrument's unit.</summary>
    [SeriesValue]
    public required double Value { get; init; }
}
