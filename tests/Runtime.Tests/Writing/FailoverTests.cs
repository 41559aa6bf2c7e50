using Npgsql;
using Typed.Tests.Harness.Postgres;

namespace Typed.Runtime.Tests.Writing;

/// <summary>A server that becomes a standby answers that it takes no writes (25006). Another one does, or the same one later.</summary>
public sealed class FailoverTests
{
    [Fact]
    public async Task What_was_posted_and_awaited_waits_for_a_server_that_writes()
    {
        await using var database = await PostgresCluster.CreateDatabaseAsync("failover");
        List<UnwrittenItem> rejected = [];
        await using var store = await TypedStore.OpenAsync(o =>
        {
            o.Only<LateCount>().UseNpgsql(database.ConnectionString);
            o.OnRejected = rejected.Add;
        });
        await LateCount.In(store).InsertAsync("k");
        await SetAsync(database, "on");

        await LateCount.In(store).Post("k");
        var awaited = LateCount.In(store).InsertAsync("k").AsTask();
        await Task.Delay(300);
        Assert.False(awaited.IsCompleted);

        // Sessions keep the setting with which they began, as those of a former primary would.
        await SetAsync(database, "off", andTerminate: false);
        await awaited;
        await store.FlushAsync();

        Assert.Equal(3, (await LateCount.In(store).Day.GetAsync("k")).Value);
        Assert.Empty(rejected);
    }

    [Fact]
    public async Task A_write_that_nobody_takes_in_time_says_why()
    {
        await using var database = await PostgresCluster.CreateDatabaseAsync("failover");
        await using var store = await TypedStore.OpenAsync(o =>
        {
            o.Only<LateCount>().UseNpgsql(database.ConnectionString);
            o.WriteTimeout = TimeSpan.FromSeconds(1);
        });
        await SetAsync(database, "on");
        _ = await LateCount.In(store).Day.GetAsync("k");

        var error = await Assert.ThrowsAsync<WriteFailedException>(async () => await LateCount.In(store).InsertAsync("k"));

        Assert.True(error.OutcomeKnown);
        Assert.Contains("read-only transaction", error.Message, StringComparison.Ordinal);
    }

    private static async Task SetAsync(TestDatabase database, string value, bool andTerminate = true)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString + ";Pooling=false;Options=-c default_transaction_read_only=off");
        await using var command = source.CreateCommand($"alter database \"{database.Name}\" set default_transaction_read_only = {value}");
        await command.ExecuteNonQueryAsync();
        if (andTerminate)
        {
            await PostgresCluster.TerminateBackendsAsync(database.Name);
        }
    }
}
