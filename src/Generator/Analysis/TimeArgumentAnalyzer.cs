using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Typed.Generator.Parsing;
using Typed.Generator.Rules;

namespace Typed.Generator.Analysis;

/// <summary>Reports a DateTime given where the library takes an instant: C# converts it without a word, by the time zone of the machine.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TimeArgumentAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.DateTime];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.Conversion);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var conversion = (IConversionOperation)context.Operation;
        if (!conversion.IsImplicit || conversion.OperatorMethod is not { ContainingType.Name: "DateTimeOffset" } convert
            || convert.Parameters[0].Type.SpecialType != SpecialType.System_DateTime)
        {
            return;
        }

        var outer = conversion.Parent;
        while (outer is IConversionOperation { IsImplicit: true })
        {
            outer = outer.Parent;
        }

        if (outer is IArgumentOperation { Parameter: { ContainingSymbol: IMethodSymbol method } parameter } && RuntimeApi.Has(method))
        {
            context.ReportDiagnostic(Diagnostic.Create(UsageRules.DateTime, conversion.Syntax.GetLocation(), parameter.Name));
        }
    }
}
