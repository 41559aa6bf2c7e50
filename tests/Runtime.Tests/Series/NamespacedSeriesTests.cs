using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Namespaces of series are closed: the same keys in two of them have nothing to do with each other, whatever is done in one.</summary>
public abstract class NamespacedSeriesTests(DatabaseServer server) : StoreSuite(server)
{
    // One is the beginning of the other, and they differ in case.
    private static readonly string[] s_spaces = ["default", "a", "a-", "a.b", "A"];

    [Fact]
    public async Task Every_type_keeps_namespaces_apart()
    {
        await using var store = await OpenTenantsAsync();
        foreach (var (space, n) in s_spaces.Select((space, i) => (space, i + 1)))
        {
            await TenantHit.In(store, space).InsertAsync([new TenantHit("/", n), new TenantHit("/x", 10 * n)]);
            await TenantLatency.In(store, space).InsertAsync([new TenantLatency(1, "h", n), new TenantLatency(1, "h", n), new TenantLatency(2, "h", 100)]);
            await TenantLevel.In(store, space).InsertAsync("t", n);
            await TenantVisitor.In(store, space).InsertAsync([new TenantVisitor("/", $"v{n}"), new TenantVisitor("/", "all")]);
            await TenantTrade.In(store, space).InsertAsync([new TenantTrade("s", n), new TenantTrade("s", -n)]);
            await TenantLoad.In(store, space).InsertAsync("h", n);
        }

        foreach (var (space, n) in s_spaces.Select((space, i) => (space, i + 1)))
        {
            Assert.Equal(n, (await TenantHit.In(store, space).Hour.GetAsync("/")).Value);
            Assert.Equal(11 * n, await TenantHit.In(store, space).Day.For(["/", "/x"]).Last(2).CollapseAsync());
            Assert.Equal(2, (await TenantLatency.In(store, space).Hour.GetAsync(new(1, "h"))).Value[n]);
            Assert.Equal(3, (await TenantLatency.In(store, space).Hour.For([new(1, "h"), new(2, "h")]).All().CollapseAsync()).Total);
            Assert.Equal(n, (await TenantLevel.In(store, space).Hour.GetAsync("t")).Value);
            Assert.Equal(["all", $"v{n}"], (await TenantVisitor.In(store, space).Day.GetAsync("/")).Value.Order(StringComparer.Ordinal));
            Assert.Equal([n, -n], (await TenantTrade.In(store, space).Day.GetAsync("s")).Value);
            Assert.Equal(n, (await TenantLoad.In(store, space).Hour.GetAsync("h")).Value.Mean);
            Assert.Equal(["/", "/x"], await KeysAsync(TenantHit.In(store, space)));
            Assert.Equal([new(1, "h"), new(2, "h")], (await ListAsync(TenantLatency.In(store, space).Keys())).Order());
            Assert.Equal(["s"], (await ListAsync(TenantTrade.In(store, space).Keys())).Select(key => key.Symbol));
        }

        Assert.Equal(s_spaces.Order(StringComparer.Ordinal), await store.NamespacesAsync());
        Assert.Equal(1, (await TenantHit.In(store).Hour.GetAsync("/")).Value);
        Assert.Empty(await KeysAsync(TenantHit.In(store, "none")));
        Assert.Equal(0, (await TenantHit.In(store, "none").Hour.GetAsync("/")).Value);
    }

    [Fact]
    public async Task All_keys_are_those_of_the_namespace()
    {
        await using var store = await OpenTenantsAsync();
        foreach (var (space, n) in s_spaces.Select((space, i) => (space, i + 1)))
        {
            // More than a page.
            await TenantHit.In(store, space).InsertAsync(Enumerable.Range(0, 3_000).Select(i => new TenantHit($"/{i:D4}", n)));
            await TenantLatency.In(store, space).InsertAsync([new TenantLatency(1, "a", n), new TenantLatency(1, "b", n), new TenantLatency(2, "a", n)]);
            await TenantTrade.In(store, space).InsertAsync([new TenantTrade("x", n), new TenantTrade("y", n)]);
        }

        foreach (var (space, n) in s_spaces.Select((space, i) => (space, i + 1)))
        {
            var all = await ListAsync(TenantHit.In(store, space).Hour.ForAll().Last(1));
            Assert.Equal(Enumerable.Range(0, 3_000).Select(i => (new TenantHit.Key($"/{i:D4}"), (long)n)), all.Select(one => (one.Key, one.Bucket.Value)));
            var some = await ListAsync(TenantHit.In(store, space).Hour.ForAll("/12").Last(1).SkipEmpty());
            Assert.Equal(Enumerable.Range(1_200, 100).Select(i => $"/{i:D4}"), some.Select(one => one.Key.Page));
            Assert.Equal(3_000, (await ListAsync(TenantHit.In(store, space).Hour.ForAll("").Last(1).Stats())).Count);
            Assert.Equal([(1, "a"), (1, "b"), (2, "a")], (await ListAsync(TenantLatency.In(store, space).Hour.ForAll().All())).Select(one => (one.Key.Route, one.Key.Host)));
            Assert.All(await ListAsync(TenantLatency.In(store, space).Hour.ForAll().Last(1).Percentiles(50)), one => Assert.Equal(n, one.Bucket.Value[0]));
            Assert.Equal([("x", (decimal)n), ("y", n)], (await ListAsync(TenantTrade.In(store, space).Day.ForAll().Last(1))).Select(one => (one.Key.Symbol, one.Bucket.Value[0])));
        }
    }

    [Fact]
    public async Task Reads_that_combine_stay_in_the_namespace()
    {
        await using var store = await OpenTenantsAsync();
        foreach (var (space, n) in s_spaces.Select((space, i) => (space, i + 1)))
        {
            await TenantHit.In(store, space).InsertAsync("/", n);
            await TenantHit.In(store, space).InsertAsync("/", n, Noon.AddHours(-1));
            await TenantLatency.In(store, space).InsertAsync([new TenantLatency(1, "a", n), new TenantLatency(1, "a", 5 * n)]);
        }

        foreach (var (space, n) in s_spaces.Select((space, i) => (space, i + 1)))
        {
            var (hits, latency) = (TenantHit.In(store, space), TenantLatency.In(store, space));
            Assert.Equal(2 * n, (await ListAsync(hits.Hour.For("/").Last(2).Resample("2h"))).Sum(one => one.Value));
            Assert.Equal([n, n], (await ListAsync(hits.Hour.For("/").Last(2))).Select(one => one.Value));
            var joined = await ListAsync(hits.Hour.For("/").Last(1).Join(latency.Hour.For(new TenantLatency.Key(1, "a")).Last(1), (count, values) => (count, values.Total)));
            Assert.Equal([((long)n, 2L)], joined.Select(one => one.Value));
            Assert.Equal([n, 5 * n], (await ListAsync(latency.Hour.For(new TenantLatency.Key(1, "a")).Last(1).Percentiles(50, 100)))[0].Value.Select(value => (int)value!));
            Assert.Equal(["day", "hour"], (await hits.PropertiesAsync("/")).Keys.Order(StringComparer.Ordinal));
        }

        Assert.Empty(await TenantHit.In(store, "none").PropertiesAsync("/"));
    }

    [Fact]
    public async Task Deleting_stays_in_the_namespace_and_expiring_does_not()
    {
        await using var store = await OpenTenantsAsync();
        foreach (var space in s_spaces)
        {
            await TenantHit.In(store, space).InsertAsync([new TenantHit("/", 1), new TenantHit("/x", 1)]);
            await TenantTrade.In(store, space).InsertAsync("s", 1);
        }

        await TenantHit.In(store, "a").DeleteAsync("/");
        await TenantHit.In(store, "a.b").DeleteAllAsync();
        await TenantTrade.In(store, "a.b").DeleteAllAsync();

        Assert.Equal(["/x"], await KeysAsync(TenantHit.In(store, "a")));
        Assert.Empty(await KeysAsync(TenantHit.In(store, "a.b")));
        foreach (var space in new[] { "default", "a-", "A" })
        {
            Assert.Equal(["/", "/x"], await KeysAsync(TenantHit.In(store, space)));
        }

        Assert.Equal(["A", "a", "a-", "default"], await store.NamespacesAsync());
        Clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(1, await TenantHit.In(store, "A").ExpireAsync("/"));
        Assert.Equal(6, await TenantHit.In(store, "default").ExpireAsync());
        Assert.Equal(4, await TenantTrade.In(store, "none").ExpireAsync());
    }

    [Fact]
    public async Task Posted_points_of_namespaces_share_a_flush_and_are_handed_back_with_theirs()
    {
        List<UnwrittenItem> refused = [];
        await using var store = await OpenAsync(o => o.Only<TenantHit>().OnRejected = refused.Add);
        await TenantHit.In(store, "a").InsertAsync("/", long.MaxValue);
        foreach (var space in s_spaces)
        {
            await TenantHit.In(store, space).Post("/", 1);
            await TenantHit.In(store, space).Post(new TenantHit("/", 2));
        }

        await store.FlushAsync();

        Assert.Equal([1L, 2L], refused.Cast<UnwrittenPoint<TenantHit.Key, long>>().Select(one => one.Value).Order());
        Assert.All(refused.Cast<UnwrittenPoint<TenantHit.Key, long>>(), one => Assert.Equal(("a", new TenantHit.Key("/")), (one.Namespace, one.Key)));
        var stored = await Task.WhenAll(s_spaces.Select(async space => (await TenantHit.In(store, space).Hour.GetAsync("/")).Value));
        Assert.Equal([3, long.MaxValue, 3, 3, 3], stored);
    }

    [Fact]
    public async Task Queries_of_a_handle_see_its_namespace()
    {
        await using var store = await OpenTenantsAsync();
        await using var db = store.CreateDbContext();
        foreach (var (space, n) in s_spaces.Select((space, i) => (space, i + 1)))
        {
            await TenantHit.In(db, space).InsertAsync([new TenantHit("/", n), new TenantHit("/x", n)]);
            await TenantTrade.In(db, space).InsertAsync("s", n);
        }

        foreach (var (space, n) in s_spaces.Select((space, i) => (space, i + 1)))
        {
            var rows = TenantHit.In(db, space).Day.AsQueryable();
            Assert.Equal(2 * n, await rows.SumAsync(row => row.Times));
            Assert.Equal([("/", (long)n), ("/x", n)], (await rows.OrderBy(row => row.Page).ToListAsync()).Select(row => (row.Page, row.Times)));
            Assert.Equal(1, await TenantTrade.In(db, space).Day.AsQueryable().CountAsync());
            Assert.Equal(2, await rows.Join(TenantHit.In(db, space).Hour.AsQueryable(), day => day.Page, hour => hour.Page, (day, hour) => hour.Times).CountAsync());
            Assert.Equal(n, (await TenantHit.In(db, space).Hour.GetAsync("/")).Value);
        }

        Assert.Equal(1, await TenantHit.In(db, "a").Hour.AsQueryable().Where(row => row.Page == "/x").ExecuteDeleteAsync());
        Assert.Equal(9, await Database.RowsAsync("tenant_hit_hour"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a/b")]
    public async Task The_grammar_is_that_of_streams(string space)
    {
        await using var store = await OpenTenantsAsync();
        await using var db = store.CreateDbContext();
        Assert.Contains("is no namespace", Assert.Throws<ArgumentException>(() => TenantHit.In(store, space)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TenantHit.In(db, space));
        Assert.Throws<ArgumentException>(() => TenantHit.In(store, new string('x', 201)));
        await TenantHit.In(store, new string('x', 200)).InsertAsync("/", 1);
        Assert.Throws<ArgumentNullException>(() => TenantHit.In(store, null!));
    }

    [Fact]
    public async Task Keys_are_equal_wherever_they_come_from()
    {
        await using var store = await OpenTenantsAsync();
        await TenantLatency.In(store, "a").InsertAsync(new TenantLatency(1, "h", 1));

        var key = Assert.Single(await ListAsync(TenantLatency.In(store, "a").Keys()));

        Assert.Equal(new TenantLatency.Key(1, "h"), key);
        Assert.Equal(new TenantLatency.Key(1, "h").GetHashCode(), key.GetHashCode());
        Assert.Equal(0, key.CompareTo(new(1, "h")));
        Assert.Equal(1, (await TenantLatency.In(store, "a").Hour.GetAsync(key)).Value.Total);
        Assert.Equal(0, (await TenantLatency.In(store, "b").Hour.GetAsync(key)).Value.Total);
    }

    private ValueTask<TypedStore> OpenTenantsAsync() => OpenAsync(o =>
        o.Only<TenantHit>().Only<TenantLatency>().Only<TenantLevel>().Only<TenantVisitor>().Only<TenantTrade>().Only<TenantLoad>());

    private static async Task<IEnumerable<string>> KeysAsync(TenantHit.Handle hits) =>
        (await ListAsync(hits.Keys())).Select(key => key.Page).Order(StringComparer.Ordinal);
}

public sealed class NamespacedSeriesTestsOnSqlite() : NamespacedSeriesTests(DatabaseServer.Sqlite);

public sealed class NamespacedSeriesTestsOnPostgres() : NamespacedSeriesTests(DatabaseServer.Postgres);
