using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Parsing;
using Typed.Generator.Rules;

namespace Typed.Generator.Analysis;

/// <summary>Reports <c>bucket.Value.Percentile(95)</c> of a series that is no Histogram. The compiler says only that it cannot infer a type.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NoHistogramAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] s_methods = ["Percentile", "Percentiles", "Quantile", "Rank", "StandardDeviation", "Variance"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.NoHistogram];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.SimpleMemberAccessExpression);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        var access = (MemberAccessExpressionSyntax)context.Node;
        if (s_methods.Contains(access.Name.Identifier.ValueText, StringComparer.Ordinal)
            && access.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Value" } value
            && context.SemanticModel.GetSymbolInfo(access, context.CancellationToken).Symbol is null
            && context.SemanticModel.GetSymbolInfo(value, context.CancellationToken).Symbol is IPropertySymbol held
            && held.ContainingType.Name is "Bucket" or "Slot" && RuntimeApi.IsRuntime(held.ContainingType))
        {
            var name = access.Name.Identifier.ValueText;
            context.ReportDiagnostic(Diagnostic.Create(UsageRules.NoHistogram, access.Name.GetLocation(), name, Describe(held.Type)));
        }
    }

    private static string Describe(ITypeSymbol held) => held switch
    {
        { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } or { SpecialType: SpecialType.System_String } => "the latest value alone",
        { Name: "IReadOnlySet" } => "each value once",
        { Name: "IReadOnlyList" } => "the points as a list",
        { SpecialType: SpecialType.System_Int64 or SpecialType.System_Double or SpecialType.System_Decimal } => "a total",
        _ => $"a {held.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}",
    };
}
