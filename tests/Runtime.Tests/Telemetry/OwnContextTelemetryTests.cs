using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Typed.Generated;
using Typed.Runtime.Tests.Hosting;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Telemetry;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Telemetry;

/// <summary>An application whose own context has the tables of its telemetry.</summary>
public abstract class OwnContextTelemetryTests(DatabaseServer server) : StoreSuite(server)
{
    private readonly string _name = $"own-{Guid.NewGuid():N}";

    [Fact]
    public async Task The_context_has_the_tables_and_queries_them()
    {
        using var meter = new Meter(_name);
        await using var host = Host<Watched>();
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Watched>();
        await db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript(), TestContext.Current.CancellationToken);
        await host.StartAsync();
        meter.CreateCounter<int>("orders").Add(3);
        await host.Services.GetRequiredService<Hit.Handle>().InsertAsync("/", 1);
        await host.StopAsync();

        var rows = await MeterCount.In(db).Day.AsQueryable().Where(row => row.Meter == _name).Select(row => new { row.Instrument, row.Value })
            .ToListAsync(TestContext.Current.CancellationToken);
        var row = Assert.Single(rows);
        Assert.Equal(("orders", 3.0), (row.Instrument, row.Value));
        Assert.Equal(1, (await Hit.In(db).Day.GetAsync("/")).Value);
    }

    [Fact]
    public async Task A_context_without_the_tables_is_named_with_the_way_out()
    {
        await using var host = Host<Unwatched>();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(host.StartAsync);

        Assert.Contains("MeterCount", error.Message, StringComparison.Ordinal);
        Assert.Contains("Map the type in Unwatched", error.Message, StringComparison.Ordinal);
    }

    private HostedStore Host<TContext>()
        where TContext : DbContext => new(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(Clock);
            builder.Services.AddDbContext<TContext>(o =>
            {
                Database.Choose(o);
                o.UseTyped();
            });
            builder.Services.AddTyped<TContext>().AddMeters(_name);
        });

    public class Watched(DbContextOptions<Watched> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped(new Own(), TelemetryModules.Meters);
    }

    public class Unwatched(DbContextOptions<Unwatched> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped(new Own());
    }

    private sealed class Own : DeclarationModule
    {
        public override IReadOnlyList<Declaration> Declarations => [.. TypedModule.Instance.Declarations.Where(declared => declared.Type == typeof(Hit))];
    }
}

public sealed class OwnContextTelemetryTestsOnSqlite() : OwnContextTelemetryTests(DatabaseServer.Sqlite);

public sealed class OwnContextTelemetryTestsOnPostgres() : OwnContextTelemetryTests(DatabaseServer.Postgres);
