using Microsoft.Extensions.Logging;
using Typed.Telemetry.Recording;

namespace Typed.Telemetry.Logs;

/// <summary>
/// Where records go. An application logs before its store is there, and loggers are made before it: what comes before it waits, within a bound.
/// </summary>
internal sealed class LogSink : IDisposable
{
    /// <summary>The most records that wait for the store.</summary>
    private const int MostWaiting = 1_000;

    private readonly Lock _lock = new();
    private readonly Queue<(LogRecord Record, DateTimeOffset At)> _waiting = new();
    private volatile EventStream<LogRecord>? _stream;
    private TelemetryLog? _log;
    private bool _isClosed;
    private long _lost;

    /// <summary>Takes a record. Whatever goes wrong, the code that logged does not hear of it.</summary>
    public void Take(LogRecord record, DateTimeOffset at)
    {
        if (_stream is { } stream)
        {
            Post(stream, record, at);
            return;
        }

        lock (_lock)
        {
            if (_stream is { } opened)
            {
                Post(opened, record, at);
            }
            else if (!_isClosed)
            {
                if (_waiting.Count < MostWaiting)
                {
                    _waiting.Enqueue((record, at));
                }
                else
                {
                    _lost++;
                }
            }
        }
    }

    /// <summary>The store is there.</summary>
    public void Open(EventStream<LogRecord> stream, ILoggerFactory loggers)
    {
        lock (_lock)
        {
            _log = new(loggers);
            if (_lost > 0)
            {
                _log.Lost(_lost);
            }

            while (_waiting.TryDequeue(out var first))
            {
                Post(stream, first.Record, first.At);
            }

            _stream = stream;
        }
    }

    /// <summary>The store goes away.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _stream = null;
            _isClosed = true;
            _waiting.Clear();
        }
    }

    /// <summary>A record could not be made.</summary>
    public void Failed(Exception error) => _log?.NotRecorded("log records", error);

    public void Dispose()
    {
        Close();
        _log?.Dispose();
    }

    private void Post(EventStream<LogRecord> stream, LogRecord record, DateTimeOffset at)
    {
        try
        {
            stream.PostOrDrop(record, at);
        }
#pragma warning disable CA1031 // What is wrong with a record is logged.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Failed(error);
        }
    }
}
