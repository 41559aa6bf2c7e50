using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Typed.Generator.Model;

namespace Typed.Generator.Parsing;

/// <summary>The ids under which the compiler speaks of obsolete and experimental code, where that code has chosen its own.</summary>
internal static class Suppressions
{
    public static EquatableArray<string> Of(IEnumerable<ISymbol> used) => used
        .SelectMany(WithContainers)
        .Distinct(SymbolEqualityComparer.Default)
        .SelectMany(symbol => symbol.GetAttributes())
        .Select(Id)
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

    private static string? Id(AttributeData attribute) =>
        attribute.Is("System.ObsoleteAttribute") ? AttributeArguments.Value(attribute, "DiagnosticId").Value as string
        : attribute.Is("System.Diagnostics.CodeAnalysis.ExperimentalAttribute") ? attribute.ConstructorArguments.FirstOrDefault().Value as string
        : null;
}
