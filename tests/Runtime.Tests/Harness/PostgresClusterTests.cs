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

    // A database may have served other tests before.
    [Fact]
    public async Task What_a_test_leaves_the_next_one_does_not_see()
    {
        for (var time = 0; time < 8; time++)
        {
            await using var database = await PostgresCluster.CreateDatabaseAsync("left");
            await using var source = NpgsqlDataSource.Create(database.ConnectionString);
            Assert.Equal("public: =U/pg_database_owner", await ScalarAsync(source, """
                select string_agg(nspname || ': ' || (select string_agg(acl::text, ',') from unnest(nspacl) acl where acl::text like '=%'), ' ')
                from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
                """));
            Assert.Equal(0L, await ScalarAsync(source, "select count(*) from pg_class where oid >= 16384"));
            Assert.Equal("64MB", await ScalarAsync(source, "show maintenance_work_mem"));
            Assert.Equal(1L, await ScalarAsync(source, "select count(*) from pg_stat_activity where datname = current_database()"));
            Assert.True(await ScalarAsync(source, "select xact_rollback from pg_stat_database where datname = current_database()") is < 100L);

            await ScalarAsync(source, $"""
                create table "Left"(id int primary key, text text); insert into "Left" values (1, 'x');
                create schema other; create table other.table_of_it(id serial); create function other.f() returns int language sql as 'select 1';
                alter database {database.Name} set maintenance_work_mem = '8MB'; revoke usage on schema public from public;
                """);
            for (var i = 0; i < 100; i++)
            {
                await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(source, "select 1 / 0"));
            }
        }
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

    private static async Task<object?> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
