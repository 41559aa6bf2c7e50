using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Model.Series;
using Typed.Generator.Parsing;
using Typed.Generator.Parsing.Series;
using Typed.Generator.Parsing.Streams;
using Typed.Generator.Rules;
using Typed.Schema;

namespace Typed.Generator.Analysis;

/// <summary>
/// Reports declared types of one assembly that would share a table: two series, such as <c>Shop.Order</c> and <c>Billing.Order</c>, two streams, a stream and
/// a series, a stream and the library itself. SQLite does not tell tables apart by case, so case counts nowhere.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TableAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SeriesRules.SeriesTable, StreamRules.SharedTable];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var series = new ConcurrentBag<SeriesTables>();
            var streams = new ConcurrentBag<StreamTable>();
            start.RegisterSymbolAction(symbol => Collect((INamedTypeSymbol)symbol.Symbol, series, streams), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => ReportStreams(end, streams, ReportSeries(end, series)));
        });
    }

    private static void Collect(INamedTypeSymbol type, ConcurrentBag<SeriesTables> series, ConcurrentBag<StreamTable> streams)
    {
        if (type.Attribute(KnownNames.TimeSeries) is { } attribute)
        {
            var declared = new DeclaredSymbol(type, attribute, ProblemSink.Silent);
            if (SeriesParser.Parse(declared) is { } model)
            {
                var place = AttributeArguments.Value(attribute, "Name").Value is string ? AttributeArguments.Location(attribute, "Name") : declared.Place;
                series.Add(new(type.ToDisplayString(), place, Tables(model)));
            }
        }
        else if (type.Attribute(KnownNames.EventStream) is { } stream && StreamName.Read(type, stream) is var name && StreamName.IsValid(name))
        {
            streams.Add(new(type, name));
        }
    }

    private static string[] Tables(SeriesModel series) => series.Kind == SeriesType.Series
        ? [Names.Points(series.Table)]
        : [.. series.Intervals.Select(interval => Names.Table(series.Table, interval.Spec.Name))];

    /// <summary>Reports the later of two series, and returns the owner of each table. Tables of one series are checked where its intervals are.</summary>
    private static Dictionary<string, string> ReportSeries(CompilationAnalysisContext context, IEnumerable<SeriesTables> series)
    {
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
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

        return owners;
    }

    /// <summary>Reports each of several streams; of a stream and a series, the stream.</summary>
    private static void ReportStreams(CompilationAnalysisContext context, IEnumerable<StreamTable> streams, Dictionary<string, string> series)
    {
        foreach (var table in streams.GroupBy(stream => Names.Stream(stream.Name), StringComparer.OrdinalIgnoreCase))
        {
            // By name, whatever the order in which the types were seen.
            var sharers = table.OrderBy(stream => stream.Type.ToDisplayString(), StringComparer.Ordinal).ToArray();
            foreach (var (type, name) in sharers)
            {
                var owner = Names.Own.Contains(table.Key, StringComparer.OrdinalIgnoreCase) ? "Typed itself"
                    : series.TryGetValue(table.Key, out var taken) ? $"the series '{taken}'"
                    : Array.Find(sharers, sharer => !SymbolEqualityComparer.Default.Equals(sharer.Type, type)) is { } other
                        ? $"{other.Type.Name}, the stream \"{other.Name}\""
                    : null;
                if (owner is not null)
                {
                    context.ReportDiagnostic(Diagnostic.Create(StreamRules.SharedTable, type.Locations[0], type.Name, name, table.Key, owner));
                }
            }
        }
    }

    private sealed record SeriesTables(string Type, Location? Place, string[] Names);

    private sealed record StreamTable(INamedTypeSymbol Type, string Name);
}
