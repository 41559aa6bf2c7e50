using System.Globalization;
using Microsoft.CodeAnalysis;
using Typed.Generator.Analysis;
using Typed.Generator.Tests.Harness;
using Typed.Schema.Shapes;

namespace Typed.Generator.Tests.Rules;

/// <summary>What is reported where a declared type differs from the schema file, and at which text.</summary>
public class SchemaDifferences
{
    private const string Series = """
        {"version":1,"series":{"hits":{"type":"Histogram","value":"Value Double","keys":["Region String","Route String"],"intervals":["minute: 1m","day: daily by 1h in Europe/Paris"]}}}
        """;

    // At the member: of the class itself, of a nested one, of one in a list, of a base class, of a property and a parameter.
    [Theory]
    [InlineData("url:integer", "[EventStream] public partial record View(string [|Url|]);", "TYP4006")]
    [InlineData("url:integer", "[EventStream] public partial class View { public string? [|Url|] { get; init; } }", "TYP4006")]
    [InlineData("web:{version:number}", "[EventStream] public partial record View(Browser Web); public record Browser(int [|Version|]);", "TYP4005")]
    [InlineData("web:[{version:number}]", "[EventStream] public partial record View(System.Collections.Generic.List<Browser> Web); public record Browser(int [|Version|]);", "TYP4005")]
    [InlineData("web:{x:{version:number}}", "[EventStream] public partial record View(System.Collections.Generic.Dictionary<string, Browser> {|TYP2012:Web|}); public record Browser(int [|Version|]);", "TYP4005")]
    [InlineData("web:{version:number}", "[EventStream] public partial record View(Browser? {|TYP2012:Web|}); public record struct Browser(int [|Version|]);", "TYP4005")]
    [InlineData("id:number", "[EventStream] public partial class View : Base; public class Base { public int [|Id|] { get; set; } }", "TYP4005")]
    [InlineData("my_id:number", "[EventStream] public partial class View { [System.Text.Json.Serialization.JsonPropertyName(\"my_id\")] public int [|Id|] { get; set; } }", "TYP4005")]
    // Where the class has no such member: at the class, and at the member that holds it.
    [InlineData("url:string old:integer", "[EventStream] public partial record [|View|](string Url);", "TYP4003")]
    [InlineData("url:string old?:integer", "[EventStream] public partial record [|View|](string Url);", "TYP4001")]
    [InlineData("web:{version:integer old?:string}", "[EventStream] public partial record View(Browser [|Web|]); public record Browser(int Version);", "TYP4001")]
    [InlineData("address:string", "[EventStream] public partial record View(string [|Url|]);", "TYP4003")]
    [InlineData("a:integer", "[EventStream] public partial record View(int A, string [|Url|]);", "TYP4002")]
    [InlineData("url:string|null", "[EventStream] public partial record View(string [|Url|]);", "TYP4004")]
    [InlineData("url:string", "[EventStream(Naming = [|JsonNaming.AsDeclared|])] public partial record View(string Url);", "TYP4008")]
    // What is fine.
    [InlineData("url:string", "[EventStream] public partial record View(string Url, int? More);")]
    [InlineData("n:integer", "[EventStream] public partial record View(double? N);")]
    [InlineData("address:string", "[EventStream] public partial record View([FormerName(\"address\")] string Url);")]
    [InlineData("n:integer", "[EventStream(Name = \"other\")] public partial record Other(string N); [EventStream] public partial record View(int N);")]
    public async Task A_stream(string stored, string source, string? id = null)
    {
        var reported = await Rule.ExpectWithFileAsync(source, Stream(stored), id);

        Assert.All(reported.Where(one => one.Id.StartsWith("TYP4", StringComparison.Ordinal)), one => Assert.StartsWith(
            "stream 'view': ", one.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Gauge", "Region", "double", "\"minute: 1m\"", "[|Gauge|]", "TYP4009")]
    [InlineData("Histogram", "Region", "double", "\"minute: 1m\", [|\"day: daily by 1h\"|]", null, "TYP4012")]
    [InlineData("Histogram", "Region", "double", "\"minute: 1m\", [|\"day: daily by 2h in Europe/Paris\"|]", null, "TYP4012")]
    [InlineData("Histogram", "Region", "double", "[|\"minute: 2m\"|], \"day: daily by 1h in Europe/Paris\"", null, "TYP4012")]
    [InlineData("Histogram", "Region", "double", "\"minute: 60s keep 7\", \"day: daily by 1h in Europe/Paris\", \"new: 1h\"", null, null)]
    public Task A_series(string type, string key, string value, string intervals, string? marked, string? id) => Rule.ExpectWithFileAsync(
        $$"""
        [TimeSeries(Name = "hits", Type = {{marked ?? type}}, Intervals = [{{intervals}}{{(type == "Gauge" ? ", \"day: daily by 1h in Europe/Paris\"" : "")}}])] public partial class Hit
        {
            [SeriesKey] public required string {{key}} { get; init; }
            [SeriesKey] public required string Route { get; init; }
            [SeriesValue{{(type == "Histogram" ? "(Digits = 3)" : "")}}] public {{value}} Value { get; init; }
        }
        """,
        Series, id);

    [Fact]
    public async Task Keys_and_values_at_their_attributes()
    {
        var reported = await Rule.ExpectWithFileAsync(
            """
            [TimeSeries(Name = "hits", Type = Histogram, Intervals = ["minute: 1m", "day: daily by 1h in Europe/Paris"])] public partial class Hit
            {
                [{|TYP4011:SeriesKey|}] public required string Route { get; init; }
                [SeriesKey] public required string Region { get; init; }
                [{|TYP4010:SeriesValue|}] public int Value { get; init; }
            }
            """,
            Series);

        Assert.Contains("the order of keys was 'Region String, Route String' and is now 'Route String, Region String'", reported[0].GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Contains("value was 'Value Double' and is now 'Value Int32'", reported[1].GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public Task A_missing_key_at_the_declaration() => Rule.ExpectWithFileAsync(
        """
        [[|TimeSeries(Name = "hits", Type = Histogram, Intervals = ["minute: 1m", "day: daily by 1h in Europe/Paris"])|]] public partial class Hit
        {
            [SeriesKey] public required string Region { get; init; }
            [SeriesValue(Digits = 3)] public double Value { get; init; }
        }
        """,
        Series, "TYP4011");

    [Theory]
    [InlineData("", "TYP4015 (0,0) is empty")]
    [InlineData("hello", "TYP4015 (0,0) no JSON")]
    [InlineData("{\n \"version\": 3\n}", "TYP4015 (1,12) update Typed")]
    [InlineData("{\n \"version\": 1,\n<<<<<<< HEAD\n \"streams\": {}\n=======\n \"series\": {}\n>>>>>>> other\n}", "TYP4015 (2,0) conflict markers")]
    [InlineData("{\n \"version\": 1,\n \"streams\": {\n  \"a\": 3,\n  \"view\": { \"schema\": { \"type\": \"object\", \"properties\": { \"n\": { \"type\": \"number\" } }, \"required\": [\"n\"] } }\n }\n}", "TYP4015 (3,7) an entry is an object", "TYP4005 (1,60) number")]
    public async Task A_file_that_is_none(string text, params string[] expected)
    {
        TextFile file = new("/0/typed.schema.json", text);
        var run = Compile.Run(new TypedGenerator(), CompileOptions.Default with { Files = [file] }, "using Typed;\n[EventStream(Name = \"view\")] public partial record View(int N);");
        run.AssertClean(); // the rest works on

        var reported = await Analyze.ReportAsync(Rule.Analyzers, run.Compilation, file);

        Assert.Equal(expected.Length, reported.Count(one => one.Severity > DiagnosticSeverity.Info));
        Assert.All(expected, words => Assert.Contains(reported, one => IsSo(one, words)));
    }

    [Fact]
    public async Task Two_files_and_one_that_is_given_twice()
    {
        var good = SchemaFileWriter.Write(SchemaFile.Empty);
        TextFile[] files = [new("/0/typed.schema.json", good), new("/0/other/Typed.Schema.json", good), new("/0/typed.schema.json", good)];
        var run = Compile.Run(new TypedGenerator(), CompileOptions.Default with { Files = files }, "public class C;");

        var reported = await Analyze.ReportAsync([new SchemaFileAnalyzer()], run.Compilation, files);

        var one = Assert.Single(reported);
        Assert.Equal(("TYP4016", "/0/other/Typed.Schema.json"), (one.Id, one.Location.GetLineSpan().Path));
        Assert.Contains("/0/typed.schema.json", one.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_class_declares_is_information_at_the_project()
    {
        TextFile file = new("/0/typed.schema.json", Series);
        var run = Compile.Run(new TypedGenerator(), CompileOptions.Default with { Files = [file] }, "public class C;");

        var one = Assert.Single(await Analyze.ReportAsync([new SchemaAnalyzer()], run.Compilation, file));

        Assert.Equal(("TYP4014", DiagnosticSeverity.Info, Location.None), (one.Id, one.Severity, one.Location));
        Assert.Equal("series 'hits' is stored, and no class declares it: declare a class for it, or remove it from typed.schema.json if another program owns it", one.GetMessage(CultureInfo.InvariantCulture));
    }

    // What is declared, written as a file, is no difference from what is declared.
    [Fact]
    public Task A_file_of_the_declarations_differs_in_nothing() => Rule.ExpectWithFileAsync(
        """
        [EventStream] public partial class View { public int? N { get; init; } }
        """,
        Stream("n?:integer|null"));

    private static bool IsSo(Diagnostic one, string words)
    {
        var (id, place, text) = (words.Split(' ')[0], words.Split(' ')[1], string.Join(' ', words.Split(' ')[2..]));
        var at = one.Location.GetLineSpan().StartLinePosition;
        return one.Id == id && place == $"({at.Line},{at.Character})" && one.GetMessage(CultureInfo.InvariantCulture).Contains(text, StringComparison.Ordinal);
    }

    /// <summary>The file of one stream, <c>view</c>, with members as <c>name:type</c>, with <c>?</c> where some events lack it.</summary>
    internal static string Stream(string members)
    {
        var at = 0;
        return "{\"version\":1,\"streams\":{\"view\":{\"naming\":\"CamelCase\",\"schema\":" + Members("{" + members + "}") + "}}}";

        string Members(string text)
        {
            List<string> properties = [];
            List<string> required = [];
            for (at++; text[at] != '}';)
            {
                var end = text.IndexOf(':', at);
                var name = text[at..end].Trim();
                at = end + 1;
                properties.Add($"\"{name.TrimEnd('?')}\":{Type(text)}");
                if (!name.EndsWith('?'))
                {
                    required.Add($"\"{name}\"");
                }
            }

            at++;
            return "{\"type\":\"object\",\"properties\":{" + string.Join(',', properties) + "},\"required\":[" + string.Join(',', required) + "]}";
        }

        string Type(string text)
        {
            switch (text[at])
            {
                case '{':
                    return Members(text);
                case '[':
                    at++;
                    var items = Type(text);
                    at++;
                    return "{\"type\":\"array\",\"items\":" + items + "}";
                default:
                    var end = text.IndexOfAny([' ', '}', ']'], at);
                    var names = text[at..end];
                    at = end;
                    return "{\"type\":[" + string.Join(',', names.Split('|').Select(name => $"\"{name}\"")) + "]}";
            }
        }
    }
}
