using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Typed.Telemetry.Recording;

namespace Typed.Telemetry.Meters;

/// <summary>
/// Records meters while a host runs. Registered after the store's own service, so that it stops before: what was measured while services stopped is written.
/// </summary>
internal sealed class MeterService(IServiceProvider services, TypedMeterOptions options) : IHostedLifecycleService, IDisposable
{
    private MeterRecorder? _recorder;

    /// <exception cref="InvalidOperationException">The store does not hold the series of meters.</exception>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var store = services.GetRequiredKeyedService<TypedStore>(options.StoreKey);
        var loggers = services.GetRequiredService<ILoggerFactory>();
        _recorder = new(options, new MeterSeries(store), store.Scope.Clock, new TelemetryLog(loggers));
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        _recorder?.Stop();
        return Task.CompletedTask;
    }

    public void Dispose() => _recorder?.Dispose();
}
