using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using Typed.Tests.Harness.Postgres;
using Typed.Tests.Harness.Time;

namespace Typed.Runtime.Tests.Writing;

/// <summary>
/// Locks that somebody else holds on PostgreSQL delay the writes of what is locked, and no other. They run after the other tests: what takes long then waits
/// for a lock, and not for a processor.
/// </summary>
[Collection(nameof(Streams.Stored.AloneInTheProcess))]
public sealed class LockTests
{
    private static readonly bool s_isSoak = Environment.GetEnvironmentVariable("TYPED_SOAK") == "1";

    // The tests of other projects may run beside these; with TYPED_SOAK=1 nothing does.
    private static readonly (double Share, TimeSpan Longest) s_bar = s_isSoak ? (0.99, TimeSpan.FromSeconds(1.5)) : (0.9, TimeSpan.FromSeconds(3));

    private static readonly TimeSpan s_held = TimeSpan.FromSeconds(s_isSoak ? 10 : 4);

    /// <summary>The writes that are done at least while the locks are held: one of each caller that meets none, on a machine that does much else.</summary>
    private static readonly int s_least = s_isSoak ? 500 : 30;

    [Theory]
    [InlineData("select 1 from late_count_day where name = 'k0' for update", "")]
    [InlineData("select 1 from late_count_day where name = 'k0' for update", "select 1 from late_count_minute where name = 'k1' for update")]
    [InlineData("select 1 from late_gauge_day where name = 'k0' for update", "")]
    [InlineData("lock table late_gauge_day in share mode", "")]
    public async Task Only_the_writes_of_what_is_locked_wait(string first, string second)
    {
        const int Keys = 50;
        await using var database = await PostgresCluster.CreateDatabaseAsync("lock");
        await using var store = await TypedStore.OpenAsync(o =>
        {
            o.Only<LateCount>().Only<LateGauge>().Only<LateSeries>().Only<LateEvent>().UseNpgsql(database.ConnectionString);
            o.Writers = 2;
        });
        await LateCount.In(store).InsertAsync(Enumerable.Range(0, Keys).Select(k => new LateCount($"k{k}", 1)));
        await LateGauge.In(store).InsertAsync(Enumerable.Range(0, Keys).Select(k => new LateGauge($"k{k}", 0)));
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var locks = new[] { first, second }.Where(sql => sql.Length > 0).ToArray();
        var isTable = first.StartsWith("lock", StringComparison.Ordinal);
        var times = new ConcurrentBag<TimeSpan>();
        var counts = new long[Keys];
        var points = 0L;
        using var stop = new CancellationTokenSource();

        List<(NpgsqlConnection Connection, NpgsqlTransaction Transaction)> holders = [];
        foreach (var sql in locks)
        {
            var connection = await source.OpenConnectionAsync();
            var transaction = await connection.BeginTransactionAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
            holders.Add((connection, transaction));
        }

        var calls = Enumerable.Range(0, Keys).Select(k => Task.Run(() => CallAsync(k))).ToArray();
        await Task.Delay(s_held);
        foreach (var (connection, transaction) in holders)
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }

        await stop.CancelAsync();
        await Task.WhenAll(calls);
        await store.FlushAsync();

        var ordered = times.Order().ToArray();
        Assert.True(ordered.Length > s_least, $"Only {ordered.Length} writes were done.");
        Assert.InRange(ordered[(int)(ordered.Length * s_bar.Share)], TimeSpan.Zero, s_bar.Longest);
        for (var k = 0; k < Keys; k++)
        {
            Assert.Equal(1 + counts[k], (await LateCount.In(store).Day.GetAsync($"k{k}")).Value);
            Assert.Equal(counts[k], (await LateGauge.In(store).Day.GetAsync($"k{k}")).Value);
        }

        Assert.Equal(points, await ScalarAsync(source, "select count(*) from late_series_points"));

        // The way is the normal one again.
        var again = Stopwatch.GetTimestamp();
        await LateCount.In(store).InsertAsync("k0", 1);
        await LateGauge.In(store).InsertAsync("k0", -1);
        Elapsed.InRange(again, 0, 1);
        Assert.False(store.Scope.Writer!.Detour.IsOpen);

        async Task CallAsync(int k)
        {
            var random = new Random(k);
            while (!stop.IsCancellationRequested)
            {
                var started = Stopwatch.GetTimestamp();
                var isLocked = k < 2 || (isTable && k % 5 != 4);
                counts[k]++;
                switch (k % 5)
                {
                    case 0 when k > 4:
                        // A list with a key that is locked, which waits with it.
                        await LateCount.In(store).InsertAsync([new LateCount($"k{k}", 1), new LateCount("k0", 0)]);
                        isLocked = true;
                        break;
                    case 1:
                        await LateCount.In(store).InsertAsync([new LateCount($"k{k}", 1), new LateCount($"k{random.Next(2, Keys)}", 0)]);
                        break;
                    case 2:
                        await LateCount.In(store).Post($"k{k}");
                        await LateCount.In(store).Post("k0", 0);
                        break;
                    default:
                        await LateCount.In(store).InsertAsync($"k{k}", 1);
                        break;
                }

                if (k % 5 == 4)
                {
                    await LateGauge.In(store).Post($"k{k}", counts[k]);
                    await LateSeries.In(store).InsertAsync("s", 1);
                    await LateEvent.In(store).PutAsync(new LateEvent("e", 1));
                    Interlocked.Increment(ref points);
                }
                else
                {
                    await LateGauge.In(store).InsertAsync($"k{k}", counts[k]);
                }

                if (!isLocked)
                {
                    times.Add(Stopwatch.GetElapsedTime(started));
                }

                await Task.Delay(5);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deletion_does_not_wait_for_locks_of_another_type(bool all)
    {
        await using var database = await PostgresCluster.CreateDatabaseAsync("lock");
        await using var store = await TypedStore.OpenAsync(o =>
        {
            o.Only<LateCount>().Only<LateGauge>().UseNpgsql(database.ConnectionString);
            o.WriteTimeout = TimeSpan.FromSeconds(15);
        });
        await LateCount.In(store).InsertAsync("locked", 1);
        await LateGauge.In(store).InsertAsync([new LateGauge("k", 1), new LateGauge("l", 2)]);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using (var connection = await source.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using var command = new NpgsqlCommand("select 1 from late_count_day where name = 'locked' for update", connection);
            await command.ExecuteNonQueryAsync();
            await LateCount.In(store).Post("locked");
            await LateGauge.In(store).Post("k", 3);

            // Fails where it is not done within WriteTimeout: the lock is held until after it.
            await (all ? LateGauge.In(store).DeleteAllAsync() : LateGauge.In(store).DeleteAsync("k"));

            Assert.Equal(all ? 0L : 1L, await ScalarAsync(source, "select count(*) from late_gauge_day"));
            Assert.True(store.Scope.Writer!.Detour.IsOpen, "Nothing waits for the lock, so the test tests nothing.");
        }

        await store.FlushAsync();
        Assert.Equal(2, (await LateCount.In(store).Day.GetAsync("locked")).Value);
    }

    private static async Task<object?> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
