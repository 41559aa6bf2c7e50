using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Testing;
using Typed.CodeFixes;
using Typed.Generator.Analysis;
using Typed.Generator.Tests.Harness;
using Typed.Schema.Shapes;

namespace Typed.Generator.Tests.Rules;

/// <summary>What an editor offers where a declared type differs from the schema file.</summary>
public class SchemaFixes
{
    [Theory]
    [InlineData("[EventStream] public partial record View(string {|TYP4003:Url|});", "[EventStream] public partial record View([FormerName(\"address\")] string Url);")]
    [InlineData(
        "[EventStream] public partial class View\n{\n    /// <summary>Where.</summary>\n    public required string {|TYP4003:Url|} { get; init; }\n}",
        "[EventStream] public partial class View\n{\n    /// <summary>Where.</summary>\n    [FormerName(\"address\")]\n    public required string Url { get; init; }\n}")]
    [InlineData("[EventStream] public partial class View { public string? {|TYP4003:Url|} { get; init; } }", "[EventStream] public partial class View { [FormerName(\"address\")] public string? Url { get; init; } }")]
    public Task The_name_of_before(string source, string expected) => FixAsync(new FormerNameFix(), "address:string", source, expected);

    [Theory]
    [InlineData("url:string|null", "[EventStream] public partial record View(string {|TYP4004:Url|});", "[EventStream] public partial record View(string? Url);")]
    [InlineData("n:integer|null", "[EventStream] public partial class View { public int {|TYP4004:N|} { get; init; } }", "[EventStream] public partial class View { public int? N { get; init; } }")]
    [InlineData("n?:integer", "[EventStream] public partial class View { public required int {|TYP4002:N|} { get; init; } }", "[EventStream] public partial class View { public int? N { get; init; } }")]
    [InlineData("n?:integer", "[EventStream] public partial record View(int {|TYP4002:N|});", "[EventStream] public partial record View(int? N);")]
    public Task A_null(string stored, string source, string expected) => FixAsync(new MakeNullableFix(), stored, source, expected);

    [Theory]
    [InlineData("n?:integer|null m?:string", "[EventStream] public partial class {|TYP4001:View|}\n{\n    public int? N { get; init; }\n}", "[EventStream] public partial class View\n{\n    public int? N { get; init; }\n    public string? M { get; init; }\n}")]
    [InlineData("n:integer m_x?:boolean", "[EventStream] public partial record {|TYP4001:View|}(int N);", "[EventStream] public partial record View(int N)\n{\n    [System.Text.Json.Serialization.JsonPropertyName(\"m_x\")] public bool? MX { get; init; }\n}")]
    [InlineData("n:integer tags:[number]", "[EventStream] public partial record {|TYP4003:View|}(int N);", "[EventStream] public partial record View(int N)\n{\n    public List<double>? Tags { get; init; }\n}")]
    [InlineData(
        "web:{version:integer name?:string}", "[EventStream] public partial record View(Browser {|TYP4001:Web|}); public record Browser(int Version);",
        "[EventStream] public partial record View(Browser Web); public record Browser(int Version)\n{\n    public string? Name { get; init; }\n}")]
    public Task The_stored_member(string stored, string source, string expected) => FixAsync(new AddStoredMemberFix(), stored, source, expected);

    [Theory]
    [InlineData("url:string", "[EventStream] public partial record View(int {|TYP4006:Url|});")]
    [InlineData("url:integer gone:string", "[EventStream] public partial record {|TYP4003:View|}(int Url);")]
    [InlineData("url:integer web:{gone:string}", "[EventStream] public partial record View(int Url, Browser {|TYP4003:Web|}); public record Browser;")]
    public async Task What_is_declared_is_accepted_into_the_file(string stored, string source)
    {
        source += " [EventStream(Name = \"other\")] public partial record Other(string A);";
        var other = SchemaFileReader.Read(SchemaDifferences.Stream("a:string")).File.Streams[0] with { Name = "other" };
        var file = SchemaFileReader.Read(SchemaDifferences.Stream(stored)).File.With(other);
        var declared = Accepted(source, file);

        await new SchemaFixTest(new AcceptSchemaFix(), SchemaFileWriter.Write(file), SchemaFileWriter.Write(declared)).RunAsync(source, Plain(source));
    }

    [Fact]
    public Task A_file_that_is_broken_is_not_written() => new SchemaFixTest(
        new AcceptSchemaFix(),
        SchemaFileWriter.Write(SchemaFileReader.Read(SchemaDifferences.Stream("url:string")).File).Replace("\"streams\": {\n", "\"streams\": {\n    \"bad\": x,\n", StringComparison.Ordinal),
        fixedFile: null)
        .RunAsync("[EventStream] public partial record View(int {|TYP4006:Url|});", "[EventStream] public partial record View(int {|TYP4006:Url|});");

    private static Task FixAsync(CodeFixProvider provider, string stored, string source, string expected) =>
        new SchemaFixTest(provider, SchemaDifferences.Stream(stored), fixedFile: null).RunAsync(source, expected);

    private static SchemaFile Accepted(string source, SchemaFile file)
    {
        var run = Compile.Run(new TypedGenerator(), "using Typed; " + Plain(source));
        var type = run.Compilation.GetTypeByMetadataName("View")!;
        var symbol = new Parsing.DeclaredSymbol(type, type.GetAttributes()[0], Typed.Generator.Rules.ProblemSink.Silent);
        return file.With(Shapes.Streams.StreamShapes.Of(Parsing.Streams.StreamParser.Parse(run.Compilation, symbol)!));
    }

    private static string Plain(string marked) => System.Text.RegularExpressions.Regex.Replace(marked, @"\{\|TYP\d+:(\w+)\|\}", "$1", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));

    /// <summary>A fix in a project with a schema file, which the fix may change.</summary>
    private sealed class SchemaFixTest(CodeFixProvider provider, string file, string? fixedFile)
    {
        private const string Path = "/0/typed.schema.json";

        public async Task RunAsync(string source, string expected)
        {
            var test = new ConsumerTest([new SchemaAnalyzer()], new TypedGenerator(), CompileOptions.Default with { Files = [new TextFile(Path, file)] })
            {
                Provider = provider,
                FixedCode = ("using System.Collections.Generic; using Typed;\n" + expected).ReplaceLineEndings("\n"),
                CodeFixTestBehaviors = CodeFixTestBehaviors.SkipLocalDiagnosticCheck | CodeFixTestBehaviors.SkipFixAllCheck,
                CompilerDiagnostics = CompilerDiagnostics.Errors,
            };
            test.FixedState.AdditionalFiles.Add((Path, fixedFile ?? file));
            await test.RunAsync("using System.Collections.Generic; using Typed;\n" + source);
        }
    }
}
