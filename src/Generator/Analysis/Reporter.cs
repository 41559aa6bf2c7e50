using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Parsing;

namespace Typed.Generator.Analysis;

/// <summary>Reports what the walk over a declaration finds.</summary>
internal sealed class Reporter(SymbolAnalysisContext context) : ProblemSink
{
    public override void Report(DiagnosticDescriptor rule, Location? location, ImmutableDictionary<string, string?> properties, params object[] arguments) =>
        context.ReportDiagnostic(Diagnostic.Create(rule, location, properties, arguments));
}
