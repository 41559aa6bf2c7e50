using Microsoft.Extensions.Logging;
using Typed.Diagnostics;

namespace Typed.Telemetry.Recording;

/// <summary>What recording an application logs, with limits where a message could come thousands of times a second.</summary>
internal sealed class TelemetryLog : IDisposable
{
    /// <summary>In the store's own category, of which nothing is recorded.</summary>
    public const string Category = "Typed.Telemetry";

    private readonly ILogger _logger;
    private readonly RateLimit _failures;
    private volatile Exception? _last;

    public TelemetryLog(ILoggerFactory loggers)
    {
        _logger = loggers.CreateLogger(Category);
        _failures = new(1, TimeSpan.FromSeconds(10), count => TelemetryEvents.NotRecorded(_logger, count, "things", _last!.Message, _last));
    }

    /// <summary>An instrument has more sets of tags than it may have.</summary>
    public void Overflowed(string meter, string instrument, int mostTagSets) => TelemetryEvents.Overflowed(_logger, meter, instrument, mostTagSets);

    /// <summary>The callback of an observable instrument threw.</summary>
    public void ObservationFailed(Exception error) => Failed(() => TelemetryEvents.ObservationFailed(_logger, error.Message, error), error);

    /// <summary>Log records came before the store was there, and were too many to wait.</summary>
    public void Lost(long count) => TelemetryEvents.RecordsLost(_logger, count);

    /// <summary>Something was not recorded.</summary>
    /// <param name="what">What, in words.</param>
    /// <param name="error">Why.</param>
    public void NotRecorded(string what, Exception error) => Failed(() => TelemetryEvents.NotRecorded(_logger, 1, what, error.Message, error), error);

    public void Dispose() => _failures.Dispose();

    private void Failed(Action log, Exception error)
    {
        _last = error;
        if (_failures.TryPass())
        {
            log();
        }
    }
}
