namespace Typed.Benchmarks.Ratios.Writes;

[TimeSeries(Type = SeriesType.Series, Intervals = ["day: daily"])]
public partial class Sample
{
    [SeriesKey]
    public required string Sensor { get; init; }

    [SeriesValue]
    public required double Value { get; init; }

    [SeriesTime]
    public required DateTimeOffset At { get; init; }
}

[TimeSeries(Type = SeriesType.Count, Intervals = ["second: 1s"])]
public partial class Hit
{
    [SeriesKey]
    public required string Route { get; init; }

    [SeriesValue]
    public required long Hits { get; init; }

    [SeriesTime]
    public required DateTimeOffset At { get; init; }
}

[TimeSeries(Type = SeriesType.Histogram, Intervals = ["minute: 1m"])]
public partial class Duration
{
    [SeriesKey]
    public required string Route { get; init; }

    [SeriesValue]
    public required double Milliseconds { get; init; }

    [SeriesTime]
    public required DateTimeOffset At { get; init; }
}

[TimeSeries(Type = SeriesType.Summary, Intervals = ["minute: 1m", "hour: 1h"])]
public partial record Measured([SeriesKey] string Page, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);

[TimeSeries(Type = SeriesType.Count, Intervals = ["minute: 1m", "hour: 1h"])]
public partial record Added([SeriesKey] string Page, [SeriesValue] double Value, [SeriesTime] DateTimeOffset At);
