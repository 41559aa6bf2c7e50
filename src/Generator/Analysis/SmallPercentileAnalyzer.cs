using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Typed.Generator.Parsing;
using Typed.Generator.Rules;

namespace Typed.Generator.Analysis;

/// <summary>Reports Percentile(0.95), which means the 0.95th of a hundred, and hardly ever is meant so.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SmallPercentileAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.SmallPercentile];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!call.TargetMethod.Name.StartsWith("Percentile", StringComparison.Ordinal) || !RuntimeApi.Has(call.TargetMethod))
        {
            return;
        }

        // Those of a params array are inside it.
        foreach (var value in call.Arguments.SelectMany(argument => argument.Value.DescendantsAndSelf()))
        {
            if (value.ConstantValue is { HasValue: true, Value: double and > 0 and < 1 and var number })
            {
                var meant = ((decimal)number * 100).ToString("0.#########", CultureInfo.InvariantCulture);
                context.ReportDiagnostic(Diagnostic.Create(UsageRules.SmallPercentile, value.Syntax.GetLocation(), call.TargetMethod.Name,
                    number.ToString(CultureInfo.InvariantCulture), meant));
            }
        }
    }
}
