using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Reads by lambdas of one's own: condense, join, collapse and transform, on every type.</summary>
public abstract class OwnReadTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task A_cancelled_read_transforms_nothing()
    {
        await using var store = await OpenAsync<Hit>();
        var days = Hit.In(store).Day.For("/").Last(3);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var day in days.Transform(value => value + 1).WithCancellation(new CancellationToken(canceled: true)))
            {
                Assert.Fail($"{day}");
            }
        });
        Assert.Throws<ArgumentNullException>(() => days.Transform<long>(null!));
    }

    [Fact]
    public async Task Condenses_slots()
    {
        await using var store = await OpenAsync<Level>();
        await Level.In(store).InsertAsync([new("a", 5, Noon), new("a", 7, Noon.AddHours(-2)), new("a", 9, Noon.AddDays(-1))]);

        // The highest level of a day, where the built-in reading is the last one.
        var days = await ListAsync(Level.In(store).Day.For("a").Last(3).Condense(slots => slots.Count == 0 ? -1 : slots.Max(slot => slot.Value)));

        Assert.Equal([-1, 9, 7], days.Select(day => day.Value));
        Assert.Equal(Noon.Date, days[^1].Start.Date);
        Assert.Equal([9, 7], (await ListAsync(Level.In(store).Day.For("a").Last(3).SkipEmpty().Condense(slots => slots.Max(slot => slot.Value)))).Select(day => day.Value));
        Assert.Equal([2], (await ListAsync(Level.In(store).Day.For("a").Last(1).Condense(slots => slots.Count))).Select(day => day.Value));
    }

    [Fact]
    public async Task Joins_keys()
    {
        await using var store = await OpenAsync<Level>();
        await Level.In(store).InsertAsync([new("a", 5, Noon), new("b", 7, Noon), new("b", 2, Noon.AddHours(-2))]);
        var both = Level.In(store).Day.For(["a", "b", "c"]);

        // Levels of several tanks add up, where the built-in join keeps the latest.
        var sum = both.Last(1).Join(levels => levels.Sum());

        var day = Assert.Single(await ListAsync(sum.WithSlots()));
        Assert.Equal([2, 12], day.Slots.Select(slot => slot.Value ?? -1));
        Assert.Equal(12, day.Value);
        Assert.Equal(12, await sum.CollapseAsync());
        Assert.Equal(3, await both.Last(1).Join(levels => levels.Count).CollapseAsync());
        Assert.Throws<InvalidOperationException>(() => sum.Stats());
    }

    // Without a join of one's own, keys are joined as everywhere else.
    [Fact]
    public async Task Condenses_keys_that_are_joined_by_time()
    {
        await using var store = await OpenAsync<Level>();
        await Level.In(store).InsertAsync([new("a", 1, Noon), new("b", 2, Noon.AddMinutes(-20)), new("b", 7, Noon.AddHours(-1)), new("a", 8, Noon.AddHours(-1))]);

        var day = Assert.Single(await ListAsync(Level.In(store).Day.For(["a", "b"]).Last(1).Condense(slots => slots.Select(slot => slot.Value).ToArray())));
        var reversed = Assert.Single(await ListAsync(Level.In(store).Day.For(["b", "a"]).Last(1).Condense(slots => slots.Select(slot => slot.Value).ToArray())));

        Assert.Equal([7, 1], day.Value);
        Assert.Equal([8, 1], reversed.Value);
        Assert.Equal([7, 1], Assert.Single(await ListAsync(Level.In(store).Day.For(["a", "b"]).Last(1).WithSlots())).Slots.Select(slot => slot.Value));
    }

    [Fact]
    public async Task Collapses_and_transforms()
    {
        await using var store = await OpenAsync<Latency>();
        await Latency.In(store).InsertAsync([new("/", Tier.Free, 1, Noon), new("/", Tier.Free, 9, Noon), new("/", Tier.Free, 4, Noon.AddDays(-1))]);
        var days = Latency.In(store).Day.For(new Latency.Key("/", Tier.Free)).Last(2);

        var several = await ListAsync(days.Transform(h => new { Median = h.Percentile(50), h.Total, Spread = h.Max() - h.Min() }));
        Assert.Equal([(4, 1, 0), (1, 2, 8)], several.Select(day => ((int)day.Value.Median!, (int)day.Value.Total, (int)day.Value.Spread!)));
        var totals = await days.CollapseAsync(buckets => buckets.Select(bucket => bucket.Value.Total).ToArray());
        Assert.Equal([1L, 2], totals);
    }

    [Fact]
    public async Task Every_type_takes_lambdas()
    {
        await using var store = await OpenAsync(o => o.Only<Visitor>().Only<Trade>().Only<Hit>().Only<Latency>().Only<Status>());
        await Visitor.In(store).InsertAsync([new("/a", "1", Noon), new("/b", "1", Noon), new("/b", "2", Noon)]);
        await Trade.In(store).InsertAsync([new("x", 1, Noon), new("y", 2, Noon.AddMinutes(-1)), new("x", 3, Noon.AddHours(-1))]);
        await Hit.In(store).InsertAsync([new Hit { Page = "/a", Times = 2 }, new Hit { Page = "/b", Times = 5 }]);
        await Status.In(store).InsertAsync("api", "up");

        // Visitors of both pages: an intersection, where the built-in join is a union.
        var common = await ListAsync(Visitor.In(store).Day.For(["/a", "/b"]).Last(1).Join(sets => sets[0].Intersect(sets[1]).ToHashSet()));
        Assert.Equal(["1"], Assert.Single(common).Value);

        // Newest key first, where the built-in join concatenates in the order asked for.
        var trades = await ListAsync(Trade.In(store).Day.For(["x", "y"]).Last(1).Join(lists => [.. lists.Reverse().SelectMany(list => list)]));
        Assert.Equal([3m, 2, 1], Assert.Single(trades).Value);
        Assert.Equal([2], (await ListAsync(Trade.In(store).Day.For("x").Last(1).Condense(slots => slots.Count))).Select(day => day.Value));

        Assert.Equal(5, await Hit.In(store).Day.For(["/a", "/b"]).Last(1).Join(totals => totals.Max()).CollapseAsync());
        Assert.Equal("up!", (await ListAsync(Status.In(store).Hour.For("api").Last(1).Transform(text => text + "!")))[0].Value);
    }
}

public sealed class OwnReadTestsOnSqlite() : OwnReadTests(DatabaseServer.Sqlite);

public sealed class OwnReadTestsOnPostgres() : OwnReadTests(DatabaseServer.Postgres);
