using Microsoft.Extensions.Logging;

namespace Typed.Telemetry.Recording;

/// <summary>Every message of this package. docs/telemetry.md lists them.</summary>
internal static partial class TelemetryEvents
{
    [LoggerMessage(400, LogLevel.Warning, "{Meter} {Instrument} has more than {Most} sets of tags; others count under otel.metric.overflow.")]
    public static partial void Overflowed(ILogger logger, string meter, string instrument, int most);

    [LoggerMessage(401, LogLevel.Warning, "The callback of an observable instrument failed; the others were recorded: {Reason}")]
    public static partial void ObservationFailed(ILogger logger, string reason, Exception exception);

    [LoggerMessage(403, LogLevel.Warning, "{Count} log records came before the store was there and are lost: they were too many to wait.")]
    public static partial void RecordsLost(ILogger logger, long count);

    [LoggerMessage(402, LogLevel.Warning, "{Count} {What} not recorded: {Reason}")]
    public static partial void NotRecorded(ILogger logger, long count, string what, string reason, Exception? exception);
}
