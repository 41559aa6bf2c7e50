using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Typed.Generator.Tests.Harness.SelfTests;

/// <summary>Wants names of types to begin with a capital (TOY1), and no fields that are called x (TOY2).</summary>
internal sealed class ToyAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_capital = new("TOY1", "Capital", "{0} wants a capital", "Toys", DiagnosticSeverity.Warning, isEnabledByDefault: true);
    private static readonly DiagnosticDescriptor s_field = new("TOY2", "Field", "{0} says nothing", "Toys", DiagnosticSeverity.Error, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_capital, s_field];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(Check, SymbolKind.NamedType, SymbolKind.Field);
    }

    private static void Check(SymbolAnalysisContext context)
    {
        var name = context.Symbol.Name;
        if (name is "throws")
        {
            throw new InvalidOperationException("analyzer");
        }

        var rule = context.Symbol is IFieldSymbol ? (name is "x" ? s_field : null) : (char.IsLower(name[0]) ? s_capital : null);
        if (rule is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(rule, context.Symbol.Locations[0], name));
        }
    }
}

[Shared]
internal sealed class ToyFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["TOY1"];

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        context.RegisterCodeFix(CodeAction.Create("Upper", token => Replace(context, name => name.ToUpperInvariant(), token), "Upper"), context.Diagnostics);
        context.RegisterCodeFix(CodeAction.Create("Capital", token => Replace(context, name => char.ToUpperInvariant(name[0]) + name[1..], token), "Capital"), context.Diagnostics);
        return Task.CompletedTask;
    }

    private static async Task<Document> Replace(CodeFixContext context, Func<string, string> change, CancellationToken token)
    {
        var text = await context.Document.GetTextAsync(token);
        return context.Document.WithText(text.Replace(context.Span, change(text.ToString(context.Span))));
    }
}
