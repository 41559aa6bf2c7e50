using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Typed.Telemetry.Recording;

namespace Typed.Telemetry.Logs;

/// <summary>Makes records of what loggers are given, cut to what is stored.</summary>
internal sealed class RecordBuilder(TypedLogOptions options)
{
    /// <summary>How message templates come among the values.</summary>
    private const string Template = "{OriginalFormat}";

    private const int MostValues = 50;
    private const int MostScopes = 20;

    private readonly int _mostBytes = options.MostCharacters;
    private readonly int _mostBytesOfValue = options.MostCharacters / 8;

    public LogRecord Build<TState>(
        LogLevel level, string category, Microsoft.Extensions.Logging.EventId id, TState state, Exception? error, Func<TState, Exception?, string> format,
        IExternalScopeProvider? scopes)
    {
        var values = Values(state, out var template);
        var activity = Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current : null;
        return new()
        {
            Level = level,
            Category = BoundedText.Of(category, _mostBytesOfValue),
            EventId = id.Id,
            EventName = id.Name is { } name ? BoundedText.Of(name, _mostBytesOfValue) : null,
            Message = BoundedText.Of(format(state, error), _mostBytes),
            Template = template is null ? null : BoundedText.Of(template, _mostBytes),
            State = values,
            Scopes = options.Scopes && scopes is not null ? Scopes(scopes) : null,
            Exception = error is null ? null : BoundedText.Of(error.ToString(), _mostBytes),
            TraceId = activity?.TraceId.ToHexString(),
            SpanId = activity?.SpanId.ToHexString(),
        };
    }

    private List<LogScope>? Scopes(IExternalScopeProvider provider)
    {
        List<LogScope> scopes = [];
        provider.ForEachScope(
            static (scope, to) =>
            {
                if (scope is not null && to.Scopes.Count < MostScopes)
                {
                    var values = to.Builder.Values(scope, out _);
                    to.Scopes.Add(new(to.Builder.Text(scope), values));
                }
            },
            (Scopes: scopes, Builder: this));
        return scopes.Count > 0 ? scopes : null;
    }

    private Dictionary<string, string>? Values(object? state, out string? template)
    {
        template = null;
        if (state is not IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            return null;
        }

        Dictionary<string, string>? values = null;
        foreach (var (name, value) in pairs)
        {
            if (string.Equals(name, Template, StringComparison.Ordinal))
            {
                template = value?.ToString();
            }
            else if (value is not null && (values is null || values.Count < MostValues))
            {
                (values ??= new(StringComparer.Ordinal))[BoundedText.Of(name, _mostBytesOfValue)] = Text(value);
            }
        }

        return values;
    }

    private string Text(object value) => BoundedText.Of(
        value switch
        {
            string text => text,
            IFormattable formattable => formattable.ToString(format: null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        },
        _mostBytesOfValue);
}
