using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

public record GrownPart(string Name, string Unit = "px")
{
    public List<string> Notes { get; init; } = ["none"];
}

[EventStream]
public partial record Grown(string Url, int Views, string Currency = "USD", decimal? Price = null)
{
    public List<string> Tags { get; init; } = ["new"];

    public Dictionary<string, int> Counts { get; init; } = new() { ["a"] = 1 };

    public GrownPart Part { get; init; } = new("default");

    [JsonIgnore]
    public int Length => Url.Length;
}

[EventStream]
public partial record Order1(string Number, Dictionary<string, decimal> Lines, GrownPart? Part, List<GrownPart> Parts);

[EventStream]
public partial record OnlyList(List<GrownPart> Parts);

[EventStream]
public partial record OnlyNested(GrownPart Part);

[EventStream]
public partial record Numbered(int N, string Text, Dictionary<string, string> Map);

/// <summary>Whole events, bodies and objects that LINQ returns are those that ranges give.</summary>
public abstract class WholeEventTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Members_that_the_json_lacks_have_the_values_of_their_class()
    {
        await using var store = await OpenAsync<Grown>();
        await Grown.In(store).PutAsync(new Grown("/old", 3));
        await using var db = store.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync("""UPDATE grown SET body = '{{"url": "/old", "views": 3}}'""");
        var expected = Assert.Single(await ListAsync(Grown.In(store)));
        Assert.Equal("USD", expected.Body.Currency);
        var grown = Grown.In(db).AsQueryable();

        Same(expected, Assert.Single(await grown.ToListAsync()));
        Same(expected, await grown.SingleAsync(e => e.Body.Url == "/old"));
        Assert.Equal(Json(expected.Body), Json(Assert.Single(await grown.Select(e => e.Body).ToListAsync())));
        Assert.Equal("default", Assert.Single(await grown.Select(e => e.Body.Part).ToListAsync()).Name);
        Assert.Equal(["new"], await grown.Select(e => e.Body.Tags).SingleAsync());
    }

    [Fact]
    public async Task In_every_shape_of_a_query()
    {
        await using var store = await OpenAsync(o => o.Only<Order1>().Only<Numbered>());
        Order1[] bodies =
        [
            new("1", new() { ["x"] = 1.5m }, new("p", "em"), [new("a"), new("b")]),
            new("2", [], null, []),
            new("3", new() { ["y"] = 2m, ["z"] = 3m }, new("q") { Notes = [] }, [new("c")]),
        ];
        await Order1.In(store).PutAsync(bodies);
        await Numbered.In(store).PutAsync([new Numbered(1, "1", new() { ["k"] = "v" }), new Numbered(9, "9", [])]);
        await using var db = store.CreateDbContext();
        var orders = Order1.In(db).AsQueryable();
        var all = await ListAsync(Order1.In(store));
        var odds = Numbered.In(db).AsQueryable();

        Same(all, await orders.OrderBy(e => e.Id).ToListAsync());
        Same(all[1..], await orders.OrderBy(e => e.Body.Number).Skip(1).Take(2).ToListAsync());
        Same(all[1..2], await orders.OrderBy(e => e.Id).Take(2).Skip(1).Where(e => e.Body.Number != "1").ToListAsync());
        Same(all, (await orders.Distinct().ToListAsync()).OrderBy(e => e.Id));
        Same(all[0], await orders.OrderBy(e => e.Id).FirstAsync());
        Same(all[2], await orders.OrderBy(e => e.Id).LastAsync());
        Same(all[2], await orders.OrderBy(e => e.Body.Number).LastOrDefaultAsync(e => e.Body.Number != "x"));
        Same(all[1], await orders.FirstOrDefaultAsync(e => e.Body.Part == null));
        Same(all[1], await orders.OrderBy(e => e.Id).ElementAtAsync(1));
        Same(all[1], await orders.SingleOrDefaultAsync(e => e.Body.Number == "2"));
        Assert.Null(await orders.FirstOrDefaultAsync(e => e.Body.Number == "9"));
        Assert.Equal(3, (await orders.ToDictionaryAsync(e => e.Id, e => e.Body)).Count);
        Same(all, await ListAsync(orders.OrderBy(e => e.Id).AsAsyncEnumerable()));
        Same(all, orders.OrderBy(e => e.Id).ToList());
        Same(all[0], orders.OrderBy(e => e.Id).First());

        var named = await orders.Select(e => new { e.Id, Whole = e.Body, e.Body.Number, e.Body.Part, e.Body.Parts.Count, Event = e }).OrderByDescending(x => x.Number).Take(2).Where(x => x.Number != "9").ToListAsync();
        Assert.Equal(["3", "2"], named.Select(x => x.Whole.Number));
        Assert.Equal([1, 0], named.Select(x => x.Count));
        Assert.Equal(Json(all[2].Body), Json(named[0].Whole));
        Assert.Equal(Json(all[2].Body.Part), Json(named[0].Part));
        Same(all[2], named[0].Event);
        Assert.Null(named[1].Part);

        Assert.Equal([2m, 3m], (await orders.Where(e => e.Body.Number == "3").Select(e => e.Body.Lines).SingleAsync()).Values);
        Assert.Equal(["1!", "2!", "3!"], await orders.OrderBy(e => e.Id).Select(e => Marked(e.Body)).ToListAsync());
        Assert.Equal(["p", null, "q"], await orders.OrderBy(e => e.Id).Select(e => e.Body.Part == null ? null : e.Body.Part.Name).ToListAsync());
        Assert.Equal(["1", "2", "3"], (await orders.OrderBy(e => e.Id).Select(e => new Dto { Body = e.Body, Number = e.Body.Number }).ToListAsync()).Select(d => d.Body!.Number));
        Assert.Equal(["a", "b"], (await orders.OrderBy(e => e.Id).Select(e => e.Body.Parts).FirstAsync()).Select(p => p.Name));
        Assert.Equal("b", (await orders.OrderBy(e => e.Id).Select(e => e.Body.Parts[1]).FirstAsync()).Name);

        var joined = await orders.Join(odds, o => o.Body.Number, p => p.Body.Text, (o, p) => new { Order = o, Odd = p, Body = p.Body }).SingleAsync();
        Same(all[0], joined.Order);
        Assert.Equal("v", joined.Odd.Body.Map["k"]);
        Assert.Equal("v", joined.Body.Map["k"]);
        var left = await orders.LeftJoin(odds, o => o.Body.Number, p => p.Body.Text, (o, p) => new { o.Body, Odd = p }).OrderBy(x => x.Body.Number).ToListAsync();
        Assert.Equal([1, null, null], left.Select(x => x.Odd?.Body.N));
        var grouped = await (from o in orders join p in odds on o.Body.Number equals p.Body.Text into found from p in found.DefaultIfEmpty() orderby o.Body.Number select new { o, p }).ToListAsync();
        Same(all, grouped.Select(x => x.o));
        Assert.Equal([1, null, null], grouped.Select(x => x.p?.Body.N));
        Same(all, (await orders.DefaultIfEmpty().ToListAsync()).OrderBy(e => e!.Id)!);
        Assert.Null(Assert.Single(await orders.Where(e => e.Body.Number == "9").DefaultIfEmpty().ToListAsync()));
        var crossed = await (from o in orders from p in odds where p.Body.N > 1 orderby o.Body.Number descending, p.Body.N select new { Order = o.Body, Odd = p.Body }).Take(1).SingleAsync();
        Assert.Equal(("3", 9), (crossed.Order.Number, crossed.Odd.N));
        Assert.Equal(["1", "3"], (await orders.Where(e => e.Body.Part != null).GroupBy(e => e.Body.Part!.Name).Select(g => new { g.Key, First = g.Min(e => e.Body.Number) }).OrderBy(g => g.Key).ToListAsync()).Select(g => g.First));
        Assert.Equal(2, await orders.CountAsync(e => e.Body.Part != null));
        Assert.Equal(3, await orders.Select(e => e.Body).CountAsync());
    }

    [Fact]
    public async Task A_compiled_query()
    {
        await using var store = await OpenAsync<Order1>();
        await Order1.In(store).PutAsync(new Order1("1", new() { ["x"] = 1 }, null, []));
        await using var db = store.CreateDbContext();
        var table = db.Model.GetEntityTypes().Single(entity => entity.ClrType == typeof(Event<Order1>)).Name;
        var compiled = EF.CompileAsyncQuery((DbContext context, string number) => context.Set<Event<Order1>>(table).Where(e => e.Body.Number == number).Select(e => e.Body));

        Assert.Equal(1, Assert.Single(await ListAsync(compiled(db, "1"))).Lines["x"]);
    }

    [Fact]
    public async Task After_set_operations_EF_makes_what_it_can()
    {
        await using var store = await OpenAsync(o => o.Only<OnlyNested>().Only<Order1>().Only<InitOnly>());
        await InitOnly.In(store).PutAsync(new InitOnly { UserName = "json", AllTags = ["t"] });
        await OnlyNested.In(store).PutAsync([new OnlyNested(new("a")), new OnlyNested(new("b")), new OnlyNested(new("c"))]);
        await using var db = store.CreateDbContext();
        var nested = OnlyNested.In(db).AsQueryable();
        var orders = Order1.In(db).AsQueryable();

        var both = await nested.Where(e => e.Body.Part.Name == "a").Union(nested.Where(e => e.Body.Part.Name == "b")).ToListAsync();
        Assert.Equal(["a", "b"], both.Select(e => e.Body.Part.Name).Order());
        Assert.Equal(["a", "b", "c", "c"], (await nested.Select(e => e.Body.Part.Name).Concat(nested.Where(e => e.Body.Part.Name == "c").Select(e => e.Body.Part.Name)).ToListAsync()).Order());
        Assert.Equal(["json", "json"], (await InitOnly.In(db).AsQueryable().Concat(InitOnly.In(db).AsQueryable().Where(e => e.Body.AllTags.Contains("t"))).ToListAsync()).Select(e => e.Body.UserName));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await Order1.In(store).PutAsync(new Order1("1", [], null, []));
            await orders.Concat(orders).ToListAsync();
        });
        Assert.Contains("Lines (it is a dictionary)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_of_one_nested_object_or_list()
    {
        await using var store = await OpenAsync(o => o.Only<OnlyList>().Only<OnlyNested>());
        await OnlyList.In(store).PutAsync(new OnlyList([new("a")]));
        await OnlyNested.In(store).PutAsync(new OnlyNested(new("b")));
        await using var db = store.CreateDbContext();

        Assert.Equal("a", Assert.Single((await OnlyList.In(db).AsQueryable().SingleAsync()).Body.Parts).Name);
        Assert.Equal("b", (await OnlyNested.In(db).AsQueryable().SingleAsync()).Body.Part.Name);
    }

    [Fact]
    public async Task What_cannot_be_read_says_which_event_it_is()
    {
        await using var store = await OpenAsync<Grown>();
        await Grown.In(store).PutAsync(new Grown("/old", 3));
        await using var db = store.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync("""UPDATE grown SET body = '{{"url": 5, "views": 3}}'""");

        var unreadable = await Assert.ThrowsAsync<UnreadableEventException>(() => Grown.In(db).AsQueryable().ToListAsync());
        Assert.Equal("$.url", unreadable.Path);
        Assert.Equal([3], await Grown.In(db).AsQueryable().Select(e => e.Body.Views).ToListAsync());
    }

    private static string Marked(Order1 order) => order.Number + "!";

    private static string Json<T>(T value) => JsonSerializer.Serialize(value);

    private static void Same<T>(Event<T> expected, Event<T>? actual) => Same([expected], [actual!]);

    private static void Same<T>(IEnumerable<Event<T>> expected, IEnumerable<Event<T>> actual) => Assert.Equal(expected.Select(e => (e.Id, e.Time, Json(e.Body))), actual.Select(e => (e.Id, e.Time, Json(e.Body))));

    private sealed class Dto
    {
        public Order1? Body { get; init; }

        public string Number { get; init; } = "";
    }
}

public sealed class WholeEventTestsOnSqlite() : WholeEventTests(DatabaseServer.Sqlite);

public sealed class WholeEventTestsOnPostgres() : WholeEventTests(DatabaseServer.Postgres);
