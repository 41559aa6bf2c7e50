using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Parsing;
using Typed.Generator.Parsing.Series;
using Typed.Generator.Rules;

namespace Typed.Generator.Analysis;

/// <summary>Reports what is wrong with a declared time series, found by the walk that the generator takes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SeriesAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        SeriesRules.NotPartial, SeriesRules.ContainerNotPartial, SeriesRules.Generic, SeriesRules.Inaccessible, SeriesRules.UnsupportedType,
        SeriesRules.CountOfNonNumber, SeriesRules.MissingValue, SeriesRules.DoubledMember, SeriesRules.TimeType, SeriesRules.Interval,
        SeriesRules.DuplicateInterval, SeriesRules.NoIntervals, SeriesRules.Name, SeriesRules.TwoParts, SeriesRules.EmittedName,
        SeriesRules.ColumnName, SeriesRules.IntervalName, SeriesRules.IntervalTable, SeriesRules.IgnoredAttribute, SeriesRules.InvisibleType,
        SeriesRules.Shape, SeriesRules.UnknownKind, SeriesRules.HiddenName, SeriesRules.Obsolete, SeriesRules.KindIsMember, SeriesRules.Digits,
        SeriesRules.AllDigits, SeriesRules.SummaryOfNonNumber, SeriesRules.NamespaceWithoutKey,
    ];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var attributes = type.GetAttributes().Where(attribute => attribute.Is(KnownNames.TimeSeries)).ToArray();
        if (attributes.Length == 0)
        {
            return;
        }

        SeriesParser.Parse(new DeclaredSymbol(type, attributes[0], new ProblemSink(context.ReportDiagnostic)));
        foreach (var again in attributes.Skip(1))
        {
            var place = again.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).GetLocation();
            context.ReportDiagnostic(Diagnostic.Create(SeriesRules.TwoParts, place, type.Name));
        }
    }
}
