using Microsoft.Extensions.Logging;
using Typed.Diagnostics;

namespace Typed.Telemetry.Logs;

/// <summary>The records of one category.</summary>
internal sealed class TypedLogger(string category, TypedLoggerProvider provider) : ILogger
{
    // Text of values is the application's code, which may log in turn.
    [ThreadStatic]
    private static bool s_isLogging;

    private readonly bool _isIncluded = provider.Options.Includes(category);

    public bool IsEnabled(LogLevel logLevel) => _isIncluded && logLevel >= provider.Options.MinimumLevel && logLevel != LogLevel.None;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => provider.Scopes?.Push(state);

    public void Log<TState>(
        LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (s_isLogging || !IsEnabled(logLevel) || OwnWork.IsUnderWay)
        {
            return;
        }

        s_isLogging = true;
        try
        {
            var at = provider.Clock.GetUtcNow();
            provider.Sink.Take(provider.Builder.Build(logLevel, category, eventId, state, exception, formatter, provider.Scopes), at);
        }
#pragma warning disable CA1031 // A value of somebody's own type may throw anything when it is asked for its text.
        catch (Exception error)
#pragma warning restore CA1031
        {
            provider.Sink.Failed(error);
        }
        finally
        {
            s_isLogging = false;
        }
    }
}
