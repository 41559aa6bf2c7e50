using Microsoft.CodeAnalysis;
using Typed.Generator.Emission;
using Typed.Generator.Model;

namespace Typed.Generator.Parsing;

/// <summary>Reads where a declared type lives, whatever it is nested in.</summary>
internal static class TypeParser
{
    public static DeclaredType Parse(INamedTypeSymbol type, EquatableArray<string> suppressions)
    {
        var containers = Containers(type).Reverse().ToArray();
        var ns = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(s_names);
        return new(
            ns,
            containers.Select(Header).ToEquatableArray(),
            Header(type),
            type.Name,
            FullName(type),
            string.Join(".", [.. Namespaces(type), .. containers.Select(c => c.MetadataName), type.MetadataName]),
            suppressions);
    }

    /// <summary>The type from anywhere, without nullable annotations.</summary>
    public static string FullName(ITypeSymbol type) => type.ToDisplayString(s_full);

    /// <summary>The containing types, innermost first.</summary>
    public static IEnumerable<INamedTypeSymbol> Containers(INamedTypeSymbol type)
    {
        for (var container = type.ContainingType; container is not null; container = container.ContainingType)
        {
            yield return container;
        }
    }

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

    /// <summary>Whether the whole assembly sees the type, as its module and emitted members must.</summary>
    public static bool IsVisibleInAssembly(ITypeSymbol type) => EffectiveAccessibility(type) is not (Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal);

    private static readonly SymbolDisplayFormat s_full = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers | SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    private static readonly SymbolDisplayFormat s_names = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>Without @, which no name of a file may have.</summary>
    private static readonly SymbolDisplayFormat s_plain = s_names.WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.None);

    private static string Header(INamedTypeSymbol type)
    {
        var keyword = (type.IsRecord, type.TypeKind) switch
        {
            (true, TypeKind.Struct) => "record struct",
            (true, _) => "record",
            (_, TypeKind.Struct) => "struct",
            (_, TypeKind.Interface) => "interface",
            _ => "class",
        };
        return $"partial {keyword} {CSharp.Identifier(type.Name)}";
    }

    private static IEnumerable<string> Namespaces(INamedTypeSymbol type) =>
        type.ContainingNamespace.IsGlobalNamespace ? [] : [type.ContainingNamespace.ToDisplayString(s_plain)];
}
