using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Parsing;
using Typed.Generator.Rules;

namespace Typed.Generator.Analysis;

/// <summary>Reports [SeriesKey], [SeriesValue], [SeriesTime] and [EventTime] where nothing can be read, as on static members and mere parameters.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IgnoredAttributeAnalyzer : DiagnosticAnalyzer
{
    private const string OnParameter = "a parameter holds a value only where a property of its name does, as in a positional record";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SeriesRules.IgnoredAttribute, StreamRules.Time];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(symbol => Analyze((INamedTypeSymbol)symbol.Symbol, symbol.ReportDiagnostic), SymbolKind.NamedType);
        context.RegisterSyntaxNodeAction(AnalyzeFunction, SyntaxKind.LocalFunctionStatement, SyntaxKind.ParenthesizedLambdaExpression);
    }

    private static void Analyze(INamedTypeSymbol type, Action<Diagnostic> report)
    {
        ReportAll(report, type.DelegateInvokeMethod?.Parameters ?? []);
        foreach (var member in type.GetMembers())
        {
            switch (member)
            {
                case IPropertySymbol or IFieldSymbol:
                    Report(report, member, Readability.Obstacle(member));
                    ReportAll(report, (member as IPropertySymbol)?.Parameters ?? []);
                    break;
                case IMethodSymbol { MethodKind: MethodKind.PropertySet } setter:
                    Report(report, setter.Parameters.Last(), "the parameter of a setter holds nothing; put the attribute on the property");
                    break;
                case IMethodSymbol { IsImplicitlyDeclared: false, AssociatedSymbol: null } method:
                    ReportAll(report, method.Parameters);
                    break;
            }
        }
    }

    private static void AnalyzeFunction(SyntaxNodeAnalysisContext context)
    {
        var list = context.Node is LocalFunctionStatementSyntax local ? local.ParameterList : ((ParenthesizedLambdaExpressionSyntax)context.Node).ParameterList;
        foreach (var parameter in list.Parameters.Where(parameter => parameter.AttributeLists.Count > 0))
        {
            if (context.SemanticModel.GetDeclaredSymbol(parameter, context.CancellationToken) is { } symbol)
            {
                Report(context.ReportDiagnostic, symbol, OnParameter);
            }
        }
    }

    private static void ReportAll(Action<Diagnostic> report, ImmutableArray<IParameterSymbol> parameters)
    {
        foreach (var parameter in parameters.Where(parameter => MarkedMembers.PropertyOf(parameter) is null))
        {
            Report(report, parameter, OnParameter);
        }
    }

    private static void Report(Action<Diagnostic> report, ISymbol marked, string? obstacle)
    {
        if (obstacle is null)
        {
            return;
        }

        var shown = marked is IFieldSymbol { AssociatedSymbol: { } property } ? property.Name : marked.Name;
        foreach (var attribute in marked.GetAttributes())
        {
            if (attribute.Is(KnownNames.EventTime))
            {
                report(Diagnostic.Create(StreamRules.Time, Place(attribute), shown, obstacle));
            }
            else if (KnownNames.MemberAttributes.Any(name => attribute.Is(name)))
            {
                report(Diagnostic.Create(SeriesRules.IgnoredAttribute, Place(attribute), attribute.ShortName(), shown, obstacle));
            }
        }
    }

    private static Location? Place(AttributeData attribute) => attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation();
}
