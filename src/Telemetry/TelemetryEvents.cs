using Microsoft.Extensions.Logging;

namespace Typed.Telemetry;

/// <summary>Every message of this package. docs/telemetry.md lists them.</summary>
internal static partial class TelemetryEvents
{
    [LoggerMessage(400, LogLevel.Warning, "{Meter} {Instrument} has more than {Most} sets of tags; others count under otel.metric.overflow.")]
    public static partial void Overflowed(ILogger logger, string meter, string instrument, int most);

    [LoggerMessage(401, LogLevel.Warning, "The callback of an observable instrument failed; the others were recorded: {Reason}")]
    public static partial void ObservationFailed(ILogger logger, string reason, Exception exception);

    [LoggerMessage(402, LogLevel.Warning, "{Count} {What} not recorded: {Reason}")]
    public static partial void NotRecorded(ILogger logger, long count, string what, string reason, Exception? exception);
}
