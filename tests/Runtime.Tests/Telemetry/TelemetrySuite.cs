using Microsoft.Extensions.DependencyInjection;
using Typed.Runtime.Tests.Hosting;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Telemetry;

/// <summary>A host that records itself. What it recorded is read when it has stopped, by a store of its own.</summary>
public abstract class TelemetrySuite(DatabaseServer server) : StoreSuite(server)
{
    private protected HostedStore Host(Action<IServiceCollection> add, Action<TypedOptionsBuilder>? configure = null) => new(builder =>
    {
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddTyped(o =>
        {
            Database.Choose(o);
            o.Only<Hit>();
            configure?.Invoke(o);
        });
        add(builder.Services);
    });

    /// <summary>Runs something in a host from its start until it has stopped.</summary>
    private protected async Task RunAsync(Action<IServiceCollection> add, Func<HostedStore, Task> run, Action<TypedOptionsBuilder>? configure = null)
    {
        await using var host = Host(add, configure);
        await host.StartAsync();
        await run(host);
        await host.StopAsync();
    }

    /// <summary>A store that holds what a part of the package writes.</summary>
    private protected ValueTask<TypedStore> ReadAsync(DeclarationModule module) => OpenAsync(o => o.Only<Hit>().Include(module));
}
