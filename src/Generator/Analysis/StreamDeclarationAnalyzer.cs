using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Parsing;
using Typed.Generator.Parsing.Streams;
using Typed.Generator.Rules;

namespace Typed.Generator.Analysis;

/// <summary>Reports what is wrong with an <c>[EventStream]</c> itself: class, name, retention, time. Finds it by the walk that the generator takes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StreamDeclarationAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        StreamRules.NotPartial, StreamRules.NotInstantiable, StreamRules.Name, StreamRules.Retain, StreamRules.Time, StreamRules.EntryName,
        StreamRules.SeriesToo,
        StreamRules.Generic, StreamRules.Inaccessible, StreamRules.UnknownChoice, StreamRules.TwoParts, StreamRules.Obsolete,
    ];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var attributes = type.GetAttributes().Where(attribute => attribute.Is(KnownNames.EventStream)).ToArray();
        if (attributes.Length == 0)
        {
            return;
        }

        StreamDeclaration.Parse(new DeclaredSymbol(type, attributes[0], new ProblemSink(context.ReportDiagnostic)));
        foreach (var again in attributes.Skip(1))
        {
            var place = again.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).GetLocation();
            context.ReportDiagnostic(Diagnostic.Create(StreamRules.TwoParts, place, type.Name));
        }
    }
}
