using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>LINQ over stored rows, in a store's own context.</summary>
public abstract class LinqTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Filters_orders_and_pages()
    {
        await using var store = await LatenciesAsync();
        await using var db = store.CreateDbContext();
        var rows = Latency.In(db).Minute.AsQueryable();

        var slow = await rows.Where(r => r.Milliseconds > 100 && r.Tier == Tier.Paid).OrderByDescending(r => r.Milliseconds).Select(r => r.Milliseconds).ToListAsync();
        Assert.Equal([700.5, 300], slow);

        var second = await rows.OrderBy(r => r.Route).ThenBy(r => r.Milliseconds).Skip(1).Take(1).SingleAsync();
        Assert.Equal("/api/a", second.Route);
        Assert.Equal(Noon.AddSeconds(-56), second.Bucket);
        Assert.Equal(1, second.Count);
    }

    [Fact]
    public async Task Groups_with_aggregates()
    {
        await using var store = await LatenciesAsync();
        await using var db = store.CreateDbContext();

        var routes = await Latency.In(db).Day.AsQueryable()
            .GroupBy(r => r.Route)
            .Select(g => new { Route = g.Key, Entries = g.Sum(r => r.Count), Worst = g.Max(r => r.Milliseconds), Mean = g.Average(r => r.Milliseconds) })
            .OrderBy(g => g.Route)
            .ToListAsync();

        Assert.Equal(["/API/z", "/api/a", "/api/b", "/home"], routes.Select(r => r.Route));
        Assert.Equal([1L, 3, 1, 1], routes.Select(r => r.Entries));
        Assert.Equal(300, routes[1].Worst);
        Assert.Equal(320 / 3.0, routes[1].Mean, 9);
    }

    [Fact]
    public async Task StartsWith_minds_case_and_takes_wildcards_literally()
    {
        await using var store = await LatenciesAsync();
        await using var db = store.CreateDbContext();
        var rows = Latency.In(db).Day.AsQueryable();

        Assert.Equal(["/api/a", "/api/b"], await rows.Where(r => r.Route.StartsWith("/api")).Select(r => r.Route).Distinct().OrderBy(r => r).ToListAsync());
        var prefix = "/API";
        Assert.Equal(["/API/z"], await rows.Where(r => r.Route.StartsWith(prefix)).Select(r => r.Route).ToListAsync());
        Assert.Empty(await rows.Where(r => r.Route.StartsWith("/a_i")).ToListAsync());
        Assert.Equal(["/API/z"], await rows.Where(r => r.Route.EndsWith("/z")).Select(r => r.Route).ToListAsync());
        Assert.Empty(await rows.Where(r => r.Route.EndsWith("/Z")).ToListAsync());
        Assert.Equal(["/home"], await rows.Where(r => !r.Route.StartsWith("/a") && !r.Route.StartsWith(prefix)).Select(r => r.Route).ToListAsync());
        Assert.Equal(["/api/a", "/api/b"], await rows.Where(r => EF.Functions.Like(r.Route, "/a%i/_")).Select(r => r.Route).Distinct().OrderBy(r => r).ToListAsync());
        Assert.Equal(["/home"], await rows.Select(r => r.Route).Distinct().Where(r => r.StartsWith("/h")).ToListAsync());
        Assert.Empty(await rows.GroupBy(r => r.Route).Select(g => g.Key).Where(r => r.StartsWith("/H")).ToListAsync());
    }

    [Fact]
    public async Task A_prefix_is_a_range_of_the_key()
    {
        await using var store = await LatenciesAsync();
        await using var db = store.CreateDbContext();
        var (isSqlite, prefix) = (ReferenceEquals(Server, DatabaseServer.Sqlite), "/api");
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync(isSqlite ? "ANALYZE" : "SET enable_seqscan = off; SET enable_bitmapscan = off");
        await using var command = Latency.In(db).Day.AsQueryable().Where(r => r.Route.StartsWith(prefix)).CreateDbCommand();
#pragma warning disable CA2100 // the text is EF's
        command.CommandText = $"{(isSqlite ? "EXPLAIN QUERY PLAN" : "EXPLAIN")} {command.CommandText}";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        List<string> plan = [];
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(isSqlite ? 3 : 0));
        }

        Assert.Contains(plan, line => line.Contains(isSqlite ? "(route>? AND route<?)" : "(route >= '/api'::text) AND (route < '/apj'::text)", StringComparison.Ordinal));
    }

    // In German 2.5 is twenty-five, and in Swedish no number at all.
    [Theory]
    [InlineData("de-DE")]
    [InlineData("sv-SE")]
    public async Task Decimals_order_as_numbers_in_any_culture(string culture)
    {
        await using var store = await OpenAsync<Trade>();
        await Trade.In(store).InsertAsync(new[] { 2.5m, 10m, 1.25m, 3m }.Select(price => new Trade("x", price, Noon)));
        await using var db = store.CreateDbContext();
        var (before, rows) = (CultureInfo.CurrentCulture, Trade.In(db).Day.AsQueryable());
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Assert.Equal([1.25m, 2.5m, 3m, 10m], await rows.OrderBy(row => row.Price).Select(row => row.Price).ToListAsync());
            Assert.Equal([10m, 3m], await rows.OrderByDescending(row => row.Price).Take(2).Select(row => row.Price).ToListAsync());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task Times_compare_whatever_their_offset()
    {
        await using var store = await LatenciesAsync();
        await using var db = store.CreateDbContext();
        var from = Noon.ToOffset(TimeSpan.FromHours(9)).AddHours(-1);

        Assert.Equal(5, await Latency.In(db).Day.AsQueryable().Where(r => r.Slot >= from).SumAsync(r => r.Count));
        Assert.Equal(1, await Latency.In(db).Day.AsQueryable().Where(r => r.Slot < from).SumAsync(r => r.Count));
        Assert.Equal(0, await Latency.In(db).Day.AsQueryable().Where(r => r.Bucket > from).CountAsync());
        Assert.Equal([new(Noon.Date, TimeSpan.Zero)], await Latency.In(db).Day.AsQueryable().Select(r => r.Bucket).Distinct().ToListAsync());
    }

    [Fact]
    public async Task Dead_buckets_are_not_seen()
    {
        await using var store = await LatenciesAsync();
        await using var db = store.CreateDbContext();
        Assert.Equal(5, await Latency.In(db).Minute.AsQueryable().CountAsync());

        Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, await Latency.In(db).Minute.AsQueryable().CountAsync());
        Assert.Equal(6, await Latency.In(db).Day.AsQueryable().CountAsync());
    }

    [Fact]
    public async Task Guids_dates_and_decimals()
    {
        await using var store = await OpenAsync<Spent>();
        var account = Guid.Parse("8f14e45f-ceea-467f-a0e6-000000000001");
        var due = new DateOnly(2026, 3, 31);
        await Spent.In(store).InsertAsync([new(account, due, 10.50m, Noon), new(account, due, 0.25m, Noon), new(Guid.Empty, due.AddDays(1), 3m, Noon)]);
        await using var db = store.CreateDbContext();
        var rows = Spent.In(db).Hour.AsQueryable();

        Assert.Equal(10.75m, (await rows.SingleAsync(r => r.Account == account)).Amount);
        Assert.Equal(account, (await rows.SingleAsync(r => r.Amount == 10.75m)).Account);
        Assert.Equal(account, (await rows.SingleAsync(r => r.Due == due)).Account);
        Assert.Equal(13.75m, await rows.SumAsync(r => r.Amount));
        Assert.Equal(account, (await rows.OrderByDescending(r => r.Amount).FirstAsync()).Account);
        Assert.Equal(2, await rows.CountAsync(r => r.Due.Year == 2026));
    }

    [Fact]
    public async Task Gauges_sets_and_points_have_rows_too()
    {
        await using var store = await OpenAsync(o => o.Only<Level>().Only<Visitor>().Only<Trade>());
        await Level.In(store).InsertAsync([new("a", 5, Noon), new("a", 7, Noon.AddMinutes(-1))]);
        await Visitor.In(store).InsertAsync([new("/", "10.0.0.1", Noon), new("/", "10.0.0.1", Noon), new("/", "10.0.0.2", Noon)]);
        await Trade.In(store).InsertAsync([new("x", 1.5m, Noon), new("x", 1.25m, Noon.AddDays(-3)), new("y", 2m, Noon)]);
        await using var db = store.CreateDbContext();

        var level = await Level.In(db).Hour.AsQueryable().Select(r => new { r.Litres, r.Time }).SingleAsync();
        Assert.Equal((5, Noon), (level.Litres, level.Time));
        Assert.Equal(2, await Visitor.In(db).Week.AsQueryable().Where(r => r.Page == "/").CountAsync());
        Assert.Equal([1.5m], await Trade.In(db).Hour.AsQueryable().Where(r => r.Symbol == "x").Select(r => r.Price).ToListAsync());
        Assert.Equal([1.25m, 1.5m], await Trade.In(db).Day.AsQueryable().Where(r => r.Symbol == "x").OrderBy(r => r.Time).Select(r => r.Price).ToListAsync());
    }

    private async ValueTask<TypedStore> LatenciesAsync()
    {
        var store = await OpenAsync<Latency>();
        await Latency.In(store).InsertAsync(
        [
            new("/home", Tier.Free, 12, Noon),
            new("/api/a", Tier.Paid, 300, Noon),
            new("/api/a", Tier.Free, 10, Noon),
            new("/api/b", Tier.Paid, 700.5, Noon),
            new("/API/z", Tier.Free, 1, Noon),
            new("/api/a", Tier.Free, 10, Noon.AddMinutes(-61)),
        ]);
        return store;
    }
}

public sealed class LinqTestsOnSqlite() : LinqTests(DatabaseServer.Sqlite);

public sealed class LinqTestsOnPostgres() : LinqTests(DatabaseServer.Postgres);
