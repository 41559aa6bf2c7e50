using Microsoft.CodeAnalysis;
using Typed.Generator.Tests.Rules;

namespace Typed.Generator.Tests.Harness;

/// <summary>
/// What a build shows of a project: the compiler stops after errors in declarations, before it asks any analyzer, and shows equal diagnostics once.
/// <c>SdkTests</c> asks the compiler itself.
/// </summary>
internal static class CompilerOutput
{
    /// <summary>Errors and warnings, and the library's information, in the order of the source.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> OfAsync(string source)
    {
        var run = Compile.Run(new TypedGenerator(), source);
        var shown = new HashSet<Diagnostic>(run.Diagnostics);
        shown.UnionWith(run.Compilation.GetParseDiagnostics());
        shown.UnionWith(run.Compilation.GetDeclarationDiagnostics());
        if (!shown.Except(run.Diagnostics).Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            shown.UnionWith(run.Compilation.GetMethodBodyDiagnostics());
            shown.UnionWith(await Analyze.ReportAsync(Rule.Analyzers, run.Compilation));
        }

        return [.. shown.Where(diagnostic => !diagnostic.IsSuppressed)
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning || diagnostic.Id.StartsWith("TYP", StringComparison.Ordinal))
            .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start).ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)];
    }
}
