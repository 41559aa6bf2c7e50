using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Typed.Generator.Parsing;
using Typed.Generator.Parsing.Series;
using Typed.Generator.Rules;
using Typed.Time;

namespace Typed.Generator.Analysis;

/// <summary>Reports a join of two ranges whose grids are known to differ: no bucket of one starts where a bucket of the other does, but by chance.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JoinGridAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.JoinGrid];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod is { Name: "Join", Parameters.Length: 3 } && RuntimeApi.Has(call.TargetMethod)
            && call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 1)?.Value is { } other
            && RangeGrids.Of(RangeGrids.Receiver(call)) is { } left && RangeGrids.Of(other) is { } right && Grid(left) != Grid(right))
        {
            context.ReportDiagnostic(Diagnostic.Create(UsageRules.JoinGrid, other.Syntax.GetLocation(), Words(left), Words(right)));
        }
    }

    private static (StepSpec Step, string? Zone) Grid(IntervalSpec interval) =>
        (interval.Step, interval.Step.IsCalendar ? interval.Zone ?? IntervalSpec.DefaultZone : null);

    private static string Words(IntervalSpec interval) =>
        interval.Name + ": " + interval.Step + (interval.Step.IsCalendar ? " in " + (interval.Zone ?? IntervalSpec.DefaultZone) : "");
}
