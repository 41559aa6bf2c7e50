using Microsoft.CodeAnalysis;

namespace Typed.Generator.Parsing.Json;

/// <summary>Why events cannot hold a type, and what to do, in words.</summary>
internal static class Refusal
{
    /// <summary>The way out for what is known at run time only.</summary>
    public const string OneOfSeveral = "a class that is not abstract, or JsonElement where it may be one of several";

    private const string Collections = "use an array, List<T>, IReadOnlyList<T> or Dictionary<string, T>";

    /// <summary>The reason, after a colon.</summary>
    public static string Of(ITypeSymbol type, BodyParser body)
    {
        // Where the type looks fine, what it looks like is not the reason.
        if (body.Refusal(type) is { Length: > 0 } hidden)
        {
            return hidden;
        }

        // What is inside a list or a map may be what is wrong with it.
        while (Item(type) is { } item)
        {
            type = item;
        }

        return $": {type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} {Reason(type, body)}";
    }

    private static ITypeSymbol? Item(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        INamedTypeSymbol named when named.IsFramework() => named.OriginalDefinition.MetadataFullName() switch
        {
            "System.Nullable`1" or "System.Collections.Generic.List`1" or "System.Collections.Generic.IReadOnlyList`1" => named.TypeArguments[0],
            BodyParser.Map or BodyParser.MapInterface or BodyParser.ReadOnlyMap when named.TypeArguments[0].SpecialType == SpecialType.System_String => named.TypeArguments[1],
            _ => null,
        },
        _ => null,
    };

    private static string Reason(ITypeSymbol type, BodyParser body) => type switch
    {
        IArrayTypeSymbol => "has several dimensions; use an array of arrays",
        { TypeKind: TypeKind.Dynamic } or { SpecialType: SpecialType.System_Object } => "says nothing about what it holds; use a class, or JsonElement",
        INamedTypeSymbol named when JsonAttributes.FindUnsupported(named) is { } attribute => $"has [{JsonAttributes.Short(attribute)}], which is not supported; {(attribute is "JsonPolymorphicAttribute" or "JsonDerivedTypeAttribute" ? $"use {OneOfSeveral}" : "remove it")}",
        INamedTypeSymbol named when !body.IsAccessible(named) => "cannot be named by emitted code; make it, and the types around it, at least internal",
        INamedTypeSymbol named when body.FindAliased(named) is { } aliased =>
            $"{(SymbolEqualityComparer.Default.Equals(aliased, named) ? "is" : $"is made of {aliased.Name}, which is")} known by an alias only; {References.Remedy(aliased)}",
        INamedTypeSymbol named when named.IsFramework() && named.OriginalDefinition.MetadataFullName() is BodyParser.Map or BodyParser.MapInterface or BodyParser.ReadOnlyMap =>
            "has keys that are no strings, as names in JSON are",
        INamedTypeSymbol named when BodyParser.IsCollection(named) => $"is a collection of its own kind; {Collections}",
        { TypeKind: TypeKind.Interface } => $"is an interface, which cannot be read back; use {OneOfSeveral}",
        _ => "is none of the types of events; convert it to one, or leave it out with [JsonIgnore]",
    };
}
