using Npgsql;
using Typed.Tests.Harness.Postgres;

namespace Typed.Runtime.Tests.Harness;

public class PrivateClusterTests
{
    [PrivateClusterFact]
    public async Task Committed_rows_outlive_a_crash()
    {
        await using var cluster = await PrivateCluster.CreateAsync();
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using (var write = source.CreateCommand("create table kept as select 7 as value"))
        {
            await write.ExecuteNonQueryAsync();
        }

        await cluster.CrashAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ReadAsync(source));
        await cluster.StartAsync();

        source.Clear();
        Assert.Equal(7, await ReadAsync(source));
    }

    [PrivateClusterFact]
    public async Task Two_clusters_live_side_by_side_and_leave_when_disposed()
    {
        await using var first = await PrivateCluster.CreateAsync();
        var second = await PrivateCluster.CreateAsync();
        Assert.NotEqual(first.Port, second.Port);

        await second.DisposeAsync();

        await using var connection = new NpgsqlConnection(second.ConnectionString);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => connection.OpenAsync());
    }

    [PrivateClusterFact]
    public async Task An_order_that_fails_says_so_with_the_servers_log()
    {
        await using var cluster = await PrivateCluster.CreateAsync();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.StartAsync());

        Assert.Contains("another server might be running", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<int> ReadAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("select value from kept");
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
