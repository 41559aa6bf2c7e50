using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Files;
using Typed.Tests.Harness.Time;

namespace Typed.Runtime.Tests.Series;

/// <summary>A SQLite file has one writer at a time; the others wait for it, and say so when they waited in vain.</summary>
public class SqliteLockTests
{
    [Fact]
    public async Task A_lock_that_is_held_for_ever_fails_the_write_in_time_and_says_why()
    {
        using var file = new SqliteFile();
        await using var store = await OpenAsync(file, TimeSpan.FromSeconds(1));
        await using var connection = await LockAsync(file);
        var started = Stopwatch.GetTimestamp();

        var error = await Assert.ThrowsAsync<WriteFailedException>(async () => await Hit.In(store).InsertAsync("/", 1));

        Elapsed.InRange(started, 0.9, 5);
        Assert.Contains("WriteTimeout", error.Message, StringComparison.Ordinal);
        Assert.Contains("write lock", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<WriteFailedException>(async () => await Hit.In(store).DeleteAllAsync());
        Assert.Equal(0, (await Hit.In(store).Day.GetAsync("/")).Value); // reading goes on beside it
    }

    // Those that wait for the first write are not given its time once more.
    [Fact]
    public async Task Writes_that_wait_for_others_fail_in_time_too()
    {
        using var file = new SqliteFile();
        await using var store = await OpenAsync(file, TimeSpan.FromSeconds(1));
        await using var connection = await LockAsync(file);
        var started = Stopwatch.GetTimestamp();

        var errors = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Assert.ThrowsAsync<WriteFailedException>(async () => await Hit.In(store).InsertAsync("/", 1))));

        Elapsed.InRange(started, 0.9, 4);
        Assert.All(errors, error => Assert.True(error.OutcomeKnown));
    }

    [Fact]
    public void A_timeout_that_no_timer_takes_is_refused_at_once()
    {
        var options = new TypedOptionsBuilder();

        Assert.Throws<ArgumentOutOfRangeException>(() => options.WriteTimeout = TimeSpan.MaxValue);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.WriteTimeout = TimeSpan.Zero);
        options.WriteTimeout = TimeSpan.FromDays(24);
        Assert.Throws<ArgumentNullException>(() => options.TimeProvider = null!);
    }

    [Fact]
    public async Task A_lock_that_is_given_back_costs_no_write()
    {
        using var file = new SqliteFile();
        await using var store = await OpenAsync(file, TimeSpan.FromSeconds(30));
        Task<InsertResult> writing;
        await using (await LockAsync(file))
        {
            writing = Hit.In(store).InsertAsync("/", 1).AsTask();
            await Task.Delay(300);
            Assert.False(writing.IsCompleted);
        }

        await writing;
        Assert.Equal(1, (await Hit.In(store).Day.GetAsync("/")).Value);
    }

    private static ValueTask<TypedStore> OpenAsync(SqliteFile file, TimeSpan timeout) => TypedStore.OpenAsync(o =>
    {
        o.Only<Hit>().UseSqlite($"{file.ConnectionString};Pooling=False");
        o.WriteTimeout = timeout;
    });

    private static async Task<SqliteConnection> LockAsync(SqliteFile file)
    {
        var connection = new SqliteConnection($"{file.ConnectionString};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
