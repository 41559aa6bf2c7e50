using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Parsing;
using Typed.Generator.Parsing.Json;

namespace Typed.Generator.Analysis.Streams;

/// <summary>The body of an event: every member that it reaches. Finds problems by the walk that the generator takes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StreamBodyAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        StreamRules.UnsupportedType, StreamRules.DuplicateName, StreamRules.Constructor, StreamRules.JsonAttribute,
        StreamRules.ExtensionData, StreamRules.EnumName, StreamRules.NotQueryable,
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
        if (type.Attribute(KnownNames.EventStream) is not { } attribute || !StreamShell.IsPossible(type) || type.IsGenericType)
        {
            return;
        }

        if (JsonAttributes.FindUnsupported(type) is { } unsupported)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                StreamRules.JsonAttribute, type.Locations[0], type.Name, $"has [{JsonAttributes.Short(unsupported)}], which is not supported; remove it"));
        }

        BodyParser.Parse(context.Compilation, type, StreamDeclaration.NamingOf(new DeclaredSymbol(type, attribute, ProblemSink.Silent)), problem =>
            context.ReportDiagnostic(Diagnostic.Create(Rule(problem.Kind), Places.Of(problem.Symbol, type), [.. problem.Arguments])));
    }

    private static DiagnosticDescriptor Rule(BodyProblemKind kind) => kind switch
    {
        BodyProblemKind.UnsupportedType => StreamRules.UnsupportedType,
        BodyProblemKind.DuplicateName => StreamRules.DuplicateName,
        BodyProblemKind.Constructor => StreamRules.Constructor,
        BodyProblemKind.Attribute => StreamRules.JsonAttribute,
        BodyProblemKind.ExtensionData => StreamRules.ExtensionData,
        BodyProblemKind.EnumName => StreamRules.EnumName,
        _ => StreamRules.NotQueryable,
    };
}
