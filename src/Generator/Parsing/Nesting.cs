using Microsoft.CodeAnalysis;

namespace Typed.Generator.Parsing;

/// <summary>What a declared type is nested in, and who sees it.</summary>
internal static class Nesting
{
    /// <summary>The containing types, innermost first.</summary>
    public static IEnumerable<INamedTypeSymbol> Containers(INamedTypeSymbol type)
    {
        for (var container = type.ContainingType; container is not null; container = container.ContainingType)
        {
            yield return container;
        }
    }

    /// <summary>Whether the whole assembly sees the type, as its module and emitted members must.</summary>
    public static bool IsVisibleInAssembly(ITypeSymbol type) =>
        EffectiveAccessibility(type) is not (Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal);

    /// <summary>The least accessibility of the type and its containers.</summary>
    public static Accessibility EffectiveAccessibility(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
        {
            return EffectiveAccessibility(array.ElementType);
        }

        var least = Accessibility.Public;
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility < least && current.DeclaredAccessibility != Accessibility.NotApplicable)
            {
                least = current.DeclaredAccessibility;
            }
        }

        return least;
    }
}
