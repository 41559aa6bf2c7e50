using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Typed.Generator.Rules;

namespace Typed.Generator.Analysis;

/// <summary>
/// Reports LINQ of <c>IAsyncEnumerable</c> that chooses, orders or sums up the buckets or events of a range: it fetches them all, though it reads like a query.
/// Enumerating, collecting and projecting are what a range is for. What a range has of its own, as <c>Take</c> and <c>CountAsync</c> of events, is no LINQ.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InMemoryAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableHashSet<string> s_methods = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "Where", "Order", "OrderDescending", "OrderBy", "OrderByDescending", "Reverse", "GroupBy", "AggregateBy", "CountBy", "Distinct", "DistinctBy",
        "Skip", "SkipLast", "SkipWhile", "Take", "TakeLast", "TakeWhile", "LastAsync", "LastOrDefaultAsync", "CountAsync", "LongCountAsync",
        "SumAsync", "AverageAsync", "MinAsync", "MinByAsync", "MaxAsync", "MaxByAsync", "AggregateAsync");

    /// <summary>The methods that read everything only where they have a condition; without one they read the first page.</summary>
    private static readonly ImmutableHashSet<string> s_withCondition = ImmutableHashSet.Create(
        StringComparer.Ordinal, "AllAsync", "AnyAsync", "FirstAsync", "FirstOrDefaultAsync", "SingleAsync", "SingleOrDefaultAsync");

    private static readonly ImmutableArray<(string Range, DiagnosticDescriptor Rule)> s_ranges =
        [("Typed.BucketRange`2", SeriesRules.InMemory), ("Typed.EventRange`1", StreamRules.InMemory)];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. s_ranges.Select(range => range.Rule)];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            foreach (var (name, rule) in s_ranges)
            {
                if (start.Compilation.GetTypeByMetadataName(name) is { } range)
                {
                    start.RegisterOperationAction(operation => Analyze(operation, range, rule), OperationKind.Invocation);
                }
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, INamedTypeSymbol range, DiagnosticDescriptor rule)
    {
        var call = (IInvocationOperation)context.Operation;
        if (ReadsAll(call.TargetMethod)
            && call.TargetMethod.ContainingType is { Name: "AsyncEnumerable",
                ContainingNamespace: { Name: "Linq", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } }
            && call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0) is { } source
            && IsRange(source.Value, range))
        {
            context.ReportDiagnostic(Diagnostic.Create(rule, Place(call.Syntax), call.TargetMethod.Name));
        }
    }

    private static bool ReadsAll(IMethodSymbol method) =>
        s_methods.Contains(method.Name) || (s_withCondition.Contains(method.Name) && method.Parameters.Any(parameter => parameter.Name == "predicate"));

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

    /// <summary>The place of the method's name, or of the clause of a query.</summary>
    private static Location Place(SyntaxNode call) => call is InvocationExpressionSyntax { Expression: var called }
        ? (called switch
        {
            MemberAccessExpressionSyntax member => member.Name,
            MemberBindingExpressionSyntax member => member.Name,
            _ => (SyntaxNode)called,
        }).GetLocation()
        : call.GetLocation();
}
