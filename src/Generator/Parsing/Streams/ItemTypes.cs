using Microsoft.CodeAnalysis;
using Typed.Generator.Model.Streams;

namespace Typed.Generator.Parsing.Streams;

/// <summary>What a type holds in a body.</summary>
/// <param name="Kind">What the type itself is.</param>
/// <param name="Item">The type inside.</param>
/// <param name="Collection">How a list or a dictionary is made.</param>
/// <param name="Key">The keys of a dictionary.</param>
internal sealed record Held(BodyKind Kind, ITypeSymbol Item, BodyCollection? Collection = null, ITypeSymbol? Key = null);

/// <summary>The types that hold others in a body: arrays, lists, dictionaries and nullable values.</summary>
internal static class ItemTypes
{
    /// <summary>What the type holds; null: it holds none.</summary>
    public static Held? Find(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => new(BodyKind.List, array.ElementType, CollectionTypes.Array),
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => new(BodyKind.Nullable, nullable.TypeArguments[0]),
        INamedTypeSymbol named when CollectionTypes.FindList(named) is { } list => new(BodyKind.List, named.TypeArguments[0], list),
        INamedTypeSymbol named when CollectionTypes.FindMap(named) is { } map && IsKey(named.TypeArguments[0]) =>
            new(BodyKind.Map, named.TypeArguments[1], map, named.TypeArguments[0]),
        _ => null,
    };

    /// <summary>Whether serializers see a list in the type, rather than its members.</summary>
    public static bool IsCollection(INamedTypeSymbol type) =>
        type.SpecialType == SpecialType.System_Collections_IEnumerable
            || type.AllInterfaces.Any(face => face.SpecialType == SpecialType.System_Collections_IEnumerable);

    private static bool IsKey(ITypeSymbol type) =>
        (type.TypeKind == TypeKind.Enum && JsonAttributes.FindConverter(type) is null) || ScalarTypes.IsKey(ScalarTypes.Find(type));
}
