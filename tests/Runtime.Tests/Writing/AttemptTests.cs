using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Typed.Tests.Harness.Postgres;
using Typed.Tests.Harness.Time;

namespace Typed.Runtime.Tests.Writing;

/// <summary>A server or a network that says nothing: callers hear of it in time, and what was posted arrives once.</summary>
public sealed class AttemptTests
{
    private static readonly TimeSpan s_stall = Environment.GetEnvironmentVariable("TYPED_SOAK") == "1" ? TimeSpan.FromSeconds(15) : TimeSpan.FromSeconds(3.5);

    [Theory]
    [InlineData("proxy")]
    [InlineData("processes")]
    public async Task A_stalled_server(string kind)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("TYPED_POSTGRES") is { Length: > 0 }, "The processes of the server that TYPED_POSTGRES names may be on another machine.");
        await using var database = await PostgresCluster.CreateDatabaseAsync("stall");
        await using var proxy = BreakableProxy.To(database.ConnectionString);
        await using var store = await TypedStore.OpenAsync(o =>
        {
            o.Only<LateCount>().Only<LateSeries>().Only<LateEvent>().UseNpgsql(proxy.ConnectionString);
            (o.WriteTimeout, o.Writers) = (TimeSpan.FromSeconds(2), 2);
        });
        for (var i = 0; i < 10; i++)
        {
            await LateCount.In(store).InsertAsync("warm", 1);
            await LateSeries.In(store).InsertAsync([new LateSeries("warm", i), new LateSeries("warmer", i)]);
        }

        var stopped = kind == "proxy" ? [] : await ProcessesAsync(database);
        if (kind == "proxy")
        {
            proxy.GoSilent();
        }
        else
        {
            await SignalAsync("STOP", stopped);
        }

        var stall = Task.Delay(s_stall);
        List<(string Told, Task Call)> calls = [];
        try
        {
            for (var i = 0; i < 2_000; i++)
            {
                await LateSeries.In(store).Post($"posted{i % 5}", i);
                await LateEvent.In(store).Post(new LateEvent("posted", i));
            }

            // Processes that stand still keep only those that have their connections.
            calls = [.. Enumerable.Range(0, 8).Select(i => ($"k{i}", TimedAsync(() => LateCount.In(store).InsertAsync($"k{i}", 1).AsTask(), mayPass: kind != "proxy")))];
            await Task.WhenAll([.. calls.Select(each => each.Call), CancelledAsync(store)]);
            await stall;
        }
        finally
        {
            proxy.Restore();
            await SignalAsync("CONT", stopped);
        }

        await LateCount.In(store).InsertAsync("after", 1);
        await store.FlushAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        Assert.Equal(2_000L, await ScalarAsync(source, "select count(*) from late_series_points where name like 'posted%'"));
        Assert.Equal(2_000L, await ScalarAsync(source, "select count(*) from late_event"));
        Assert.Equal(2_000L, await ScalarAsync(source, "select count(distinct body ->> 'value') from late_event"));
        Assert.Equal(1L, await ScalarAsync(source, "select sum(value)::bigint from late_count_day where name = 'after'"));
        foreach (var (name, call) in calls)
        {
            var stored = (long)(await ScalarAsync(source, $"select coalesce(sum(value), 0)::bigint from late_count_day where name = '{name}'"))!;
            var outcome = await (Task<bool?>)call;
            Assert.True(outcome is { } written ? stored == (written ? 1 : 0) : stored is 0 or 1, $"{name}: told {outcome}, stored {stored}");
        }
    }

    /// <summary>True: written; false: not written; null: nobody knows.</summary>
    private static async Task<bool?> TimedAsync(Func<Task> call, bool mayPass)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await call();
            Assert.True(mayPass, "Nothing can have passed.");
            return true;
        }
        catch (WriteFailedException error)
        {
            Elapsed.InRange(started, 1.95, 2.5);
            Assert.Contains(error.OutcomeKnown ? "Nothing was written" : "not known", error.Message, StringComparison.Ordinal);
            return error.OutcomeKnown ? false : null;
        }
    }

    private static async Task CancelledAsync(TypedStore store)
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));
        var started = Stopwatch.GetTimestamp();
        try
        {
            await LateCount.In(store).InsertAsync([new LateCount("cancelled", 1), new LateCount("too", 1)], cancel.Token);
        }
        catch (OperationCanceledException)
        {
            Elapsed.InRange(started, 0.45, 0.7);
        }
    }

    private static async Task<IReadOnlyList<int>> ProcessesAsync(TestDatabase database)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand("select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        await using var reader = await command.ExecuteReaderAsync();
        List<int> found = [];
        while (await reader.ReadAsync())
        {
            found.Add(reader.GetInt32(0));
        }

        return found;
    }

    private static async Task SignalAsync(string signal, IEnumerable<int> processes)
    {
        foreach (var process in processes)
        {
            using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
        }
    }

    private static async Task<object?> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
