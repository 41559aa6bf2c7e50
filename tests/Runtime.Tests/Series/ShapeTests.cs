using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Declared types of every shape: classes, structs, records; properties, fields, parameters; no key, one, several.</summary>
public abstract class ShapeTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Without_members_each_point_counts()
    {
        await using var store = await OpenAsync<Heartbeat>();
        var beats = Heartbeat.In(store);

        await beats.InsertAsync();
        await beats.InsertAsync(Noon.AddHours(-1));
        await beats.InsertAsync(new Heartbeat());
        await beats.InsertAsync([new Heartbeat(), new Heartbeat()]);

        Assert.Equal(4, (await beats.Hour.GetAsync()).Value);
        Assert.Equal([1, 4], (await ListAsync(beats.Hour.Last(2))).Select(hour => hour.Value));
        Assert.Equal(5, await beats.Hour.All().CollapseAsync());
        Assert.Equal(new BucketExtent(Hour(-1), Hour(0)), (await beats.PropertiesAsync())["hour"]);
        await beats.DeleteAllAsync();
        Assert.Empty(await beats.PropertiesAsync());
    }

    [Fact]
    public async Task Without_a_key_there_is_one_stat()
    {
        await using var store = await OpenAsync<Load>();
        var load = Load.In(store);

        await load.InsertAsync(0.5);
        await load.InsertAsync(1.5, Noon.AddHours(-2));
        await load.InsertAsync([new Load(0.5), new Load(2)]);

        Assert.Equal([(0.5, 2L), (2.0, 1L)], (await load.Hour.GetAsync()).Value.Select(entry => (entry.Key, entry.Value)));
        var day = Assert.Single(await ListAsync(load.Day.Between(Noon, Noon).WithSlots()));
        Assert.Equal([Hour(-2), Hour(0)], day.Slots.Select(slot => slot.Start));
        Assert.Equal(4, day.Value.Total);
        Assert.Equal(1.125, (await load.Day.Last().StatsAsync()).Mean);
        Assert.Equal([1L, 0, 3], (await ListAsync(load.Hour.From(Noon.AddHours(-2)).Stats())).Select(hour => hour.Value.Count));
    }

    [Fact]
    public async Task Several_keys_name_a_stat_together()
    {
        await using var store = await OpenAsync<Transfer>();
        var transfers = Transfer.In(store);
        var due = new DateOnly(2026, 3, 31);
        await transfers.InsertAsync(
        [
            new Transfer("eu", 1, due, 10.5m, Noon.UtcDateTime),
            new Transfer("eu", 2, due, 20m, Noon.UtcDateTime),
            new Transfer("eu", 1, due.AddDays(1), 30m, Noon.UtcDateTime),
            new Transfer("us", 1, due, 40m, Noon.UtcDateTime),
        ]);
        await transfers.InsertAsync(new("eu", 1, due), 10.50m);
        await transfers.InsertAsync("eu", 1, due, 11m, Noon.AddHours(-1));

        var hour = (await transfers.Hour.GetAsync(new("eu", 1, due))).Value;
        Assert.Equal([(10.5m, 2L)], hour.Select(entry => (entry.Key, entry.Value)));
        Transfer.Key[] keys = [new("eu", 1, due), new("us", 1, due)];
        Assert.Equal([10.5m, 11m, 40m], (await transfers.Day.For(keys).Last(1).CollapseAsync()).Values);
        Assert.Equal(4, (await ListAsync(transfers.Keys())).Distinct().Count());
        await transfers.DeleteAsync(new("eu", 1, due));
        Assert.Equal(
            [new("eu", 1, due.AddDays(1)), new("eu", 2, due), new("us", 1, due)],
            (await ListAsync(transfers.Keys())).Order());
    }

    [Fact]
    public async Task A_struct_with_fields()
    {
        await using var store = await OpenAsync<Sample>();

        await Sample.In(store).InsertAsync([new Sample { Sensor = 7, Units = 2, At = Noon }, new Sample { Sensor = 7, Units = 3, At = Noon.ToOffset(TimeSpan.FromHours(5)) }]);

        Assert.Equal(5, (await Sample.In(store).Hour.GetAsync(7)).Value);
    }

    [Fact]
    public async Task A_record_with_a_time_that_may_be_missing()
    {
        await using var store = await OpenAsync<Sale>();

        await Sale.In(store).InsertAsync([new Sale { Shop = "a", Price = 9.99m }, new Sale { Shop = "a", Price = 0.01m, At = Noon.AddHours(-1).UtcDateTime }]);

        Assert.Equal([0.01m, 9.99m], (await ListAsync(Sale.In(store).Hour.For("a").Last(2))).Select(hour => hour.Value));
    }

    [Fact]
    public async Task Members_of_a_base_type()
    {
        await using var store = await OpenAsync<Depth>();

        await Depth.In(store).InsertAsync(new Depth { Site = "pier", Metres = 12 });

        Assert.Equal(1, (await Depth.In(store).Hour.GetAsync("pier")).Value[12]);
    }

    [Fact]
    public async Task A_nested_type_with_keywords_for_names()
    {
        await using var store = await OpenAsync<Outer.Inner>();

        await Outer.Inner.In(store).InsertAsync(new Outer.Inner("a", 2));

        Assert.Equal(2, (await Outer.Inner.In(store).Event.GetAsync("a")).Value);
        Assert.Equal(2, (await Outer.Inner.In(store).Class.GetAsync("a")).Value);
        Assert.Equal(1, await Database.RowsAsync("outer_inner_event"));
    }

    private static DateTimeOffset Hour(int hours) => new DateTimeOffset(2026, 3, 21, 12, 0, 0, TimeSpan.Zero).AddHours(hours);
}

public sealed class ShapeTestsOnSqlite() : ShapeTests(DatabaseServer.Sqlite);

public sealed class ShapeTestsOnPostgres() : ShapeTests(DatabaseServer.Postgres);
