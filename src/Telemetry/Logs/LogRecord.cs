using Microsoft.Extensions.Logging;

namespace Typed.Telemetry;

/// <summary>A log record.</summary>
[EventStream(Retain = "30d")]
public partial record LogRecord
{
    /// <summary>How severe it is.</summary>
    public required LogLevel Level { get; init; }

    /// <summary>The category of the logger.</summary>
    public required string Category { get; init; }

    /// <summary>The id of the event; 0 where it has none.</summary>
    public int EventId { get; init; }

    /// <summary>The name of the event.</summary>
    public string? EventName { get; init; }

    /// <summary>The message, with its values.</summary>
    public required string Message { get; init; }

    /// <summary>The message without its values.</summary>
    public string? Template { get; init; }

    /// <summary>The values of the message, by name.</summary>
    public IReadOnlyDictionary<string, string>? State { get; init; }

    /// <summary>The scopes around it, the outermost first.</summary>
    public IReadOnlyList<LogScope>? Scopes { get; init; }

    /// <summary>The exception, with its stack.</summary>
    public string? Exception { get; init; }

    /// <summary>The id of the trace that it belongs to.</summary>
    public string? TraceId { get; init; }

    /// <summary>The id of the activity that it belongs to.</summary>
    public string? SpanId { get; init; }
}

/// <summary>What <c>ILogger.BeginScope</c> was given.</summary>
/// <param name="Text">As text.</param>
/// <param name="State">Its values, by name.</param>
public record LogScope(string Text, IReadOnlyDictionary<string, string>? State = null);
