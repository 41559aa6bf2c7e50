using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Logging;
using Typed.Telemetry;
using Typed.Telemetry.Recording;
using Typed.Time;

namespace Typed.AspNetCore;

/// <summary>Posts each request to the store. Whatever goes wrong, the request does not hear of it.</summary>
internal sealed class RequestRecorder : IDisposable
{
    private const string Unmatched = "unmatched";
    private const string OtherMethod = "_OTHER";

    /// <summary>With its method and status a route stays within what a key takes, 512 bytes.</summary>
    private const int MostBytesOfRoute = 400;

    private const int MostBytesOfPath = 2_000;

    private static readonly string[] s_classes = ["0xx", "1xx", "2xx", "3xx", "4xx", "5xx"];

    private readonly TypedRequestOptions _options;
    private readonly TimeProvider _clock;
    private readonly RequestDuration.Handle _durations;
    private readonly EventStream<RequestEvent>? _events;
    private readonly TelemetryLog _log;

    /// <exception cref="InvalidOperationException">The store does not hold what requests become, or is for reading only.</exception>
    public RequestRecorder(TypedRequestOptions options, TypedStore store, ILoggerFactory loggers)
    {
        store.Scope.ThrowIfReadOnly();
        (_options, _clock) = (options, store.Scope.Clock);
        _durations = RequestDuration.In(store);
        _events = options.Events ? RequestEvent.In(store) : null;
        _log = new(loggers);
    }

    /// <summary>The moment at which a request begins; null where it is left out.</summary>
    public long? Begin(HttpContext context) => _options.Excludes(context.Request.Path) ? null : _clock.GetTimestamp();

    /// <summary>Posts a request that was answered, or failed.</summary>
    public void End(HttpContext context, long started, Exception? error)
    {
        try
        {
            // A handler of errors runs the pipeline again, with another endpoint.
            var features = context.Features;
            var endpoint = features.Get<IExceptionHandlerFeature>()?.Endpoint ?? features.Get<IStatusCodeReExecuteFeature>()?.Endpoint ?? context.GetEndpoint();
            if (endpoint?.Metadata.GetMetadata<IDisableHttpMetricsMetadata>() is not null)
            {
                return;
            }

            var route = endpoint?.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route;
            var method = HttpMethods.GetCanonicalizedValue(context.Request.Method);
            method = IsKnown(method) ? method : OtherMethod;
            var status = error is not null && !context.Response.HasStarted ? StatusCodes.Status500InternalServerError : context.Response.StatusCode;
            var milliseconds = _clock.GetElapsedTime(started).TotalMilliseconds;
            var now = _clock.GetUtcNow();
            var statusClass = s_classes[status is >= 100 and < 600 ? status / 100 : 0];
            _durations.PostOrDrop(new(Bounded(route) ?? Unmatched, method, statusClass), milliseconds, Instant.From(now));
            _events?.PostOrDrop(Event(context, route, method, status, milliseconds, error), now);
        }
#pragma warning disable CA1031 // The answer is given; what is wrong with its record is logged.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _log.NotRecorded("requests", failure);
        }
    }

    public void Dispose() => _log.Dispose();

    private static RequestEvent Event(HttpContext context, string? route, string method, int status, double milliseconds, Exception? error) => new()
    {
        Method = method,
        Path = BoundedText.Of(context.Request.Path.Value ?? "", MostBytesOfPath),
        Route = Bounded(route),
        Status = status,
        Milliseconds = milliseconds,
        Error = (error ?? context.Features.Get<IExceptionHandlerFeature>()?.Error)?.GetType().FullName,
        TraceId = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString() : null,
    };

    private static string? Bounded(string? route) => string.IsNullOrEmpty(route) ? null : BoundedText.Of(route, MostBytesOfRoute);

    // Canonical methods are these very objects.
    private static bool IsKnown(string method) => ReferenceEquals(method, HttpMethods.Get) || ReferenceEquals(method, HttpMethods.Post)
        || ReferenceEquals(method, HttpMethods.Put) || ReferenceEquals(method, HttpMethods.Delete) || ReferenceEquals(method, HttpMethods.Patch)
        || ReferenceEquals(method, HttpMethods.Head) || ReferenceEquals(method, HttpMethods.Options) || ReferenceEquals(method, HttpMethods.Connect)
        || ReferenceEquals(method, HttpMethods.Trace);
}
