using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using Typed.Tests.Harness.Postgres;

namespace Typed.Runtime.Tests.Writing;

/// <summary>What an administrator sets on a server for a while, or for good, costs time and no item: a role that may not log in, statements that may not last.</summary>
public sealed class ServerLimitTests
{
    [Fact]
    public async Task A_role_that_may_not_log_in_for_a_while_loses_nothing()
    {
        await using var database = await PostgresCluster.CreateDatabaseAsync("login");
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var role = $"app_{Guid.NewGuid():N}";
        await ExecuteAsync(source, $"create role {role} login password 'app' superuser");
        try
        {
            ConcurrentBag<UnwrittenItem> rejected = [];
            var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = role, Password = "app" };
            await using (var store = await TypedStore.OpenAsync(o =>
            {
                o.Only<LateSeries>().UseNpgsql(connection.ConnectionString);
                (o.Writers, o.OnRejected) = (2, rejected.Add);
            }))
            {
                await LateSeries.In(store).InsertAsync("before", 1);
                await ExecuteAsync(source, $"alter role {role} nologin");
                await ExecuteAsync(source, $"select pg_terminate_backend(pid) from pg_stat_activity where usename = '{role}'");
                for (var i = 0; i < 500; i++)
                {
                    await LateSeries.In(store).Post($"k{i % 20}", i);
                }

                var awaited = LateSeries.In(store).InsertAsync("awaited", 1).AsTask();
                await Task.Delay(TimeSpan.FromSeconds(1));
                Assert.False(awaited.IsCompleted);
                await ExecuteAsync(source, $"alter role {role} login");
                await awaited;
                await store.FlushAsync();
            }

            Assert.Empty(rejected);
            Assert.Equal(502L, await ScalarAsync(source, "select count(*) from late_series_points"));
            NpgsqlConnection.ClearPool(new NpgsqlConnection(connection.ConnectionString));
        }
        finally
        {
            await ExecuteAsync(source, $"drop owned by {role} cascade");
            await ExecuteAsync(source, $"drop role {role}");
        }
    }

    // Each row takes 2 ms: all together four times what a statement may take.
    [Fact]
    public async Task A_posted_flush_that_takes_longer_than_a_statement_may_is_split()
    {
        const int Posts = 2_000;
        await using var database = await PostgresCluster.CreateDatabaseAsync("limit");
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        ConcurrentBag<UnwrittenItem> rejected = [];
        await using var store = await TypedStore.OpenAsync(o =>
        {
            o.Only<LateCount>().UseNpgsql($"{database.ConnectionString};Options=-c statement_timeout=1000");
            (o.Writers, o.OnRejected, o.FlushInterval, o.BatchSize) = (1, rejected.Add, TimeSpan.FromHours(1), 10_000);
        });
        await SlowAsync(source, "for each row", seconds: 0.002);
        for (var i = 0; i < Posts; i++)
        {
            await LateCount.In(store).Post($"k{i}");
        }

        await store.FlushAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Empty(rejected);
        Assert.Equal((long)Posts, await ScalarAsync(source, "select sum(value)::bigint from late_count_day"));
    }

    [Fact]
    public async Task A_flush_that_takes_longer_than_the_Command_Timeout_is_written()
    {
        await using var database = await PostgresCluster.CreateDatabaseAsync("limit");
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var store = await TypedStore.OpenAsync(o => o.Only<LateCount>().UseNpgsql($"{database.ConnectionString};Command Timeout=1"));
        await SlowAsync(source, "for each statement", seconds: 2);

        await LateCount.In(store).InsertAsync("k", 1);

        Assert.Equal(1L, await ScalarAsync(source, "select sum(value)::bigint from late_count_day"));
    }

    private static async Task SlowAsync(NpgsqlDataSource source, string each, double seconds)
    {
        await ExecuteAsync(
            source,
            string.Create(
                CultureInfo.InvariantCulture,
                $"create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep({seconds}); return new; end $$"));
        await ExecuteAsync(source, $"create trigger slow before insert on late_count_day {each} execute function slow()");
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
