using Typed.Generator.Tests.Rules;

namespace Typed.Generator.Tests.Streams;

/// <summary>What is wrong with [Feeds] is reported there, and what is left works.</summary>
public sealed class FeedRuleTests
{
    private const string Hit = """
        [TimeSeries(Type = Count, Intervals = ["day: daily"])] public partial class Hit { [SeriesKey] public required string Route { get; init; } }
        [TimeSeries(Type = Count, Intervals = ["day: daily"])] public partial record struct Seen([property: SeriesKey] string Route);

        """;

    [Theory]
    [InlineData("[[|Feeds<Hit>|]] public partial record E(string Url) { public static Hit From(E e) => new() { Route = e.Url }; }", "TYP5001")]
    [InlineData("[EventStream, [|Feeds<string>|]] public partial record E(string Url) { public static string From(E e) => e.Url; }", "TYP5002")]
    [InlineData("[EventStream, [|Feeds<E>|]] public partial record E(string Url) { public static E From(E e) => e; }", "TYP5002")]
    [InlineData("[EventStream, [|Feeds<Hit>|]] public partial record E(string Url);", "TYP5003")]
    [InlineData("[EventStream, [|Feeds<Hit>|]] public partial record E(string Url) { public Hit From(E e) => new() { Route = e.Url }; }", "TYP5003")]
    [InlineData("[EventStream, [|Feeds<Hit>|]] public partial record E(string Url) { public static Hit From(string e) => new() { Route = e }; }", "TYP5003")]
    [InlineData("[EventStream, [|Feeds<Hit>|]] public partial record E(string Url) { public static Hit From(E e, int n) => new() { Route = e.Url + n }; }", "TYP5003")]
    [InlineData("[EventStream, [|Feeds<Hit>|]] public partial record E(string Url) { public static Hit From<T>(E e) => new() { Route = e.Url }; }", "TYP5003")]
    [InlineData("[EventStream, [|Feeds<Hit>|]] public partial record E(string Url) { public static Hit From(in E e) => new() { Route = e.Url }; }", "TYP5003")]
    [InlineData("[EventStream, [|Feeds<Hit>|]] public partial record E(string Url) { public static Seen From(E e) => new(e.Url); }", "TYP5003")]
    [InlineData("[EventStream, [|Feeds<Hit>|]] public partial record E(string Url) { public static System.Threading.Tasks.Task<Hit> From(E e) => throw new System.Exception(e.Url); }", "TYP5003")]
    [InlineData("[EventStream, [|Feeds<Hit>(\"To\")|]] public partial record E(string Url) { public static Hit From(E e) => new() { Route = e.Url }; }", "TYP5003")]
    [InlineData("[EventStream, [|Feeds<Hit>|]] public partial record E(string Url) { public static Hit A(E e) => new() { Route = e.Url }; public static Hit[] B(E e) => []; }", "TYP5003")]
    [InlineData("[EventStream, Feeds<Hit>, [|Feeds<Hit>(nameof(From))|]] public partial record E(string Url) { public static Hit From(E e) => new() { Route = e.Url }; }", "TYP5004")]
    [InlineData("[EventStream, Feeds<Hit>(Later = [|true|])] public partial record E(string Url) { public static Hit From(E e) => new() { Route = e.Url }; }", "TYP5005")]
    [InlineData("[EventStream(Follow = true), Feeds<Hit>, [|Feeds<Hit>(Later = true)|]] public partial record E(string Url) { public static Hit From(E e) => new() { Route = e.Url }; }", "TYP5004")]
    public async Task Mistakes(string source, string id) => await Rule.ExpectAsync(Hit + source, id);

    [Theory]
    [InlineData("public static Hit From(E e) => new() { Route = e.Url };", "Hit")]
    [InlineData("private static Hit? From(E e) => e.Url.Length > 3 ? new() { Route = e.Url } : null;", "Hit")]
    [InlineData("public static Seen From(E e) => new(e.Url);", "Seen")]
    [InlineData("public static Seen? From(E e) => e.Url.Length > 3 ? new(e.Url) : null;", "Seen")]
    [InlineData("public static Hit[] From(E e) => [new() { Route = e.Url }];", "Hit")]
    [InlineData("public static System.Collections.Generic.IEnumerable<Hit>? From(E e) => null;", "Hit")]
    [InlineData("public static System.Collections.Generic.IReadOnlyList<Seen> From(E e) => [new(e.Url)];", "Seen")]
    [InlineData("public static System.Collections.Generic.List<Seen> @event(E e) => [new(e.Url)];", "Seen")]
    [InlineData("public static Hit A(E e) => new() { Route = e.Url }; public static Hit B(E e) => A(e);", "Hit", "(nameof(B))")]
    public async Task What_feeds(string method, string series, string named = "")
    {
        await Rule.ExpectAsync($"{Hit}[EventStream, Feeds<{series}>{named}] public partial record E(string Url) {{ {method} }}");
        await Rule.ExpectAsync($"{Hit}public partial class Outer {{ [EventStream, Feeds<{series}>{named}] internal partial struct E {{ public string Url {{ get; set; }} {method} }} }}");
    }

    [Fact]
    public async Task What_feeds_later() => await Rule.ExpectAsync(Hit + """
        [EventStream(Follow = true), Feeds<Hit>(nameof(From), Later = true), Feeds<Seen>(Later = true), Feeds<Hit>(nameof(Other), Later = false)]
        public partial record E(string Url)
        {
            public static Hit From(E e) => new() { Route = e.Url };
            public static Seen[] All(E e) => [new(e.Url)];
            public static Hit? Other(E e) => null;
        }
        """);
}
