using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Typed.Telemetry.Logs;

/// <summary>Gives the sink its store while a host runs. Registered after the store's own service, so that it stops before.</summary>
internal sealed class LogService(IServiceProvider services, LogSink sink, TypedLogOptions options) : IHostedLifecycleService
{
    /// <exception cref="InvalidOperationException">The store does not hold log records, or is for reading only.</exception>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var store = services.GetRequiredKeyedService<TypedStore>(options.StoreKey);
        store.Scope.ThrowIfReadOnly();
        sink.Open(LogRecord.In(store), services.GetRequiredService<ILoggerFactory>());
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        sink.Close();
        return Task.CompletedTask;
    }
}
