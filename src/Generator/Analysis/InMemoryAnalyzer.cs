using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Typed.Generator.Analysis;

/// <summary>
/// Reports LINQ of <c>IAsyncEnumerable</c> that chooses, orders or sums up buckets of a range: it fetches them all, though it reads like a query.
/// Enumerating, collecting and projecting are what a range is for.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InMemoryAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableHashSet<string> s_methods = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "Where", "Order", "OrderDescending", "OrderBy", "OrderByDescending", "Reverse", "GroupBy", "AggregateBy", "CountBy", "Distinct", "DistinctBy",
        "Skip", "SkipLast", "SkipWhile", "Take", "TakeLast", "TakeWhile", "LastAsync", "LastOrDefaultAsync", "CountAsync", "LongCountAsync",
        "SumAsync", "AverageAsync", "MinAsync", "MinByAsync", "MaxAsync", "MaxByAsync", "AggregateAsync");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SeriesRules.InMemory];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName("Typed.BucketRange`2") is { } range)
            {
                start.RegisterOperationAction(operation => Analyze(operation, range), OperationKind.Invocation);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, INamedTypeSymbol range)
    {
        var call = (IInvocationOperation)context.Operation;
        if (s_methods.Contains(call.TargetMethod.Name)
            && call.TargetMethod.ContainingType is { Name: "AsyncEnumerable", ContainingNamespace: { Name: "Linq", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } }
            && call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0) is { } source
            && IsRange(source.Value, range))
        {
            context.ReportDiagnostic(Diagnostic.Create(SeriesRules.InMemory, Place(call.Syntax), call.TargetMethod.Name));
        }
    }

    private static bool IsRange(IOperation source, INamedTypeSymbol range)
    {
        while (source is IConversionOperation { IsImplicit: true } conversion)
        {
            source = conversion.Operand;
        }

        for (var type = source.Type; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, range))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The method's name; the clause of a query.</summary>
    private static Location Place(SyntaxNode call) => call is InvocationExpressionSyntax { Expression: var called }
        ? (called switch
        {
            MemberAccessExpressionSyntax member => member.Name,
            MemberBindingExpressionSyntax member => member.Name,
            _ => (SyntaxNode)called,
        }).GetLocation()
        : call.GetLocation();
}
