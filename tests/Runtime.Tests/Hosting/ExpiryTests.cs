using Npgsql;
using Typed.Hosting;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;
using Expiring = Typed.Runtime.Tests.Streams.Stored.Expiring;

namespace Typed.Runtime.Tests.Hosting;

/// <summary>A store removes by itself what is past its retention.</summary>
public abstract class ExpiryTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task It_removes_what_is_dead_in_every_interval_and_every_namespace()
    {
        await FillAsync();
        Clock.AdjustTime(Noon.AddDays(91));

        await using var store = await OpenAsync(o => Choose(o).ExpireEvery = TimeSpan.FromSeconds(1));

        await UntilAsync(async () => await Database.RowsAsync("hit_minute") + await Database.RowsAsync("expiring") == 0);
        Assert.Equal(1L, await Database.RowsAsync("hit_day")); // kept for ever
    }

    [Fact]
    public async Task It_goes_on_as_time_passes()
    {
        await FillAsync();
        await using var store = await OpenAsync(o => Choose(o).ExpireEvery = TimeSpan.FromSeconds(1));
        Assert.Equal(3L, await Database.RowsAsync("expiring"));

        Clock.AdjustTime(Noon.AddDays(91));

        await UntilAsync(async () => await Database.RowsAsync("expiring") == 0);
    }

    [Fact]
    public async Task Without_the_option_nothing_is_removed_and_neither_is_by_a_store_for_reading()
    {
        await FillAsync();
        Clock.AdjustTime(Noon.AddDays(91));
        await using (await OpenAsync(o => Choose(o)))
        await using (await OpenAsync(o => Choose(o).ReadOnly().ExpireEvery = TimeSpan.FromSeconds(1)))
        {
        }

        Assert.Equal(3L, await Database.RowsAsync("expiring"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(25 * 24 * 3600)]
    public void A_period_that_no_timer_takes_is_refused(int seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TypedOptionsBuilder { ExpireEvery = TimeSpan.FromSeconds(seconds) });

    private protected async Task FillAsync()
    {
        await using var store = await OpenAsync(o => Choose(o));
        await Hit.In(store).InsertAsync("/", 1);
        foreach (var tenant in (string[])["a", "default", "z"])
        {
            await Expiring.In(store, tenant).PutAsync(new Expiring(1));
        }
    }

    private protected static TypedOptionsBuilder Choose(TypedOptionsBuilder options) => options.Only<Hit>().Only<Expiring>();

    private protected static async Task UntilAsync(Func<Task<bool>> isTrue)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await isTrue())
        {
            await Task.Delay(20, patience.Token);
        }
    }
}

public sealed class ExpiryTestsOnSqlite() : ExpiryTests(DatabaseServer.Sqlite);

public sealed class ExpiryTestsOnPostgres() : ExpiryTests(DatabaseServer.Postgres)
{
    [Fact]
    public async Task Of_two_processes_one_removes_at_a_time()
    {
        await FillAsync();
        Clock.AdjustTime(Noon.AddDays(91));
        await using var other = new NpgsqlConnection(Database.ConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        var lease = await Postgres.PostgresLease.TryTakeAsync(other, StoreExpiry.Lease, TestContext.Current.CancellationToken);
        Assert.NotNull(lease);
        await using var store = await OpenAsync(o => Choose(o).ExpireEvery = TimeSpan.FromSeconds(1));

        // It asks for the lock at once and every second, and does not wait for it.
        await Task.Delay(TimeSpan.FromSeconds(2.5), TestContext.Current.CancellationToken);
        Assert.Equal(3L, await Database.RowsAsync("expiring"));
        await lease.DisposeAsync();

        await UntilAsync(async () => await Database.RowsAsync("expiring") == 0);
    }
}
