using Npgsql;
using Typed.Tests.Harness.Postgres;

namespace Typed.Runtime.Tests.Writing;

/// <summary>Two stores with several flushes at once each, as two processes would have them, on the same buckets.</summary>
public sealed class ManyWritersTests
{
    private const int Buckets = 2_000;

    [Fact]
    public async Task Eight_writers_on_the_same_buckets_never_deadlock_and_totals_are_exact()
    {
        var rounds = Environment.GetEnvironmentVariable("TYPED_SOAK") == "1" ? 60 : 8;
        await using var database = await PostgresCluster.CreateDatabaseAsync("many");
        await using var first = await OpenAsync(database);
        await using var second = await OpenAsync(database);
        var expected = new long[Buckets];
        var latest = 0L;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var store = writer % 2 == 0 ? first : second;
            var random = new Random(writer);
            var order = Enumerable.Range(0, Buckets).ToArray();
            for (var round = 0; round < rounds; round++)
            {
                random.Shuffle(order);
                await LateCount.In(store).InsertAsync(order.Select(k => new LateCount($"k{k}", 1)));
                await LateGauge.In(store).InsertAsync(order.Take(500).Select(k => new LateGauge($"k{k}", Interlocked.Increment(ref latest))));
                await LateHistogram.In(store).InsertAsync(order.Take(500).Select(k => new LateHistogram($"k{k}", k % 3)));
                await LateSet.In(store).InsertAsync(order.Take(500).Select(k => new LateSet($"k{k}", k % 3)));
                foreach (var k in order)
                {
                    Interlocked.Increment(ref expected[k]);
                }

                var singles = order.Take(100).Select(k => LateCount.In(store).InsertAsync($"k{k}", 1).AsTask()).ToArray();
                foreach (var k in order.Take(300))
                {
                    await LateCount.In(store).Post($"k{k}");
                    Interlocked.Increment(ref expected[k]);
                }

                foreach (var k in order.Take(100))
                {
                    Interlocked.Increment(ref expected[k]);
                }

                await Task.WhenAll(singles);
            }
        })));

        await first.FlushAsync();
        await second.FlushAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var stored = new long[Buckets];
        await using (var command = source.CreateCommand("select name, sum(value)::bigint from late_count_day group by name"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                stored[int.Parse(reader.GetString(0)[1..], System.Globalization.CultureInfo.InvariantCulture)] = reader.GetInt64(1);
            }
        }

        Assert.Equal(expected, stored);
        Assert.Equal(8L * rounds * 500, await ScalarAsync(source, "select sum(count)::bigint from late_histogram_day"));

        // Sessions report their deadlocks when they become idle, at most a second later.
        await Task.Delay(TimeSpan.FromSeconds(1.2));
        Assert.Equal(0L, await ScalarAsync(source, "select deadlocks from pg_stat_database where datname = current_database()"));
    }

    private static ValueTask<TypedStore> OpenAsync(TestDatabase database) => TypedStore.OpenAsync(o =>
    {
        o.Only<LateCount>().Only<LateGauge>().Only<LateHistogram>().Only<LateSet>().UseNpgsql(database.ConnectionString);
        o.Writers = 4;
    });

    private static async Task<object?> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
