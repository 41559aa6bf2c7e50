using Microsoft.CodeAnalysis;

namespace Typed.Generator.Parsing;

/// <summary>What is obsolete as an error: no code may use it, emitted code included, and nothing suppresses that.</summary>
internal static class Obsolescence
{
    /// <summary>The symbol or what contains it, where that is obsolete as an error; null: neither is.</summary>
    public static ISymbol? FindError(ISymbol symbol)
    {
        for (var current = symbol; current is not null; current = current.ContainingSymbol)
        {
            if (current.Attribute("System.ObsoleteAttribute") is { ConstructorArguments: { Length: 2 } arguments } && arguments[1].Value is true)
            {
                return current;
            }
        }

        return null;
    }
}
