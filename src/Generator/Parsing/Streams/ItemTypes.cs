using Microsoft.CodeAnalysis;
using Typed.Generator.Model.Streams;

namespace Typed.Generator.Parsing.Streams;

/// <summary>The types that hold others in a body: arrays, lists, dictionaries and nullable values.</summary>
internal static class ItemTypes
{
    /// <summary>What the type is in a body and which type it holds; null: it is no such type.</summary>
    public static (BodyKind Kind, ITypeSymbol Item)? Find(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => (BodyKind.Array, array.ElementType),
        INamedTypeSymbol named when named.IsFramework() => named.OriginalDefinition.MetadataFullName() switch
        {
            "System.Nullable`1" => (BodyKind.Nullable, named.TypeArguments[0]),
            "System.Collections.Generic.List`1" => (BodyKind.List, named.TypeArguments[0]),
            "System.Collections.Generic.IReadOnlyList`1" => (BodyKind.ReadOnlyList, named.TypeArguments[0]),
            _ when IsMap(named) && named.TypeArguments[0].SpecialType == SpecialType.System_String => (BodyKind.Map, named.TypeArguments[1]),
            _ => null,
        },
        _ => null,
    };

    /// <summary>Whether the type is a dictionary, whatever its keys.</summary>
    public static bool IsMap(INamedTypeSymbol type) => type.IsFramework() && type.OriginalDefinition.MetadataFullName()
        is "System.Collections.Generic.Dictionary`2" or "System.Collections.Generic.IDictionary`2" or "System.Collections.Generic.IReadOnlyDictionary`2";

    /// <summary>Whether serializers see a list in the type, rather than its members.</summary>
    public static bool IsCollection(INamedTypeSymbol type) =>
        type.SpecialType == SpecialType.System_Collections_IEnumerable
            || type.AllInterfaces.Any(face => face.SpecialType == SpecialType.System_Collections_IEnumerable);
}
