namespace Typed.Telemetry;

/// <summary>How long requests took.</summary>
[TimeSeries(Type = SeriesType.Histogram, Intervals = ["minute: 1m keep 360", "hour: 1h keep 744", "day: daily keep 400"])]
public partial record RequestDuration
{
    /// <summary>The template of the route, such as <c>/orders/{id}</c>; <c>unmatched</c> where no route was found.</summary>
    [SeriesKey]
    public required string Route { get; init; }

    /// <summary>The method, such as <c>GET</c>; <c>_OTHER</c> for one that HTTP does not know.</summary>
    [SeriesKey]
    public required string Method { get; init; }

    /// <summary>The class of the status: <c>1xx</c> to <c>5xx</c>.</summary>
    [SeriesKey]
    public required string Status { get; init; }

    /// <summary>From the request until its answer was given, in milliseconds, to two significant digits.</summary>
    [SeriesValue(Digits = 2)]
    public required double Milliseconds { get; init; }
}
