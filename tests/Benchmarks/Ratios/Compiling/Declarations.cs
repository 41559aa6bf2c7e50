using System.Globalization;
using System.Text;

namespace Typed.Benchmarks.Ratios.Compiling;

/// <summary>The same 200 classes as three generators want them, each in a file of its own: half are small, half have a list and other types inside.</summary>
internal static class Declarations
{
    public const int Count = 200;

    /// <summary>As many streams as the schema file has; the first of them are declared.</summary>
    private const int Entries = 500;

    private const string Usings = "using System; using System.Collections.Generic; using System.Threading.Tasks; using Typed; namespace Shop;\n";

    public static string Unrelated(int version) => Text($"namespace Shop; public class Clerk {{ public int Age() => {version}; }}");

    /// <summary>As Typed wants a class.</summary>
    /// <param name="n">Which; even ones are series.</param>
    /// <param name="version">What an edit changes.</param>
    public static string Typed(int n, int version) => n % 2 == 0
        ? Text($$"""
            {{Usings}}[TimeSeries(Type = SeriesType.Histogram, Intervals = ["minute: 1m keep {{60 + version}}", "hour: 1h by 1m keep 48", "day: daily by 1h keep 90 in Europe/Paris"])]
            public partial class Latency{{n}}
            {
                [SeriesKey] public required string Region { get; init; }
                [SeriesKey] public required int Server { get; init; }
                [SeriesValue] public required double Milliseconds { get; init; }
                [SeriesTime] public DateTimeOffset At { get; init; }
            }
            """)
        : Text($"{Usings}[EventStream(Name = \"orders-{n}\", Retain = \"{90 + version}d\")]\npublic partial {Order(n)}");

    /// <summary>As Typed wants a class where streams get their members from the schema file.</summary>
    /// <param name="n">Which; even ones are series.</param>
    /// <param name="version">What an edit changes.</param>
    public static string FromFile(int n, int version) => n % 2 == 0
        ? Typed(n, version)
        : Text($"{Usings}[EventStream(Name = \"orders-{n}\", FromSchema = true, Retain = \"{90 + version}d\")]\npublic partial record Order{n};");

    /// <summary>As System.Text.Json wants a class: with a context of its own, as a module has.</summary>
    /// <param name="n">Which.</param>
    /// <param name="version">What an edit changes.</param>
    public static string Json(int n, int version) => Text($$"""
        {{Usings}}[System.Text.Json.Serialization.JsonSerializable(typeof({{Name(n)}}))]
        public partial class Context{{n}} : System.Text.Json.Serialization.JsonSerializerContext;
        {{Plain(n, version)}}
        """);

    /// <summary>As Refit wants a class: with an interface that sends and gets it.</summary>
    /// <param name="n">Which.</param>
    /// <param name="version">What an edit changes.</param>
    public static string Refit(int n, int version) => Text($$"""
        {{Usings}}public interface IApi{{n}}
        {
            [Refit.Get("/v{{version}}/{id}")] Task<{{Name(n)}}> FindAsync(int id);
            [Refit.Get("/v1")] Task<List<{{Name(n)}}>> ListAsync(string region, DateTimeOffset from);
            [Refit.Post("/v1")] Task PostAsync([Refit.Body] {{Name(n)}} one);
            [Refit.Delete("/v1/{id}")] Task DeleteAsync(int id);
        }
        {{Plain(n, 1)}}
        """);

    public static string SchemaFile()
    {
        var text = new StringBuilder("{ \"version\": 1, \"streams\": {\n");
        for (var n = 1; n < 2 * Entries; n += 2)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                "orders-{{n}}": { "naming": "CamelCase", "schema": { "type": "object", "properties": {
                  "customer": { "type": "object", "properties": { "mail": { "type": ["null", "string"] }, "name": { "type": "string" } }, "required": ["name"] },
                  "lines": { "type": "array", "items": { "type": "object", "properties": { "article": { "type": "string" }, "count": { "type": "integer" }, "price": { "type": "number" } }, "required": ["article"] } },
                  "note": { "type": ["null", "string"] },
                  "number": { "type": "integer" },
                  "total": { "type": "number" }
                }, "required": ["customer", "lines", "number", "total"] } }{{(n + 2 < 2 * Entries ? ",\n" : "\n")}}
                """);
        }

        return text.Append("} }\n").ToString();
    }

    private static string Name(int n) => n % 2 == 0 ? Text($"Latency{n}") : Text($"Order{n}");

    private static string Plain(int n, int version) => n % 2 == 0
        ? Text($$"""public class Latency{{n}} { public string Region { get; set; } = ""; public int Server { get; set; } public double Milliseconds{{version}} { get; set; } public DateTimeOffset At { get; set; } }""")
        : Text($"public {Order(n)}");

    private static string Order(int n) => Text($$"""
        record Order{{n}}(int Number, Customer{{n}} Customer, List<Line{{n}}> Lines, decimal Total, State{{n}} State, string? Note, DateTimeOffset At);
        public record Customer{{n}}(string Name, string? Mail);
        public record struct Line{{n}}(string Article, int Count, decimal Price);
        public enum State{{n}} { New, Paid, Sent }
        """);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
