using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Typed.Generator.Parsing;
using Typed.Generator.Rules;

namespace Typed.Generator.Analysis;

/// <summary>
/// Reports names in the code of a declared type that mean an emitted member, though something outside the type has that name too and would be meant
/// without the generator. The compiler says only that the emitted member does not fit.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HiddenNameAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SeriesRules.HiddenName];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolStartAction(
            start =>
            {
                var type = (INamedTypeSymbol)start.Symbol;
                if (type.Has(KnownNames.TimeSeries) || type.Has(KnownNames.EventStream))
                {
                    var emitted = type.GetMembers().Where(member => member.IsEmitted()).Select(member => member.Name)
                        .ToImmutableHashSet(StringComparer.Ordinal);
                    start.RegisterSyntaxNodeAction(node => Analyze(node, type, emitted), SyntaxKind.IdentifierName);
                }
            },
            SymbolKind.NamedType);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context, INamedTypeSymbol type, ImmutableHashSet<string> emitted)
    {
        var name = (IdentifierNameSyntax)context.Node;
        if (!emitted.Contains(name.Identifier.ValueText) || !IsLookedUp(name) || !MeansEmitted(context, name, type) || IsTypeOfMarked(context, name))
        {
            return;
        }

        if (Outside(context, name, type) is { } outside)
        {
            var shown = outside is ITypeSymbol other ? other.FullName() : outside.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);
            context.ReportDiagnostic(Diagnostic.Create(SeriesRules.HiddenName, name.GetLocation(), shown, type.Name,
                $"write '{type.Name}.{name}' to mean the added one, or the full name of the hidden one"));
        }
    }

    /// <summary>Whether the name is looked up in the class and around it, rather than in what stands before the name; a comment's cref harms nobody.</summary>
    private static bool IsLookedUp(IdentifierNameSyntax name) => !name.IsPartOfStructuredTrivia() && name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name,
        QualifiedNameSyntax qualified => qualified.Left == name,
        MemberBindingExpressionSyntax or AliasQualifiedNameSyntax or NameColonSyntax or NameEqualsSyntax => false,
        _ => true,
    };

    private static bool MeansEmitted(SyntaxNodeAnalysisContext context, IdentifierNameSyntax name, INamedTypeSymbol type)
    {
        var info = context.SemanticModel.GetSymbolInfo(name, context.CancellationToken);
        var meant = info.Symbol is { } symbol ? [symbol] : info.CandidateSymbols;
        return !meant.IsEmpty
            && meant.All(one => one.IsEmitted() && SymbolEqualityComparer.Default.Equals(one.ContainingType, type))
            && info.Symbol is not IMethodSymbol; // a call that fits is meant
    }

    /// <summary>Whether the name is the type of a key or value, which another rule reports.</summary>
    private static bool IsTypeOfMarked(SyntaxNodeAnalysisContext context, IdentifierNameSyntax name)
    {
        SyntaxNode node = name;
        while (node is TypeSyntax)
        {
            node = node.Parent!;
        }

        node = node is VariableDeclarationSyntax field ? field.Variables[0] : node;
        return node is PropertyDeclarationSyntax or ParameterSyntax or VariableDeclaratorSyntax
            && context.SemanticModel.GetDeclaredSymbol(node, context.CancellationToken) is { } member
            && KnownNames.MemberAttributes.Any(member.Has);
    }

    /// <summary>What the name means around the declared type.</summary>
    private static ISymbol? Outside(SyntaxNodeAnalysisContext context, IdentifierNameSyntax name, INamedTypeSymbol type)
    {
        var part = name.Ancestors().OfType<TypeDeclarationSyntax>()
            .FirstOrDefault(ancestor =>
                SymbolEqualityComparer.Default.Equals(context.SemanticModel.GetDeclaredSymbol(ancestor, context.CancellationToken), type));
        return part is null ? null : context.SemanticModel.LookupSymbols(part.Keyword.SpanStart, name: name.Identifier.ValueText)
            .FirstOrDefault(symbol => !symbol.IsEmitted() && symbol is not INamedTypeSymbol { Arity: > 0 });
    }
}
