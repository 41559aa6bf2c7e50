using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Parsing;
using Typed.Generator.Parsing.Streams;
using Typed.Generator.Rules;

namespace Typed.Generator.Analysis;

/// <summary>Reports what is wrong with [Feeds], found by the walk that the generator takes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FeedAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [FeedRules.NoStream, FeedRules.NoSeries, FeedRules.Method, FeedRules.Twice, FeedRules.NotFollowed];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.Attribute(KnownNames.EventStream) is { } attribute)
        {
            FeedParser.Parse(new DeclaredSymbol(type, attribute, new ProblemSink(context.ReportDiagnostic)));
            return;
        }

        foreach (var feed in FeedParser.Attributes(type))
        {
            context.ReportDiagnostic(Diagnostic.Create(FeedRules.NoStream, FeedParser.Place(feed), type.Name));
        }
    }
}
