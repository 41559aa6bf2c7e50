using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Typed.Runtime.Tests.Consuming;
using Typed.Runtime.Tests.Writing;
using Typed.Tests.Harness.Files;
using Typed.Tests.Harness.Postgres;

namespace Typed.Runtime.Tests.Streams.Following;

/// <summary>The server crashes and comes back under writers, a spool, followers and a consumer.</summary>
public sealed class FollowRestartTests
{
    [Fact]
    public async Task Nothing_is_missed_and_nothing_comes_twice()
    {
        var (count, crashes) = Environment.GetEnvironmentVariable("TYPED_SOAK") == "1" ? (20_000, 6) : (1_500, 1);
        await using var cluster = await PrivateCluster.CreateAsync();
        using var folder = new TempFolder();
        await using var store = await OpenAsync(cluster, options => options.Only<LateSeries>().Spool = folder.File("spool"));
        await using var other = await OpenAsync(cluster);
        await using (var context = store.CreateDbContext())
        {
            await context.Database.ExecuteSqlRawAsync("create table handled (place serial primary key, n integer not null)", TestContext.Current.CancellationToken);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        ConcurrentQueue<int> seen = [];
        var following = Task.Run(async () =>
        {
            await foreach (var one in Followed.In(other).Follow(cancellationToken: stop.Token))
            {
                seen.Enqueue(one.Body.N);
            }
        });
        var consuming = Task.Run(() => other.ConsumeAsync<Followed>(
            "handled",
            static async (batch, token) =>
            {
                foreach (var one in batch.Events)
                {
                    await batch.Context.Database.ExecuteSqlAsync($"insert into handled (n) values ({one.Body.N})", token);
                }
            },
            new() { LongestPause = TimeSpan.FromMilliseconds(200) },
            stop.Token));
        var writing = Task.Run(async () =>
        {
            for (var n = 0; n < count; n += 10)
            {
                await Followed.In(store).PutAsync(Enumerable.Range(n, 10).Select(each => new Followed(each)));
            }
        });
        var posting = Task.Run(async () =>
        {
            for (var n = 0; n < count * 10; n++)
            {
                await LateSeries.In(store).Post("posted", n);
                if (n % 20 == 0)
                {
                    await Task.Delay(1);
                }
            }

            await store.FlushAsync();
        });
        for (var crash = 0; crash < crashes; crash++)
        {
            await Task.Delay(300, TestContext.Current.CancellationToken);
            await cluster.CrashAsync();
            await cluster.StartAsync();
        }

        await writing;
        await posting;
        await Waiting.UntilAsync(async () => seen.Count >= count && (await HandledAsync(cluster)).Length >= count);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => consuming);

        Assert.Equal(Enumerable.Range(0, count), seen);
        Assert.Equal(Enumerable.Range(0, count * 10).Select(n => (long)n), (await LateSeries.In(store).Day.GetAsync("posted")).Value);
        Assert.Equal(Enumerable.Range(0, count), await HandledAsync(cluster));
    }

    // On a connection of its own: those of a pool may have ended with the server.
    private static async Task<int[]> HandledAsync(PrivateCluster cluster)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("select coalesce(array_agg(n order by place), '{}') from handled", connection);
        return (int[])(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private static ValueTask<TypedStore> OpenAsync(PrivateCluster cluster, Action<TypedOptionsBuilder>? configure = null) => TypedStore.OpenAsync(options =>
    {
        options.Only<Followed>().UseNpgsql(cluster.ConnectionString);
        configure?.Invoke(options);
    });
}
