using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Typed.Generator.Tests.Harness;

namespace Typed.Generator.Tests.Rules;

/// <summary>Every rule has a page, a release line and an analyzer; what its page calls wrong is reported, and what it calls right is not.</summary>
public class RulePages
{
    private static readonly string s_root = Root();

    private static readonly string[] s_releases =
        [.. File.ReadAllLines(Path.Combine(s_root, "src/Generator/AnalyzerReleases.Shipped.md")), .. File.ReadAllLines(Path.Combine(s_root, "src/Generator/AnalyzerReleases.Unshipped.md"))];

    /// <summary>The ids of what the runtime has only to say what to write instead, for which there is no analyzer.</summary>
    private static readonly string[] s_overloads =
    [
        .. System.Reflection.Assembly.Load("Typed").GetExportedTypes().SelectMany(type => type.GetMethods())
            .Select(method => method.GetCustomAttributes(typeof(ObsoleteAttribute), inherit: false).OfType<ObsoleteAttribute>().FirstOrDefault()?.DiagnosticId)
            .OfType<string>().Where(id => id.StartsWith("TYP", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Ids { get; } = [.. Declared().Select(rule => rule.Id), .. s_overloads];

    [Fact]
    public void Every_rule_is_documented_released_and_in_use()
    {
        Assert.True(Declared().Count >= 36);
        Assert.Empty(Failures(Declared()));
    }

    [Fact]
    public void Every_page_and_every_release_line_has_a_rule()
    {
        Assert.Equal(["TYP3006", "TYP3007", "TYP3008", "TYP3009", "TYP5201"], s_overloads);
        Assert.Equal(Ids.Select(id => $"{id.Data}.md").Order(StringComparer.Ordinal), Directory.GetFiles(Pages()).Select(Path.GetFileName).Order(StringComparer.Ordinal)!);
        Assert.Equal(Declared().Count, s_releases.Count(line => line.StartsWith("TYP", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_guards_can_fail()
    {
        var rule = Declared()[0];
        DiagnosticDescriptor Changed(string? id = null, string? title = null, string? link = null, DiagnosticSeverity severity = DiagnosticSeverity.Error) =>
            new(id ?? rule.Id, title ?? rule.Title.ToString(null), "", rule.Category, severity, isEnabledByDefault: true, helpLinkUri: link ?? rule.HelpLinkUri);

        Assert.Equal(["TYP9999 has no page", "TYP9999 has no release line", "TYP9999 links elsewhere", "no analyzer reports TYP9999"], Failures([Changed(id: "TYP9999")]));
        Assert.Equal(["the page of TYP1001 begins otherwise", "TYP1001 has no release line", "no analyzer reports TYP1001"], Failures([Changed(title: "Other")]));
        Assert.Contains("the page of TYP1001 begins otherwise", Failures([Changed(severity: DiagnosticSeverity.Warning)]));
        Assert.Contains("TYP1001 links elsewhere", Failures([Changed(link: "https://example.org")]));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task What_the_page_calls_wrong_is_reported(string id) => Assert.Contains(await ReportedAsync(id, right: false), diagnostic => diagnostic.Id == id);

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task What_it_calls_right_is_not(string id) =>
        Assert.DoesNotContain(await ReportedAsync(id, right: true), diagnostic => diagnostic.Id == id || diagnostic.Severity >= DiagnosticSeverity.Warning);

    private static async Task<IReadOnlyList<Diagnostic>> ReportedAsync(string id, bool right)
    {
        var isInformation = Declared().SingleOrDefault(rule => rule.Id == id)?.DefaultSeverity == DiagnosticSeverity.Info; // which calls nothing wrong
        var section = right ? (isInformation ? "Not reported" : "Right") : (isInformation ? "Reported" : "Wrong");
        TextFile[] files = [.. Files(id, right)];
        GeneratorRun[] libraries = HasSection(id, "Library") ? [Compile.Run(new TypedGenerator(), CompileOptions.Default with { AssemblyName = "Library" }, Code(id, "Library"))] : [];
        var run = Compile.Run(new TypedGenerator(), CompileOptions.Default with { Libraries = libraries, Files = files }, Code(id, section));
        run.AssertOutputsClean();
        if (right)
        {
            run.AssertClean();
        }

        var reported = await Analyze.ReportAsync(Rule.Analyzers, run.Compilation, files);
        Assert.Empty(run.Diagnostics.Except(reported)); // the generator repeats, and the compiler shows equal ones once
        return [.. reported, .. run.Problems.Where(problem => s_overloads.Contains(problem.Id))];
    }

    private static bool HasSection(string id, string section) => File.ReadAllText(Page(id)).ReplaceLineEndings("\n").Contains($"\n## {section}\n", StringComparison.Ordinal);

    /// <summary>The schema file of a page: one of its own for what is wrong with a file, and a second one where two are too many.</summary>
    private static IEnumerable<TextFile> Files(string id, bool right)
    {
        var name = !right && HasSection(id, "Wrong file") ? "Wrong file" : "File";
        if (HasSection(id, name))
        {
            yield return new TextFile("/0/typed.schema.json", Block(id, name, "json"));
        }

        if (!right && HasSection(id, "Second file"))
        {
            yield return new TextFile("/0/other/typed.schema.json", Block(id, "Second file", "json"));
        }
    }

    private static string Code(string id, string section)
    {
        const string Usings = "using System.Text.Json;\nusing System.Text.Json.Serialization;\nusing Typed;\nusing static Typed.SeriesType;\n";
        return Usings + Block(id, section, "csharp");
    }

    private static string Block(string id, string section, string language)
    {
        var page = File.ReadAllText(Page(id)).ReplaceLineEndings("\n");
        var start = page.IndexOf($"\n## {section}\n\n```{language}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"The page of {id} has no section '{section}' that is one block of {language}.");
        start = page.IndexOf($"```{language}\n", start, StringComparison.Ordinal) + $"```{language}\n".Length;
        return page[start..page.IndexOf("\n```\n", start, StringComparison.Ordinal)];
    }

    private static IEnumerable<string> Failures(IEnumerable<DiagnosticDescriptor> rules)
    {
        var reported = Rule.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).ToHashSet();
        foreach (var rule in rules)
        {
            var title = rule.Title.ToString(null);
            if (!File.Exists(Page(rule.Id)))
            {
                yield return $"{rule.Id} has no page";
            }
            else if (!WebUtility.HtmlDecode(File.ReadAllText(Page(rule.Id))).ReplaceLineEndings("\n").StartsWith($"# {rule.Id}: {title}\n\nCategory {rule.Category}, {Word(rule.DefaultSeverity)}.\n", StringComparison.Ordinal))
            {
                yield return $"the page of {rule.Id} begins otherwise";
            }

            if (!s_releases.Contains($"{rule.Id} | {rule.Category} | {rule.DefaultSeverity} | {title}", StringComparer.Ordinal))
            {
                yield return $"{rule.Id} has no release line";
            }

            if (!rule.HelpLinkUri.EndsWith($"/docs/rules/{rule.Id}.md", StringComparison.Ordinal))
            {
                yield return $"{rule.Id} links elsewhere";
            }

            if (!reported.Contains(rule))
            {
                yield return $"no analyzer reports {rule.Id}";
            }
        }
    }

    /// <summary>The descriptors of all rule classes.</summary>
    private static IReadOnlyList<DiagnosticDescriptor> Declared() =>
    [
        .. typeof(TypedGenerator).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("Typed.Generator.Rules", StringComparison.Ordinal) == true && type.Name.EndsWith("Rules", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields()).Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>().OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];

    private static string Word(DiagnosticSeverity severity) => severity is DiagnosticSeverity.Info ? "information" : severity.ToString().ToLowerInvariant();

    private static string Pages() => Path.Combine(s_root, "docs/rules");

    private static string Page(string id) => Path.Combine(Pages(), $"{id}.md");

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));
}
