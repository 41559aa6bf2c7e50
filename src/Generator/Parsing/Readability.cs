using Microsoft.CodeAnalysis;

namespace Typed.Generator.Parsing;

/// <summary>Whether emitted code can read a member from a point or an event. An attribute on any other member would silently have no effect.</summary>
internal static class Readability
{
    /// <summary>What keeps anyone from reading the member as <c>instance.Name</c>, in words; null when nothing does.</summary>
    public static string? Obstacle(ISymbol member) => member switch
    {
        { ContainingType.TypeKind: TypeKind.Interface } => "a declared type has its own members and those of its base classes, not those of interfaces",
        { IsStatic: true } => "a static member belongs to no instance",
        IPropertySymbol { IsIndexer: true } => "an indexer needs arguments",
        IPropertySymbol { ExplicitInterfaceImplementations.Length: > 0 } => "it is implemented explicitly, so it can be read through the interface only",
        IPropertySymbol { GetMethod: null } property when Getter(property) is null => "it has no getter",
        IFieldSymbol { AssociatedSymbol: not null } => "it is the field behind a property; put the attribute on the property",
        _ => null,
    };

    /// <summary>What keeps a declared type from reading a member that it inherits; null when nothing does.</summary>
    public static string? ObstacleTo(INamedTypeSymbol type, ISymbol member)
    {
        if (SymbolEqualityComparer.Default.Equals(type, member.ContainingType))
        {
            return null;
        }

        var read = member is IPropertySymbol property ? Getter(property) ?? member : member;
        if (!IsVisible(read, type.ContainingAssembly))
        {
            return $"it is not visible in '{type.Name}'";
        }

        return Hiding(type, member) is { } hiding ? $"'{hiding.ToDisplayString()}' hides it" : null;
    }

    /// <summary>The other member that a more derived class has under the member's name, and that the name means there; null: there is none.</summary>
    public static ISymbol? Hiding(INamedTypeSymbol type, ISymbol member)
    {
        for (var level = type; level is not null && !SymbolEqualityComparer.Default.Equals(level, member.ContainingType); level = level.BaseType)
        {
            if (level.GetMembers(member.Name).FirstOrDefault(other => !other.IsOverride && !other.IsEmitted()) is { } hiding)
            {
                return hiding;
            }
        }

        return null;
    }

    /// <summary>Whether a class of that assembly sees the member when it inherits it.</summary>
    public static bool IsVisible(ISymbol member, IAssemblySymbol from) => member.DeclaredAccessibility switch
    {
        Accessibility.Private => false,
        Accessibility.Internal or Accessibility.ProtectedAndInternal =>
            SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, from) || member.ContainingAssembly.GivesAccessTo(from),
        _ => true,
    };

    /// <summary>The property's getter; an override of a setter alone inherits its getter.</summary>
    private static IMethodSymbol? Getter(IPropertySymbol property)
    {
        for (var current = property; current is not null; current = current.OverriddenProperty)
        {
            if (current.GetMethod is { } getter)
            {
                return getter;
            }
        }

        return null;
    }
}
