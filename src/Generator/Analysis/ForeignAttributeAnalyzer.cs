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
        foreach (var marked in foreign.Length == 0 ? [] : MarkedMembers.Readable(type))
        {
            foreach (var attribute in marked.GetAttributes().Where(attribute => Array.Exists(foreign, name => attribute.Is(name))))
            {
                var place = attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).GetLocation();
                context.ReportDiagnostic(Diagnostic.Create(SeriesRules.IgnoredAttribute, place, attribute.ShortName(), marked.Name, why));
            }
        }
    }
}
