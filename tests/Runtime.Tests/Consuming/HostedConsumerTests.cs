using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Typed.Runtime.Tests.Hosting;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Streams.Following;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Consuming;

/// <summary>Consumers among the services of a host.</summary>
public abstract class HostedConsumerTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task A_consumer_runs_while_the_host_does()
    {
        await using (var host = new HostedStore(builder => Add(builder.Services.AddTyped(o => Choose(o)))))
        {
            await host.StartAsync();
            await Database.ScalarAsync(Ledger.Table);
            await Followed.In(host.Store).PutAsync(Enumerable.Range(1, 10).Select(n => new Followed(n)));
            await Waiting.UntilAsync(async () => await CentsAsync() == 55);
            Assert.Equal(HealthStatus.Healthy, (await host.HealthAsync()).Status);
            await host.StopAsync();
        }

        await using (var store = await OpenAsync<Followed>())
        {
            await Followed.In(store).PutAsync(new Followed(100));
        }

        Assert.Equal(55, await CentsAsync());
        await using var again = new HostedStore(builder => Add(builder.Services.AddTyped(o => Choose(o))));
        await again.StartAsync();
        await Waiting.UntilAsync(async () => await CentsAsync() == 155);
    }

    [Fact]
    public async Task It_works_in_the_application_s_own_context()
    {
        await using var host = new HostedStore(builder =>
        {
            builder.Services.AddDbContext<Shop>(o => Choose(o));
            Add(builder.Services.AddTyped<Shop>());
        });
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<Shop>();
            await db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript(), TestContext.Current.CancellationToken);
        }

        await Database.ScalarAsync(Ledger.Table);
        await host.StartAsync();
        await host.Services.GetRequiredService<FollowedStream<Followed>>().PutAsync(new Followed(7));
        await Waiting.UntilAsync(async () => await CentsAsync() == 7);

        Assert.Equal("Shop", await Database.ScalarAsync("select context from ledger"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Store.ConsumeAsync<Followed>("other", static (_, _) => default));
    }

    [Fact]
    public async Task One_that_fails_is_not_healthy_and_is_again_when_it_goes_on()
    {
        await using var host = new HostedStore(builder =>
        {
            builder.Services.AddTyped(o => Choose(o));
            builder.Services.AddConsumer<Followed, Ledger>("ledger", o => o.LongestPause = TimeSpan.FromMilliseconds(20));
        });
        await host.StartAsync();
        await Followed.In(host.Store).PutAsync(new Followed(5)); // there is no table to work in

        await Waiting.UntilAsync(async () => (await host.HealthAsync()).Status == HealthStatus.Unhealthy);
        var sick = await host.HealthAsync();
        Assert.Contains("'ledger'", sick.Description, StringComparison.Ordinal);
        Assert.IsType<TimeSpan>(sick.Data["consumer ledger lag"]);
        await Database.ScalarAsync(Ledger.Table);
        await Waiting.UntilAsync(async () => await CentsAsync() == 5 && (await host.HealthAsync()).Status == HealthStatus.Healthy);
    }

    [Fact]
    public void A_name_is_checked_where_it_is_given() =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddConsumer<Followed, Ledger>("no name"));

    private static void Add(IServiceCollection services) => services.AddConsumer<Followed, Ledger>("ledger", o => o.BatchSize = 3);

    private void Choose(TypedOptionsBuilder options)
    {
        Database.Choose(options);
        options.Only<Followed>();
    }

    private void Choose(DbContextOptionsBuilder options)
    {
        Database.Choose(options);
        options.UseTyped();
    }

    private async Task<long> CentsAsync() =>
        Convert.ToInt64(await Database.ScalarAsync("select sum(cents) from ledger"), System.Globalization.CultureInfo.InvariantCulture);

#pragma warning disable CA1812 // the container makes them
    public sealed class Shop(DbContextOptions<Shop> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped(new Chosen());
    }

    private sealed class Chosen : DeclarationModule
    {
        public override IReadOnlyList<Generated.Declaration> Declarations => [Generated.Declarations.FollowedStream<Followed>()];
    }

    private sealed class Ledger : IEventConsumer<Followed>
    {
        public const string Table = "create table ledger (cents bigint not null, context text not null)";

        public async ValueTask ConsumeAsync(ConsumedBatch<Followed> batch, CancellationToken cancellationToken)
        {
            var (cents, context) = (batch.Events.Sum(one => one.Body.N), batch.Context.GetType().Name);
            await batch.Context.Database.ExecuteSqlAsync($"insert into ledger values ({cents}, {context})", cancellationToken);
        }
    }
#pragma warning restore CA1812
}

public sealed class HostedConsumerTestsOnSqlite() : HostedConsumerTests(DatabaseServer.Sqlite);

public sealed class HostedConsumerTestsOnPostgres() : HostedConsumerTests(DatabaseServer.Postgres);
