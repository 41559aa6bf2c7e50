using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Gaps of gauges and of statistics, filled three ways, and windows that move over statistics.</summary>
public abstract class FillTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Gauges()
    {
        await using var store = await OpenAsync(o => o.Only<Level>().Only<Status>());

        // Hours 0 to 9: empty, empty, 10, empty, empty, 20, 21, empty, 16, empty.
        await Level.In(store).InsertAsync([new("a", 10, Hour(2)), new("a", 20, Hour(5)), new("a", 21, Hour(6)), new("a", 16, Hour(8))]);
        var hours = Level.In(store).Hour.For("a").Between(Hour(0), Hour(9));

        Assert.Equal([null, null, 10, 10, 10, 20, 21, 21, 16, 16], await ValuesAsync(hours.Fill(Fill.Previous)));
        Assert.Equal([null, null, 10, 13, 17, 20, 21, 19, 16, null], await ValuesAsync(hours.Fill(Fill.Linear)));
        Assert.Equal([null, null, 10, -1, -1, 20, 21, -1, 16, -1], await ValuesAsync(hours.Fill(-1)));
        Assert.Equal([10, 20, 21, 16], await ValuesAsync(hours.SkipEmpty().Fill(Fill.Linear)));
        Assert.Equal([5.0, 20 / 3.0, 25 / 3.0, 10.0, 10.5, 9.25, 8], (await ValuesAsync(hours.Transform(value => value / 2.0).Fill(Fill.Linear))).OfType<double>(), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Empty(await ValuesAsync(Level.In(store).Hour.For("none").All().Fill(Fill.Linear)));
        Assert.Equal(new int?[3], await ValuesAsync(Level.In(store).Hour.For("none").Last(3).Fill(Fill.Previous)));

        await Status.In(store).InsertAsync("api", "up", Hour(1));
        await Status.In(store).InsertAsync("api", "down", Hour(3));
        var texts = Status.In(store).Hour.For("api").Between(Hour(0), Hour(4));
        Assert.Equal([null, "up", "up", "down", "down"], await ValuesAsync(texts.Fill(Fill.Previous)));
        Assert.Equal([null, "up", "?", "down", "?"], await ValuesAsync(texts.Fill("?")));
    }

    [Fact]
    public async Task Statistics()
    {
        await using var store = await OpenAsync(o => o.Only<Latency>().Only<Hit>().Only<OfDateOnly>().Only<OfText>());
        await Latency.In(store).InsertAsync([new("/", Tier.Free, 10, Day(1)), new("/", Tier.Free, 30, Day(1)), new("/", Tier.Free, 60, Day(4))]);
        var days = Latency.In(store).Day.For(new Latency.Key("/", Tier.Free)).Between(Day(0), Day(5)).Stats();

        Assert.Equal([(0L, null), (2, 20), (0, 20), (0, 20), (1, 60), (0, 60)], (await ValuesAsync(days.Fill(Fill.Previous))).Select(s => (s.Count, s.Mean)));
        Assert.Equal([null, 20, 20 + (40 / 3.0), 20 + (80 / 3.0), 60, null], (await ValuesAsync(days.Fill(Fill.Linear))).Select(s => s.Mean), (a, b) => a is null ? b is null : Math.Abs(a.Value - b!.Value) < 1e-9);
        var lines = await ValuesAsync(days.Fill(Fill.Linear));
        Assert.Equal([10, 10 + (50 / 3.0), 10 + (100 / 3.0), 60], lines.Skip(1).Take(4).Select(s => s.Min!.Value), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([30.0, 40, 50, 60], lines.Skip(1).Take(4).Select(s => s.Max!.Value), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([(0L, 0.0, null), (2, 40, 20), (0, 0, 7), (0, 0, 7), (1, 60, 60), (0, 0, 7)], (await ValuesAsync(days.Fill(7.0))).Select(s => (s.Count, s.Sum, s.Mean)));

        await Hit.In(store).InsertAsync([new Hit { Page = "/", Times = 4, At = Day(1) }, new Hit { Page = "/", Times = 0, At = Day(2) }, new Hit { Page = "/", Times = 10, At = Day(4) }]);
        var totals = Hit.In(store).Day.For("/").Between(Day(0), Day(5)).Stats();
        Assert.Equal([null, 4L, 0, 5, 10, null], (await ValuesAsync(totals.Fill(Fill.Linear))).Select(s => s.Mean));
        Assert.Equal([0L, 4, 0, 0, 10, 0], (await ValuesAsync(totals.Fill(Fill.Linear))).Select(s => s.Sum));
        Assert.Equal([null, 4L, 0, 0, 10, 10], (await ValuesAsync(totals.Fill(Fill.Previous))).Select(s => s.Max));
        Assert.Equal([null, 4L, 0, 3, 10, 3], (await ValuesAsync(totals.Fill(3))).Select(s => s.Min));

        await OfDateOnly.In(store).InsertAsync(new OfDateOnly("a", new(2026, 1, 2)));
        Clock.SetUtcNow(Noon.AddDays(1));
        Assert.Equal(new DateOnly(2026, 1, 2), (await ValuesAsync(OfDateOnly.In(store).Day.For("a").Last(2).Stats().Fill(Fill.Previous)))[1].Min);
        Assert.Equal(0, (await ValuesAsync(OfText.In(store).Day.For("a").Last(2).Stats().Fill(Fill.Previous)))[1].Count);
    }

    [Fact]
    public async Task Moving_windows()
    {
        await using var store = await OpenAsync(o => o.Only<Latency>().Only<Hit>().Only<Trade>().Only<OfDateOnly>().Only<OfText>());
        var entries = Enumerable.Range(0, 12).Where(day => day % 5 != 3).SelectMany(day => Enumerable.Range(0, (day % 4) + 1).Select(i => (Day: day, Value: ((day * 7) + i) % 11 / 4.0))).ToArray();
        await Latency.In(store).InsertAsync(entries.Select(e => new Latency("/", Tier.Free, e.Value, Day(e.Day))));
        await Hit.In(store).InsertAsync(entries.Select(e => new Hit { Page = "/", Times = e.Day, At = Day(e.Day) }));
        var days = Latency.In(store).Day.For(new Latency.Key("/", Tier.Free)).Between(Day(0), Day(11));

        foreach (var count in new[] { 1, 3, 7, 100 })
        {
            var moving = await ListAsync(days.Stats().Moving(count));
            Assert.Equal(Enumerable.Range(0, 12).Select(Day).Select(day => day.Date), moving.Select(day => day.Start.Date));
            foreach (var (day, stats) in moving.Select((bucket, i) => (i, bucket.Value)))
            {
                var first = Math.Max(0, day - count + 1);
                var window = entries.Where(e => e.Day >= first && e.Day <= day).Select(e => e.Value).ToArray();
                Assert.Equal((window.Length, window.Length == 0 ? null : window.Min(), window.Length == 0 ? null : window.Max()), ((int)stats.Count, stats.Min, stats.Max));
                Assert.Equal((window.Sum(), window.Length == 0 ? 0 : window.Average(), window.Length / (86_400.0 * (day - first + 1))), (stats.Sum, stats.Mean ?? 0, stats.Rate));
            }

            // Days that were left out count, and give no window of their own.
            var skipping = await ListAsync(days.SkipEmpty().Stats().Moving(count));
            Assert.Equal(moving.Where(day => entries.Any(e => Day(e.Day).Date == day.Start.Date)).Select(day => (day.Start, day.Value.Count, day.Value.Sum)), skipping.Select(day => (day.Start, day.Value.Count, day.Value.Sum)));
            Assert.Equal(entries.GroupBy(e => e.Day).Select(g => entries.Where(e => e.Day > g.Key - count && e.Day <= g.Key).Sum(e => (long)e.Day)), (await ListAsync(Hit.In(store).Day.For("/").All().SkipEmpty().Stats().Moving(count))).Select(day => day.Value.Sum));
        }

        await Trade.In(store).InsertAsync([new("x", 1.5m, Noon), new("x", 2, Noon.AddHours(-1))]);
        var hours = await ListAsync(Trade.In(store).Hour.For("x").Last(3).Stats().Moving(2));
        Assert.Equal([null, 2m, 1.75m], hours.Select(hour => hour.Value.Mean));
        await OfDateOnly.In(store).InsertAsync([new("a", new(2026, 1, 2)), new("a", new(2025, 1, 2))]);
        Assert.Equal(new(2025, 1, 2), Assert.Single(await ListAsync(OfDateOnly.In(store).Day.For("a").Last(1).Stats().Moving(2))).Value.Min);
        await OfText.In(store).InsertAsync(new OfText("a", "x"));
        Assert.Equal([0L, 1], (await ListAsync(OfText.In(store).Day.For("a").Last(2).Stats().Moving(2))).Select(day => day.Value.Count));
        Assert.Throws<ArgumentOutOfRangeException>(() => days.Stats().Moving(0));
    }

    [Fact]
    public async Task Sums_of_windows_that_leave_their_type_are_errors()
    {
        await using var store = await OpenAsync(o => o.Only<Hit>().Only<OfDouble>());
        await Hit.In(store).InsertAsync([new Hit { Page = "/", Times = long.MaxValue, At = Day(0) }, new Hit { Page = "/", Times = 1, At = Day(1) }]);

        await Assert.ThrowsAsync<OverflowException>(() => ListAsync(Hit.In(store).Day.For("/").All().Stats().Moving(2)));
        Clock.AdjustTime(Day(0));
        await OfDouble.In(store).InsertAsync(new OfDouble("a", double.MaxValue));
        Clock.AdjustTime(Day(1));
        await OfDouble.In(store).InsertAsync(new OfDouble("a", double.MaxValue));
        await Assert.ThrowsAsync<OverflowException>(() => ListAsync(OfDouble.In(store).Day.For("a").All().Stats().Moving(2)));
    }

    private static DateTimeOffset Hour(int hour) => Noon.AddHours(hour - 9);

    private static DateTimeOffset Day(int day) => Noon.AddDays(day - 20);

    private static async Task<List<T>> ValuesAsync<T>(IAsyncEnumerable<Bucket<T>> buckets) => [.. (await ListAsync(buckets)).Select(bucket => bucket.Value)];
}

public sealed class FillTestsOnSqlite() : FillTests(DatabaseServer.Sqlite);

public sealed class FillTestsOnPostgres() : FillTests(DatabaseServer.Postgres);
