using System.Globalization;
using Npgsql;
using Typed.Tests.Harness.Postgres;
using static Typed.SeriesType;

namespace Typed.Runtime.Tests.Writing;

[TimeSeries(Type = Count, Intervals = ["minute: 1m", "day: daily by 1h"])]
public partial record LateCount([SeriesKey] string Name, [SeriesValue] long Value);

[TimeSeries(Type = Histogram, Intervals = ["minute: 1m", "day: daily by 1h"])]
public partial record LateHistogram([SeriesKey] string Name, [SeriesValue] long Value);

[TimeSeries(Type = Set, Intervals = ["minute: 1m", "day: daily by 1h"])]
public partial record LateSet([SeriesKey] string Name, [SeriesValue] long Value);

[TimeSeries(Type = Gauge, Intervals = ["minute: 1m", "day: daily by 1h"])]
public partial record LateGauge([SeriesKey] string Name, [SeriesValue] long Value);

[TimeSeries(Type = SeriesType.Series, Intervals = ["minute: 1m", "day: daily by 1h"])]
public partial record LateSeries([SeriesKey] string Name, [SeriesValue] long Value);

[EventStream]
public partial record LateEvent(string Name, long Value);

/// <summary>Requests that reach the server after another attempt at them was acknowledged: what was acknowledged once is stored once.</summary>
public sealed class LateRequestTests
{
    /// <summary>From this number of rows on points and events travel by COPY.</summary>
    private const int ByCopy = 1_200;

    private static readonly TimeSpan s_late = TimeSpan.FromMilliseconds(300);

    /// <summary>How long a late request may take: longer means that the proxy did not find it, and the test tests nothing.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(ByCopy)]
    public async Task A_late_request_adds_nothing(int rows)
    {
        await using var setup = await Setup.CreateAsync();
        foreach (var type in Setup.Types)
        {
            await setup.WriteAsync(type, "warm", rows);
            var late = setup.Proxy.DeliverLate("tardy", s_late);

            await setup.WriteAsync(type, "tardy", rows);

            await late.WaitAsync(s_patience);
            Assert.Equal(rows, await setup.CountAsync(type, "tardy"));
        }
    }

    // The stamp of the first attempt holds the writer's row: the second one waits for the late COMMIT, and finds the flush applied.
    [Theory]
    [InlineData("points")]
    [InlineData("events")]
    public async Task A_late_commit_of_a_copy_counts_once(string type)
    {
        await using var setup = await Setup.CreateAsync();
        await setup.WriteAsync(type, "warm", 1);
        var late = setup.Proxy.DeliverLate("COMMIT\0", s_late);

        await setup.WriteAsync(type, "late", ByCopy);

        await late.WaitAsync(s_patience);
        Assert.Equal(ByCopy, await setup.CountAsync(type, "late"));
    }

    // The server's processes stand still while the client gives up and writes through another connection; then they do what they had been asked.
    [Fact]
    public async Task A_server_process_that_was_stopped_adds_nothing_when_it_goes_on()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("TYPED_POSTGRES") is { Length: > 0 }, "The processes of the server that TYPED_POSTGRES names may be on another machine.");
        await using var setup = await Setup.CreateAsync("Command Timeout=2;Cancellation Timeout=500");
        for (var i = 0; i < 5; i++)
        {
            await setup.WriteAsync("count", "stopped", 1);
            await setup.WriteAsync("points", "stopped", 1);
        }

        var stopped = await setup.ProcessesAsync();
        Assert.NotEmpty(stopped);
        await SignalAsync("STOP", stopped);
        try
        {
            await setup.WriteAsync("count", "stopped", 1);
        }
        finally
        {
            await SignalAsync("CONT", stopped);
        }

        await setup.WriteAsync("points", "stopped", 1);
        await Task.Delay(TimeSpan.FromSeconds(1)); // what was asked of them before
        Assert.Equal(6, await setup.CountAsync("count", "stopped"));
        Assert.Equal(6, await setup.CountAsync("points", "stopped"));
    }

    [Fact]
    public async Task Totals_are_exact_whatever_becomes_of_requests()
    {
        const int Writers = 8;
        await using var setup = await Setup.CreateAsync();
        var length = Environment.GetEnvironmentVariable("TYPED_SOAK") == "1" ? TimeSpan.FromMinutes(5) : TimeSpan.FromSeconds(12);
        using var stop = new CancellationTokenSource(length);
        setup.Proxy.Misbehave(probability: 0.04, seed: 17);

        var written = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            var sums = Setup.Types.ToDictionary(type => type, _ => 0L, StringComparer.Ordinal);
            while (!stop.IsCancellationRequested)
            {
                var type = Setup.Types[random.Next(Setup.Types.Length)];
                var rows = random.Next(20) == 0 ? ByCopy : random.Next(1, 5);
                await setup.WriteAsync(type, $"w{writer}", rows);
                sums[type] += rows;
            }

            return sums;
        })));

        setup.Proxy.Restore();
        await Task.Delay(s_late * 2); // the last late ones
        for (var writer = 0; writer < Writers; writer++)
        {
            foreach (var type in Setup.Types)
            {
                Assert.Equal(written[writer][type], await setup.CountAsync(type, $"w{writer}"));
            }
        }
    }

    private static async Task SignalAsync(string signal, IEnumerable<int> processes)
    {
        foreach (var process in processes)
        {
            using var kill = System.Diagnostics.Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
            Assert.Equal(0, kill.ExitCode);
        }
    }

    private sealed class Setup(TestDatabase database, BreakableProxy proxy, TypedStore store) : IAsyncDisposable
    {
        public static readonly string[] Types = ["count", "histogram", "set", "gauge", "points", "events"];

        private long _last;

        public BreakableProxy Proxy => proxy;

        public static async Task<Setup> CreateAsync(string settings = "")
        {
            var database = await PostgresCluster.CreateDatabaseAsync("late");
            var proxy = BreakableProxy.To($"{database.ConnectionString};{settings}");
            var store = await TypedStore.OpenAsync(o => o
                .Only<LateCount>().Only<LateHistogram>().Only<LateSet>().Only<LateGauge>().Only<LateSeries>().Only<LateEvent>().UseNpgsql(proxy.ConnectionString));
            return new Setup(database, proxy, store);
        }

        /// <summary>Writes so many points or events; values of sets are new ones, so that each of them counts, and a gauge is one row.</summary>
        public async Task WriteAsync(string type, string name, int rows)
        {
            var numbers = Enumerable.Range(0, rows);
            switch (type)
            {
                case "count":
                    await LateCount.In(store).InsertAsync(numbers.Select(_ => new LateCount(name, 1)));
                    break;
                case "histogram":
                    await LateHistogram.In(store).InsertAsync(numbers.Select(i => new LateHistogram(name, i % 7)));
                    break;
                case "set":
                    await LateSet.In(store).InsertAsync(numbers.Select(_ => new LateSet(name, Interlocked.Increment(ref _last))));
                    break;
                case "gauge":
                    await LateGauge.In(store).InsertAsync(numbers.Select(i => new LateGauge(name + Interlocked.Increment(ref _last), i)));
                    break;
                case "points":
                    await LateSeries.In(store).InsertAsync(numbers.Select(i => new LateSeries(name, i)));
                    break;
                default:
                    await LateEvent.In(store).PutAsync(numbers.Select(i => new LateEvent(name, i)));
                    break;
            }
        }

        /// <summary>What is stored, counted by hand beside the store.</summary>
        public async Task<long> CountAsync(string type, string name)
        {
            var sql = type switch
            {
                "count" => "select coalesce(sum(value), 0)::bigint from late_count_day where name = $1",
                "histogram" => "select coalesce(sum(count), 0)::bigint from late_histogram_day where name = $1",
                "set" => "select count(distinct value) from late_set_day where name = $1",
                "gauge" => "select count(*) from late_gauge_day where name ~ ('^' || $1 || '\\d+$')",
                "points" => "select count(*) from late_series_points where name = $1",
                _ => "select count(*) from late_event where body ->> 'name' = $1",
            };
            await using var source = NpgsqlDataSource.Create(database.ConnectionString);
            await using var command = source.CreateCommand(sql);
            command.Parameters.AddWithValue(name);
            return (long)(await command.ExecuteScalarAsync())!;
        }

        /// <summary>The server's processes that serve the store.</summary>
        public async Task<IReadOnlyList<int>> ProcessesAsync()
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

        public async ValueTask DisposeAsync()
        {
            await store.DisposeAsync();
            await proxy.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
