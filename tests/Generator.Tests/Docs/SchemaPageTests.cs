using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Typed.Generator.Tests.Harness;
using Typed.Schema.Shapes;

namespace Typed.Generator.Tests.Docs;

/// <summary>The page about the schema file: its file is one, its classes compile, and what its comments say is reported in their lines.</summary>
public partial class SchemaPageTests
{
    private static readonly string s_page = Page.Text("docs/schema.md");

    public static TheoryData<int> Examples { get; } = [.. Enumerable.Range(0, Blocks().Matches(s_page).Count(match => match.Groups["language"].Value == "csharp"))];

    [Fact]
    public void The_file_is_as_it_would_be_written()
    {
        var read = SchemaFileReader.Read(Code("json").Single());

        Assert.Empty(read.Problems);
        Assert.Equal(Code("json").Single(), SchemaFileWriter.Write(read.File));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task A_class_is_reported_as_its_comments_say(int number)
    {
        var code = Code("csharp").ElementAt(number);
        TextFile file = new("/0/typed.schema.json", Code("json").Single());
        var run = Compile.Run(new TypedGenerator(), CompileOptions.Default with { Files = [file] }, "global using Typed;", code).AssertClean();

        var reported = await Analyze.ReportAsync(Rules.Rule.Analyzers, run.Compilation, file);

        var promised = code.Split('\n').SelectMany((line, i) => Ids().Matches(line).Select(match => $"{i}: {match.Value}"));
        Assert.Equal(promised.Order(), reported.Where(one => one.Severity > DiagnosticSeverity.Info).Select(one => $"{one.Location.GetLineSpan().StartLinePosition.Line}: {one.Id}").Order());
    }

    private static IEnumerable<string> Code(string language) =>
        Blocks().Matches(s_page).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["code"].Value);

    [GeneratedRegex("```(?<language>csharp|json)\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Blocks();

    [GeneratedRegex("TYP[0-9]{4}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Ids();
}
