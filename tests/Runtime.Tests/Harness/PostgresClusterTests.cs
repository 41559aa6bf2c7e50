using Npgsql;
using Typed.Tests.Harness.Postgres;

namespace Typed.Runtime.Tests.Harness;

public class PostgresClusterTests
{
    [Fact]
    public async Task A_created_database_answers()
    {
        await using var database = await PostgresCluster.CreateDatabaseAsync("Answers!");
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);

        await using var command = source.CreateCommand("select 1");

        Assert.Equal(1, await command.ExecuteScalarAsync());
        Assert.StartsWith("typed_answers_", database.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_drops_a_database_that_is_in_use()
    {
        var database = await PostgresCluster.CreateDatabaseAsync("dropped");
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();

        await database.DisposeAsync();

        await using var again = new NpgsqlConnection(database.ConnectionString);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => again.OpenAsync());
        Assert.Equal(PostgresErrorCodes.InvalidCatalogName, refusal.SqlState);
    }

    [Fact]
    public async Task Terminate_ends_open_sessions_and_counts_them()
    {
        await using var database = await PostgresCluster.CreateDatabaseAsync("terminate");
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();

        Assert.Equal(1, await PostgresCluster.TerminateBackendsAsync(database.Name));

        await using var command = new NpgsqlCommand("select 1", connection);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => command.ExecuteScalarAsync());
    }

    [Theory]
    [InlineData("encoding", "server_encoding", "UTF8")]
    [InlineData("a commit waits for its log", "synchronous_commit", "on")]
    public async Task The_server_behaves_like_a_real_one(string what, string setting, string expected)
    {
        await using var source = NpgsqlDataSource.Create(await PostgresCluster.GetConnectionStringAsync());
        await using var command = source.CreateCommand($"show {setting}");

        Assert.Equal((what, expected), (what, (string)(await command.ExecuteScalarAsync())!));
    }
}
