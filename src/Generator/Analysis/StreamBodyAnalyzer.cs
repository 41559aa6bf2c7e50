using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Parsing;
using Typed.Generator.Parsing.Streams;
using Typed.Generator.Rules;

namespace Typed.Generator.Analysis;

/// <summary>Reports what is wrong with the body of an event, every member that it reaches, found by the walk that the generator takes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StreamBodyAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        StreamRules.UnsupportedType, StreamRules.DuplicateName, StreamRules.Constructor, StreamRules.JsonAttribute,
        StreamRules.ExtensionData, StreamRules.EnumName, StreamRules.NotQueryable, StreamRules.Upcast,
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
        if (type.Attribute(KnownNames.EventStream) is not { } attribute || StreamTypeCheck.FindObstacle(type) is not null || type.IsGenericType)
        {
            return;
        }

        var declared = new DeclaredSymbol(type, attribute, new ProblemSink(context.ReportDiagnostic));
        if (JsonAttributes.FindUnsupported(type) is { } unsupported)
        {
            declared.Report(StreamRules.JsonAttribute, declared.Place, type.Name,
                $"has [{JsonAttributes.Short(unsupported)}], which is not supported; remove it");
        }

        if (JsonAttributes.FindConverter(type) is not null)
        {
            declared.Report(StreamRules.JsonAttribute, declared.Place, type.Name,
                "has [JsonConverter]; an event is an object of its members, so give it to a member or its type");
        }

        // What is wrong with the naming is reported where the declaration is analysed.
        BodyParser.Parse(context.Compilation, declared, StreamDeclaration.ReadNaming(declared with { Problems = ProblemSink.Silent }));
    }
}
