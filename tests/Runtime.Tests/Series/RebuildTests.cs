using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Intervals computed anew from finer ones: row for row what inserting the points made.</summary>
public abstract class RebuildTests(DatabaseServer server) : StoreSuite(server)
{
    private static readonly string[] s_names = ["minute", "quarter", "day", "week"];

    /// <summary>Times over nine weeks, in which the clocks of Paris are changed.</summary>
    private static readonly DateTimeOffset[] s_times = [.. Times(1_500)];

    [Fact]
    public Task Counts() => EachAsync<RebuiltCount>(
        "rebuilt_count",
        store => RebuiltCount.In(store).InsertAsync(s_times.Select((at, i) => new RebuiltCount($"k{i % 5}", i % 3, i % 11, at))),
        store =>
        {
            var handle = RebuiltCount.In(store);
            return ([handle.Minute, handle.Quarter, handle.Day, handle.Week], (interval, finer) => handle.RebuildAsync(interval, from: finer));
        });

    [Fact]
    public Task Counts_of_decimals() => EachAsync<RebuiltMoney>(
        "rebuilt_money",
        store => RebuiltMoney.In(store).InsertAsync(s_times.Select((at, i) => new RebuiltMoney($"k{i % 5}", (i % 7 * 1.1m) - 0.05m, at))),
        store =>
        {
            var handle = RebuiltMoney.In(store);
            return ([handle.Minute, handle.Quarter, handle.Day, handle.Week], (interval, finer) => handle.RebuildAsync(interval, from: finer));
        });

    [Fact]
    public Task Histograms() => EachAsync<RebuiltHistogram>(
        "rebuilt_histogram",
        store => RebuiltHistogram.In(store).InsertAsync(s_times.Select((at, i) => new RebuiltHistogram(new Guid(i % 3, 0, 0, new byte[8]), i % 9, at))),
        store =>
        {
            var handle = RebuiltHistogram.In(store);
            return ([handle.Minute, handle.Quarter, handle.Day, handle.Week], (interval, finer) => handle.RebuildAsync(interval, from: finer));
        });

    [Fact]
    public Task Sets() => EachAsync<RebuiltSet>(
        "rebuilt_set",
        store => RebuiltSet.In(store).InsertAsync(s_times.Select((at, i) => new RebuiltSet($"k{i % 4}", $"visitor {i % 13}", at))),
        store =>
        {
            var handle = RebuiltSet.In(store);
            return ([handle.Minute, handle.Quarter, handle.Day, handle.Week], (interval, finer) => handle.RebuildAsync(interval, from: finer));
        });

    [Fact]
    public Task Gauges() => EachAsync<RebuiltGauge>(
        "rebuilt_gauge",
        store => RebuiltGauge.In(store).InsertAsync(s_times.Select((at, i) => new RebuiltGauge($"k{i % 4}", TimeSpan.FromSeconds(i), at))),
        store =>
        {
            var handle = RebuiltGauge.In(store);
            return ([handle.Minute, handle.Quarter, handle.Day, handle.Week], (interval, finer) => handle.RebuildAsync(interval, from: finer));
        });

    // Halves, whose sums are exact in any order. The squares are not, and are compared by the statistics that use them.
    [Fact]
    public async Task Summaries()
    {
        await using var store = await OpenAsync<RebuiltSummary>();
        var summary = RebuiltSummary.In(store);
        await summary.InsertAsync(s_times.Select((at, i) => new RebuiltSummary($"k{i % 3}", (i % 17) / 2.0, at)));
        var expected = await ReadAsync();
        await Database.ScalarAsync("delete from rebuilt_summary_day where name < 'k2'");
        await Database.ScalarAsync("update rebuilt_summary_day set \"sum\" = 7");

        await summary.RebuildAsync(summary.Day, from: summary.Quarter);

        Assert.Equal(expected, await ReadAsync());

        async Task<List<string>> ReadAsync() =>
        [
            .. (await ListAsync(summary.Day.ForAll().All()))
                .Select(day => (day.Key, day.Bucket.Start, Value: day.Bucket.Value))
                .Select(day => $"{day.Key} {day.Start:s} {day.Value.Count} {day.Value.Sum} {day.Value.Min} {day.Value.Max} {day.Value.StandardDeviation:F9}"),
        ];
    }

    [Fact]
    public async Task Buckets_that_the_finer_interval_has_in_part_stay()
    {
        await using var store = await OpenAsync<RebuiltTotal>();
        var total = RebuiltTotal.In(store);
        await total.InsertAsync(Enumerable.Range(0, 96).Select(hour => new RebuiltTotal(hour, Noon.AddHours(-hour))));
        var expected = await Database.ReadAsync("select * from rebuilt_total_hour order by bucket");

        // The minutes of two days live. Of the hour in which they begin some have died.
        Clock.Advance(TimeSpan.FromMinutes(20));
        await total.ExpireAsync();
        await Database.ScalarAsync("update rebuilt_total_hour set value = value + 0");
        await total.RebuildAsync(total.Hour, from: total.Minute);

        Assert.Equal(expected, await Database.ReadAsync("select * from rebuilt_total_hour order by bucket"));
        await Database.ScalarAsync("delete from rebuilt_total_hour");
        await total.RebuildAsync(total.Hour, from: total.Minute);
        Assert.Equal(expected[^48..], await Database.ReadAsync("select * from rebuilt_total_hour order by bucket"));
    }

    [Fact]
    public async Task An_interval_that_was_declared_later_keeps_what_it_has_not_seen()
    {
        await using var store = await OpenAsync<RebuiltTotal>();
        var total = RebuiltTotal.In(store);
        await total.InsertAsync(Enumerable.Range(0, 20).Select(i => new RebuiltTotal(i, Noon.AddMinutes(-i * 10))));
        var expected = await Database.ReadAsync("select * from rebuilt_total_hour order by bucket");
        await Database.ScalarAsync($"delete from rebuilt_total_minute where bucket < (select max(bucket) from rebuilt_total_minute)");

        await total.RebuildAsync(total.Hour, from: total.Minute);

        Assert.Equal(expected, await Database.ReadAsync("select * from rebuilt_total_hour order by bucket"));
    }

    [Fact]
    public async Task Totals_are_exact_while_others_write()
    {
        await using var store = await OpenAsync(o => o.Only<RebuiltMoney>().Writers = 3);
        await using var other = await OpenAsync(o => o.Only<RebuiltMoney>());
        var money = RebuiltMoney.In(store);
        await money.InsertAsync(s_times.Select((at, i) => new RebuiltMoney($"k{i % 40}", 1, at)));
        using var stop = new CancellationTokenSource();
        var written = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            var count = 0;
            for (; !stop.IsCancellationRequested; count++)
            {
                await RebuiltMoney.In(writer % 2 == 0 ? store : other).InsertAsync($"k{count % 50}", 1m, s_times[count % s_times.Length]);
            }

            return count;
        })));

        for (var i = 0; i < 6; i++)
        {
            await money.RebuildAsync(money.Day, from: money.Minute);
            await money.RebuildAsync(money.Week, from: money.Day);
        }

        await stop.CancelAsync();
        var expected = s_times.Length + (await written).Sum();
        foreach (var interval in new[] { money.Minute, money.Day, money.Week })
        {
            Assert.Equal(expected, (await ListAsync(interval.ForAll().All())).Sum(found => found.Bucket.Value));
        }
    }

    [Fact]
    public async Task Many_rows_take_more_than_one_transaction()
    {
        await using var store = await OpenAsync<RebuiltSet>();
        var set = RebuiltSet.In(store);
        await set.InsertAsync(Enumerable.Range(0, 50_000).Select(i => new RebuiltSet($"k{i % 7}", $"v{i}", Noon.AddMinutes(-(i % 50)))));
        var expected = await Database.ReadAsync("select * from rebuilt_set_week order by name, bucket, value");
        await Database.ScalarAsync("delete from rebuilt_set_week where name <> 'k3'");

        await set.RebuildAsync(set.Week, from: set.Minute);

        Assert.Equal(expected, await Database.ReadAsync("select * from rebuilt_set_week order by name, bucket, value"));
    }

    [Fact]
    public async Task What_cannot_be_rebuilt_is_refused()
    {
        await using var store = await OpenAsync(o => o.Only<RebuiltTotal>().Only<RebuiltMoney>().Only<RebuiltPoints>());
        var (total, money, points) = (RebuiltTotal.In(store), RebuiltMoney.In(store), RebuiltPoints.In(store));
        await total.InsertAsync(1, Noon);
        await money.InsertAsync("k", 1, Noon);

        await ExpectAsync<ArgumentException>("begins inside one of 'odd'", () => total.RebuildAsync(total.Hour, from: total.Odd));
        await ExpectAsync<ArgumentException>("begins inside one of 'week'", () => money.RebuildAsync(money.Day, from: money.Week));
        await ExpectAsync<ArgumentException>("from itself", () => money.RebuildAsync(money.Day, from: money.Day));
        await ExpectAsync<ArgumentException>("no interval of RebuiltMoney", () => money.RebuildAsync(money.Day, from: total.Minute));
        await ExpectAsync<NotSupportedException>("RebuiltPoints is a Series", () => points.RebuildAsync(points.Hour, from: points.Minute));
    }

    private static IEnumerable<DateTimeOffset> Times(int count)
    {
        var random = new Random(11);
        return Enumerable.Range(0, count).Select(_ => Noon.AddSeconds(random.Next(-30 * 86_400, 30 * 86_400)));
    }

    private static async Task ExpectAsync<TError>(string words, Func<ValueTask> rebuild)
        where TError : Exception =>
        Assert.Contains(words, (await Assert.ThrowsAsync<TError>(async () => await rebuild())).Message, StringComparison.Ordinal);

    /// <summary>Rebuilds each interval from each finer one, after its rows were lost, changed, or made up.</summary>
    private async Task EachAsync<T>(
        string table,
        Func<TypedStore, ValueTask<InsertResult>> insert,
        Func<TypedStore, (ISeriesInterval[] Intervals, Func<ISeriesInterval, ISeriesInterval, ValueTask> RebuildAsync)> open)
    {
        await using var store = await OpenAsync<T>();
        await insert(store);
        var (intervals, rebuildAsync) = open(store);
        for (var target = 1; target < s_names.Length; target++)
        {
            for (var finer = 0; finer < target; finer++)
            {
                var rows = $"select * from {table}_{s_names[target]}";
                var expected = (await Database.ReadAsync(rows)).Order().ToList();
                Assert.NotEmpty(expected);
                await Database.ScalarAsync($"delete from {table}_{s_names[target]} where bucket in (select bucket from {table}_{s_names[target]} limit {20 * finer})");

                await rebuildAsync(intervals[target], intervals[finer]);

                Assert.Equal(expected, (await Database.ReadAsync(rows)).Order());
            }
        }
    }
}

public sealed class RebuildTestsOnSqlite() : RebuildTests(DatabaseServer.Sqlite);

public sealed class RebuildTestsOnPostgres() : RebuildTests(DatabaseServer.Postgres);
