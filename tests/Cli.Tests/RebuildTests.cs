using System.Globalization;
using Typed.Cli.Output;
using Typed.Cli.Tests.Declared;
using Typed.Cli.Tests.Harness;
using Typed.Tests.Harness.Databases;

namespace Typed.Cli.Tests;

/// <summary>Intervals computed anew without their classes: row for row what the library made when the points were inserted.</summary>
public abstract class RebuildTests(DatabaseServer server) : CliSuite(server)
{
    private const int Many = 160_000;

    private static readonly DateTimeOffset s_noon = new(2026, 3, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] s_names = ["minute", "hour", "day", "week"];

    /// <summary>Times over three weeks, in which the clocks of Paris are changed.</summary>
    private static readonly DateTimeOffset[] s_times = [.. Times(900)];

    [Fact]
    public async Task Counts()
    {
        await using (var store = await OnlyAsync<Turnover>())
        {
            await Turnover.In(store).InsertAsync(s_times.Select((at, i) => new Turnover($"k{i % 5}", i % 3, (i % 7 * 1.1m) - 0.05m, at)));
        }

        await EachAsync("turnover");
    }

    [Fact]
    public async Task Counts_without_a_key()
    {
        await using (var store = await OnlyAsync<RebuiltTotal>())
        {
            await RebuiltTotal.In(store).InsertAsync(s_times.Select((at, i) => new RebuiltTotal(i % 11, at)));
        }

        await EachAsync("re_total");
    }

    [Fact]
    public async Task Histograms()
    {
        await using (var store = await OnlyAsync<RebuiltHistogram>())
        {
            await RebuiltHistogram.In(store).InsertAsync(s_times.Select((at, i) => new RebuiltHistogram(new Guid(i % 3, 0, 0, new byte[8]), i % 9, at)));
        }

        await EachAsync("re_histogram");
    }

    [Fact]
    public async Task Sets()
    {
        await using (var store = await OnlyAsync<RebuiltSet>())
        {
            await RebuiltSet.In(store).InsertAsync(s_times.Select((at, i) => new RebuiltSet($"k{i % 4}", $"visitor {i % 13}", at)));
        }

        await EachAsync("re_set");
    }

    [Fact]
    public async Task Gauges()
    {
        await using (var store = await OnlyAsync<RebuiltGauge>())
        {
            await RebuiltGauge.In(store).InsertAsync(s_times.Select((at, i) => new RebuiltGauge($"k{i % 4}", TimeSpan.FromSeconds(i), at)));
        }

        await EachAsync("re_gauge");
    }

    // Halves, whose sums are exact in any order. The squares are not.
    [Fact]
    public async Task Summaries()
    {
        await using (var store = await OnlyAsync<RebuiltSummary>())
        {
            await RebuiltSummary.In(store).InsertAsync(s_times.Select((at, i) => new RebuiltSummary($"k{i % 3}", i % 17 / 2.0, at)));
        }

        const string Columns = "name, bucket, \"count\", \"sum\", \"min\", \"max\", round(cast(squared_deviations as numeric), 6)";
        await EachAsync("re_summary", interval => interval == "day" ? $"slot, {Columns}" : Columns);
    }

    [Fact]
    public async Task Killed_in_the_middle_and_started_again()
    {
        await InsertKeysAsync();
        var expected = await RowsAsync("re_keys", "hour");
        await Database.ScalarAsync("delete from re_keys_hour");
        using (var rebuild = new CliProcess(Database, "rebuild", "re_keys", "hour", "--from", "minute", "--yes"))
        {
            await rebuild.UntilAsync(async () => await Database.RowsAsync("re_keys_hour") > 0);
            await rebuild.KillAsync();
        }

        // Each key has two hours: those that are there are whole.
        var stored = await RowsAsync("re_keys", "hour");
        Assert.InRange(stored.Count, 1, expected.Count - 1);
        Assert.Empty(stored.Except(expected, StringComparer.Ordinal));
        Assert.Equal(0L, Convert.ToInt64(
            await Database.ScalarAsync("select count(*) from (select name from re_keys_hour group by name having count(*) <> 2) as k"), CultureInfo.InvariantCulture));

        var again = (await DoAsync("rebuild", "re_keys", "hour", "--from", "minute", "--yes", "--json")).Json[0];

        Assert.Equal(Many / 20, again.GetProperty("keys").GetInt32());
        Assert.Equal(expected, await RowsAsync("re_keys", "hour"));
    }

    [Fact]
    public async Task Writes_beside_it_aturnovered_once_and_reads_see_whole_keys()
    {
        await using var store = await OnlyAsync<Turnover>();
        await Turnover.In(store).InsertAsync(s_times.Select((at, i) => new Turnover($"k{i % 40}", 1, 1, at)));
        await Turnover.In(store).InsertAsync(s_times.Select(at => new Turnover("still", 1, 1, at)));
        using var stop = new CancellationTokenSource();
        var written = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; !stop.IsCancellationRequested; count++)
            {
                await Turnover.In(store).InsertAsync(new Turnover($"k{count % 50}", 1, 1, s_times[count % s_times.Length]));
            }

            return count;
        })));
        var read = Task.Run(async () =>
        {
            List<decimal> sums = [];
            while (!stop.IsCancellationRequested)
            {
                var sum = 0m;
                await foreach (var bucket in Turnover.In(store).Week.For(new Turnover.Key("still", 1)).All())
                {
                    sum += bucket.Value;
                }

                sums.Add(sum);
            }

            return sums;
        });

        for (var i = 0; i < 4; i++)
        {
            await DoAsync("rebuild", "turnover", "day", "--from", "minute", "--yes");
            await DoAsync("rebuild", "turnover", "week", "--from", "day", "--yes");
        }

        await stop.CancelAsync();
        var expected = (s_times.Length * 2) + (await written).Sum();
        Assert.Equal([s_times.Length], (await read).Distinct());
        var handle = Turnover.In(store);
        foreach (var interval in new[] { handle.Minute, handle.Day, handle.Week })
        {
            var sum = 0m;
            await foreach (var found in interval.ForAll().All())
            {
                sum += found.Bucket.Value;
            }

            Assert.Equal(expected, sum);
        }
    }

    [Fact]
    public async Task It_asks_and_says_what_it_did()
    {
        await using (var store = await OnlyAsync<Turnover>())
        {
            await Turnover.In(store).InsertAsync([new("fr", 1, 2, s_noon), new("fr", 1, 3, s_noon.AddHours(1)), new("de", 1, 4, s_noon)]);
        }

        var whole = await RowsAsync("turnover", "week");
        await Database.ScalarAsync("update turnover_week set amount = '7'");
        string[] args = ["rebuild", "turnover", "week", "--from", "hour", "-c", Database.ConnectionString];
        var unasked = await CliRun.RunAsync(args);
        var no = await CliRun.RunAsync(args, input: "n\n");
        Assert.Equal((ExitCodes.Usage, ExitCodes.Interrupted), (unasked.ExitCode, no.ExitCode));
        Assert.NotEqual(whole, await RowsAsync("turnover", "week"));

        var yes = await CliRun.RunAsync(args, input: "y\n");

        Assert.Equal(
            (ExitCodes.Done, "Rebuild week of turnover from hour: 2 keys, all since 2026-03-16T00:00:00Z? [y/N] "
                + "week of turnover rebuilt from hour: 2 keys, all since 2026-03-16T00:00:00Z.\n"),
            (yes.ExitCode, yes.Error));
        Assert.Equal(whole, await RowsAsync("turnover", "week"));
        await Database.ScalarAsync("delete from turnover_hour");
        Assert.Equal("hour of turnover holds nothing to rebuild week from.\n", (await CliRun.RunAsync(args)).Error);
        Assert.Equal(whole, await RowsAsync("turnover", "week"));
    }

    [Fact]
    public async Task What_cannot_be_rebuilt_is_refused()
    {
        await using (var store = await OpenAsync())
        {
            await Turnover.In(store).InsertAsync([new("fr", 1, 2, s_noon)]);
        }

        var rows = await RowsAsync("turnover", "week");
        await RefuseAsync(ExitCodes.NotFound, "turnover has no interval 'wek'. Did you mean week?", "turnover", "wek", "--from", "hour");
        await RefuseAsync(ExitCodes.NotFound, "turnover has no interval 'hours'. Did you mean hour?", "turnover", "week", "--from", "hours");
        await RefuseAsync(ExitCodes.NotFound, "There is no series 'turnove'. Did you mean turnover", "turnove", "week", "--from", "hour");
        await RefuseAsync(ExitCodes.NotFound, "There is no series 'shop.visits'. It is a stream.", "shop.visits", "week", "--from", "hour");
        await RefuseAsync(ExitCodes.Usage, "Interval 'week' cannot be rebuilt from itself. Give a finer one: day: daily by 1h in Europe/Paris; hour: 1h; minute: 1m.", "turnover", "week", "--from", "week");
        await RefuseAsync(
            ExitCodes.Usage, "'hour: 1h' cannot be rebuilt from 'week: weekly': its cell of 2026-03-16T01:00:00Z begins inside one of 'week'. Give a finer one: day: daily by 1h in Europe/Paris; minute: 1m.",
            "turnover", "hour", "--from", "week");
        await RefuseAsync(ExitCodes.Usage, "'minute: 1m' cannot be rebuilt from 'hour: 1h': its cell of 2026-03-21T12:01:00Z begins inside one of 'hour'. turnover has no finer interval.", "turnover", "minute", "--from", "hour");
        await RefuseAsync(ExitCodes.Usage, "temperature is a Series: it keeps its points and no buckets", "temperature", "day", "--from", "hour");
        await RefuseAsync(ExitCodes.Usage, "Option '--from' is required", "turnover", "week");
        Assert.Equal(rows, await RowsAsync("turnover", "week"));
    }

    [Fact]
    public async Task One_who_may_only_read_is_refused()
    {
        await using (var store = await OnlyAsync<Turnover>())
        {
            await Turnover.In(store).InsertAsync([new("fr", 1, 2, s_noon)]);
        }

        var connection = $"{Database.ConnectionString};Mode=ReadOnly";
        if (Server == DatabaseServer.Postgres)
        {
            var user = $"reader_{Guid.NewGuid():N}";
            await Database.ScalarAsync($"create role {user} login password 'secret'; grant select on all tables in schema public to {user}");
            connection = $"{Database.ConnectionString};Username={user};Password=secret";
        }

        var result = await CliRun.RunAsync(["rebuild", "turnover", "week", "--from", "hour", "--yes", "--connection", connection]);

        Assert.True(result.ExitCode == ExitCodes.Denied, result.Error);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<DateTimeOffset> Times(int count)
    {
        var random = new Random(11);
        return Enumerable.Range(0, count).Select(_ => s_noon.AddSeconds(random.Next(-10 * 86_400, 10 * 86_400)));
    }

    private async Task<TypedStore> OnlyAsync<T>() => await TypedStore.OpenAsync(options => Database.Choose(options.Only<T>()));

    private async Task InsertKeysAsync()
    {
        await using var store = await OnlyAsync<RebuiltKeys>();
        foreach (var chunk in Enumerable.Range(0, Many).Chunk(20_000))
        {
            await RebuiltKeys.In(store).InsertAsync(chunk.Select(i => KeyOf(i / 20, s_noon.AddMinutes(i % 20 * 5))));
        }

        static RebuiltKeys KeyOf(int key, DateTimeOffset at) => new(
            key % 2 == 0, (short)(key % 5), key * 10_000_000_000L, new Guid(key, 0, 0, new byte[8]), s_noon.AddTicks(key * 10L), new DateOnly(2026, 1, 1).AddDays(key % 400),
            new TimeOnly(key * 10L), TimeSpan.FromTicks(key * 10L), (DayOfWeek)(key % 7), $"k{key}", 1, at);
    }

    private async Task RefuseAsync(int code, string words, params string[] args)
    {
        var result = await RunAsync(["rebuild", .. args, "--yes"]);

        Assert.Equal((code, ""), (result.ExitCode, result.Output));
        Assert.Contains(words, Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    private async Task<List<string>> RowsAsync(string series, string interval, string columns = "*") =>
        [.. (await Database.ReadAsync($"select {columns} from {series}_{interval}")).Order(StringComparer.Ordinal)];

    /// <summary>Rebuilds each interval from each finer one, after its rows were lost, in part or all.</summary>
    private async Task EachAsync(string series, Func<string, string>? columns = null)
    {
        for (var target = 1; target < s_names.Length; target++)
        {
            for (var finer = 0; finer < target; finer++)
            {
                var (table, names) = ($"{series}_{s_names[target]}", columns?.Invoke(s_names[target]) ?? "*");
                var expected = await RowsAsync(series, s_names[target], names);
                Assert.NotEmpty(expected);
                await Database.ScalarAsync($"delete from {table}{(finer == 0 ? "" : $" where bucket in (select bucket from {table} limit 2)")}");

                await DoAsync("rebuild", series, s_names[target], "--from", s_names[finer], "--yes");

                Assert.Equal(expected, await RowsAsync(series, s_names[target], names));
            }
        }
    }
}

public sealed class RebuildTestsOnSqlite() : RebuildTests(DatabaseServer.Sqlite);

public sealed class RebuildTestsOnPostgres() : RebuildTests(DatabaseServer.Postgres);
