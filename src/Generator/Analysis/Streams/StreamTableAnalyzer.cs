using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Parsing;
using Typed.Generator.Parsing.Json;
using Typed.Schema;

namespace Typed.Generator.Analysis.Streams;

/// <summary>Two streams of a compilation with one table: the same name, or names that become the same in the database.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StreamTableAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [StreamRules.SharedTable];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            var streams = new ConcurrentBag<(INamedTypeSymbol Type, string Name)>();
            start.RegisterSymbolAction(symbol => Collect((INamedTypeSymbol)symbol.Symbol, streams), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => Report(end, streams));
        });
    }

    private static void Collect(INamedTypeSymbol type, ConcurrentBag<(INamedTypeSymbol Type, string Name)> streams)
    {
        if (type.Attribute(KnownNames.EventStream) is { } attribute && StreamName.Of(type, attribute) is var name && StreamName.IsValid(name))
        {
            streams.Add((type, name));
        }
    }

    private static void Report(CompilationAnalysisContext context, IEnumerable<(INamedTypeSymbol Type, string Name)> streams)
    {
        foreach (var table in streams.GroupBy(stream => Names.Stream(stream.Name), StringComparer.OrdinalIgnoreCase))
        {
            // By name, whatever the order in which the types were seen.
            var sharers = table.OrderBy(stream => stream.Type.ToDisplayString(), StringComparer.Ordinal).ToArray();
            foreach (var (type, name) in sharers.Length > 1 ? sharers : [])
            {
                var other = sharers.First(sharer => !SymbolEqualityComparer.Default.Equals(sharer.Type, type));
                context.ReportDiagnostic(Diagnostic.Create(StreamRules.SharedTable, type.Locations[0], type.Name, name, other.Type.Name, other.Name, table.Key));
            }
        }
    }
}
