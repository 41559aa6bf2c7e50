using Microsoft.Data.Sqlite;
using Npgsql;
using Typed.Runtime.Tests.Reading;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Files;
using Typed.Tests.Harness.Postgres;
using Typed.Tests.Harness.Time;

namespace Typed.Runtime.Tests.Storage;

/// <summary>Users and files that may not be written, and locks that others hold while a store opens.</summary>
public class ReadOnlyRightsTests
{
    [Fact]
    public async Task A_user_with_select_only_reads()
    {
        await using var setup = await PostgresSetup.CreateAsync();
        await setup.ExecuteAsync($"grant select on all tables in schema public to {setup.User}; revoke select on typed_writers from {setup.User}");

        await using var store = await OpenAsync(o => o.ReadOnly().UseNpgsql(setup.ConnectionStringOfUser));

        await ReadAllAsync(store);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Hit.In(store).InsertAsync("/", 1));
    }

    [Fact]
    public async Task A_user_who_may_not_see_the_catalog_is_told_so()
    {
        await using var setup = await PostgresSetup.CreateAsync();

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await OpenAsync(o => o.ReadOnly().UseNpgsql(setup.ConnectionStringOfUser)));

        Assert.Contains("permission denied for table typed_catalog", error.Message, StringComparison.Ordinal);
    }

    // As on a standby, but for the server's own word about it.
    [Fact]
    public async Task A_session_whose_transactions_only_read()
    {
        await using var setup = await PostgresSetup.CreateAsync();
        var settings = $"{setup.ConnectionString};Options=-c default_transaction_read_only=on";

        await using var store = await OpenAsync(o => o.ReadOnly().UseNpgsql(settings));
        await ReadAllAsync(store);

        // Without the option it opens as well, since nothing is missing, and the server refuses what it does not take: as after a failover, so it is tried again.
        await using var writing = await OpenAsync(o => o.UseNpgsql(settings).WriteTimeout = TimeSpan.FromSeconds(1));
        await ReadAllAsync(writing);
        Assert.True((await Assert.ThrowsAsync<WriteFailedException>(async () => await Hit.In(writing).InsertAsync("/", 1))).OutcomeKnown);
    }

    [Fact]
    public async Task A_user_who_may_not_create_tables_writes_where_none_is_missing()
    {
        await using var setup = await PostgresSetup.CreateAsync();
        await setup.ExecuteAsync(
            $"revoke create on schema public from public; grant select, insert, update, delete on all tables in schema public to {setup.User}; "
            + $"grant usage on all sequences in schema public to {setup.User}");

        await using (var store = await OpenAsync(o => o.UseNpgsql(setup.ConnectionStringOfUser)))
        {
            await ReadAllAsync(store);
            await Hit.In(store).InsertAsync("/", 1, EveryRead.Time);
            Assert.Equal(4, (await Hit.In(store).Day.GetAsync("/", EveryRead.Time)).Value);
        }

        await setup.ExecuteAsync("drop table hit_minute");
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await OpenAsync(o => o.UseNpgsql(setup.ConnectionStringOfUser)));
        Assert.Contains("permission denied for schema public", error.Message, StringComparison.Ordinal);
    }

    // The lock of whoever is creating tables, and locks that DDL would wait for.
    [Fact]
    public async Task PostgreSQLs_locks_are_taken_only_to_create()
    {
        await using var setup = await PostgresSetup.CreateAsync();
        await using var source = NpgsqlDataSource.Create(setup.ConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select pg_advisory_xact_lock(x'5479706564'::bigint); lock table hit_day, typed_catalog, typed_writers in row exclusive mode";
        await command.ExecuteNonQueryAsync();

        await using var store = await OpenAsync(o => o.UseNpgsql(setup.ConnectionString)).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        await ReadAllAsync(store);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SQLites_lock_is_taken_only_to_create(bool isReadOnly)
    {
        using var file = new SqliteFile();
        var settings = $"{file.ConnectionString};Pooling=False";
        await FillAsync(o => o.UseSqlite(settings));

        // A writer without a flush for two months would be forgotten, but not at the price of waiting.
        await using var connection = new SqliteConnection(settings);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE typed_writers SET updated_at = (unixepoch() - 60 * 86400) * 1000000; BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();

        await using var store = await OpenAsync(o => (isReadOnly ? o.ReadOnly() : o).UseSqlite(settings)).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        await ReadAllAsync(store);
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(true, ";Mode=ReadOnly")]
    [InlineData(false, ";Mode=ReadOnly")]
    public async Task A_SQLite_file_that_may_not_be_written(bool isReadOnly, string mode)
    {
        using var file = new SqliteFile();
        await FillAsync(o => o.UseSqlite($"{file.ConnectionString};Pooling=False"));
        var before = (await File.ReadAllBytesAsync(file.Path), File.GetLastWriteTimeUtc(file.Path));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file.Path, UnixFileMode.UserRead);
        }

        await using (var store = await OpenAsync(o => (isReadOnly ? o.ReadOnly() : o).UseSqlite($"{file.ConnectionString}{mode}")))
        {
            await ReadAllAsync(store);
            await using var db = store.CreateDbContext();
            Assert.Equal(3, await System.Threading.Tasks.Task.FromResult(Hit.In(db).Day.AsQueryable().Sum(row => row.Times)));
            if (isReadOnly)
            {
                await Assert.ThrowsAsync<InvalidOperationException>(async () => await Hit.In(store).InsertAsync("/", 1));
            }
            else
            {
                Assert.Contains("readonly", (await Assert.ThrowsAsync<WriteFailedException>(async () => await Hit.In(store).InsertAsync("/", 1))).Message, StringComparison.Ordinal);
            }
        }

        Assert.Equal(before.Item1, await File.ReadAllBytesAsync(file.Path));
        Assert.Equal(before.Item2, File.GetLastWriteTimeUtc(file.Path));
    }

    [Fact]
    public async Task A_SQLite_file_that_is_not_there_is_not_made()
    {
        using var file = new SqliteFile();

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await OpenAsync(o => o.ReadOnly().UseSqlite(file.ConnectionString)));

        Assert.Contains(file.Path, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(file.Path));
    }

    private static ValueTask<TypedStore> OpenAsync(Action<TypedOptionsBuilder> configure) => TypedStore.OpenAsync(o =>
    {
        EveryRead.Choose(o);
        o.TimeProvider = new StoppedClock(EveryRead.Time);
        configure(o);
    });

    private static async Task FillAsync(Action<TypedOptionsBuilder> configure)
    {
        await using var store = await OpenAsync(configure);
        await EveryRead.WriteAsync(store);
    }

    private static async Task ReadAllAsync(TypedStore store)
    {
        foreach (var (name, (_, read)) in EveryRead.All)
        {
            Assert.False(string.IsNullOrEmpty(await read(store, default)), name);
        }
    }

    /// <summary>A database that a store has filled, and a user who may only log in.</summary>
    private sealed class PostgresSetup(TestDatabase database) : IAsyncDisposable
    {
        public string User { get; } = $"{database.Name}_user";

        public string ConnectionString => database.ConnectionString;

        public string ConnectionStringOfUser => new NpgsqlConnectionStringBuilder(ConnectionString) { Username = User, Password = "secret" }.ConnectionString;

        public static async Task<PostgresSetup> CreateAsync()
        {
            var setup = new PostgresSetup(await PostgresCluster.CreateDatabaseAsync("rights"));
            await FillAsync(o => o.UseNpgsql(setup.ConnectionString));
            await setup.ExecuteAsync($"create role {setup.User} login password 'secret'");
            return setup;
        }

        public async Task ExecuteAsync(string sql)
        {
            await using var source = NpgsqlDataSource.Create(ConnectionString);
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await ExecuteAsync($"drop owned by {User}; drop role {User}");
            NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionStringOfUser));
            await database.DisposeAsync();
        }
    }
}
