using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Typed.Generator.Tests.Harness;

/// <summary>Runs analyzers on marked source; what they report must be exactly what is marked, and a pragma must silence it.</summary>
internal static class Analyze
{
    /// <summary>As below, with one analyzer.</summary>
    public static Task<ImmutableArray<Diagnostic>> ExpectAsync(
        DiagnosticAnalyzer analyzer, string marked, string? id = null, IIncrementalGenerator? generator = null, CompileOptions? options = null) =>
        ExpectAsync([analyzer], marked, id, generator, options);

    /// <summary>Fails unless the analyzers report the marked ids on the marked spans and nothing else, and the source compiles.</summary>
    /// <param name="analyzers">What to run.</param>
    /// <param name="marked">One file with <c>[|marks|]</c>, or <c>{|TYP0001:marks|}</c> for another id; without marks, nothing may be reported.</param>
    /// <param name="id">The id that <c>[|</c> stands for; not needed where the analyzers have just one.</param>
    /// <param name="generator">Runs first, where the source needs what it emits.</param>
    /// <param name="options">The consumer's settings.</param>
    /// <param name="errors">Ids of compiler errors that the source has, each of them; without, it compiles.</param>
    /// <returns>The diagnostics in the order of the source, for a look at their messages.</returns>
    public static Task<ImmutableArray<Diagnostic>> ExpectAsync(
        IReadOnlyList<DiagnosticAnalyzer> analyzers, string marked, string? id = null, IIncrementalGenerator? generator = null, CompileOptions? options = null, params string[] errors) =>
        new ConsumerTest(analyzers, generator, options ?? CompileOptions.Default) { Id = id, Errors = errors }.RunAsync(marked);

    internal static async Task<ImmutableArray<Diagnostic>> ReportAsync(IEnumerable<DiagnosticAnalyzer> analyzers, Compilation compilation, params IEnumerable<TextFile> files)
    {
        var reported = await compilation.WithAnalyzers([.. analyzers], new AnalyzerOptions([.. files])).GetAnalyzerDiagnosticsAsync();
        return [.. reported.OrderBy(diagnostic => diagnostic.Location.SourceSpan).ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)];
    }
}
