using System.Text.Json.Serialization;

namespace Typed.Benchmarks.Streams;

[EventStream]
public partial record PageView(string Url, Browser Browser, IReadOnlyList<string> Tags);

public record Browser(string Name, int Version);

[EventStream]
public partial record Request(Guid Id, DateTimeOffset At, string Path, int Status, double Ms, decimal Price, string[] Tags, Dictionary<string, string> Props, string? Referrer);

[EventStream]
public partial class Reading
{
    public long Sensor { get; set; }

    public double Temperature { get; set; }

    public double? Humidity { get; set; }

    public bool Charging { get; set; }

    public State State { get; set; }
}

public enum State
{
    Idle,
    Active,
    Broken,
}

[EventStream]
public partial record Order(int Number, Customer Customer, List<OrderLine> Lines, TimeSpan Took, DateOnly Due);

public record Customer(string Name, string? Mail);

public record struct OrderLine(string Article, int Count, decimal Price);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PageView))]
[JsonSerializable(typeof(Request))]
[JsonSerializable(typeof(Reading))]
[JsonSerializable(typeof(Order))]
public partial class SampleJson : JsonSerializerContext;

/// <summary>One event of each kind.</summary>
internal static class SampleEvents
{
    public static readonly PageView PageView = new("/products/42?from=search", new Browser("Firefox", 126), ["campaign", "returning", "mobile"]);

    /// <summary>Many events of about 170 bytes.</summary>
    public static readonly PageView[] Many =
    [
        .. Enumerable.Range(0, 300_000).Select(n => new PageView(
            $"/products/{n}?from=search&campaign=spring-2026&position=12", new Browser("Firefox", 126), ["campaign", "returning", "mobile"])),
    ];

    public static readonly Request Request = new(
        new Guid("0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"),
        new DateTimeOffset(2026, 3, 21, 10, 11, 12, 500, TimeSpan.FromHours(2)),
        "/api/orders/17",
        200,
        31.4,
        19.90m,
        ["a", "b"],
        new Dictionary<string, string>(StringComparer.Ordinal) { ["region"] = "eu", ["plan"] = "pro" },
        Referrer: null);

    public static readonly Reading Reading = new() { Sensor = 81_723, Temperature = 21.375, Humidity = 0.43, State = State.Active };

    public static readonly Order Order = new(
        4711,
        new Customer("Grace", "grace@example.org"),
        [new("chair", 4, 79.90m), new("table", 1, 349m), new("lamp", 2, 24.50m)],
        TimeSpan.FromSeconds(93.5),
        new DateOnly(2026, 4, 1));
}
