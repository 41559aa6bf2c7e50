using Microsoft.CodeAnalysis;
using Typed.Generator.Tests.Harness;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace Typed.Generator.Tests.Streams;

/// <summary>Classes that get their members from the schema file.</summary>
public class SchemaClassTests
{
    private const string Views = """
        {
          "version": 1,
          "streams": {
            "shop.page_views": {
              "naming": "CamelCase",
              "schema": {
                "type": "object",
                "properties": {
                  "browser": {
                    "type": ["null", "object"],
                    "properties": { "engine": { "type": "object", "properties": { "name": { "type": "string" } }, "required": ["name"] }, "version": { "type": "integer" } },
                    "required": ["engine", "version"]
                  },
                  "class": { "type": "string" },
                  "id": { "type": "string", "format": "uuid" },
                  "lines": { "type": "array", "items": { "type": "object", "properties": { "price": { "type": "number" } }, "required": [] } },
                  "odd name": { "type": ["integer", "string"] },
                  "page_view": { "seen": "37 %", "type": "boolean" },
                  "prices": { "type": "object", "properties": {}, "required": [], "additionalProperties": { "type": "number" } },
                  "seconds": { "type": "number" },
                  "tags": { "type": "array", "items": { "type": ["null", "string"] } },
                  "url": { "type": "string" },
                  "when": { "type": "string", "format": "date-time" }
                },
                "required": ["id", "lines", "odd name", "url", "when"]
              }
            },
            "other": { "naming": "SnakeCaseLower", "schema": { "type": "object", "properties": { "page_url": { "type": "string" } }, "required": ["page_url"] } }
          }
        }
        """;

    private const string PageView = "using Typed;\nnamespace Shop;\n/// <summary>A view.</summary>\n[EventStream(Name = \"shop.page_views\", FromSchema = true)] public partial record PageView;";
    private const string Other = "using Typed;\nnamespace Shop;\n/// <summary>Another.</summary>\n[EventStream(Name = \"other\", FromSchema = true, Naming = JsonNaming.SnakeCaseLower)] public partial class Other { /// <summary>Own.</summary>\n public int Sum() => 1; }";

    [Fact]
    public void The_members()
    {
        var run = Compile.Run(new TypedGenerator(), Options(Views) with { XmlDocs = true, WarningsAsErrors = true }, PageView, Other).AssertClean();

        Snapshot.Match(run.Outputs["Shop.PageView-SchemaMembers.g.cs"]);
        Assert.Contains("public required string PageUrl { get; init; }", run.Outputs["Shop.Other-SchemaMembers.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("JsonPropertyName", run.Outputs["Shop.Other-SchemaMembers.g.cs"], StringComparison.Ordinal);
    }

    // Code that uses them compiles, and what the class declares itself stays.
    [Fact]
    public void They_are_used_like_any_other() => Compile.Run(new TypedGenerator(), Options(Views), PageView, """
        using Typed;
        using System.Text.Json.Serialization;
        namespace Shop;
        [EventStream(Name = "shop.page_views", FromSchema = true)] public partial class View(string url)
        {
            public string Url { get; } = url;
            [JsonPropertyName("seconds")] public decimal Took { get; set; }
            public const string Types = "";
            public bool IsHome => Url == "/" && Took > 1 && Browser is { Version: > 3, Engine.Name: "x" } && Lines[0].Price > 2 && Prices!["x"] > 3.5;
        }
        public static class Use
        {
            public static PageView Make() => new()
            {
                Id = Guid.NewGuid(), Lines = [new() { Price = 3 }], OddName = default, Url = "/", When = DateTimeOffset.UnixEpoch, Tags = ["a", null], Class = null,
                Browser = new() { Version = 1, Engine = new() { Name = "x" } },
            };
            public static async Task PutAsync(TypedStore store) => await PageView.In(store).PutAsync(Make());
        }
        """).AssertClean();

    [Fact]
    public async Task What_is_declared_is_what_is_stored()
    {
        var options = Options(Views);
        var run = Compile.Run(new TypedGenerator(), options, PageView, Other).AssertClean();

        var reported = await Analyze.ReportAsync(Rules.Rule.Analyzers, run.Compilation, options.Files);

        Assert.Empty(reported.Where(one => one.Severity > DiagnosticSeverity.Info));
        var untyped = Assert.Single(reported, one => one.Id == "TYP4018");
        Assert.Equal("'['odd name']' is stored as integer or string, for which there is no one type: 'PageView' has it as a JsonElement", untyped.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(null, "and the project has no such file")]
    [InlineData("{\"version\":1,\"streams\":{}}", "which has no stream")]
    public void Without_an_entry_the_generator_says_so_too(string? file, string reason)
    {
        var run = Compile.Run(new TypedGenerator(), file is null ? CompileOptions.Default : Options(file), PageView);

        var one = Assert.Single(run.Diagnostics);
        Assert.Equal("TYP4017", one.Id);
        Assert.Contains(reason, one.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Empty(run.OutputProblems);
    }

    [Fact]
    public void An_edit_redoes_what_it_concerns()
    {
        var caching = Caching.Start(new TypedGenerator(), Options(Views), PageView, Other, "[Typed.EventStream] public partial record Plain(int N);", "class C { int M() => 1; }");
        caching.Edit("M() => 1", "M() => 2").ExpectNothingNew()
            .Edit("Sum() => 1", "Sum() => 2").ExpectNothingNew()
            .File(Views.Replace("\"type\": \"boolean\" }", "\"type\": \"string\" }", StringComparison.Ordinal))
            .Expect(SchemaClasses.ModelsStep, Modified, Cached)
            .Expect(SchemaClasses.MembersStep, Modified, Cached)
            .Expect(TypedGenerator.SchemaStreamFiles, Modified, Cached)
            .Expect(TypedGenerator.StreamFiles, Cached)
            .File(Views.Replace("\"type\": \"boolean\" }", "\"type\": \"string\" }", StringComparison.Ordinal) + "\n").ExpectNothingNew();
    }

    // As many as a large project has: an edit redoes one class, a change of the file the class whose entry changed.
    [Fact]
    public void So_it_is_with_many()
    {
        var streams = Enumerable.Range(0, 500).Select(i => $"\"s{i}\": {{ \"naming\": \"CamelCase\", \"schema\": {{ \"type\": \"object\", \"properties\": {{ \"n{i}\": {{ \"type\": \"integer\" }} }}, \"required\": [] }} }}");
        var file = "{ \"version\": 1,\n\"streams\": {\n" + string.Join(",\n", streams) + "\n} }";
        var sources = Enumerable.Range(0, 200).Select(i => i % 2 == 0
            ? $"[Typed.EventStream(Name = \"s{i}\", FromSchema = true)] public partial record S{i};" : $"[Typed.EventStream(Name = \"s{i}\")] public partial record S{i}(int? N{i});");
        var caching = Caching.Start(new TypedGenerator(), Options(file), [.. sources, "class C { int M() => 1; }"]);

        caching.Edit("M() => 1", "M() => 2").ExpectNothingNew()
            .Edit("S7(int? N7)", "S7(int? N7, int? More)");
        Assert.Equal((1, 0), (caching.Count(TypedGenerator.StreamFiles, Modified), caching.Count(TypedGenerator.SchemaStreamFiles, Modified)));
        caching.Edit("record S8;", "record S8 { public int? Own { get; init; } }");
        Assert.Equal((0, 1), (caching.Count(TypedGenerator.StreamFiles, Modified), caching.Count(TypedGenerator.SchemaStreamFiles, Modified)));
        caching.File(file.Replace("\"n10\": { \"type\": \"integer\"", "\"n10\": { \"type\": \"number\"", StringComparison.Ordinal));

        Assert.Equal(1, caching.Count(SchemaClasses.MembersStep, Modified));
        Assert.Equal(1, caching.Count(SchemaClasses.ModelsStep, Modified));
        Assert.Equal(0, caching.Count(TypedGenerator.StreamModels, Modified));
    }

    private static CompileOptions Options(string file) => CompileOptions.Default with { Files = [new TextFile("/0/typed.schema.json", file)] };
}
