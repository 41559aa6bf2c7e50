namespace Typed.Benchmarks.Ratios.Reads;

[TimeSeries(Type = SeriesType.Count, Intervals = ["minute: 1m"])]
public partial class Visit
{
    [SeriesKey]
    public required string Route { get; init; }

    [SeriesValue]
    public required long Hits { get; init; }

    [SeriesTime]
    public required DateTimeOffset At { get; init; }
}

[TimeSeries(Type = SeriesType.Histogram, Intervals = ["minute: 1m"])]
public partial class Latency
{
    [SeriesKey]
    public required string Route { get; init; }

    [SeriesValue]
    public required double Milliseconds { get; init; }

    [SeriesTime]
    public required DateTimeOffset At { get; init; }
}
