using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Members with the names that statements give to things of their own: each read goes by the columns.</summary>
public abstract class MemberNameTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Gauge()
    {
        await using var store = await OpenAsync<LatestNames>();
        var latest = LatestNames.In(store);
        await latest.InsertAsync([new("a", 1, 7, Noon), new("a", 1, 1, Noon.AddHours(-1)), new("b", 1, 9, Noon.AddHours(-2))]);

        Assert.Equal(7, (await latest.Day.GetAsync(new("a", 1))).Value);
        Assert.Equal(7, (await ListAsync(latest.Day.For([new("b", 1), new("a", 1)]).Last(1)))[0].Value);
        Assert.Equal([9, 1, 7], (await ListAsync(latest.Day.For([new("b", 1), new("a", 1)]).Last(1).WithSlots()))[0].Slots.Select(slot => slot.Value!.Value));
        Assert.Equal(7, await latest.Day.For([new("a", 1), new("b", 1)]).Last(1).CollapseAsync());
    }

    [Fact]
    public async Task Histogram()
    {
        await using var store = await OpenAsync<ValueNames>();
        var values = ValueNames.In(store);
        await values.InsertAsync([new("a", 1, 5), new("a", 1, 5), new("b", 1, 8)]);
        var both = values.Day.For([new("a", 1), new("b", 1)]).Last(1);

        Assert.Equal([(5, 2L)], (await values.Day.GetAsync(new("a", 1))).Value.Select(entry => (entry.Key, entry.Value)));
        Assert.Equal([(5, 2L), (8, 1L)], (await both.CollapseAsync()).Select(entry => (entry.Key, entry.Value)));
        Assert.Equal(6, (await both.StatsAsync()).Mean);
    }

    [Fact]
    public async Task Count()
    {
        await using var store = await OpenAsync<TotalNames>();
        var totals = TotalNames.In(store);
        await totals.InsertAsync([new("a", 1, 5), new("b", 1, 8)]);
        await totals.InsertAsync("a", 1, 2);

        Assert.Equal(7, (await totals.Day.GetAsync(new("a", 1))).Value);
        Assert.Equal(15, await totals.Day.For([new("a", 1), new("b", 1)]).Last(1).CollapseAsync());
    }

    [Fact]
    public async Task Set()
    {
        await using var store = await OpenAsync<SetNames>();
        var sets = SetNames.In(store);
        await sets.InsertAsync([new("a", 1, 5), new("a", 1, 6), new("b", 1, 5)]);
        var both = sets.Day.For([new("a", 1), new("b", 1)]).Last(1);

        Assert.Equal([5, 6], (await sets.Day.GetAsync(new("a", 1))).Value.Order());
        Assert.Equal(2, (await both.StatsAsync()).Count);
    }

    [Fact]
    public async Task Series()
    {
        await using var store = await OpenAsync<PointNames>();
        var points = PointNames.In(store);
        await points.InsertAsync([new("a", 1, 5), new("b", 1, 6)]);
        var both = points.Day.For([new("a", 1), new("b", 1)]).Last(1);

        Assert.Equal([5], (await points.Day.GetAsync(new("a", 1))).Value);
        Assert.Equal([5, 6], await both.CollapseAsync());
        Assert.Equal(5.5, (await both.StatsAsync()).Mean);
    }

    [Fact]
    public async Task Long_ones_are_columns_of_their_own()
    {
        await using var store = await OpenAsync<LongNames>();
        var names = LongNames.In(store);
        await names.InsertAsync([new("a", "b"), new("b", "a")]);

        Assert.Equal([new("a", "b"), new("b", "a")], (await ListAsync(names.Keys())).Order());
    }
}

public sealed class MemberNameTestsOnSqlite() : MemberNameTests(DatabaseServer.Sqlite);

public sealed class MemberNameTestsOnPostgres() : MemberNameTests(DatabaseServer.Postgres);
