using Typed.Runtime.Tests.Series.Declared;
using Typed.Series.Reading;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Several keys, whose pages end where a span of buckets does or where a page is full: nothing is lost, doubled or cut there.</summary>
public abstract class KeyedPagingTests(DatabaseServer server) : StoreSuite(server)
{
    private const int Dense = BucketPageSize.Rows + 3_000;

    private static readonly string[] s_keys = ["b", "none", "a"];
    private static readonly DateTimeOffset s_start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Crowded, then nearly empty, then crowded again: spans shrink, grow and are cut.
    private static readonly int[] s_seconds =
        [.. Enumerable.Range(0, Dense), .. Enumerable.Range(1, 30).Select(i => i * 1_000_003), .. Enumerable.Range(40_000_000, Dense)];

    /// <summary>What keys hold: in each second one of them or both.</summary>
    private static readonly (string Key, int Second)[] s_points =
        [.. s_seconds.SelectMany(second => s_keys.Where(key => Holds(key, second)).Select(key => (key, second)))];

    private static readonly (DateTimeOffset Start, int[] Values)[] s_expected = [.. s_seconds.Select(second =>
        (At(second), s_keys.Where(key => Holds(key, second)).Select(key => Value(key, second)).ToArray()))];

    [Fact]
    public async Task Counts()
    {
        await using var store = await OpenAsync<Tick>();
        var ticks = Tick.In(store);
        await ticks.InsertAsync(s_points.Select(p => new Tick(p.Key, Value(p.Key, p.Second)) { At = At(p.Second) }));

        var expected = s_expected.Select(second => (second.Start, second.Values.Sum(value => (long)value))).ToArray();
        Assert.Equal(expected, (await ListAsync(ticks.Second.For([.. s_keys]).All().SkipEmpty())).Select(second => (second.Start, second.Value)));
        Assert.Equal(expected, (await ListAsync(ticks.Second.For([.. s_keys]).Until(At(50_000_000)).SkipEmpty().Stats())).Select(second => (second.Start, second.Value.Sum)));
        Assert.Equal(expected, (await ListAsync(ticks.Second.For([.. s_keys]).All().SkipEmpty().Condense(slots => slots[0].Value))).Select(second => (second.Start, second.Value)));
        Assert.Equal(expected, (await ListAsync(ticks.Hour.For([.. s_keys]).All().SkipEmpty().WithSlots())).SelectMany(hour => hour.Slots).Select(slot => (slot.Start, slot.Value)));
        var gaps = await ListAsync(ticks.Second.For([.. s_keys]).Between(At(-5), At(2 * Dense)));
        Assert.Equal(Enumerable.Range(-5, (2 * Dense) + 6).Select(At), gaps.Select(second => second.Start));
        Assert.Equal(expected.Take(Dense).Select(second => second.Item2), gaps.Skip(5).Take(Dense).Select(second => second.Value));
        Assert.Equal(0, gaps.Skip(5 + Dense).Sum(second => second.Value));
    }

    [Fact]
    public async Task Histograms()
    {
        await using var store = await OpenAsync<PagedValues>();
        var values = PagedValues.In(store);
        await values.InsertAsync(s_points.Select(p => new PagedValues(p.Key, Value(p.Key, p.Second), At(p.Second))));

        Same(await ListAsync(values.Second.For([.. s_keys]).All().SkipEmpty()), held => held.Values.ToArray());
        Assert.Equal(s_points.Length, (await ListAsync(values.Second.For([.. s_keys]).Until(At(50_000_000)).SkipEmpty().Stats())).Sum(second => second.Value.Count));
        foreach (var keys in new[] { s_keys, ["a"] })
        {
            var minutes = await ListAsync(values.Minute.For([.. keys]).All().SkipEmpty());
            var expected = s_points.Where(p => keys.Contains(p.Key)).GroupBy(p => At(p.Second - (p.Second % 60)), p => Value(p.Key, p.Second)).OrderBy(minute => minute.Key);
            Assert.Equal(expected.Select(minute => (minute.Key, minute.Sum(), minute.Count())), minutes.Select(minute => (minute.Start, minute.Value.Values.Sum(), (int)minute.Value.Total)));
        }
    }

    [Fact]
    public async Task Gauges()
    {
        await using var store = await OpenAsync<PagedLatest>();
        var latest = PagedLatest.In(store);
        await latest.InsertAsync(s_points.Select(p => new PagedLatest(p.Key, Value(p.Key, p.Second), At(p.Second))));

        // On equal times that of the key asked for last.
        var expected = s_expected.Select(second => (second.Start, second.Values[^1])).ToArray();
        Assert.Equal(expected, (await ListAsync(latest.Second.For([.. s_keys]).All().SkipEmpty())).Select(second => (second.Start, second.Value!.Value)));
        Assert.Equal(expected, (await ListAsync(latest.Minute.For([.. s_keys]).All().SkipEmpty().WithSlots())).SelectMany(minute => minute.Slots).Select(slot => (slot.Start, slot.Value!.Value)));
    }

    [Fact]
    public async Task Sets()
    {
        await using var store = await OpenAsync<PagedMembers>();
        var members = PagedMembers.In(store);
        await members.InsertAsync(s_points.Select(p => new PagedMembers(p.Key, Value(p.Key, p.Second), At(p.Second))));

        Same(await ListAsync(members.Second.For([.. s_keys]).All().SkipEmpty()), held => [.. held.Order()]);
        Assert.Equal(s_points.Length, (await ListAsync(members.Minute.For([.. s_keys]).All().SkipEmpty())).Sum(minute => minute.Value.Count));
        Assert.Equal(s_points.Length, (await ListAsync(members.Minute.For([.. s_keys]).All().SkipEmpty().Stats())).Sum(minute => minute.Value.Count));
    }

    [Fact]
    public async Task Points()
    {
        await using var store = await OpenAsync<PagedPoints>();
        var points = PagedPoints.In(store);
        await points.InsertAsync(s_points.Select(p => new PagedPoints(p.Key, Value(p.Key, p.Second), At(p.Second))));

        Same(await ListAsync(points.Second.For([.. s_keys]).All().SkipEmpty()), held => [.. held.Order()]);
        var stats = await ListAsync(points.Second.For([.. s_keys]).Between(At(-2), At(Dense + 9)).Stats());
        Assert.Equal(Enumerable.Range(-2, Dense + 12).Select(At), stats.Select(second => second.Start));
        Assert.Equal(s_expected.Take(Dense).Select(second => ((long)second.Values.Length, second.Values.Min(), second.Values.Max())),
            stats.Skip(2).Take(Dense).Select(second => (second.Value.Count, (int)second.Value.Min!, (int)second.Value.Max!)));
        Assert.Equal(s_expected.Select(second => (second.Start, second.Values.Sum(value => (long)value))),
            (await ListAsync(points.Second.For([.. s_keys]).All().SkipEmpty().Stats())).Select(second => (second.Start, second.Value.Sum)));

        // A day has more points than a page.
        Assert.Equal(s_points.GroupBy(p => At(p.Second).Date).OrderBy(day => day.Key).Select(day => (day.Key, day.Count())),
            (await ListAsync(points.Day.For([.. s_keys]).All().SkipEmpty())).Select(day => (day.Start.Date, day.Value.Count)));
    }

    [Theory]
    [InlineData(BucketPageSize.Rows - 1)]
    [InlineData(BucketPageSize.Rows)]
    [InlineData(BucketPageSize.Rows + 1)]
    [InlineData(2 * BucketPageSize.Rows)]
    public async Task Ranges_around_the_size_of_a_page(int rows)
    {
        await using var store = await OpenAsync<Tick>();
        var ticks = Tick.In(store);
        await ticks.InsertAsync(Enumerable.Range(0, rows).Select(i => new Tick(i % 2 == 0 ? "a" : "b", 1) { At = At(i) }));

        Assert.Equal(rows, (await ListAsync(ticks.Second.For([.. s_keys]).From(s_start).Take(rows))).Sum(second => second.Value));
        Assert.Equal(rows, (await ListAsync(ticks.Second.For([.. s_keys]).All().SkipEmpty())).Count);
        Assert.Equal(rows + 5, (await ListAsync(ticks.Second.For([.. s_keys]).From(At(-2)).Take(rows + 5))).Count);
    }

    [Fact]
    public async Task A_point_a_year_from_the_first_to_the_last()
    {
        await using var store = await OpenAsync<Tick>();
        var ticks = Tick.In(store);
        DateTimeOffset[] years = [.. Enumerable.Range(1, 9_999).Select(year => new DateTimeOffset(year, 12, 31, 22, 59, 59, TimeSpan.Zero))];
        await ticks.InsertAsync(years.Select(year => new Tick(year.Year % 2 == 0 ? "a" : "b", year.Year) { At = year }));

        Assert.Equal(years, (await ListAsync(ticks.Second.For([.. s_keys]).All().SkipEmpty())).Select(second => second.Start));
        Assert.Equal(years, (await ListAsync(ticks.Second.For([.. s_keys]).Between(DateTimeOffset.MinValue, DateTimeOffset.MaxValue).SkipEmpty())).Select(second => second.Start));
        Assert.Equal(years.Sum(year => year.Year), (await ListAsync(ticks.Hour.For([.. s_keys]).Between(DateTimeOffset.MinValue, DateTimeOffset.MaxValue).SkipEmpty())).Sum(hour => hour.Value));
        Assert.Empty(await ListAsync(ticks.Second.For(["none", "neither"]).All().SkipEmpty()));
        Assert.Empty(await ListAsync(ticks.Second.For(["none", "neither"]).Between(DateTimeOffset.MinValue, DateTimeOffset.MaxValue).SkipEmpty()));
    }

    private static DateTimeOffset At(int second) => s_start.AddSeconds(second);

    private static bool Holds(string key, int second) => key != "none" && (second % 3 == 0 || second % 2 == (key == "a" ? 0 : 1));

    private static int Value(string key, int second) => key == "a" ? second : -second - 1;

    /// <summary>Each second with what both keys hold, ascending.</summary>
    private static void Same<T>(List<Bucket<T>> seconds, Func<T, int[]> values)
    {
        Assert.Equal(s_expected.Select(second => second.Start), seconds.Select(second => second.Start));
        Assert.Equal(s_expected.SelectMany(second => second.Values.Order()), seconds.SelectMany(second => values(second.Value)));
    }
}

public sealed class KeyedPagingTestsOnSqlite() : KeyedPagingTests(DatabaseServer.Sqlite);

public sealed class KeyedPagingTestsOnPostgres() : KeyedPagingTests(DatabaseServer.Postgres);
