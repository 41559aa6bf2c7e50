namespace Typed.Telemetry;

/// <summary>A request that was answered.</summary>
[EventStream(Retain = "30d")]
public partial record RequestEvent
{
    /// <summary>The method, such as <c>GET</c>; <c>_OTHER</c> for one that HTTP does not know.</summary>
    public required string Method { get; init; }

    /// <summary>The path without the query, which may hold secrets.</summary>
    public required string Path { get; init; }

    /// <summary>The template of the route, such as <c>/orders/{id}</c>; null where no route was found.</summary>
    public string? Route { get; init; }

    /// <summary>The status.</summary>
    public required int Status { get; init; }

    /// <summary>From the request until its answer was given, in milliseconds.</summary>
    public required double Milliseconds { get; init; }

    /// <summary>The type of the exception that ended it.</summary>
    public string? Error { get; init; }

    /// <summary>The id of the trace that it belongs to.</summary>
    public string? TraceId { get; init; }
}
