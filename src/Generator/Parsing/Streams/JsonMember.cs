using Microsoft.CodeAnalysis;

namespace Typed.Generator.Parsing.Streams;

/// <summary>A property or field that JSON knows of.</summary>
/// <param name="Symbol">The property or field.</param>
/// <param name="Json">Its name in JSON.</param>
/// <param name="Ignore">When it is left out: the name of a <c>JsonIgnoreCondition</c>.</param>
internal sealed record JsonMember(ISymbol Symbol, string Json, string Ignore)
{
    /// <summary>Whether it is neither written nor read.</summary>
    public bool IsIgnored => Ignore is "Always";

    public ITypeSymbol Type => Symbol.MemberType();

    /// <summary>Whether its value may be taken: code that cannot reach it by itself goes around.</summary>
    public bool CanGet => Symbol is not IPropertySymbol property || IsOpen(property.GetMethod);

    /// <summary>Whether its value may be set.</summary>
    public bool CanSet => Symbol is IPropertySymbol property ? IsOpen(property.SetMethod) : !((IFieldSymbol)Symbol).IsReadOnly;

    /// <summary>Whether JSON sees the member at all.</summary>
    public static bool IsSeen(ISymbol member) => member switch
    {
        { IsStatic: true } => false,
        IPropertySymbol { Parameters.Length: 0, ExplicitInterfaceImplementations.Length: 0 } property =>
            IsPublic(property.GetMethod) || IsPublic(property.SetMethod) || JsonAttributes.IsIncluded(property),
        IFieldSymbol { AssociatedSymbol: null, IsImplicitlyDeclared: false } field => JsonAttributes.IsIncluded(field),
        _ => false,
    };

    private bool IsOpen(IMethodSymbol? accessor) => IsPublic(accessor) || (accessor is not null && JsonAttributes.IsIncluded(Symbol));

    private static bool IsPublic(IMethodSymbol? accessor) => accessor is { DeclaredAccessibility: Accessibility.Public };
}
