using Npgsql;
using Typed.Tests.Harness.Postgres;

namespace Typed.Runtime.Tests.Harness;

public class BreakableProxyTests
{
    [Fact]
    public async Task Passes_both_ways_until_told_otherwise()
    {
        await using var setup = await Setup.CreateAsync();

        Assert.Equal(200_000, await setup.ThroughProxyAsync("select length(repeat('x', 200000))"));
        Assert.Equal(0, await setup.ThroughProxyAsync("select count(*)::int from told"));
    }

    [Fact]
    public async Task A_commit_whose_answer_is_cut_has_happened()
    {
        await using var setup = await Setup.CreateAsync();
        var cut = setup.Proxy.CutReplyToCommit();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => setup.InsertAsync(1));

        await cut.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(1, await setup.DirectlyAsync("select count(*)::int from told"));
        await setup.InsertAsync(2); // once means once
        Assert.Equal(2, await setup.DirectlyAsync("select count(*)::int from told"));
    }

    [Fact]
    public async Task A_statement_whose_answer_is_cut_has_run()
    {
        await using var setup = await Setup.CreateAsync();
        var cut = setup.Proxy.CutReplyTo("values (3)");

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => setup.ThroughProxyAsync("insert into told values (3)"));

        await cut.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(3, await setup.DirectlyAsync("select value from told"));
    }

    [Fact]
    public async Task A_cut_waits_for_its_text()
    {
        await using var setup = await Setup.CreateAsync();

        var cut = setup.Proxy.CutReplyTo("no such text");
        await setup.InsertAsync(1);

        Assert.False(cut.IsCompleted);
    }

    [Fact]
    public async Task Cut_replies_break_every_connection_until_restored()
    {
        await using var setup = await Setup.CreateAsync();
        await using var source = NpgsqlDataSource.Create(setup.Proxy.ConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("insert into told values (1)", connection);

        setup.Proxy.CutReplies();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => command.ExecuteNonQueryAsync());
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => setup.ThroughProxyAsync("select 1"));
        Assert.Equal(1, await setup.DirectlyAsync("select count(*)::int from told"));
        setup.Proxy.Restore();
        Assert.Equal(1, await setup.ThroughProxyAsync("select 1"));
    }

    [Fact]
    public async Task Unplugged_nothing_arrives_until_restored()
    {
        await using var setup = await Setup.CreateAsync();
        await setup.ThroughProxyAsync("select 1");

        setup.Proxy.Unplug();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => setup.InsertAsync(1));
        Assert.Equal(0, await setup.DirectlyAsync("select count(*)::int from told"));
        setup.Proxy.Restore();
        await setup.InsertAsync(1);
    }

    private sealed class Setup(TestDatabase database, BreakableProxy proxy) : IAsyncDisposable
    {
        public BreakableProxy Proxy => proxy;

        public static async Task<Setup> CreateAsync()
        {
            var database = await PostgresCluster.CreateDatabaseAsync("proxy");
            var setup = new Setup(database, BreakableProxy.To(database.ConnectionString));
            await setup.DirectlyAsync("create table told (value int)");
            return setup;
        }

        public Task<object?> DirectlyAsync(string sql) => ScalarAsync(database.ConnectionString, sql);

        public Task<object?> ThroughProxyAsync(string sql) => ScalarAsync(proxy.ConnectionString, sql);

        public async Task InsertAsync(int value)
        {
            await using var source = NpgsqlDataSource.Create(proxy.ConnectionString);
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var command = new NpgsqlCommand("insert into told values ($1)", connection, transaction);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = value });
            await command.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await proxy.DisposeAsync();
            await database.DisposeAsync();
        }

        private static async Task<object?> ScalarAsync(string connectionString, string sql)
        {
            await using var source = NpgsqlDataSource.Create(connectionString);
            await using var command = source.CreateCommand(sql);
            return await command.ExecuteScalarAsync();
        }
    }
}
