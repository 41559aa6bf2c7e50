using Microsoft.EntityFrameworkCore;
using Npgsql;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Postgres;
using Typed.Tests.Harness.Time;
using Visit = Typed.Runtime.Tests.Streams.Stored.Visit;

namespace Typed.Runtime.Tests.Storage;

/// <summary>A server that was started anew leaves a pool full of connections that only look alive: no read fails for it.</summary>
public class BrokenPoolTests
{
    private static readonly DateTimeOffset s_time = new(2026, 3, 21, 12, 34, 56, TimeSpan.Zero);

    [Fact]
    public async Task Reads_of_series_go_through_another_connection()
    {
        await using var setup = await Setup.CreateAsync();
        var hits = Hit.In(setup.Store);
        await hits.InsertAsync("/", 3, s_time);
        var range = hits.Day.For("/").Between(s_time, s_time);

        Assert.Equal(3, (await setup.BrokenAsync(() => hits.Day.GetAsync("/", s_time))).Value);
        Assert.Equal(3, await setup.BrokenAsync(() => range.CollapseAsync()));
        Assert.Equal(3, (await setup.BrokenAsync(() => range.StatsAsync())).Sum);
        Assert.Equal(3, (await setup.BrokenAsync(() => range.Stats().SingleAsync())).Value.Sum);
        Assert.Equal(3, (await setup.BrokenAsync(() => range.SingleAsync())).Value);
        Assert.Equal("/", (await setup.BrokenAsync(() => hits.Keys().SingleAsync())).Page);
        Assert.Contains("day", (await setup.BrokenAsync(() => hits.PropertiesAsync("/"))).Keys);
    }

    [Fact]
    public async Task Reads_of_streams_go_through_another_connection()
    {
        await using var setup = await Setup.CreateAsync();
        var visits = Visit.In(setup.Store);
        await visits.PutAsync(new Visit(1));

        Assert.Equal(1, await setup.BrokenAsync(() => visits.CountAsync()));
        Assert.Equal(1, (await setup.BrokenAsync(() => visits.FirstOrDefaultAsync()))?.Body.N);
        Assert.Equal(["visit"], await setup.BrokenAsync(() => setup.Store.StreamsAsync()));
        Assert.Contains("\"n\"", await setup.BrokenAsync(() => visits.InferSchemaAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_opens()
    {
        await using var setup = await Setup.CreateAsync();

        await using var second = await setup.BrokenAsync(() => setup.OpenAsync());

        Assert.Equal(0, await Visit.In(second).CountAsync());
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_in_time()
    {
        await using var setup = await Setup.CreateAsync();
        setup.Proxy.Unplug();

        var error = await Assert.ThrowsAsync<ReadFailedException>(async () => await Visit.In(setup.Store).CountAsync());

        Assert.IsAssignableFrom<NpgsqlException>(error.InnerException);

        setup.Proxy.Restore();
        Assert.Equal(0, await Visit.In(setup.Store).CountAsync());
    }

    private sealed class Setup(TestDatabase database, BreakableProxy proxy, NpgsqlDataSource source) : IAsyncDisposable
    {
        public BreakableProxy Proxy => proxy;

        public TypedStore Store { get; private set; } = null!;

        public static async Task<Setup> CreateAsync()
        {
            var database = await PostgresCluster.CreateDatabaseAsync("pool");
            var proxy = BreakableProxy.To(database.ConnectionString);
            var setup = new Setup(database, proxy, NpgsqlDataSource.Create(proxy.ConnectionString));
            setup.Store = await setup.OpenAsync();
            return setup;
        }

        public ValueTask<TypedStore> OpenAsync() => TypedStore.OpenAsync(o =>
        {
            o.Only<Hit>().Only<Visit>().UseNpgsql(source);
            o.TimeProvider = new StoppedClock(s_time);
            o.ReadTimeout = TimeSpan.FromSeconds(3);
        });

        /// <summary>Does something while every connection of the pool is broken, and none knows.</summary>
        public async Task<T> BrokenAsync<T>(Func<ValueTask<T>> act)
        {
            const int Connections = 4;
            var opened = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => source.OpenConnectionAsync().AsTask()));
            foreach (var connection in opened)
            {
                await connection.DisposeAsync();
            }

            Assert.Equal(Connections, await PostgresCluster.TerminateBackendsAsync(database.Name));
            return await act();
        }

        public async ValueTask DisposeAsync()
        {
            await Store.DisposeAsync();
            await source.DisposeAsync();
            await proxy.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
