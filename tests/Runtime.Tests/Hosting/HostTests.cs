using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;
using Expiring = Typed.Runtime.Tests.Streams.Stored.Expiring;
using Tailed = Typed.Runtime.Tests.Streams.Stored.Tailed;

namespace Typed.Runtime.Tests.Hosting;

/// <summary>A store among the services of a real host.</summary>
public abstract class HostTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Constructors_get_the_store_and_the_handles()
    {
        await using var host = Host(services => services.AddSingleton<Shop>());
        await host.StartAsync();
        var shop = host.Services.GetRequiredService<Shop>();

        await shop.Hits.InsertAsync("/", 3);
        await shop.Events.PutAsync(new Expiring(1));

        Assert.Equal(3, (await Hit.In(shop.Store).Day.GetAsync("/")).Value);
        Assert.Single(await ListAsync(Expiring.In(shop.Store).Take(10)));
        Assert.Same(shop.Store, host.Store);
    }

    [Fact]
    public async Task A_store_that_is_used_before_the_host_starts_opens_at_the_first_use()
    {
        await using var host = Host();
        var hits = host.Services.GetRequiredService<Hit.Handle>();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => hits.InsertAsync("/", 1).AsTask()));

        Assert.Equal(20, (await hits.Day.GetAsync("/")).Value);
    }

    [Fact]
    public async Task What_was_posted_is_written_when_the_host_has_stopped()
    {
        await using (var host = Host(services => services.AddHostedService<Goodbye>(), o => Choose(o).FlushInterval = TimeSpan.FromHours(1)))
        {
            await host.StartAsync();
            for (var i = 0; i < 1_000; i++)
            {
                await host.Services.GetRequiredService<Hit.Handle>().Post("/", 1);
            }

            await host.StopAsync();
            Assert.Throws<ObjectDisposedException>(() => Hit.In(host.Store));
        }

        await using var store = await OpenAsync(o => Choose(o));
        Assert.Equal(1_000, (await Hit.In(store).Day.GetAsync("/")).Value);
        Assert.Equal(1, (await Hit.In(store).Day.GetAsync("goodbye")).Value); // posted while the application's services stopped
    }

    [Fact]
    public async Task The_clock_is_that_of_the_services()
    {
        await using var host = Host();
        await host.StartAsync();

        await host.Services.GetRequiredService<Hit.Handle>().InsertAsync("/", 1);

        Assert.Equal(1, (await Hit.In(host.Store).Day.GetAsync("/", Noon)).Value);
    }

    [Fact]
    public async Task A_container_may_be_disposed_without_awaiting()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton<TimeProvider>(Clock).AddTyped(o => Configure(o, null));
        using (var host = builder.Build())
        {
            await host.Services.GetRequiredService<Hit.Handle>().Post("/", 1);
        }

        await using var store = await OpenAsync(o => Choose(o));
        Assert.Equal(1, (await Hit.In(store).Day.GetAsync("/")).Value);
    }

    [Fact]
    public async Task A_declaration_that_does_not_fit_keeps_the_host_from_starting()
    {
        await using (await OpenAsync<Tailed>())
        {
        }

        await using var host = Host(configure: o => o.Only<Streams.Stored.NoLongerTailed>());

        await Assert.ThrowsAsync<SchemaMismatchException>(host.StartAsync);
        Assert.Equal(HealthStatus.Unhealthy, (await host.HealthAsync()).Status);
    }

    [Fact]
    public async Task A_full_store_is_not_healthy()
    {
        await using var host = Host(configure: o => Choose(o).Capacity = 1);
        await host.StartAsync();
        Assert.Equal(HealthStatus.Healthy, (await host.HealthAsync()).Status);
        await using (await Database.HoldAsync())
        {
            await host.Services.GetRequiredService<Hit.Handle>().Post("/", 1);

            var sick = await host.HealthAsync();

            Assert.Equal(HealthStatus.Unhealthy, sick.Status);
            Assert.Equal((1, 1), ((int)sick.Data["pending"], (int)sick.Data["capacity"]));
        }

        await host.Store.FlushAsync(TestContext.Current.CancellationToken);
        var well = await host.HealthAsync();
        Assert.Equal(HealthStatus.Healthy, well.Status);
        Assert.IsType<DateTimeOffset>(well.Data["lastFlush"]);
    }

    [Fact]
    public async Task A_store_whose_tables_changed_under_it_is_not_healthy()
    {
        await using var host = Host();
        await host.StartAsync();
        var layout = (string)(await Database.ScalarAsync("SELECT layout FROM typed_catalog WHERE name = 'hit_day'"))!;

        await Database.ExecuteAsync("UPDATE typed_catalog SET layout = replace(layout, 'type: Count', 'type: Gauge') WHERE name = 'hit_day'");
        var changed = await host.HealthAsync();
        await Database.ExecuteAsync($"UPDATE typed_catalog SET layout = '{layout}' WHERE name = 'hit_day'");
        var mended = await host.HealthAsync();
        await Database.ExecuteAsync("DROP TABLE hit_day");
        var lost = await host.HealthAsync();

        Assert.Equal(
            (HealthStatus.Unhealthy, HealthStatus.Healthy, HealthStatus.Unhealthy), (changed.Status, mended.Status, lost.Status));
        Assert.Contains("hit_day", changed.Description, StringComparison.Ordinal);
        Assert.Contains("The database has lost hit_day", lost.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void One_store_is_registered_once()
    {
        var services = new ServiceCollection().AddTyped(_ => { }).AddKeyedTyped("b", _ => { });

        Assert.Contains("AddKeyedTyped", Assert.Throws<InvalidOperationException>(() => services.AddTyped(_ => { })).Message, StringComparison.Ordinal);
        Assert.Contains("\"b\"", Assert.Throws<InvalidOperationException>(() => services.AddKeyedTyped("b", _ => { })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stores_of_two_databases_are_told_apart_by_keys()
    {
        await using var other = await Server.CreateAsync();
        await using (var host = new HostedStore(builder => builder.Services
            .AddKeyedTyped("one", o => Configure(o, null))
            .AddKeyedTyped("two", (_, o) => Choose(other, o))
            .AddSingleton<Pair>()))
        {
            await host.StartAsync();
            var pair = host.Services.GetRequiredService<Pair>();

            await pair.One.Post("/", 1);
            await pair.Two.Post("/", 2);
            await host.Services.GetRequiredKeyedService<TypedStore>("one").FlushAsync(TestContext.Current.CancellationToken);

            Assert.Equal(1, (await pair.One.Day.GetAsync("/")).Value);
            Assert.Equal(HealthStatus.Healthy, (await host.HealthAsync("typed-one")).Status);
            Assert.Equal(HealthStatus.Healthy, (await host.HealthAsync("typed-two")).Status);
            await host.StopAsync();
        }

        Assert.Equal(1L, await other.RowsAsync("hit_day"));
    }

    private HostedStore Host(Action<IServiceCollection>? add = null, Action<TypedOptionsBuilder>? configure = null) => new(builder =>
    {
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddTyped(o => Configure(o, configure));
        add?.Invoke(builder.Services);
    });

    private void Configure(TypedOptionsBuilder options, Action<TypedOptionsBuilder>? configure)
    {
        Database.Choose(options);
        if (configure is null)
        {
            Choose(options);
        }

        configure?.Invoke(options);
    }

    private static void Choose(EmptyDatabase database, TypedOptionsBuilder options)
    {
        database.Choose(options);
        Choose(options);
    }

    private static TypedOptionsBuilder Choose(TypedOptionsBuilder options) => options.Only<Hit>().Only<Expiring>();

#pragma warning disable CA1812 // the container makes them
    private sealed record Shop(TypedStore Store, Hit.Handle Hits, EventStream<Expiring> Events);

    private sealed record Pair([FromKeyedServices("one")] Hit.Handle One, [FromKeyedServices("two")] Hit.Handle Two);

    private sealed class Goodbye(Hit.Handle hits) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task StopAsync(CancellationToken cancellationToken) => await hits.Post("goodbye", 1, cancellationToken: cancellationToken);
    }
#pragma warning restore CA1812
}

public sealed class HostTestsOnSqlite() : HostTests(DatabaseServer.Sqlite);

public sealed class HostTestsOnPostgres() : HostTests(DatabaseServer.Postgres);
