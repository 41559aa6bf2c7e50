using System.Text;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>All keys of a range in one sequence: each type, each range, in the order of keys, against the points themselves.</summary>
public abstract class ForAllTests(DatabaseServer server) : StoreSuite(server)
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 21, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Keys of every length and with characters beyond U+FFFF, each with data in some seconds of some minutes.</summary>
    private static readonly string[] s_keys = ["", "a", "a\uFFFD", "a\U0001F600", "ab", "b", "/x", "Z"];

    private static readonly (string Key, DateTimeOffset At, int Value)[] s_points =
    [
        .. s_keys.SelectMany((key, k) => Enumerable.Range(0, 40).Where(i => (i * 7 % (k + 3)) < 2)
            .Select(i => (key, s_start.AddSeconds((k * 11) + (i * 13)), (k * 100) + (i % 5)))),
    ];

    [Fact]
    public async Task Histograms()
    {
        await using var store = await OpenAsync<PagedValues>();
        var values = PagedValues.In(store);
        await values.InsertAsync(s_points.Select(p => new PagedValues(p.Key, p.Value, p.At)));

        await MatrixAsync(values.Second.ForAll(), 1, points => Text(CountsOf(points)), value => Text(value.Select(entry => (entry.Key, entry.Value))), stats => (stats.Count, stats.Sum));
        await MatrixAsync(values.Minute.ForAll(), 60, points => Text(CountsOf(points)), value => Text(value.Select(entry => (entry.Key, entry.Value))), stats => (stats.Count, stats.Sum));
    }

    [Fact]
    public async Task Counts()
    {
        await using var store = await OpenAsync<Tick>();
        var ticks = Tick.In(store);
        await ticks.InsertAsync(s_points.Select(p => new Tick(p.Key, p.Value) { At = p.At }));

        await MatrixAsync(ticks.Second.ForAll(), 1, points => $"{points.Sum(p => p.Value)}", value => $"{value}", stats => (stats.Count, stats.Sum), counts: false);
        await MatrixAsync(ticks.Hour.ForAll(), 3_600, points => $"{points.Sum(p => p.Value)}", value => $"{value}", stats => (stats.Count, stats.Sum), counts: false);
    }

    [Fact]
    public async Task Gauges()
    {
        await using var store = await OpenAsync<PagedLatest>();
        var latest = PagedLatest.In(store);
        await latest.InsertAsync(s_points.Select(p => new PagedLatest(p.Key, p.Value, p.At)));

        await MatrixAsync(latest.Second.ForAll(), 1, points => $"{Latest(points)}", value => $"{value}", stats => (stats.Count, stats.Sum), latest: true);
        await MatrixAsync(latest.Minute.ForAll(), 60, points => $"{Latest(points)}", value => $"{value}", stats => (stats.Count, stats.Sum), latest: true);

        static int? Latest(IReadOnlyList<(string Key, DateTimeOffset At, int Value)> points) => points.Count == 0 ? null : points.MaxBy(p => p.At).Value;
    }

    [Fact]
    public async Task Sets()
    {
        await using var store = await OpenAsync<PagedMembers>();
        var members = PagedMembers.In(store);
        await members.InsertAsync(s_points.Select(p => new PagedMembers(p.Key, p.Value, p.At)));

        await MatrixAsync(members.Second.ForAll(), 1, points => Text(points.Select(p => p.Value).Distinct().Order()), value => Text(value.Order()), stats => (stats.Count, stats.Sum), distinct: true);
        await MatrixAsync(members.Minute.ForAll(), 60, points => Text(points.Select(p => p.Value).Distinct().Order()), value => Text(value.Order()), stats => (stats.Count, stats.Sum), distinct: true);
    }

    [Fact]
    public async Task Points()
    {
        await using var store = await OpenAsync<PagedPoints>();
        var points = PagedPoints.In(store);

        // Written backwards: a bucket keeps the order of writing.
        await points.InsertAsync(s_points.Reverse().Select(p => new PagedPoints(p.Key, p.Value, p.At)));

        await MatrixAsync(points.Second.ForAll(), 1, list => Text(list.Reverse().Select(p => p.Value)), value => Text(value), stats => (stats.Count, stats.Sum));
        await MatrixAsync(points.Day.ForAll(), 86_400, list => Text(list.Reverse().Select(p => p.Value)), value => Text(value), stats => (stats.Count, stats.Sum));
    }

    [Fact]
    public async Task Prefixes()
    {
        await using var store = await OpenAsync<Tick>();
        var ticks = Tick.In(store);
        string[] keys = [.. s_keys, "a\U0010FFFF", "a\U0010FFFFz", "\U0010FFFF", "\U0010FFFF\U0010FFFFz", "a\uD7FF", "a\uE000", "a\uD7FF!"];
        await ticks.InsertAsync(keys.Select((key, i) => new Tick(key, i + 1)));

        foreach (var prefix in keys.Append("/").Append("c").Append("a\U0010FFFF\U0010FFFF"))
        {
            var expected = keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(key => key, Comparer<string>.Create(ByCodePoint));
            Assert.Equal(expected, (await ListAsync(ticks.Hour.ForAll(prefix).Last(1))).Select(found => found.Key.Name));
            Assert.Equal(expected, (await ListAsync(ticks.Second.ForAll(prefix).All())).Select(found => found.Key.Name));
        }

        Assert.Throws<ArgumentNullException>(() => ticks.Hour.ForAll(null!));
        Assert.Contains("U+0000", Assert.Throws<ArgumentException>(() => ticks.Hour.ForAll("a\0")).Message, StringComparison.Ordinal);
        Assert.Contains("U+D800", Assert.Throws<ArgumentException>(() => ticks.Hour.ForAll("a\uD800")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_key_members_in_the_order_of_the_primary_key()
    {
        await using var store = await OpenAsync(o => o.Only<Latency>().Only<Spent>().Only<Transfer>());
        (string Route, Tier Tier, double Value)[] points = [("b", Tier.Paid, 1), ("a", Tier.Paid, 2), ("b", Tier.Free, 3), ("a", Tier.Free, 4), ("ba", Tier.Free, 5)];
        await Latency.In(store).InsertAsync(points.Select(p => new Latency(p.Route, p.Tier, p.Value, Noon)));
        var accounts = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToArray();
        await Spent.In(store).InsertAsync(accounts.SelectMany((id, i) => new[] { new Spent(id, new(2026, 1, 1 + i), i, Noon), new Spent(id, new(2025, 1, 1 + i), i + 0.5m, Noon) }));
        await Transfer.In(store).InsertAsync(accounts.Select((_, i) => new Transfer("eu", -i, new(2026, 1, 1), i / 2m, Noon.UtcDateTime)));

        var found = await ListAsync(Latency.In(store).Day.ForAll().Last(2));
        Assert.Equal(points.OrderBy(p => p.Route, StringComparer.Ordinal).ThenBy(p => p.Tier).Select(p => (p.Route, p.Tier, p.Value)),
            found.Where(day => !day.Bucket.Value.IsEmpty).Select(day => (day.Key.Route, day.Key.Tier, day.Bucket.Value.Values[0])));
        Assert.Equal(10, found.Count);
        Assert.Equal(3, (await ListAsync(Latency.In(store).Minute.ForAll("b").Last(1).Stats())).Count);
        var spent = await ListAsync(Spent.In(store).Hour.ForAll().Last(1));
        Assert.Equal(spent.Select(hour => hour.Key).Order(), spent.Select(hour => hour.Key));
        Assert.Equal(accounts.Sum(id => Array.IndexOf(accounts, id) * 2m) + 10m, spent.Sum(hour => hour.Bucket.Value));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (i - 19, (19 - i) / 2m)), (await ListAsync(Transfer.In(store).Hour.ForAll("eu").Last(1))).Select(hour => (hour.Key.Port, hour.Bucket.Value.Values[0])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7_000)]
    public async Task More_than_a_page(int perKey)
    {
        await using var store = await OpenAsync(o => o.Only<Tick>().Only<PagedValues>());
        var total = 42_000;
        var points = Enumerable.Range(0, total).Select(i => (Key: $"{i / perKey:00000}", At: s_start.AddSeconds(i % perKey * 2), Value: i)).ToArray();
        await Tick.In(store).InsertAsync(points.Select(p => new Tick(p.Key, p.Value) { At = p.At }));
        await PagedValues.In(store).InsertAsync(points.Select(p => new PagedValues(p.Key, p.Value, p.At)));

        Assert.Equal(points.Select(p => (p.Key, p.At, (long)p.Value)), (await ListAsync(Tick.In(store).Second.ForAll().All().SkipEmpty())).Select(b => (b.Key.Name, b.Bucket.Start, b.Bucket.Value)));
        var dense = await ListAsync(Tick.In(store).Second.ForAll().All());
        Assert.Equal(total / perKey * ((perKey * 2) - 1), dense.Count);
        Assert.Equal(points.Sum(p => (long)p.Value), dense.Sum(b => b.Bucket.Value));
        var minutes = await ListAsync(PagedValues.In(store).Minute.ForAll().All().SkipEmpty());
        Assert.Equal(points.GroupBy(p => (p.Key, p.At.AddSeconds(-p.At.Second))).Select(g => (g.Key, (long)g.Count())), minutes.Select(m => ((m.Key.Name, m.Bucket.Start), m.Bucket.Value.Total)));
    }

    [Fact]
    public async Task Dead_buckets_are_clipped_and_a_bucket_larger_than_a_page_is_whole()
    {
        await using var store = await OpenAsync(o => o.Only<Kept>().Only<PagedPoints>());
        await Kept.In(store).InsertAsync([new("a", 1) { At = Noon }, new("b", 2) { At = Noon.AddMinutes(-2) }]);
        Clock.SetUtcNow(Noon.AddMinutes(1));

        // The minute of b has died; it has no data in the range any more.
        Assert.Equal([("a", 0L), ("a", 1), ("a", 0)], (await ListAsync(Kept.In(store).Minute.ForAll().Last())).Select(m => (m.Key.Name, m.Bucket.Value.Total)));
        Assert.Equal([("a", Noon.AddSeconds(-56), 1L)], (await ListAsync(Kept.In(store).Minute.ForAll().All())).Select(m => (m.Key.Name, m.Bucket.Start, m.Bucket.Value.Total)));
        Assert.Equal([("a", 1L), ("b", 1)], (await ListAsync(Kept.In(store).Ever.ForAll().All())).Select(m => (m.Key.Name, m.Bucket.Value.Total)));
        Assert.Empty(await ListAsync(Kept.In(store).Minute.ForAll().Between(Noon.AddDays(-3), Noon.AddDays(-2))));

        await PagedPoints.In(store).InsertAsync(Enumerable.Range(0, 45_000).Select(i => new PagedPoints(i < 22_000 ? "a" : "b", i, s_start)));
        Assert.Equal([("a", 22_000), ("b", 23_000)], (await ListAsync(PagedPoints.In(store).Second.ForAll().All())).Select(s => (s.Key.Name, s.Bucket.Value.Count)));
        Assert.Equal([22_000L, 23_000], (await ListAsync(PagedPoints.In(store).Second.ForAll().All().Stats())).Select(s => s.Bucket.Value.Count));
    }

    [Fact]
    public async Task Wrong_ranges_fail_where_they_are_given()
    {
        await using var store = await OpenAsync<Tick>();
        var all = Tick.In(store).Second.ForAll();

        Assert.Throws<ArgumentException>(() => all.Last(0));
        Assert.Throws<ArgumentException>(() => all.Between(Noon, Noon.AddTicks(-1)));
        Assert.Throws<ArgumentException>(() => all.From(Noon).Take(-1));
        await Assert.ThrowsAsync<ArgumentException>(() => ListAsync(all.From(Noon.AddDays(1))));
        Assert.Empty(await ListAsync(all.All()));
    }

    /// <summary>Every range of an interval of some seconds against the points.</summary>
    private async Task MatrixAsync<TKey, TRead, TStats>(
        AllKeysSelection<TKey, TRead, TStats> all, int seconds, Func<IReadOnlyList<(string Key, DateTimeOffset At, int Value)>, string> expect, Func<TRead, string> read,
        Func<TStats, (object, object)> figures, bool counts = true, bool distinct = false, bool latest = false)
        where TKey : struct, Typed.Generated.ISeriesKey<TKey>
    {
        var (from, to) = (s_start.AddSeconds(100), s_start.AddSeconds(400));
        Clock.AdjustTime(to);
        var count = 1 + (int)((Floor(to) - Floor(from)).TotalSeconds / seconds);
        await SameAsync(all.All(), null, null);
        await SameAsync(all.Between(from, to), Floor(from), Floor(to));
        await SameAsync(all.From(from).Take(count), Floor(from), Floor(to));
        await SameAsync(all.From(from), Floor(from), Floor(to));
        await SameAsync(all.Until(to).Take(count), Floor(from), Floor(to));
        await SameAsync(all.Until(to), null, Floor(to));
        await SameAsync(all.Last(count), Floor(from), Floor(to));

        async Task SameAsync(AllKeysRange<TKey, TRead, TStats> range, DateTimeOffset? first, DateTimeOffset? last)
        {
            List<(string Key, DateTimeOffset Start, IReadOnlyList<(string Key, DateTimeOffset At, int Value)> Points)> expected = [];
            foreach (var key in s_points.GroupBy(p => p.Key).OrderBy(g => g.Key, Comparer<string>.Create(ByCodePoint)))
            {
                var inside = key.Where(p => Floor(p.At) >= (first ?? DateTimeOffset.MinValue) && Floor(p.At) <= (last ?? DateTimeOffset.MaxValue)).ToArray();
                if (inside.Length > 0)
                {
                    for (var start = first ?? Floor(inside.Min(p => p.At)); start <= (last ?? Floor(inside.Max(p => p.At))); start = start.AddSeconds(seconds))
                    {
                        expected.Add((key.Key, start, [.. inside.Where(p => Floor(p.At) == start)]));
                    }
                }
            }

            Assert.Equal(expected.Select(e => $"{e.Key} {e.Start:O} {expect(e.Points)}"), (await ListAsync(range)).Select(b => $"{b.Key} {b.Bucket.Start:O} {read(b.Bucket.Value)}"));
            expected.RemoveAll(e => e.Points.Count == 0);
            Assert.Equal(expected.Select(e => $"{e.Key} {e.Start:O} {expect(e.Points)}"), (await ListAsync(range.SkipEmpty())).Select(b => $"{b.Key} {b.Bucket.Start:O} {read(b.Bucket.Value)}"));
            var sums = expected.Select(e => Figures(e.Points)).Select(f => $"{f.Count} {f.Sum}").ToArray();
            Assert.Equal(sums, (await ListAsync(range.SkipEmpty().Stats())).Select(b => figures(b.Bucket.Value)).Select(f => $"{f.Item1} {f.Item2}"));
        }

        (long Count, long Sum) Figures(IReadOnlyList<(string Key, DateTimeOffset At, int Value)> points)
        {
            int[] values = latest ? [points.MaxBy(p => p.At).Value] : distinct ? [.. points.Select(p => p.Value).Distinct()] : [.. points.Select(p => p.Value)];
            return (counts ? values.Length : values.Sum(), values.Sum());
        }

        DateTimeOffset Floor(DateTimeOffset at) => at.AddTicks(-(at.UtcTicks % (seconds * TimeSpan.TicksPerSecond)));
    }

    private static IEnumerable<(int, long)> CountsOf(IReadOnlyList<(string Key, DateTimeOffset At, int Value)> points) =>
        points.GroupBy(p => p.Value).OrderBy(g => g.Key).Select(g => (g.Key, (long)g.Count()));

    private static string Text<T>(IEnumerable<T> items) => string.Join(' ', items);

    private static int ByCodePoint(string a, string b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b));
}

public sealed class ForAllTestsOnSqlite() : ForAllTests(DatabaseServer.Sqlite);

public sealed class ForAllTestsOnPostgres() : ForAllTests(DatabaseServer.Postgres);
