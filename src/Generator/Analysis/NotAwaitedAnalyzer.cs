using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Typed.Generator.Parsing;
using Typed.Generator.Rules;

namespace Typed.Generator.Analysis;

/// <summary>
/// Reports a write or read that is called as a statement and not awaited. The compiler does so in async methods only. A discard says that it is meant.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NotAwaitedAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.NotAwaited];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.ExpressionStatement);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var statement = ((IExpressionStatementOperation)context.Operation).Operation;
        if ((statement is IConditionalAccessOperation access ? access.WhenNotNull : statement) is IInvocationOperation { TargetMethod: var method } call
            && method.ReturnType.Name is "ValueTask" or "Task" && RuntimeApi.Has(method))
        {
            context.ReportDiagnostic(Diagnostic.Create(UsageRules.NotAwaited, call.Syntax.GetLocation(), method.Name));
        }
    }
}
