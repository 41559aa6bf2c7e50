using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Keys are exact: what one stat is told, its neighbours never hear of.</summary>
public abstract class KeyTests(DatabaseServer server) : StoreSuite(server)
{
    /// <summary>Names that pattern matching, trimming, case folding or normalising would take for each other.</summary>
    private static readonly string[] s_lookalikes = ["a", "A", "a ", " a", "ab", "a%", "a_", "a*", "a\\", "a'", "a\"", "", "\u00e9", "e\u0301", "\u00df", "ss", "a\n", "a;--"];

    [Fact]
    public async Task Lookalikes_are_different_stats()
    {
        await using var store = await OpenAsync<Hit>();
        var hits = Hit.In(store);
        await hits.InsertAsync(s_lookalikes.Select((name, i) => new Hit { Page = name, Times = i + 1 }));

        Assert.Equal(s_lookalikes.Order(StringComparer.Ordinal), (await ListAsync(hits.Keys())).Select(key => key.Page).Order(StringComparer.Ordinal));
        for (var i = 0; i < s_lookalikes.Length; i++)
        {
            Assert.Equal(i + 1, (await hits.Day.GetAsync(s_lookalikes[i])).Value);
        }
    }

    [Fact]
    public async Task Deleting_a_key_touches_no_other()
    {
        await using var store = await OpenAsync<Hit>();
        var hits = Hit.In(store);
        await hits.InsertAsync(s_lookalikes.Select(name => new Hit { Page = name }));

        for (var i = 0; i < s_lookalikes.Length; i++)
        {
            await hits.DeleteAsync(s_lookalikes[i]);
            Assert.Equal(s_lookalikes[(i + 1)..].Order(StringComparer.Ordinal), (await ListAsync(hits.Keys())).Select(key => key.Page).Order(StringComparer.Ordinal));
            Assert.Equal(s_lookalikes.Length - i - 1, await Database.RowsAsync("hit_minute"));
            Assert.Equal(s_lookalikes.Length - i - 1, await Database.RowsAsync("hit_day"));
        }
    }

    [Fact]
    public async Task Deleting_a_key_that_is_not_there_is_nothing()
    {
        await using var store = await OpenAsync<Hit>();

        await Hit.In(store).DeleteAsync("a");
        await Hit.In(store).DeleteAllAsync();

        Assert.Empty(await Hit.In(store).PropertiesAsync("a"));
    }

    [Fact]
    public async Task Deleting_all_leaves_the_other_series()
    {
        await using var store = await OpenAsync(o => o.Only<Hit>().Only<Visit>());
        await Hit.In(store).InsertAsync("a", 1);
        await Visit.In(store).InsertAsync("a");

        await Hit.In(store).DeleteAllAsync();

        Assert.Equal((0L, 0L, 1L), (await Database.RowsAsync("hit_minute"), await Database.RowsAsync("hit_day"), await Database.RowsAsync("visit_day")));
        await Hit.In(store).InsertAsync("a", 2);
        Assert.Equal(2, (await Hit.In(store).Day.GetAsync("a")).Value);
    }

    [Fact]
    public async Task Properties_are_the_first_and_last_live_bucket_of_each_interval()
    {
        await using var store = await OpenAsync<Hit>();
        var hits = Hit.In(store);
        await hits.InsertAsync("a", 1, Noon.AddDays(-3));
        await hits.InsertAsync("a", 1, Noon.AddMinutes(-5));
        await hits.InsertAsync("a", 1, Noon.AddDays(1));
        await hits.InsertAsync("b", 1, Noon.AddDays(-9));

        var extents = await hits.PropertiesAsync("a");

        Assert.Equal(2, extents.Count);
        Assert.Equal(new BucketExtent(Noon.AddSeconds(-56).AddMinutes(-5), Noon.AddSeconds(-56).AddDays(1)), extents["minute"]);
        Assert.Equal(new BucketExtent(new(2026, 3, 18, 0, 0, 0, TimeSpan.Zero), new(2026, 3, 22, 0, 0, 0, TimeSpan.Zero)), extents["day"]);
        Assert.Equal(["day"], (await hits.PropertiesAsync("b")).Keys);
    }

    [Fact]
    public async Task Many_keys_are_listed_and_joined()
    {
        await using var store = await OpenAsync<Hit>();
        var hits = Hit.In(store);
        await hits.InsertAsync(Enumerable.Range(0, 3_000).Select(i => new Hit { Page = $"/{i}", Times = i }));

        Assert.Equal(3_000, (await ListAsync(hits.Keys())).Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 1_000).Sum(), await hits.Day.For(Enumerable.Range(0, 1_000).Select(i => (Hit.Key)$"/{i}")).Last(1).CollapseAsync());
    }

    // More than a statement takes parameters on either database.
    [Fact]
    public async Task More_keys_than_parameters()
    {
        const int Count = 40_000;
        await using var store = await OpenAsync(o => o.Only<Hit>().Only<Pair>());
        await Hit.In(store).InsertAsync([new Hit { Page = "/0", Times = 1 }, new Hit { Page = $"/{Count - 1}", Times = 2 }]);
        await Pair.In(store).InsertAsync([new Pair("a", "0", 1), new Pair("b", $"{Count - 1}", 2)]);

        Assert.Equal(3, await Hit.In(store).Day.For(Enumerable.Range(0, Count).Select(i => (Hit.Key)$"/{i}")).Last(1).CollapseAsync());
        Assert.Equal(3, await Pair.In(store).Day.For(Enumerable.Range(0, Count).Select(i => new Pair.Key(i == 0 ? "a" : "b", $"{i}"))).Last(1).CollapseAsync());
    }
}

public sealed class KeyTestsOnSqlite() : KeyTests(DatabaseServer.Sqlite);

public sealed class KeyTestsOnPostgres() : KeyTests(DatabaseServer.Postgres);
