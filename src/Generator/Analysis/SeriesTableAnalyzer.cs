using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Model;
using Typed.Generator.Parsing;
using Typed.Schema;

namespace Typed.Generator.Analysis;

/// <summary>Reports two declared series of one assembly that would have one table: <c>Shop.Order</c> and <c>Billing.Order</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SeriesTableAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SeriesRules.SeriesTable];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var series = new ConcurrentBag<Tables>();
            start.RegisterSymbolAction(symbol => Collect((INamedTypeSymbol)symbol.Symbol, series), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => Report(end, series));
        });
    }

    private static void Collect(INamedTypeSymbol type, ConcurrentBag<Tables> series)
    {
        if (type.Attribute(KnownNames.TimeSeries) is { } attribute && SeriesParser.Parse(type, attribute, ProblemSink.Silent) is { } model)
        {
            var place = AttributeArguments.Value(attribute, "Name").Value is string
                ? AttributeArguments.Location(attribute, "Name")
                : new DeclaredSymbol(type, attribute, ProblemSink.Silent).Place;
            series.Add(new(type.ToDisplayString(), place, Of(model)));
        }
    }

    private static string[] Of(SeriesModel series) => series.Kind == SeriesKind.Series
        ? [Names.Points(series.Table)]
        : [.. series.Intervals.Select(interval => Names.Table(series.Table, interval.Spec.Name))];

    private static void Report(CompilationAnalysisContext context, IEnumerable<Tables> series)
    {
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase); // SQLite does not tell tables apart by case
        var ordered = series.OrderBy(one => one.Place?.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(one => one.Place?.SourceSpan.Start);
        foreach (var (type, place, tables) in ordered)
        {
            if (tables.FirstOrDefault(owners.ContainsKey) is { } taken)
            {
                context.ReportDiagnostic(Diagnostic.Create(SeriesRules.SeriesTable, place, type, taken, owners[taken]));
            }

            foreach (var table in tables.Where(table => !owners.ContainsKey(table)))
            {
                owners.Add(table, type);
            }
        }
    }

    private sealed record Tables(string Type, Location? Place, string[] Names);
}
