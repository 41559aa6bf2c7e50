using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Typed.Generator.Tests.Harness;

/// <summary>Runs analyzers on marked source; what they report must be exactly what is marked.</summary>
internal static class Analyze
{
    /// <summary>As below, with one analyzer.</summary>
    public static Task<ImmutableArray<Diagnostic>> ExpectAsync(
        DiagnosticAnalyzer analyzer, string marked, string? id = null, IIncrementalGenerator? generator = null, CompileOptions? options = null) =>
        ExpectAsync([analyzer], marked, id, generator, options);

    /// <summary>Fails unless the analyzers report the marked ids on the marked spans and nothing else, and the source compiles.</summary>
    /// <param name="analyzers">What to run.</param>
    /// <param name="marked">One file with <c>[|marks|]</c>; without marks, nothing may be reported.</param>
    /// <param name="id">The id that <c>[|</c> stands for; not needed where the analyzers have just one.</param>
    /// <param name="generator">Runs first, where the source needs what it emits.</param>
    /// <param name="options">The consumer's settings.</param>
    /// <param name="errors">Ids of compiler errors that the source has, each of them; without, it compiles.</param>
    /// <returns>The diagnostics in the order of the source, for a look at their messages.</returns>
    public static async Task<ImmutableArray<Diagnostic>> ExpectAsync(
        IReadOnlyList<DiagnosticAnalyzer> analyzers, string marked, string? id = null, IIncrementalGenerator? generator = null, CompileOptions? options = null, params string[] errors)
    {
        options ??= CompileOptions.Default;
        var ids = analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).Distinct(StringComparer.Ordinal).ToArray();
        var (source, expected) = Markup.Parse(marked, id ?? (ids.Length == 1 ? ids[0] : "?"));
        Assert.True(expected.All(squiggle => ids.Contains(squiggle.Id, StringComparer.Ordinal)), "A mark has an id that no analyzer here reports, or none.");

        var compilation = Consumer(source, generator, options);
        var broken = compilation.GetDiagnostics().Where(problem => problem.Severity == DiagnosticSeverity.Error).ToArray();
        Assert.DoesNotContain(broken, problem => !errors.Contains(problem.Id, StringComparer.Ordinal));
        Assert.Equal(errors.Order(StringComparer.Ordinal), broken.Select(problem => problem.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        var reported = await ReportAsync(analyzers, compilation);

        var elsewhere = reported.Where(diagnostic => diagnostic.Location.SourceTree?.FilePath is not "Source0.cs");
        Assert.Empty(elsewhere); // without a place, in an output, or AD0001: the analyzer threw
        Assert.Equal(Markup.Render(source, expected), Markup.Render(source, reported.Select(Squiggle.Of)));
        return reported;
    }

    internal static async Task<ImmutableArray<Diagnostic>> ReportAsync(IEnumerable<DiagnosticAnalyzer> analyzers, Compilation compilation)
    {
        var reported = await compilation.WithAnalyzers([.. analyzers]).GetAnalyzerDiagnosticsAsync();
        return [.. reported.OrderBy(diagnostic => diagnostic.Location.SourceSpan).ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)];
    }

    internal static Compilation Consumer(string source, IIncrementalGenerator? generator, CompileOptions options) =>
        generator is null ? Compile.Create(options, source) : Compile.Run(generator, options, source).Compilation;
}
