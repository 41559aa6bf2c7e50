using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Typed.Tests.Harness.Files;
using Typed.Tests.Harness.Time;

namespace Typed.Runtime.Tests.Reading;

/// <summary>What becomes of each kind of read when a SQLite file is locked, slow or broken.</summary>
public class SqliteReadTests
{
    private const string Endless = "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS c FROM n WHERE i < 0)";

    // A file without WAL, as a store for reading takes it too: there who writes keeps readers out.
    [Fact]
    public async Task A_lock_that_is_given_back_costs_time_only()
    {
        using var setup = await Setup.CreateAsync();
        await setup.ExecuteAsync("PRAGMA journal_mode = DELETE");
        await using var store = await setup.OpenAsync(isReadOnly: true);
        Task<string>[] reading;
        await using (await setup.KeepAsync())
        {
            reading = [.. EveryRead.All.Values.Select(each => Task.Run(() => each.Read(store, default)))];
            await Task.Delay(500);
            Assert.All(reading, read => Assert.False(read.IsCompleted));
        }

        Assert.All(await Task.WhenAll(reading), answer => Assert.NotEmpty(answer));
    }

    [Fact]
    public async Task A_lock_that_is_held_for_ever_ends_a_read_in_time()
    {
        using var setup = await Setup.CreateAsync();
        await setup.ExecuteAsync("PRAGMA journal_mode = DELETE");
        await using var store = await setup.OpenAsync(TimeSpan.FromSeconds(1), isReadOnly: true);
        await using var keeper = await setup.KeepAsync();

        await Task.WhenAll(EveryRead.All.Values.Select(each => Task.Run(async () =>
        {
            var started = Stopwatch.GetTimestamp();
            var error = await Assert.ThrowsAsync<ReadFailedException>(() => each.Read(store, default));

            Elapsed.InRange(started, 0.9, 3);
            Assert.Contains("1 s (ReadTimeout)", error.Message, StringComparison.Ordinal);
            Assert.Contains(each.Asked, error.Message, StringComparison.Ordinal);
            Assert.IsType<SqliteException>(error.InnerException);
        })));
    }

    [Fact]
    public async Task A_statement_that_does_not_end_is_ended()
    {
        using var setup = await Setup.CreateAsync();
        await using var store = await setup.OpenAsync(TimeSpan.FromSeconds(1));
        await setup.ExecuteAsync($"ALTER TABLE hit_day RENAME TO kept; CREATE VIEW hit_day AS SELECT kept.* FROM kept, {Endless}");
        var started = Stopwatch.GetTimestamp();

        var error = await Assert.ThrowsAsync<ReadFailedException>(() => Task.Run(() => EveryRead.All["bucket"].Read(store, default)));
        Elapsed.InRange(started, 0.9, 3);
        Assert.IsType<TimeoutException>(error.InnerException);

        using var cancelling = new CancellationTokenSource(200);
        started = Stopwatch.GetTimestamp();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(() => EveryRead.All["bucket"].Read(store, cancelling.Token)));
        Elapsed.InRange(started, 0.1, 0.9);
        Assert.Equal("7", await EveryRead.All["events"].Read(store, default)); // the connection works on
    }

    [Fact]
    public async Task What_the_database_refuses_fails_at_once()
    {
        using var setup = await Setup.CreateAsync();
        await using var store = await setup.OpenAsync();
        await setup.ExecuteAsync("DROP TABLE hit_day; DROP TABLE hit_minute; DROP TABLE paged_points_points; DROP TABLE visit");

        foreach (var (asked, read) in EveryRead.All.Values)
        {
            var error = await Assert.ThrowsAsync<ReadFailedException>(() => read(store, default));

            Assert.Contains("refused", error.Message, StringComparison.Ordinal);
            Assert.Contains(asked, error.Message, StringComparison.Ordinal);
            Assert.Contains("no such table", Assert.IsType<SqliteException>(error.InnerException).Message, StringComparison.Ordinal);
        }
    }

    private sealed class Setup : IDisposable
    {
        private readonly SqliteFile _file = new();

        public static async Task<Setup> CreateAsync()
        {
            var setup = new Setup();
            await using var store = await setup.OpenAsync();
            await EveryRead.WriteAsync(store);
            return setup;
        }

        public ValueTask<TypedStore> OpenAsync(TimeSpan? timeout = null, bool isReadOnly = false) => TypedStore.OpenAsync(o =>
        {
            EveryRead.Choose(o);
            _ = isReadOnly ? o.ReadOnly() : o;
            o.UseSqlite(_file.ConnectionString);
            o.TimeProvider = new StoppedClock(EveryRead.Time);
            o.ReadTimeout = timeout ?? o.ReadTimeout;
        });

        public async Task<SqliteConnection> KeepAsync()
        {
            var connection = new SqliteConnection($"{_file.ConnectionString};Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "BEGIN EXCLUSIVE";
            await command.ExecuteNonQueryAsync();
            return connection;
        }

        public async Task ExecuteAsync(string sql)
        {
            await using var connection = new SqliteConnection($"{_file.ConnectionString};Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the text is the test's own
            command.CommandText = sql;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }

        public void Dispose() => _file.Dispose();
    }
}
