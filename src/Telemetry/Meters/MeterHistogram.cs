namespace Typed.Telemetry;

/// <summary>What histograms recorded, to two significant digits, of each instrument and each set of tags.</summary>
[TimeSeries(Type = SeriesType.Histogram, Intervals = ["minute: 1m keep 360", "hour: 1h keep 744", "day: daily keep 400"])]
public partial record MeterHistogram
{
    internal const int Digits = 2;

    /// <summary>The name of the meter.</summary>
    [SeriesKey]
    public required string Meter { get; init; }

    /// <summary>The name of the instrument.</summary>
    [SeriesKey]
    public required string Instrument { get; init; }

    /// <summary>Its tags as JSON, as <see cref="MeterTags.Text"/> gives them.</summary>
    [SeriesKey]
    public required string Tags { get; init; }

    /// <summary>What was recorded, in the instrument's unit.</summary>
    [SeriesValue(Digits = Digits)]
    public required double Value { get; init; }
}
