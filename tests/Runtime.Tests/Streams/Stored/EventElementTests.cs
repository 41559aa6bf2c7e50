using Typed.Tests.Harness.Databases;

#pragma warning disable MA0132 // Queries are written so.
namespace Typed.Runtime.Tests.Streams.Stored;

public class CartPart
{
    public string Name { get; set; } = "p";

    public int Rank { get; set; } = 5;
}

public class CartItem
{
    public required string Sku { get; set; }

    public int Quantity { get; set; } = 3;

    public decimal Price { get; set; }

    public DateTimeOffset At { get; set; }

    public DateTime Made { get; set; }

    public TimeSpan Took { get; set; }

    public PageKind Kind { get; set; } = PageKind.Big;

    public Guid Reference { get; set; }

    public byte[] Raw { get; set; } = [7];

    public CartPart Part { get; set; } = new() { Rank = 1 };

    public CartPart? Other { get; set; }

    public List<string> Tags { get; set; } = ["new"];

    public List<CartPart> Parts { get; set; } = [new()];

    public Dictionary<string, int> Counts { get; set; } = new() { ["a"] = 1 };
}

public class CartBox
{
    public string? Name { get; set; }

    public List<CartItem> Items { get; set; } = [];
}

[EventStream]
public partial record Carted(int N)
{
    public List<CartItem> Items { get; init; } = [];

    public CartItem[] Bought { get; init; } = [];

    public CartBox Box { get; init; } = new();

    public List<CartBox> Boxes { get; init; } = [];
}

/// <summary>Objects that a query takes out of lists are what a reader makes of their JSON, or the query is refused.</summary>
public abstract class EventElementTests(DatabaseServer server) : QueryMatrix<Carted>(server)
{
    private const string Item = """{"sku": "o", "price": 10.00, "at": "2026-01-01T01:00:00+03:00", "part": {}}""";

    private static readonly string[] s_older =
    [
        """{"n": 0}""",
        $$"""{"n": 1, "items": [{"sku": "m"}, {{Item}}], "bought": [{{Item}}], "box": {"items": [{"sku": "x", "parts": [{}]}]}, "boxes": [{}, {"items": [{{Item}}]}]}""",
    ];

    private static readonly CartItem s_full = new()
    {
        Sku = "f", Quantity = 9, Price = 1.50m, At = new(2026, 1, 1, 1, 1, 1, TimeSpan.FromHours(-5)), Made = Noon.UtcDateTime, Took = TimeSpan.FromHours(30), Kind = PageKind.Small,
        Reference = Guid.AllBitsSet, Raw = [], Part = new() { Name = "q" }, Other = new(), Tags = [], Parts = [], Counts = [],
    };

    private static Carted[] Bodies => [new(0), new(1), new(2) { Items = [s_full, s_full], Bought = [s_full], Box = new() { Items = [s_full] }, Boxes = [new() { Items = [s_full] }] }];

    [Fact]
    public Task Objects() => RunAsync(Bodies, s_older, () =>
    {
        var least = 4;
        Same(events => events.SelectMany(e => e.Body.Items));
        Same(events => events.SelectMany(e => e.Body.Bought));
        Same(events => events.SelectMany(e => e.Body.Box.Items));
        Same(events => events.SelectMany(e => e.Body.Boxes));
        Same(events => events.SelectMany(e => e.Body.Boxes).SelectMany(box => box.Items));
        Same(events => events.SelectMany(e => e.Body.Boxes, (e, box) => new { e.Body.N, box }).SelectMany(x => x.box.Items, (x, item) => new { x.N, item, x.box }));
        Same(events => events.SelectMany(e => e.Body.Items, (e, item) => new { e.Id, item }));
        Same(events => events.SelectMany(e => e.Body.Items, (e, item) => new { e, item.Sku, item.Part, item.Other, item.Tags, item.Parts }));
        Same(events => events.SelectMany(e => e.Body.Items, (e, item) => new { item.Counts }));
        Same(events => events.SelectMany(e => e.Body.Items).Select(item => item.Part));
        Same(events => events.SelectMany(e => e.Body.Items).Select(item => item.Other));
        Same(events => events.SelectMany(e => e.Body.Items).SelectMany(item => item.Parts));
        Same(events => events.SelectMany(e => e.Body.Items).SelectMany(item => item.Tags));
        Same(events => events.SelectMany(e => e.Body.Items).Where(item => item.Quantity > least).OrderBy(item => item.Sku).Take(1));
        Same(events => events.SelectMany(e => e.Body.Items.Where(item => item.Quantity > least)));
        Same(events => events.SelectMany(e => e.Body.Items.Where(item => item.Quantity > e.Body.N + 1), (e, item) => new { e.Body.N, item }));
        Same(events => from e in events from item in e.Body.Items where item.Part.Rank == 1 && item.Kind == PageKind.Big orderby item.Sku select item);
        Same(events => events.Where(e => e.Body.N > 0).OrderBy(e => e.Id).SelectMany(e => e.Body.Items).Where(item => item.Sku != "m"));
        Same(events => events.SelectMany(e => e.Body.Items, (e, item) => new { Sku = item.Sku + "!", Text = Shown(item) }));
    });

    [Fact]
    public Task Values() => RunAsync(Bodies, s_older, () =>
    {
        Same(events => events.SelectMany(e => e.Body.Items, (e, item) => new { item.Sku, item.Quantity, item.Price, item.Took, item.Kind, item.Reference, item.Raw }));
        Same(events => events.SelectMany(e => e.Body.Items, (e, item) => new { item.Part.Rank, item.Part.Name, Length = item.Raw.Length, Tags = item.Tags.Count, Parts = item.Parts.Count() }));
        Same(events => events.SelectMany(e => e.Body.Items, (e, item) => new { Other = item.Other == null, Rank = item.Other == null ? 0 : item.Other.Rank }));
        Same(events => events.SelectMany(e => e.Body.Items).Where(item => item.At == default && item.Made == default).Select(item => item.Sku));
        Same(events => events.SelectMany(e => e.Body.Items).GroupBy(item => item.Quantity).Select(g => new { g.Key, Sum = g.Sum(item => item.Part.Rank), Count = g.Count() }));
        Same(events => events.Where(e => e.Body.Items.Any(item => item.Quantity == 3 && item.Part.Rank == 1)).Select(e => e.Body.N));
        Same(events => events.Where(e => e.Body.Items.Any(item => item.Tags.Contains("new"))).Select(e => e.Body.N));
        Same(events => events.Where(e => e.Body.Items.Any(item => item.Parts.Any(part => part.Rank == 5))).Select(e => e.Body.N));
        Same(events => events.Where(e => e.Body.N > 0 && e.Body.Items[0].Quantity == 3).Select(e => e.Body.N));
        Same(events => events.Select(e => new { e.Body.N, Least = e.Body.Items.Min(item => (int?)item.Quantity), Rank = e.Body.Items.Sum(item => item.Part.Rank) }));
    });

    [Fact]
    public Task What_EF_would_make_itself() => RunAsync(Bodies, s_older, () =>
    {
        Refused("CartItem", events => events.SelectMany(e => e.Body.Items).Distinct());
        Refused("CartItem", events => events.SelectMany(e => e.Body.Items).Concat(events.SelectMany(e => e.Body.Items)));
        Refused("CartItem", events => events.SelectMany(e => e.Body.Items).GroupBy(item => item.Sku).Select(g => g.First()));
        Refused("before them", events => events.SelectMany(e => e.Body.Items).Take(3).Where(item => item.Quantity > 1));
        Refused(OnSqlite ? "go on in memory" : "CartPart", events => events.Select(e => e.Body.Items.Select(item => item.Part).ToList()));
        Same(events => events.Where(e => e.Body.N > 0).Select(e => e.Body.Items[1]));
        Same(events => events.Where(e => e.Body.N > 0).Select(e => new { e.Body.Items[1].Sku, Items = e.Body.Items.ToList() }));
        if (OnSqlite)
        {
            Refused("go on in memory", events => events.Select(e => e.Body.Items.Where(item => item.Quantity > 4).ToList()));
            Refused("go on in memory", events => events.Select(e => e.Body.Items.OrderBy(item => item.Sku).First()));
            Refused("go on in memory", events => events.Select(e => e.Body.Items.Select(item => new { item.Sku }).ToList()));
            Refused("go on in memory", events => events.SelectMany(e => e.Body.Items.DefaultIfEmpty()));
            Refused("go on in memory", events => events.Select(e => events.Where(other => other.Body.N < e.Body.N).OrderBy(other => other.Id).Take(1).ToList()));
        }
        else
        {
            Same(events => events.Select(e => e.Body.Items.Select(item => new { item.Sku, item.Quantity }).ToList()));
            Same(events => events.SelectMany(e => e.Body.Items.DefaultIfEmpty()));
            Same(events => events.Select(e => e.Body.Items.Where(item => item.Quantity > 4).ToList()));
            Same(events => events.Select(e => new { e.Id, Items = e.Body.Items.Where(item => item.Quantity > e.Body.N + 1).ToArray() }));
            Same(events => events.Where(e => e.Body.N > 0).Select(e => e.Body.Items.OrderBy(item => item.Sku).First()));
            Same(events => events.Select(e => e.Body.Items.FirstOrDefault(item => item.Quantity > 4)));
        }
    });

    private static string Shown(CartItem item) => $"{item.Sku} {item.At:O} {item.Price}";
}

public sealed class EventElementTestsOnSqlite() : EventElementTests(DatabaseServer.Sqlite);

public sealed class EventElementTestsOnPostgres() : EventElementTests(DatabaseServer.Postgres);
