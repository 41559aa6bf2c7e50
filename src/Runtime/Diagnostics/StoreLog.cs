using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Typed.Diagnostics;

/// <summary>What a store logs, with limits where a message could come thousands of times a second.</summary>
internal sealed class StoreLog : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(10);

    private readonly ILogger _logger;
    private readonly string _address;
    private readonly RateLimit _retried;
    private readonly RateLimit _split;
    private readonly RateLimit _rejected;
    private readonly RateLimit _dropped;
    private volatile Exception? _lastRetried;
    private volatile Exception? _lastSplit;

    public StoreLog(ILoggerFactory? loggers, string address)
    {
        (_logger, _address) = (loggers?.CreateLogger(Instruments.Name) ?? NullLogger.Instance, address);
        _retried = new(1, s_period, count => StoreEvents.FlushRetried(_logger, _address, count, _lastRetried!.Message, _lastRetried));
        _split = new(1, s_period, count => StoreEvents.FlushSplit(_logger, _address, count, _lastSplit!.Message));
        _rejected = new(100, s_period, count => StoreEvents.MoreItemsRejected(_logger, _address, count));
        _dropped = new(1, s_period, count => StoreEvents.ItemsDropped(_logger, _address, count));
    }

    public void Opened() => StoreEvents.StoreOpened(_logger, _address);

    public void OpenFailed(Exception error) => StoreEvents.OpenFailed(_logger, _address, error.Message, error);

    public void ExpiryFailed(Exception error) => StoreEvents.ExpiryFailed(_logger, _address, error.Message, error);

    /// <summary>A consumer failed. Its pauses grow, so that it does not say so too often.</summary>
    public void ConsumerFailed(string consumer, int count, Exception error) =>
        StoreEvents.ConsumerFailed(_logger, _address, consumer, count, error.Message, error);

    /// <summary>An event that a consumer could not handle was taken by the application.</summary>
    public void EventPoisoned(string consumer, object id, Exception error) =>
        StoreEvents.EventPoisoned(_logger, _address, consumer, id, error.Message, error);

    /// <summary>The points of an event cannot be stored.</summary>
    public void Unfed(string feed, object id, Exception error) => StoreEvents.EventUnfed(_logger, _address, feed, id, error.Message, error);

    /// <summary>The store was disposed before everything was written.</summary>
    public void Unwritten(int count, string reason) => StoreEvents.ItemsUnwritten(_logger, _address, count, reason);

    /// <summary>An attempt to write failed, and another one follows.</summary>
    public void Retried(Exception error)
    {
        if (_logger.IsEnabled(LogLevel.Warning))
        {
            _lastRetried = error;
            if (_retried.TryPass())
            {
                StoreEvents.FlushRetried(_logger, _address, 1, error.Message, error);
            }
        }
    }

    public void Recovered(int attempt, TimeSpan after) => StoreEvents.FlushRecovered(_logger, _address, attempt, after.TotalSeconds);

    /// <summary>A flush is split, because it was refused or met a lock.</summary>
    public void Split(Exception error)
    {
        if (_logger.IsEnabled(LogLevel.Warning))
        {
            _lastSplit = error;
            if (_split.TryPass())
            {
                StoreEvents.FlushSplit(_logger, _address, 1, error.Message);
            }
        }
    }

    public void Slow(int rows, TimeSpan duration, int attempts) => StoreEvents.FlushSlow(_logger, _address, rows, duration.TotalSeconds, attempts);

    public void DetourOpened(Type type) => StoreEvents.DetourOpened(_logger, _address, type.Name);

    public void DetourClosed() => StoreEvents.DetourClosed(_logger, _address);

    /// <summary>An item that nobody waits for was refused.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="key">Its key or id. Never its value: that may be anybody's secret.</param>
    /// <param name="error">Why.</param>
    /// <param name="isTaken">Whether the application's handler takes it.</param>
    public void Rejected(Type type, object? key, Exception error, bool isTaken)
    {
        var level = isTaken ? LogLevel.Warning : LogLevel.Error;
        if (_logger.IsEnabled(level) && _rejected.TryPass())
        {
            StoreEvents.ItemRejected(_logger, level, _address, type.Name, key, (error.InnerException ?? error).Message, error);
        }
    }

    public void HandlerFailed(Type type, Exception error) => StoreEvents.HandlerFailed(_logger, _address, type.Name, error);

    /// <summary>A posted item was dropped.</summary>
    public void Dropped()
    {
        if (_logger.IsEnabled(LogLevel.Warning) && _dropped.TryPass())
        {
            StoreEvents.ItemsDropped(_logger, _address, 1);
        }
    }

    public void SpoolFound(string folder, long count) => StoreEvents.SpoolFound(_logger, _address, folder, count);

    public void SpoolTorn(string folder) => StoreEvents.SpoolTorn(_logger, _address, folder);

    public void SpoolFailed(string folder, Exception error) => StoreEvents.SpoolFailed(_logger, _address, folder, error.Message, error);

    public void SpoolSetAside(string folder, int count, string file) => StoreEvents.SpoolSetAside(_logger, _address, folder, count, file);

    public void SpoolKeeps(string folder, long count) => StoreEvents.SpoolKeeps(_logger, _address, folder, count);

    public void Dispose()
    {
        _retried.Dispose();
        _split.Dispose();
        _rejected.Dispose();
        _dropped.Dispose();
    }
}
