using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Typed.Tests.Harness.Databases;

#pragma warning disable MA0132 // Queries are written so.
namespace Typed.Runtime.Tests.Streams.Stored;

public enum Channel
{
    Web,
    [JsonStringEnumMemberName("mobile app")]
    Mobile,
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "a long name of the kind"), JsonDerivedType(typeof(Voucher), "voucher"), JsonDerivedType(typeof(Discount), 2)]
public abstract record Reduction(decimal Sum);

public record Voucher(decimal Sum, string Code) : Reduction(Sum);

public record Discount(decimal Sum) : Reduction(Sum)
{
    public Reduction? Then { get; init; }
}

public sealed class Celsius : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        double.Parse(reader.GetString()!.TrimEnd('C'), System.Globalization.CultureInfo.InvariantCulture);

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
        writer.WriteStringValue(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value}C"));
}

[EventStream]
public partial class ManyMembers
{
    public required int N { get; init; }

    public required char Grade { get; init; }

    public char? MaybeGrade { get; init; }

    public required Half Share { get; init; }

    public Half? MaybeShare { get; init; }

    public required Uri Link { get; init; }

    public Uri? MaybeLink { get; init; }

    public Int128 Huge { get; init; }

    public UInt128? Huger { get; init; }

    public Version? Release { get; init; }

    public List<char> Grades { get; init; } = [];

    public IList<Half> Shares { get; init; } = [];

    public IReadOnlyList<Uri> Links { get; init; } = [];

    public HashSet<string> Tags { get; init; } = [];

    public ISet<int> Numbers { get; init; } = new HashSet<int>();

    public ImmutableArray<int> Fixed { get; init; } = [];

    public ImmutableList<Voucher> Vouchers { get; init; } = [];

    public Dictionary<int, string> Names { get; init; } = [];

    public IReadOnlyDictionary<Channel, decimal> Prices { get; init; } = new Dictionary<Channel, decimal>();

    public IDictionary<Guid, List<Uri>> Sources { get; init; } = new Dictionary<Guid, List<Uri>>();

    public JsonNode? Node { get; init; }

    public JsonObject? Settings { get; init; }

    public Reduction? Reduction { get; init; }

    public List<Reduction> Reductions { get; init; } = [];

    [JsonConverter(typeof(Celsius))]
    public double Temperature { get; init; }
}

[EventStream, JsonDerivedType(typeof(OrderPlaced), "placed"), JsonDerivedType(typeof(OrderShipped), "shipped")]
public abstract partial record OrderEvent(string Order)
{
    public int Priority { get; init; }
}

public record OrderPlaced(string Order, decimal Total) : OrderEvent(Order);

public record OrderShipped(string Order, Uri Tracking) : OrderEvent(Order);

/// <summary>Members of every type go through both databases, and can be queried where the database has a form of them that compares as .NET does.</summary>
public abstract class EventMemberTypeTests(DatabaseServer server) : QueryMatrix<ManyMembers>(server)
{
    private static readonly JsonSerializerOptions s_options = new() { Converters = { new JsonStringEnumConverter() } };

    private static ManyMembers Sample(int n) => new()
    {
        N = n,
        Grade = "aBcD\u00e9"[n],
        MaybeGrade = n == 1 ? null : 'z',
        Share = (Half)(n * 0.1f),
        MaybeShare = n == 1 ? null : Half.MaxValue,
        Link = new Uri($"https://a.example/{n}?q=a+b"),
        MaybeLink = n == 1 ? null : new Uri("../up", UriKind.Relative),
        Huge = Int128.MinValue + n,
        Huger = n == 1 ? null : UInt128.MaxValue - (UInt128)n,
        Release = n == 1 ? null : new Version(1, 10, n),
        Grades = [.. "xyz"[..n]],
        Shares = [(Half)0.1f, (Half)n],
        Links = [new Uri("a", UriKind.Relative), new Uri($"urn:{n}")],
        Tags = ["b", "a", $"t{n}"],
        Numbers = new HashSet<int> { 3, 1, n },
        Fixed = [3, n],
        Vouchers = [new Voucher(1.50m, "v")],
        Names = new() { [10] = "ten", [-2] = "minus" },
        Prices = new Dictionary<Channel, decimal> { [Channel.Mobile] = 1.50m, [(Channel)7] = n },
        Sources = new Dictionary<Guid, List<Uri>> { [new Guid(n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)] = [new Uri("http://b.example")] },
        Node = n == 1 ? null : JsonNode.Parse("""{"z":1,"a":[null,"\u00e9"]}"""),
        Settings = new() { ["n"] = n },
        Reduction = n == 1 ? null : new Discount(n) { Then = new Voucher(2, "w") },
        Reductions = [new Voucher(n, "x"), new Discount(3)],
        Temperature = n + 0.5,
    };

    [Fact]
    public Task Queries() => RunAsync([Sample(0), Sample(1), Sample(2), Sample(3)], [], () =>
    {
        Same(events => events.Where(e => e.Body.Grade == 'B').Select(e => e.Body.N));
        Same(events => events.Where(e => e.Body.Grade < 'b').Select(e => e.Body.N));
        Same(events => events.OrderBy(e => e.Body.Grade).Take(2).Select(e => e.Body.N));
        Same(events => events.Select(e => new { e.Body.Grade, e.Body.MaybeGrade }));
        Same(events => events.Where(e => e.Body.MaybeGrade == null).Select(e => e.Body.N));
        Same(events => events.GroupBy(e => e.Body.MaybeGrade).Select(g => new { g.Key, N = g.Count() }));
        Same(events => events.Where(e => e.Body.Grades.Contains('y')).Select(e => e.Body.N));
        Same(events => events.Select(e => e.Body.Grades.Count));
        Same(events => events.Where(e => e.Body.Grades.Any(grade => grade > 'y')).Select(e => e.Body.N));
        Same(events => events.Where(e => e.Body.Share == (Half)0.1f).Select(e => e.Body.N));
        Same(events => events.Where(e => e.Body.Share > (Half)0.1f).OrderBy(e => e.Body.Share).Select(e => e.Body.Share));
        Same(events => events.Where(e => e.Body.MaybeShare == Half.MaxValue).Select(e => e.Body.N));
        Same(events => events.Where(e => e.Body.Shares.Contains((Half)0.1f)).Select(e => e.Body.N));
        Same(events => events.Where(e => e.Body.Link == new Uri("https://a.example/2?q=a+b")).Select(e => e.Body.N));
        Same(events => events.Where(e => e.Body.MaybeLink != null).Select(e => e.Body.MaybeLink));
        Same(events => events.Where(e => e.Body.Links.Contains(new Uri("urn:2"))).Select(e => e.Body.N));
        Same(events => events.Where(e => e.Body.N == 2).Select(e => e.Body.Tags.Count));
        Refused("Uri", events => events.Where(e => "x" + e.Body.Link == "x"));
        Refused("it is neither a List<T>", events => events.Where(e => e.Body.Tags.Contains("a")));
        Refused("128 bits", events => events.Where(e => e.Body.Huge > 1));
        Refused("order versions", events => events.Where(e => e.Body.Release == new Version(1, 2)));
        Refused("it is a dictionary", events => events.Where(e => e.Body.Names[10] == "ten"));
        Refused("it is a JsonNode", events => events.Where(e => e.Body.Node == null));
        Refused("it is a JsonObject", events => events.Where(e => e.Body.Settings!["n"] == null));
        Refused("one of several classes", events => events.Where(e => e.Body.Reduction!.Sum > 1));
        Refused("converter of its own", events => events.Where(e => e.Body.Temperature > 1));
    });

    [Fact]
    public async Task Round_trips()
    {
        await using var store = await OpenAsync<ManyMembers>();
        await ManyMembers.In(store).PutAsync([Sample(1), Sample(2)]);
        await using var db = store.CreateDbContext();

        string[] expected = [Json(Sample(1)), Json(Sample(2))];
        Assert.Equal(expected, (await ListAsync(ManyMembers.In(store))).Select(e => Json(e.Body)));
        Assert.Equal(expected, (await ManyMembers.In(db).AsQueryable().OrderBy(e => e.Body.N).ToListAsync()).Select(e => Json(e.Body)));
        Assert.Equal(["t1", "t2"], (await ManyMembers.In(db).AsQueryable().OrderBy(e => e.Body.N).Select(e => e.Body.Tags).ToListAsync()).Select(tags => tags.Last()));
    }

    [Fact]
    public async Task An_event_that_is_one_of_several_classes()
    {
        await using var store = await OpenAsync<OrderEvent>();
        OrderEvent[] events = [new OrderPlaced("a", 1.50m) { Priority = 3 }, new OrderShipped("a", new Uri("https://t.example/1")), new OrderPlaced("b", 2)];
        await OrderEvent.In(store).PutAsync(events);
        await using var db = store.CreateDbContext();
        var query = OrderEvent.In(db).AsQueryable();

        Assert.Equal(events, (await ListAsync(OrderEvent.In(store))).Select(e => e.Body));
        Assert.Equal(events[..2], (await query.Where(e => e.Body.Order == "a").OrderBy(e => e.Id).ToListAsync()).Select(e => e.Body));
        Assert.Equal([3], await query.Where(e => e.Body.Priority > 1).Select(e => e.Body.Priority).ToListAsync());
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => query.Concat(query).ToListAsync());
        Assert.Contains("abstract", refused.Message, StringComparison.Ordinal);
        var rejected = await Assert.ThrowsAsync<EventRejectedException>(async () => await OrderEvent.In(store).PutAsync(new Undeclared("c")));
        Assert.Contains("Undeclared", rejected.Message, StringComparison.Ordinal);
    }

    private static string Json(ManyMembers body)
    {
        // The database keeps objects in its own order, which nodes show.
        var node = JsonSerializer.SerializeToNode(body, s_options)!;
        node[nameof(ManyMembers.Node)] = node[nameof(ManyMembers.Node)]?["a"]?.DeepClone();
        node[nameof(ManyMembers.Names)] = body.Names[10] + body.Names[-2] + body.Names.Count;
        node[nameof(ManyMembers.Prices)] = $"{body.Prices[Channel.Mobile]} {body.Prices[(Channel)7]} {body.Prices.Count}";
        return node.ToJsonString();
    }

    private sealed record Undeclared(string Order) : OrderEvent(Order);
}

public sealed class EventMemberTypeTestsOnSqlite() : EventMemberTypeTests(DatabaseServer.Sqlite);

public sealed class EventMemberTypeTestsOnPostgres() : EventMemberTypeTests(DatabaseServer.Postgres);
