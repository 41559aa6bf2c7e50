using Microsoft.Extensions.Logging;

namespace Typed.Telemetry.Logs;

/// <summary>Makes loggers whose records are stored. In filters of an application's logging it is called <c>Typed</c>.</summary>
[ProviderAlias("Typed")]
internal sealed class TypedLoggerProvider(TypedLogOptions options, LogSink sink, TimeProvider? clock) : ILoggerProvider, ISupportExternalScope
{
    public TypedLogOptions Options => options;

    public LogSink Sink => sink;

    public TimeProvider Clock { get; } = clock ?? TimeProvider.System;

    public RecordBuilder Builder { get; } = new(options);

    public IExternalScopeProvider? Scopes { get; private set; }

    public ILogger CreateLogger(string categoryName) => new TypedLogger(categoryName, this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

    public void Dispose()
    {
        // The sink is the container's.
    }
}
