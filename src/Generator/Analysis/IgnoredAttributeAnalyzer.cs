using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Analysis.Streams;
using Typed.Generator.Parsing;

namespace Typed.Generator.Analysis;

/// <summary>Reports [SeriesKey], [SeriesValue], [SeriesTime] and [EventTime] where no point or event can be read: on static members, on parameters without a property.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IgnoredAttributeAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] s_names = [KnownNames.SeriesKey, KnownNames.SeriesValue, KnownNames.SeriesTime];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SeriesRules.IgnoredAttribute, StreamRules.Time];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        foreach (var member in ((INamedTypeSymbol)context.Symbol).GetMembers())
        {
            switch (member)
            {
                case IPropertySymbol or IFieldSymbol:
                    Report(context, member, Readability.Obstacle(member));
                    break;
                case IMethodSymbol { IsImplicitlyDeclared: false, AssociatedSymbol: null } method:
                    foreach (var parameter in method.Parameters)
                    {
                        Report(context, parameter, SeriesMembers.PropertyOf(parameter) is null ? "a parameter holds a value only where a property of its name does, as in a positional record" : null);
                    }

                    break;
            }
        }
    }

    private static void Report(SymbolAnalysisContext context, ISymbol marked, string? obstacle)
    {
        if (obstacle is null)
        {
            return;
        }

        var shown = marked is IFieldSymbol { AssociatedSymbol: { } property } ? property.Name : marked.Name;
        foreach (var attribute in marked.GetAttributes())
        {
            var place = attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).GetLocation();
            if (attribute.Is(KnownNames.EventTime))
            {
                context.ReportDiagnostic(Diagnostic.Create(StreamRules.Time, place, shown, obstacle));
            }
            else if (s_names.Any(name => attribute.Is(name)))
            {
                var name = attribute.AttributeClass!.Name;
                context.ReportDiagnostic(Diagnostic.Create(SeriesRules.IgnoredAttribute, place, name.Substring(0, name.Length - "Attribute".Length), shown, obstacle));
            }
        }
    }
}
