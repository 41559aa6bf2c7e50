using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Hosting;

/// <summary>A store on the application's own context, which has the tables.</summary>
public abstract class OwnContextHostTests(DatabaseServer server) : StoreSuite(server)
{
    public static TheoryData<string> Ways { get; } = ["AddDbContext", "AddDbContextPool", "AddDbContextFactory", "EnableRetryOnFailure"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_store_and_the_context_see_the_same_rows(string way)
    {
        await using var host = Host<OwnContextTests.Shop>(way);
        await host.StartAsync();
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OwnContextTests.Shop>();
        await CreateAsync(db);
        var hits = host.Services.GetRequiredService<Hit.Handle>();

        await hits.InsertAsync("/", 1);
        await hits.Post("/", 2);
        await host.Store.FlushAsync(TestContext.Current.CancellationToken);
        await Hit.In(db).InsertAsync("/", 4);

        Assert.Equal(7, (await hits.Day.GetAsync("/")).Value);
        Assert.Equal([7L], await Hit.In(db).Day.AsQueryable().Select(row => row.Times).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Schemas_and_names_are_those_of_the_context()
    {
        await using var host = Host<OwnContextTests.LoudShop>("AddDbContext");
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OwnContextTests.LoudShop>();
        await CreateAsync(db);
        await host.StartAsync();

        await host.Services.GetRequiredService<Hit.Handle>().InsertAsync("/", 3);

        Assert.Equal(3, (await Hit.In(db).Day.GetAsync("/")).Value);
        var schema = ReferenceEquals(Server, DatabaseServer.Sqlite) ? "" : "metrics\".\"";
        Assert.Equal(1L, await Database.RowsAsync($"{schema}HIT_DAY"));
    }

    [Fact]
    public async Task Queries_go_through_the_context_and_types_that_it_lacks_are_named()
    {
        await using var host = Host<OwnContextTests.Shop>("AddDbContext");

        Assert.Contains("Shop", Assert.Throws<InvalidOperationException>(host.Store.CreateDbContext).Message, StringComparison.Ordinal);
        Assert.Contains("Visitor", Assert.Throws<InvalidOperationException>(() => Visitor.In(host.Store)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_database_without_the_tables_of_the_context_is_not_healthy() => UnmadeAsync<OwnContextTests.Shop>("hit_day");

    [Fact]
    public Task Nor_is_one_without_those_of_its_schema() =>
        UnmadeAsync<OwnContextTests.LoudShop>(ReferenceEquals(Server, DatabaseServer.Sqlite) ? "HIT_DAY" : "metrics.HIT_DAY");

    [Fact]
    public async Task A_write_into_a_table_that_is_missing_leads_to_migrations()
    {
        await using var host = Host<OwnContextTests.Shop>("AddDbContext");
        await host.StartAsync();
        var hits = host.Services.GetRequiredService<Hit.Handle>();

        foreach (var write in new Func<Task>[] { async () => await hits.InsertAsync("/", 1), async () => await hits.DeleteAsync("/") })
        {
            var error = await Assert.ThrowsAsync<WriteFailedException>(write);
            Assert.Contains("hit_", error.Message, StringComparison.Ordinal);
            Assert.Contains("dotnet ef migrations add ... --context Shop", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_context_that_is_not_registered_is_named()
    {
        await using var host = new HostedStore(builder => builder.Services.AddTyped<OwnContextTests.Shop>());

        var error = await Assert.ThrowsAsync<InvalidOperationException>(host.StartAsync);

        Assert.Equal("AddTyped<Shop>() builds on a context that is not among the services: register it with AddDbContext<Shop>(...).", error.Message);
    }

    private async Task UnmadeAsync<TContext>(string table)
        where TContext : DbContext
    {
        await using var host = Host<TContext>("AddDbContext");
        await host.StartAsync();
        var before = await host.HealthAsync();
        await using (var scope = host.Services.CreateAsyncScope())
        {
            await CreateAsync(scope.ServiceProvider.GetRequiredService<TContext>());
        }

        var after = await host.HealthAsync();

        Assert.Equal((HealthStatus.Unhealthy, HealthStatus.Healthy), (before.Status, after.Status));
        Assert.Contains(table, before.Description, StringComparison.Ordinal);
        Assert.Contains("apply its migrations", before.Description, StringComparison.Ordinal);
    }

    // Where the store has made its own two tables, EnsureCreated makes none.
    private static Task<int> CreateAsync(DbContext db) =>
        db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript(), TestContext.Current.CancellationToken);

    private HostedStore Host<TContext>(string way)
        where TContext : DbContext => new(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(Clock);
            _ = way switch
            {
                "AddDbContextPool" => builder.Services.AddDbContextPool<TContext>(o => Choose(o)),
                "AddDbContextFactory" => builder.Services.AddDbContextFactory<TContext>(o => Choose(o)),
                "EnableRetryOnFailure" => builder.Services.AddDbContext<TContext>(o => Choose(o, retries: true)),
                _ => builder.Services.AddDbContext<TContext>(o => Choose(o)),
            };
            builder.Services.AddTyped<TContext>();
        });

    private void Choose(DbContextOptionsBuilder options, bool retries = false)
    {
        if (retries && !ReferenceEquals(Server, DatabaseServer.Sqlite))
        {
            options.UseNpgsql(Database.ConnectionString, npgsql => npgsql.EnableRetryOnFailure());
        }
        else
        {
            Database.Choose(options);
        }

        options.UseTyped();
    }
}

public sealed class OwnContextHostTestsOnSqlite() : OwnContextHostTests(DatabaseServer.Sqlite);

public sealed class OwnContextHostTestsOnPostgres() : OwnContextHostTests(DatabaseServer.Postgres);
