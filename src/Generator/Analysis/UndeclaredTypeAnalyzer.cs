using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Parsing;
using Typed.Generator.Rules;

namespace Typed.Generator.Analysis;

/// <summary>Reports [SeriesKey] and its like in a type that neither is declared nor has a declared type derived from it in the project.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UndeclaredTypeAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SeriesRules.Undeclared];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var marked = new ConcurrentBag<(INamedTypeSymbol Type, ISymbol Member, AttributeData Attribute)>();
            var bases = new ConcurrentDictionary<INamedTypeSymbol, bool>(SymbolEqualityComparer.Default);
            start.RegisterSymbolAction(symbol => Collect((INamedTypeSymbol)symbol.Symbol, marked.Add, bases), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end =>
            {
                foreach (var (type, member, attribute) in marked.Where(one => !bases.ContainsKey(one.Type)))
                {
                    var wanted = attribute.Is(KnownNames.EventTime) ? "EventStream" : "TimeSeries";
                    var place = attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation();
                    end.ReportDiagnostic(Diagnostic.Create(SeriesRules.Undeclared, place, attribute.ShortName(), member.Name, type.Name, wanted));
                }
            });
        });
    }

    private static void Collect(
        INamedTypeSymbol type, Action<(INamedTypeSymbol, ISymbol, AttributeData)> add, ConcurrentDictionary<INamedTypeSymbol, bool> bases)
    {
        if (type.Has(KnownNames.TimeSeries) || type.Has(KnownNames.EventStream))
        {
            for (var level = type.BaseType; level is not null; level = level.BaseType)
            {
                bases.TryAdd(level.OriginalDefinition, true);
            }
        }
        else if (type is { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false })
        {
            foreach (var member in MarkedMembers.Readable(type))
            {
                foreach (var attribute in member.GetAttributes().Where(one => one.Is(KnownNames.EventTime) || KnownNames.MemberAttributes.Any(one.Is)))
                {
                    add((type, member, attribute));
                }
            }
        }
    }
}
