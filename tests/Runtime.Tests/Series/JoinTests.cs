#pragma warning disable TYP3010 // The check at run time is what is tested.
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Joins: of one series with another by the start of buckets, and of the keys of one to any type.</summary>
public abstract class JoinTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Two_series()
    {
        await using var store = await OpenAsync(o => o.Only<Hit>().Only<Visit>().Only<Latency>().Only<TokyoDays>());
        int[] hits = [3, 0, 5, 8], visits = [6, 7, 0, 2];
        foreach (var i in Enumerable.Range(0, 4))
        {
            await Hit.In(store).InsertAsync(Enumerable.Repeat(new Hit { Page = "/", At = Noon.AddMinutes(i - 3) }, hits[i]));
            await Visit.In(store).InsertAsync(Enumerable.Repeat(new Visit { Page = "/", At = Noon.AddMinutes(i - 3) }, visits[i]));
        }

        var (a, b) = (Hit.In(store).Minute.For("/"), Visit.In(store).Minute.For("/"));
        var ratios = await ListAsync(a.Last(4).Join(b.Last(4), (x, y) => y == 0 ? (double?)null : (double)x / y));
        Assert.Equal([0.5, 0, null, 4], ratios.Select(minute => minute.Value));
        Assert.Equal((await ListAsync(a.Last(4))).Select(minute => (minute.Start, minute.End, minute.Label)), ratios.Select(minute => (minute.Start, minute.End, minute.Label)));

        // Only buckets that both have.
        Assert.Equal([(5L, 0L), (8, 2)], (await ListAsync(a.Last(2).Join(b.Last(4), (x, y) => (x, y)))).Select(minute => minute.Value));
        Assert.Equal([(3L, 6L), (8, 2)], (await ListAsync(a.Last(4).SkipEmpty().Join(b.Last(9).SkipEmpty(), (x, y) => (x, y)))).Select(minute => minute.Value));
        Assert.Empty(await ListAsync(a.Last(2).Join(b.Between(Noon.AddMinutes(-9), Noon.AddMinutes(-5)), (x, y) => x + y)));
        Assert.Empty(await ListAsync(a.Last(2).Join(Visit.In(store).Minute.For("none").All(), (x, y) => x + y)));

        // Statistics, resampled ranges, windows, and a join again.
        var day = await ListAsync(a.Last(4).Stats().Join(b.Last(4).Stats(), (x, y) => x.Sum + y.Sum));
        Assert.Equal([9L, 7, 5, 10], day.Select(minute => minute.Value));
        Assert.Equal(31L, Assert.Single(await ListAsync(a.Last(4).Resample("1h").Join(b.Last(4).Resample("60m"), (x, y) => x + y))).Value);
        Assert.Equal([9L, 16, 12, 15], (await ListAsync(a.Last(4).Join(b.Last(4), (x, y) => x + y).Join(a.Last(4).Stats().Moving(2), (sum, window) => sum + window.Sum - sum).Join(b.Last(4).Stats().Moving(2), (x, y) => x + y.Sum))).Select(minute => minute.Value));
    }

    [Fact]
    public async Task Grids_have_to_be_equal()
    {
        await using var store = await OpenAsync(o => o.Only<Hit>().Only<Visit>().Only<TokyoDays>().Only<Ages>());
        var (minutes, days) = (Hit.In(store).Minute.For("/").Last(2), Hit.In(store).Day.For("/").Last(2));

        var error = Assert.Throws<ArgumentException>(() => minutes.Join(days, (x, y) => x + y));
        Assert.Contains("minute: 1m", error.Message, StringComparison.Ordinal);
        Assert.Contains("Resample", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => days.Join(TokyoDays.In(store).Day.For("a").Last(2), (x, y) => x + y));
        await Assert.ThrowsAsync<ArgumentException>(() => ListAsync(minutes.Stats().Join(days.Stats(), (x, y) => x.Sum + y.Sum)));

        // A resolution does not matter.
        Assert.Equal(2, (await ListAsync(days.Join(Ages.In(store).Day.For("a").Last(2), (x, y) => x + y))).Count);
        Assert.Equal(2, (await ListAsync(minutes.Resample("daily").Join(Ages.In(store).Day.For("a").Last(2), (x, y) => x + y))).Count + 1);
        Assert.Throws<ArgumentNullException>(() => minutes.Join(minutes, (Func<long, long, long>)null!));
    }

    [Fact]
    public async Task Keys_to_any_type()
    {
        await using var store = await OpenAsync(o => o.Only<Level>().Only<Hit>().Only<Visitor>().Only<Trade>().Only<Latency>());
        await Level.In(store).InsertAsync([new("a", 5, Noon.AddHours(-2)), new("a", 6, Noon), new("b", 7, Noon.AddHours(-1)), new("b", 9, Noon.AddDays(-2))]);
        var levels = Level.In(store).Day.For(["a", "b", "c"]);

        // Of each key its bucket, slots merged; of a key without data nothing.
        Assert.Equal(["//", "/9/", "//", "6/7/"], (await ListAsync(levels.Last(4).Join(keys => string.Join('/', keys)))).Select(day => day.Value));
        Assert.Equal(["/9/", "6/7/"], (await ListAsync(levels.Last(4).SkipEmpty().Join(keys => string.Join('/', keys)))).Select(day => day.Value));
        Assert.Equal(["/9/", "", "6/7/"], (await ListAsync(levels.All().Join(keys => keys.All(key => key is null) ? "" : string.Join('/', keys)))).Select(day => day.Value));
        Assert.Equal(["7/6"], (await ListAsync(Level.In(store).Day.For(["b", "a"]).Last(1).Join(keys => string.Join('/', keys)))).Select(day => day.Value));
        Assert.Equal(["/9/", "6/7/"], (await ListAsync(levels.Last(4).Resample("48h").Join(keys => string.Join('/', keys)))).Select(day => day.Value));

        // What stays of the type of a bucket stays a range.
        Assert.Equal(6, await levels.Last(1).Join(keys => keys.Sum()).CollapseAsync());
        Assert.Throws<InvalidOperationException>(() => levels.Last(1).Join(keys => keys.Sum()).Join(keys => "twice"));

        await Hit.In(store).InsertAsync([new Hit { Page = "/a", Times = 2, At = Noon.AddHours(-3) }, new Hit { Page = "/a", Times = 2 }, new Hit { Page = "/b", Times = 8 }]);
        Assert.Equal([(long[])[4, 8]], (await ListAsync(Hit.In(store).Day.For(["/a", "/b"]).Last(1).Join(keys => keys.ToArray()))).Select(day => day.Value));
        await Visitor.In(store).InsertAsync([new("/a", "1", Noon), new("/b", "1", Noon), new("/b", "2", Noon.AddDays(-1))]);
        Assert.Equal([1], (await ListAsync(Visitor.In(store).Week.For(["/a", "/b"]).Last(1).Join(keys => keys[0].Intersect(keys[1]).Count()))).Select(week => week.Value));
        await Trade.In(store).InsertAsync([new("x", 3, Noon), new("y", 1, Noon), new("x", 4, Noon.AddHours(-1))]);
        Assert.Equal([("4 3", "1")], (await ListAsync(Trade.In(store).Day.For(["x", "y"]).Last(1).Join(keys => (string.Join(' ', keys[0]), string.Join(' ', keys[1]))))).Select(day => day.Value));
        await Latency.In(store).InsertAsync([new("/", Tier.Free, 3, Noon), new("/", Tier.Paid, 1, Noon), new("/", Tier.Free, 3, Noon.AddHours(-1))]);
        Assert.Equal([(2L, 1L)], (await ListAsync(Latency.In(store).Day.For([new("/", Tier.Free), new("/", Tier.Paid)]).Last(1).Join(keys => (keys[0].Total, keys[1].Total)))).Select(day => day.Value));
        Assert.Throws<ArgumentNullException>(() => levels.Last(1).Join((Func<IReadOnlyList<int?>, string>)null!));
    }

    [Fact]
    public async Task Keys_of_more_than_a_page()
    {
        await using var store = await OpenAsync<Tick>();
        await Tick.In(store).InsertAsync(Enumerable.Range(0, 45_000).Select(i => new Tick(i % 2 == 0 ? "a" : "b", i) { At = Noon.AddSeconds(i / 2) }));

        var seconds = await ListAsync(Tick.In(store).Second.For(["a", "b"]).All().Join(keys => (keys[0], keys[1])));
        Assert.Equal(Enumerable.Range(0, 22_500).Select(i => (2L * i, (2L * i) + 1)), seconds.Select(second => second.Value));
    }
}

public sealed class JoinTestsOnSqlite() : JoinTests(DatabaseServer.Sqlite);

public sealed class JoinTestsOnPostgres() : JoinTests(DatabaseServer.Postgres);
