using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Typed.Runtime.Tests.Diagnostics;

namespace Typed.Runtime.Tests.Hosting;

/// <summary>A real host around stores.</summary>
internal sealed class HostedStore : IAsyncDisposable
{
    private readonly IHost _host;

    public HostedStore(Action<HostApplicationBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton<ILoggerFactory>(LogRecorder.Instance);
        configure(builder);
        _host = builder.Build();
    }

    public IServiceProvider Services => _host.Services;

    public TypedStore Store => Services.GetRequiredService<TypedStore>();

    public Task StartAsync() => _host.StartAsync(TestContext.Current.CancellationToken);

    public Task StopAsync() => _host.StopAsync(TestContext.Current.CancellationToken);

    public async Task<HealthReportEntry> HealthAsync(string name = "typed") =>
        (await Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Entries[name];

    public async ValueTask DisposeAsync() => await ((IAsyncDisposable)_host).DisposeAsync();
}
