#pragma warning disable TYP3011 // The check at run time is what is tested.
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Ranges merged into a coarser grid: each type, against the points themselves.</summary>
public abstract class ResampleTests(DatabaseServer server) : StoreSuite(server)
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 21, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Points of two keys, with a gap of an hour.</summary>
    private static readonly (string Key, DateTimeOffset At, int Value)[] s_points =
    [
        .. from i in Enumerable.Range(0, 400)
           where i is < 150 or > 250
           select (i % 3 == 0 ? "b" : "a", s_start.AddSeconds(i * 37), (i * i % 17) - 5),
    ];

    [Fact]
    public async Task Histograms()
    {
        await using var store = await OpenAsync<PagedValues>();
        await PagedValues.In(store).InsertAsync(s_points.Select(p => new PagedValues(p.Key, p.Value, p.At)));

        foreach (var keys in new string[][] { ["a"], ["a", "b"] })
        {
            await MatrixAsync(PagedValues.In(store).Second.For([.. keys.Select(k => new PagedValues.Key(k))]), 1, keys, Counts, value => string.Join(' ', value.Select(pair => (pair.Key, pair.Value))), stats => (stats.Count, stats.Sum, stats.Rate));
            await MatrixAsync(PagedValues.In(store).Minute.For([.. keys.Select(k => new PagedValues.Key(k))]), 60, keys, Counts, value => string.Join(' ', value.Select(pair => (pair.Key, pair.Value))), stats => (stats.Count, stats.Sum, stats.Rate));
        }

        var quarters = PagedValues.In(store).Minute.For(["a", "b"]).All().Resample("15m");
        var medians = await ListAsync(quarters.Percentiles(50, 100));
        Assert.Equal((await ListAsync(quarters)).Select(quarter => (quarter.Start, quarter.Value.Percentile(50), quarter.Value.Max())), medians.Select(quarter => (quarter.Start, quarter.Value[0], quarter.Value[1])));

        static string Counts(IReadOnlyList<(string Key, DateTimeOffset At, int Value)> points) =>
            string.Join(' ', points.GroupBy(p => p.Value).OrderBy(g => g.Key).Select(g => (g.Key, (long)g.Count())));
    }

    [Fact]
    public async Task Counts()
    {
        await using var store = await OpenAsync<Tick>();
        await Tick.In(store).InsertAsync(s_points.Select(p => new Tick(p.Key, p.Value) { At = p.At }));

        foreach (var keys in new string[][] { ["b"], ["b", "a"] })
        {
            await MatrixAsync(Tick.In(store).Second.For([.. keys.Select(k => new Tick.Key(k))]), 1, keys, points => $"{points.Sum(p => p.Value)}", value => $"{value}", stats => (stats.Count, stats.Sum, stats.Rate), total: true);
        }

        // Slots keep their place in the coarser bucket.
        var hours = await ListAsync(Tick.In(store).Hour.For("a").All().Resample("6h").WithSlots());
        Assert.Equal(s_points.Where(p => p.Key == "a").Select(p => (p.At, (long)p.Value)), hours.SelectMany(hour => hour.Slots).Select(slot => (slot.Start, slot.Value)));
    }

    [Fact]
    public async Task Gauges()
    {
        await using var store = await OpenAsync<PagedLatest>();
        await PagedLatest.In(store).InsertAsync(s_points.Select(p => new PagedLatest(p.Key, p.Value, p.At)));

        foreach (var keys in new string[][] { ["b"], ["b", "a"] })
        {
            await MatrixAsync(PagedLatest.In(store).Minute.For([.. keys.Select(k => new PagedLatest.Key(k))]), 60, keys, points => points.Count == 0 ? "" : $"{points.MaxBy(p => p.At).Value}", value => $"{value}", stats => (stats.Count, stats.Sum, stats.Rate), latest: true);
        }
    }

    [Fact]
    public async Task Sets()
    {
        await using var store = await OpenAsync<PagedMembers>();
        await PagedMembers.In(store).InsertAsync(s_points.Select(p => new PagedMembers(p.Key, p.Value, p.At)));

        foreach (var keys in new string[][] { ["b"], ["b", "a"] })
        {
            await MatrixAsync(PagedMembers.In(store).Minute.For([.. keys.Select(k => new PagedMembers.Key(k))]), 60, keys, points => string.Join(' ', points.Select(p => p.Value).Distinct().Order()), value => string.Join(' ', value.Order()), stats => (stats.Count, stats.Sum, stats.Rate), distinct: true);
        }
    }

    [Fact]
    public async Task Points()
    {
        await using var store = await OpenAsync<PagedPoints>();
        await PagedPoints.In(store).InsertAsync(s_points.Select(p => new PagedPoints(p.Key, p.Value, p.At)));

        foreach (var keys in new string[][] { ["a"], ["a", "b"] })
        {
            // Second after second, as the finer buckets have them: there is one key in each.
            await MatrixAsync(PagedPoints.In(store).Minute.For([.. keys.Select(k => new PagedPoints.Key(k))]), 60, keys, points => string.Join(' ', points.Select(p => p.Value)), value => string.Join(' ', value), stats => (stats.Count, stats.Sum, stats.Rate));
        }
    }

    [Fact]
    public async Task Own_reads()
    {
        await using var store = await OpenAsync<Tick>();
        await Tick.In(store).InsertAsync(s_points.Select(p => new Tick(p.Key, p.Value) { At = p.At }));
        var quarters = Tick.In(store).Second.For(["a", "b"]).Between(s_start, s_start.AddSeconds(3_599)).Resample("15m");

        Assert.Equal(Truth(points => (long)points.Length), (await ListAsync(quarters.Condense(slots => (long)slots.Count))).Select(q => q.Value));
        Assert.Equal(Truth(points => (long)points.Max(p => p.Value)), (await ListAsync(quarters.Join(keys => keys.Max()).Condense(slots => slots.Max(slot => slot.Value)))).Select(q => q.Value).Select(value => value));
        Assert.Equal(Truth(points => points.Sum(p => (long)p.Value) * 2), (await ListAsync(quarters.Transform(value => value * 2))).Select(q => q.Value));
        Assert.Equal(s_points.Where(p => p.At < s_start.AddHours(1)).Sum(p => p.Value), await quarters.CollapseAsync());
        Assert.Equal(4, await quarters.CollapseAsync(buckets => buckets.Count));
        Assert.Equal((await Tick.In(store).Second.For(["a", "b"]).Between(s_start, s_start.AddSeconds(3_599)).StatsAsync()).Rate, (await quarters.StatsAsync()).Rate);

        static T[] Truth<T>(Func<(string Key, DateTimeOffset At, int Value)[], T> make) =>
            [.. s_points.Where(p => p.At < s_start.AddHours(1)).GroupBy(p => (int)((p.At - s_start).TotalMinutes / 15)).Select(g => make([.. g]))];
    }

    [Fact]
    public async Task Hours_to_days_and_months_of_a_zone()
    {
        await using var store = await OpenAsync<TokyoDays>();
        var start = new DateTimeOffset(2025, 11, 20, 0, 30, 0, TimeSpan.Zero);
        var points = Enumerable.Range(0, 24 * 40).Select(i => (At: start.AddHours(i), Value: (long)i)).ToArray();
        await TokyoDays.In(store).InsertAsync(points.Select(p => new TokyoDays("a", p.Value) { At = p.At }));
        var hours = TokyoDays.In(store).Hour.For("a").All();

        var own = await ListAsync(TokyoDays.In(store).Day.For("a").All());
        Assert.Equal(own.Select(day => (day.Start, day.End, day.Label, day.Value)), (await ListAsync(hours.Resample("daily in Asia/Tokyo"))).Select(day => (day.Start, day.End, day.Label, day.Value)));

        // Days of an interval with a zone are resampled in it.
        var tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
        var months = await ListAsync(TokyoDays.In(store).Day.For("a").All().Resample("monthly"));
        Assert.Equal(points.GroupBy(p => TimeZoneInfo.ConvertTime(p.At, tokyo).Month).Select(g => g.Sum(p => p.Value)), months.Select(month => month.Value));
        Assert.Equal([202511L, 202512], months.Select(month => month.Label));

        foreach (var zone in new[] { "America/Havana", "Europe/Paris", "America/Sao_Paulo" })
        {
            var info = TimeZoneInfo.FindSystemTimeZoneById(zone);
            Assert.Equal(points.GroupBy(p => TimeZoneInfo.ConvertTime(p.At, info).Date).OrderBy(g => g.Key).Select(g => g.Sum(p => p.Value)), (await ListAsync(hours.Resample($"daily in {zone}"))).Select(day => day.Value));
        }
    }

    [Fact]
    public async Task Live_buckets_of_the_range_and_no_others()
    {
        await using var store = await OpenAsync<Hit>();
        await Hit.In(store).InsertAsync(Enumerable.Range(0, 60).Select(i => new Hit { Page = "/", Times = 1 << (i % 20), At = Noon.AddMinutes(-i) }));
        Clock.SetUtcNow(Noon.AddMinutes(10));

        // 12:44; kept are 60 minutes: 11:45 to 12:44, which has data up to 12:34.
        var quarters = await ListAsync(Hit.In(store).Minute.For("/").Last(60).Resample("15m"));
        Assert.Equal(Enumerable.Range(0, 4).Select(i => new DateTimeOffset(2026, 3, 21, 11, 45, 0, TimeSpan.Zero).AddMinutes(15 * i)), quarters.Select(q => q.Start));
        Assert.Equal(Enumerable.Range(0, 50).Sum(i => 1L << (i % 20)), quarters.Sum(q => q.Value));

        // A range that begins inside a coarser bucket begins there.
        Assert.Equal([3L], (await ListAsync(Hit.In(store).Minute.For("/").Between(Noon.AddMinutes(-1), Noon.AddMinutes(10)).Resample("15m"))).Select(q => q.Value));
        Assert.Empty(await ListAsync(Hit.In(store).Minute.For("/").Between(Noon.AddDays(-2), Noon.AddDays(-1)).Resample("15m")));
        Assert.Empty(await ListAsync(Hit.In(store).Minute.For("none").All().Resample("15m")));
    }

    [Theory]
    [InlineData("7m", "begins inside")]
    [InlineData("30s", "begins inside")]
    [InlineData("daily in Asia/Kathmandu", "begins inside")]
    [InlineData("weekly", "")]
    [InlineData("2h", "")]
    [InlineData("daily in Asia/Tokyo", "")]
    [InlineData("hourly", "is no step")]
    [InlineData("2h by 1h", "more than a grid")]
    [InlineData("2h keep 3", "more than a grid")]
    [InlineData("", "no grid")]
    [InlineData("daily in Nowhere", "IANA")]
    public async Task Grids_that_contain_the_hours(string grid, string message)
    {
        await using var store = await OpenAsync<TokyoDays>();
        var hours = TokyoDays.In(store).Hour.For("a").Last(3);

        if (message.Length == 0)
        {
            Assert.NotEmpty(await ListAsync(hours.Resample(grid)));
        }
        else
        {
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => hours.Resample(grid)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Weeks_do_not_merge_into_months_and_a_clock_of_the_past_is_found_out()
    {
        await using var store = await OpenAsync(o => o.Only<OfInt32>().Only<TokyoDays>());

        Assert.Throws<ArgumentException>(() => OfInt32.In(store).Week.For("a").Last(3).Resample("monthly"));
        Assert.Throws<ArgumentException>(() => TokyoDays.In(store).Day.For("a").Last(3).Resample("monthly in UTC"));
        Assert.Throws<ArgumentNullException>(() => TokyoDays.In(store).Day.For("a").Last(3).Resample(null!));

        // In 1900 Paris was some minutes ahead.
        var old = new DateTimeOffset(1900, 5, 1, 12, 0, 0, TimeSpan.Zero);
        await TokyoDays.In(store).InsertAsync(new TokyoDays("a", 1) { At = old });
        var days = TokyoDays.In(store).Hour.For("a").Between(old, old).Resample("daily in Europe/Paris");
        Assert.Contains("1900-04-30T23:5", (await Assert.ThrowsAsync<InvalidOperationException>(() => ListAsync(days))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_a_page()
    {
        await using var store = await OpenAsync<Tick>();
        await Tick.In(store).InsertAsync(Enumerable.Range(0, 90_000).Select(i => new Tick("a", i) { At = s_start.AddSeconds(i) }));

        var pairs = await ListAsync(Tick.In(store).Second.For("a").All().Resample("2s"));
        Assert.Equal(Enumerable.Range(0, 45_000).Select(i => (s_start.AddSeconds(2 * i), (4L * i) + 1)), pairs.Select(pair => (pair.Start, pair.Value)));
    }

    /// <summary>Ranges of an interval of some seconds, merged into quarters of an hour, against the points.</summary>
    private async Task MatrixAsync<TRead, TStats, TFigure>(
        BucketSelection<TRead, TStats> all, int seconds, string[] keys, Func<IReadOnlyList<(string Key, DateTimeOffset At, int Value)>, string> expect, Func<TRead, string> read,
        Func<TStats, (TFigure, long, double)> figures, bool total = false, bool distinct = false, bool latest = false)
    {
        var (from, to) = (s_start.AddSeconds(1_111), s_start.AddSeconds(11_111));
        Clock.AdjustTime(to);
        await SameAsync(all.All(), null, null);
        await SameAsync(all.Between(from, to), from, to);
        await SameAsync(all.From(from), from, to);
        await SameAsync(all.Until(to), null, to);
        await SameAsync(all.Last(700 / seconds), Floor(to, seconds).AddSeconds(-seconds * ((700 / seconds) - 1)), to);

        async Task SameAsync(BucketRange<TRead, TStats> range, DateTimeOffset? first, DateTimeOffset? last)
        {
            var inside = s_points.Where(p => keys.Contains(p.Key) && Floor(p.At, seconds) >= Floor(first ?? p.At, seconds) && Floor(p.At, seconds) <= Floor(last ?? p.At, seconds)).ToArray();
            List<(DateTimeOffset Start, IReadOnlyList<(string Key, DateTimeOffset At, int Value)> Points)> expected = [];
            for (var start = Floor(first ?? inside.Min(p => p.At), 900); start <= (last ?? inside.Max(p => p.At)); start = start.AddSeconds(900))
            {
                expected.Add((start, [.. inside.Where(p => Floor(p.At, 900) == start)]));
            }

            var resampled = range.Resample("15m");
            Assert.Equal(expected.Select(e => $"{e.Start:O} {expect(e.Points)}"), (await ListAsync(resampled)).Select(b => $"{b.Start:O} {read(b.Value)}"));
            Assert.Equal(expected.Select(e => Figures(e.Points)), (await ListAsync(resampled.Stats())).Select(b => Text(figures(b.Value))));
            expected.RemoveAll(e => e.Points.Count == 0);
            Assert.Equal(expected.Select(e => $"{e.Start:O} {expect(e.Points)}"), (await ListAsync(resampled.SkipEmpty())).Select(b => $"{b.Start:O} {read(b.Value)}"));
            Assert.Equal(expected.Select(e => Figures(e.Points)), (await ListAsync(range.SkipEmpty().Resample("15m").Stats())).Select(b => Text(figures(b.Value))));
        }

        string Figures(IReadOnlyList<(string Key, DateTimeOffset At, int Value)> points)
        {
            int[] values = latest ? [.. points.OrderByDescending(p => p.At).Take(1).Select(p => p.Value)] : distinct ? [.. points.Select(p => p.Value).Distinct()] : [.. points.Select(p => p.Value)];
            long count = total ? values.Sum() : values.Length;
            return Text((count, (long)values.Sum(), count / 900.0));
        }

        static string Text<T>((T Count, long Sum, double Rate) figures) => $"{figures.Count} {figures.Sum} {figures.Rate}";

        static DateTimeOffset Floor(DateTimeOffset at, int seconds) => at.AddTicks(-(at.UtcTicks % (seconds * TimeSpan.TicksPerSecond)));
    }
}

public sealed class ResampleTestsOnSqlite() : ResampleTests(DatabaseServer.Sqlite);

public sealed class ResampleTestsOnPostgres() : ResampleTests(DatabaseServer.Postgres);
