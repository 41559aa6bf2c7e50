using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Parsing;

namespace Typed.Generator.Analysis;

/// <summary>Reports what is wrong with a declared time series, found by the walk that the generator takes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SeriesAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        SeriesRules.NotPartial, SeriesRules.ContainerNotPartial, SeriesRules.Generic, SeriesRules.Inaccessible, SeriesRules.UnsupportedType,
        SeriesRules.CountOfNonNumber, SeriesRules.MissingValue, SeriesRules.DoubledMember, SeriesRules.TimeType, SeriesRules.Interval,
        SeriesRules.DuplicateInterval, SeriesRules.NoIntervals, SeriesRules.Name,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (SeriesMembers.Find(type, KnownNames.TimeSeries) is { } attribute)
        {
            SeriesParser.Parse(type, attribute, new Reporter(context));
        }
    }

    private sealed class Reporter(SymbolAnalysisContext context) : ProblemSink
    {
        public override void Report(DiagnosticDescriptor rule, Location? location, params object[] arguments) =>
            context.ReportDiagnostic(Diagnostic.Create(rule, location, arguments));
    }
}
