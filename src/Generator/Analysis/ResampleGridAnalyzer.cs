using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Typed.Generator.Parsing;
using Typed.Generator.Parsing.Series;
using Typed.Generator.Rules;
using Typed.Time;

namespace Typed.Generator.Analysis;

/// <summary>Reports <c>Resample</c> to a text that is no grid, or to a grid that is known not to contain the interval's buckets.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ResampleGridAnalyzer : DiagnosticAnalyzer
{
    private const long Day = 86_400;
    private const long Week = 7 * Day;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.ResampleGrid];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name == "Resample" && RuntimeApi.Has(call.TargetMethod) && RangeGrids.Constant(call, "grid") is { } text
            && RangeGrids.Of(RangeGrids.Receiver(call)) is { } finer && Fault(finer, text) is { } fault)
        {
            var place = call.Arguments.First(argument => argument.Parameter?.Name == "grid").Value.Syntax.GetLocation();
            context.ReportDiagnostic(Diagnostic.Create(UsageRules.ResampleGrid, place, text, fault));
        }
    }

    private static string? Fault(IntervalSpec finer, string text) =>
        RangeGrids.Resampled(finer, text) is not { } coarser ? "it is no grid, which is a step, and a zone where it has one, as in 'monthly in Europe/Paris'"
        : Fits(finer, coarser) ? null
        : $"its buckets do not begin where buckets of '{finer.Name}: {finer.Step}' begin";

    /// <summary>Whether the coarser grid may contain the finer one. What only the data of a zone can tell is left to the run.</summary>
    private static bool Fits(IntervalSpec finer, IntervalSpec coarser)
    {
        var sameZone = (finer.Zone ?? IntervalSpec.DefaultZone) == (coarser.Zone ?? IntervalSpec.DefaultZone);
        return (finer.Step.IsCalendar, coarser.Step.IsCalendar) switch
        {
            (false, false) => coarser.Step.Seconds % finer.Step.Seconds == 0,

            // Cells of fixed width are counted from a Thursday. In another zone days of 86 400 seconds follow each other too, but from an hour of their own.
            (false, true) => (coarser.Step.Word == CalendarWord.Weekly && coarser.Zone is not (null or IntervalSpec.DefaultZone) ? Week : Day)
                % finer.Step.Seconds == 0,
            (true, false) => finer.Step.Word == CalendarWord.Daily
                && (finer.Zone is not (null or IntervalSpec.DefaultZone) || coarser.Step.Seconds % Day == 0),
            _ => !sameZone || finer.Step == coarser.Step || finer.Step.Word switch
            {
                CalendarWord.Daily => true,
                CalendarWord.Monthly => coarser.Step.Word == CalendarWord.Yearly,
                _ => false,
            },
        };
    }
}
