using Microsoft.CodeAnalysis;

namespace Typed.Generator.Parsing;

/// <summary>Finds what is obsolete as an error: no code may use it, emitted code included, and nothing suppresses that error.</summary>
internal static class Obsolescence
{
    /// <summary>Whether the symbol itself is obsolete as an error, or a property's getter.</summary>
    public static bool IsError(ISymbol symbol) =>
        (symbol.Attribute("System.ObsoleteAttribute") is { ConstructorArguments: { Length: 2 } arguments } && arguments[1].Value is true)
        || (symbol is IPropertySymbol { GetMethod: { } getter } && IsError(getter));

    /// <summary>The symbol or what contains it, where that is obsolete as an error; null: neither is.</summary>
    public static ISymbol? FindError(ISymbol symbol)
    {
        for (var current = symbol; current is not null; current = current.ContainingSymbol)
        {
            if (IsError(current))
            {
                return current;
            }
        }

        return null;
    }
}
