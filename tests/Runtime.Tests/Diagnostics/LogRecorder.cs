using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Typed.Runtime.Tests.Diagnostics;

/// <summary>Keeps what stores log. One for all tests, since EF Core keeps services for each that it is given; a test asks for the messages of its database.</summary>
internal sealed class LogRecorder : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<Logged> _all = [];

    public static LogRecorder Instance { get; } = new();

    /// <summary>The messages about a database.</summary>
    public IReadOnlyList<Logged> Of(string database) => [.. _all.Where(each => each.Message.Contains(database, StringComparison.Ordinal))];

    public ILogger CreateLogger(string categoryName) => categoryName == "Typed" ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public void AddProvider(ILoggerProvider provider)
    {
        // It is its own.
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _all.Enqueue(new(logLevel, eventId.Id, eventId.Name, formatter(state, exception)));

    public void Dispose()
    {
        // Tests share it.
    }
}

internal sealed record Logged(LogLevel Level, int Id, string? Name, string Message);
