using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Typed.Generator.Model;

namespace Typed.Generator.Parsing;

/// <summary>From a declared type to what a partial declaration of it has to repeat.</summary>
internal static class DeclaredTypeParser
{
    /// <param name="type">The declared type.</param>
    /// <param name="used">What else emitted code speaks of.</param>
    public static DeclaredType Parse(INamedTypeSymbol type, IEnumerable<ISymbol> used)
    {
        var headers = new List<string>();
        for (var part = type; part is not null; part = part.ContainingType)
        {
            headers.Insert(0, "partial " + Keyword(part) + " " + CSharp.Identifier(part.Name) + Parameters(part));
        }

        var ns = type.ContainingNamespace.IsGlobalNamespace
            ? string.Empty
            : type.ContainingNamespace.InCode(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted));
        return new(ns, headers.ToEquatableArray(), type.Name, type.FullName(), type.MetadataFullName(), type.IsValueType, Suppressions([type, .. used]));
    }

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { IsRecord: true, IsValueType: true } => "record struct",
        { IsRecord: true } => "record",
        { IsValueType: true } => "struct",
        _ => "class",
    };

    private static string Parameters(INamedTypeSymbol type) =>
        type.TypeParameters.Length == 0 ? "" : "<" + string.Join(", ", type.TypeParameters.Select(parameter => CSharp.Identifier(parameter.Name))) + ">";

    /// <summary>The ids that obsolete and experimental code has chosen for the compiler's warnings of its use.</summary>
    private static EquatableArray<string> Suppressions(IEnumerable<ISymbol> used) => used
        .SelectMany(WithContainers)
        .Distinct(SymbolEqualityComparer.Default)
        .SelectMany(symbol => symbol.GetAttributes())
        .Select(SuppressionId)
        .OfType<string>()
        .Where(SyntaxFacts.IsValidIdentifier)
        .Distinct(StringComparer.Ordinal)
        .OrderBy(id => id, StringComparer.Ordinal)
        .ToEquatableArray();

    private static IEnumerable<ISymbol> WithContainers(ISymbol symbol)
    {
        for (var current = symbol; current is not null; current = current.ContainingSymbol)
        {
            yield return current;
        }
    }

    private static string? SuppressionId(AttributeData attribute) =>
        attribute.Is("System.ObsoleteAttribute") ? AttributeArguments.Value(attribute, "DiagnosticId").Value as string
        : attribute.Is("System.Diagnostics.CodeAnalysis.ExperimentalAttribute") ? attribute.ConstructorArguments.FirstOrDefault().Value as string
        : null;
}
