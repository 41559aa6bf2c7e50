using Npgsql;
using Typed.Tests.Harness.Postgres;
using Xunit.Sdk;
using Xunit.v3;

namespace Typed.Runtime.Tests.Harness;

public class PrivateClusterTests
{
    [Fact]
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

    [Fact]
    public async Task Two_clusters_live_side_by_side_and_leave_when_disposed()
    {
        await using var first = await PrivateCluster.CreateAsync();
        var second = await PrivateCluster.CreateAsync();
        Assert.NotEqual(first.Port, second.Port);

        await second.DisposeAsync();

        await using var connection = new NpgsqlConnection(second.ConnectionString);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => connection.OpenAsync());
    }

    [Fact]
    public async Task An_order_that_fails_says_so_with_the_servers_log()
    {
        await using var cluster = await PrivateCluster.CreateAsync();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.StartAsync());

        Assert.Contains("another server might be running", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_server_a_test_is_skipped_unless_there_must_be_one()
    {
        const string Reason = "No PostgreSQL: none here. Install a server or set TYPED_POSTGRES.";

        Assert.Equal((nameof(SkipException), DynamicSkipToken.Value + Reason), Ending(isRequired: false));
        Assert.Equal((nameof(InvalidOperationException), Reason), Ending(isRequired: true));

        static (string Type, string Message) Ending(bool isRequired)
        {
            try
            {
                PrivateCluster.GiveUp("none here", isRequired);
                return default;
            }
            catch (Exception e) // Assert.Throws would let a skip through.
            {
                return (e.GetType().Name, e.Message);
            }
        }
    }

    private static async Task<int> ReadAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("select value from kept");
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
