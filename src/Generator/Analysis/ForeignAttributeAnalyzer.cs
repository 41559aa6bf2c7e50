using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Parsing;
using Typed.Generator.Rules;

namespace Typed.Generator.Analysis;

/// <summary>Reports [SeriesKey], [SeriesValue] and [SeriesTime] in an event stream, and [EventTime] in a time series: each is meant for the other.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ForeignAttributeAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SeriesRules.IgnoredAttribute];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var (foreign, why) = (type.Has(KnownNames.TimeSeries), type.Has(KnownNames.EventStream)) switch
        {
            (true, false) => ([KnownNames.EventTime], $"'{type.Name}' is a time series, whose time is marked by [SeriesTime]"),
            (false, true) => (KnownNames.MemberAttributes,
                $"'{type.Name}' is an event stream: its time is marked by [EventTime], and it has neither key nor value"),
            _ => (Array.Empty<string>(), ""),
        };
        foreach (var marked in foreign.Length == 0 ? [] : Readable(type))
        {
            foreach (var attribute in marked.GetAttributes().Where(attribute => Array.Exists(foreign, name => attribute.Is(name))))
            {
                var place = attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).GetLocation();
                context.ReportDiagnostic(Diagnostic.Create(SeriesRules.IgnoredAttribute, place, attribute.ShortName(), marked.Name, why));
            }
        }
    }

    /// <summary>The type's own members that emitted code could read, and parameters that stand for them. Of other members another rule speaks.</summary>
    private static IEnumerable<ISymbol> Readable(INamedTypeSymbol type) =>
        type.GetMembers().Where(member => member is IPropertySymbol or IFieldSymbol && Readability.Obstacle(member) is null)
            .Concat(type.InstanceConstructors.SelectMany(constructor => constructor.Parameters)
                .Where(parameter => MarkedMembers.PropertyOf(parameter) is not null));
}
