using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Many writers on the same rows: every point counts once, and none waits for another in a circle.</summary>
public abstract class ConcurrentWriterTests(DatabaseServer server) : StoreSuite(server)
{
    private const int Writers = 8;
    private const int Batches = 15;
    private const int Keys = 40;

    [Fact]
    public async Task Two_stores_and_eight_tasks_add_up()
    {
        await using var first = await OpenAsync(o => o.Only<Hit>().Only<Kept>());
        await using var second = await OpenAsync(o => o.Only<Hit>().Only<Kept>());

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer % 2 == 0 ? first : second, new Random(writer)))));

        var hits = await Hit.In(first).Day.For(Enumerable.Range(0, Keys).Select(i => (Hit.Key)$"/{i}")).Last(1).CollapseAsync();
        Assert.Equal(Writers * Batches * Keys, hits);
        foreach (var i in Enumerable.Range(0, Keys))
        {
            Assert.Equal(Writers * Batches, (await Hit.In(second).Minute.GetAsync($"/{i}")).Value);
            Assert.Equal(Writers * Batches, (await Kept.In(second).Ever.GetAsync($"k{i}")).Value.Total);
        }

        Assert.Equal(0, await DeadlocksAsync());
    }

    // A deletion locks rows in the order in which flushes do.
    [Fact]
    public async Task Deleting_beside_writing_is_no_circle()
    {
        await using var first = await OpenAsync<Hit>();
        await using var second = await OpenAsync<Hit>();
        using var stop = new CancellationTokenSource();
        var beside = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await Hit.In(second).DeleteAsync($"/{i % Keys}");
                await (i % 10 == 0 ? Hit.In(second).DeleteAllAsync() : ValueTask.CompletedTask);
            }
        });

        var days = Enumerable.Range(0, 30).Select(day => Noon.AddDays(-day)).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            for (var i = 0; i < 25; i++)
            {
                await Hit.In(first).InsertAsync(Enumerable.Range(0, 300).Select(_ => new Hit { Page = $"/{random.Next(Keys)}", At = days[random.Next(days.Length)] }));
            }
        })));
        await stop.CancelAsync();
        await beside;

        Assert.Equal(0, await DeadlocksAsync());
        await Hit.In(second).DeleteAllAsync();
        Assert.Equal(0, await Database.RowsAsync("hit_day"));
    }

    [Fact]
    public async Task Reading_deleting_and_expiring_go_on_beside_writing()
    {
        await using var store = await OpenAsync<Kept>();
        await using var other = await OpenAsync<Kept>();
        using var stop = new CancellationTokenSource();
        var beside = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await Kept.In(other).DeleteAsync("deleted");
                await Kept.In(other).ExpireAsync();
                await ListAsync(Kept.In(other).Minute.For(["a", "b"]).Last());
                await ListAsync(Kept.In(other).Keys());
            }
        });

        for (var i = 0; i < 60; i++)
        {
            await Kept.In(store).InsertAsync([new Kept("deleted", i), new Kept("a", i), new Kept("b", i)]);
            Clock.Advance(TimeSpan.FromSeconds(10));
        }

        await stop.CancelAsync();
        await beside;
        Assert.Equal(60, (await Kept.In(store).Ever.GetAsync("a")).Value.Total);
        Assert.Equal(60, (await Kept.In(store).Ever.GetAsync("b")).Value.Total);
    }

    protected virtual Task<long> DeadlocksAsync() => Task.FromResult(0L);

    private static async Task WriteAsync(TypedStore store, Random random)
    {
        for (var i = 0; i < Batches; i++)
        {
            // In an order of its own each time: sorting is the library's business.
            var order = Enumerable.Range(0, Keys).ToArray();
            random.Shuffle(order);
            await Hit.In(store).InsertAsync(order.Select(k => new Hit { Page = $"/{k}" }));
            random.Shuffle(order);
            await Kept.In(store).InsertAsync(order.Select(k => new Kept($"k{k}", random.Next(5))));
        }
    }
}

public sealed class ConcurrentWriterTestsOnSqlite() : ConcurrentWriterTests(DatabaseServer.Sqlite);

public sealed class ConcurrentWriterTestsOnPostgres() : ConcurrentWriterTests(DatabaseServer.Postgres)
{
    // The store would try again after one, so that sums alone do not tell. Sessions report theirs when they become idle, at most a second later.
    protected override async Task<long> DeadlocksAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(1.2));
        return (long)(await Database.ScalarAsync("select deadlocks from pg_stat_database where datname = current_database()"))!;
    }
}
