using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Parsing;
using Typed.Generator.Rules;

namespace Typed.Generator.Analysis;

/// <summary>
/// Reports a declared type that a module of another assembly lists under the same name, as happens to a file that two projects compile: with this project's
/// own types, and between its references. A store that includes both modules refuses to open.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclaredTwiceAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SeriesRules.DeclaredTwice];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var modules = start.Compilation.SourceModule.ReferencedAssemblySymbols.Where(assembly => assembly.Has(KnownNames.TypedModule)).ToArray();
            if (modules.Length > 0)
            {
                var own = new ConcurrentBag<INamedTypeSymbol>();
                start.RegisterSymbolAction(symbol => Collect((INamedTypeSymbol)symbol.Symbol, own), SymbolKind.NamedType);
                start.RegisterCompilationEndAction(end => Report(end, own, modules));
            }
        });
    }

    private static void Collect(INamedTypeSymbol type, ConcurrentBag<INamedTypeSymbol> own)
    {
        if (IsDeclared(type))
        {
            own.Add(type);
        }
    }

    private static void Report(CompilationAnalysisContext context, IEnumerable<INamedTypeSymbol> own, IAssemblySymbol[] modules)
    {
        var seen = new Dictionary<string, INamedTypeSymbol>(StringComparer.Ordinal);
        foreach (var type in own.Concat(modules.SelectMany(module => Declared(module.GlobalNamespace))))
        {
            var name = type.MetadataFullName();
            if (!seen.TryGetValue(name, out var first))
            {
                seen.Add(name, type);
            }
            else if (!SymbolEqualityComparer.Default.Equals(first.ContainingAssembly, type.ContainingAssembly))
            {
                // Two references have no place in this project's code.
                var place = first.Locations.FirstOrDefault(location => location.IsInSource) ?? Location.None;
                context.ReportDiagnostic(Diagnostic.Create(SeriesRules.DeclaredTwice, place, type.ToDisplayString(), first.ContainingAssembly.Name,
                    type.ContainingAssembly.Name));
            }
        }
    }

    private static IEnumerable<INamedTypeSymbol> Declared(INamespaceOrTypeSymbol within) =>
        within.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(member =>
        member is INamedTypeSymbol type && IsDeclared(type) ? Declared(member).Prepend(type) : Declared(member));

    private static bool IsDeclared(INamedTypeSymbol type) => type.Has(KnownNames.TimeSeries) || type.Has(KnownNames.EventStream);
}
