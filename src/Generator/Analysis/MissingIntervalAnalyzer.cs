using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Parsing;
using Typed.Generator.Rules;

namespace Typed.Generator.Analysis;

/// <summary>Reports an interval that a series does not have, and reads that name no interval, with the intervals that there are.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MissingIntervalAnalyzer : DiagnosticAnalyzer
{
    /// <summary>What an interval has, and the range behind it.</summary>
    private static readonly string[] s_reads =
        ["For", "ForAll", "Last", "From", "Until", "Between", "All", "GetAsync", "Stats", "StatsAsync", "CollapseAsync", "AsQueryable"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.NoInterval];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.SimpleMemberAccessExpression);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        var access = (MemberAccessExpressionSyntax)context.Node;
        var name = access.Name.Identifier.ValueText;
        var isRead = s_reads.Contains(name, StringComparer.Ordinal);
        if ((access.Parent is InvocationExpressionSyntax && !isRead)
            || context.SemanticModel.GetTypeInfo(access.Expression, context.CancellationToken).Type is not { } handle
            || RuntimeApi.SeriesOf(handle) is not { } series
            || context.SemanticModel.GetSymbolInfo(access.Expression, context.CancellationToken).Symbol is ITypeSymbol
            || context.SemanticModel.GetSymbolInfo(access, context.CancellationToken).Symbol is not null)
        {
            return;
        }

        var intervals = RuntimeApi.Intervals(handle).ToArray();
        var shown = intervals.Length == 0 ? "it has no interval" : "its intervals are " + string.Join(", ", intervals);
        context.ReportDiagnostic(Diagnostic.Create(UsageRules.NoInterval, access.Name.GetLocation(), series.Name, name, isRead && intervals.Length > 0
            ? $"name an interval first, as in {intervals[0]}.{name}; {shown}"
            : $"{shown}; add another one to the Intervals of [TimeSeries], as in \"minute: 1m keep 240\""));
    }
}
