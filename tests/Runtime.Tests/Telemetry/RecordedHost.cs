using Microsoft.Extensions.DependencyInjection;
using Typed.Runtime.Tests.Hosting;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Telemetry;

/// <summary>A host that records itself. What it recorded is read when it has stopped, by a store of its own.</summary>
internal sealed class RecordedHost(EmptyDatabase database, TimeProvider clock)
{
    public HostedStore Create(Action<IServiceCollection> add, Action<TypedOptionsBuilder>? configure = null) => new(builder =>
    {
        builder.Services.AddSingleton(clock);
        builder.Services.AddTyped(o =>
        {
            database.Choose(o);
            o.Only<Hit>();
            configure?.Invoke(o);
        });
        add(builder.Services);
    });

    /// <summary>Runs something in a host from its start until it has stopped.</summary>
    public async Task RunAsync(Action<IServiceCollection> add, Func<HostedStore, Task> run, Action<TypedOptionsBuilder>? configure = null)
    {
        await using var host = Create(add, configure);
        await host.StartAsync();
        await run(host);
        await host.StopAsync();
    }

    /// <summary>A store that holds what a part of the package writes.</summary>
    public ValueTask<TypedStore> ReadAsync(DeclarationModule module) => TypedStore.OpenAsync(o =>
    {
        database.Choose(o);
        o.Only<Hit>().Include(module).TimeProvider = clock;
    });
}
