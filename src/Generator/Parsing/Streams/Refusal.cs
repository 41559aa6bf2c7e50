using Microsoft.CodeAnalysis;

namespace Typed.Generator.Parsing.Streams;

/// <summary>Why events cannot hold a type, and what to do, in words.</summary>
internal static class Refusal
{
    /// <summary>The way out where only run time knows the class of a value.</summary>
    public const string OneOfSeveral = "a class that is not abstract, [JsonDerivedType] on it for each that may stand for it, or JsonElement";

    private const string Collections = "use an array, List<T>, HashSet<T> or Dictionary<K, T>";

    private const string Untyped = "says nothing about what it holds; use a class, or JsonElement";

    private const string Unnamed = "has members that JSON would not name well; use a record";

    /// <summary>The reason, after a colon.</summary>
    public static string Explain(ITypeSymbol type, BodyTypes body)
    {
        // Where the type looks like one that events can hold, its looks are not the reason.
        if (FindHidden(type, body) is { Length: > 0 } hidden)
        {
            return hidden;
        }

        // The type inside a list or a dictionary may be the one that is wrong.
        while (ItemTypes.Find(type) is { } held)
        {
            type = held.Item;
        }

        return $": {type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} {FindReason(type, body)}";
    }

    /// <summary>Why events cannot hold a type that looks as if they could, after a colon; empty: there is no such reason.</summary>
    public static string FindHidden(ITypeSymbol type, BodyTypes body) => type switch
    {
        IArrayTypeSymbol array => FindHidden(array.ElementType, body),
        INamedTypeSymbol named when body.IsEmittedHere(named) =>
            ": the generator itself adds it, and does not see it when it writes the JSON; declare its members instead",
        INamedTypeSymbol named when body.IsGrowing(named) => ": it holds itself with ever deeper type arguments",
        INamedTypeSymbol named =>
            named.TypeArguments.Select(argument => FindHidden(argument, body)).FirstOrDefault(reason => reason.Length > 0) ?? string.Empty,
        _ => string.Empty,
    };

    /// <summary>Why events do not hold a type of .NET that System.Text.Json takes; null: there is no reason of its own.</summary>
    private static string? FindReason(INamedTypeSymbol type) => type.OriginalDefinition.MetadataFullName() switch
    {
        "System.Memory`1" or "System.ReadOnlyMemory`1" => "is memory that others may write to; use byte[]",
        "System.Text.Json.JsonDocument" => "holds memory until it is disposed; use JsonElement",
        "System.Collections.Generic.Stack`1" or "System.Collections.Concurrent.ConcurrentStack`1" or "System.Collections.Immutable.ImmutableStack`1"
            or "System.Collections.Immutable.IImmutableStack`1" => "is read back in reverse order; use a list",
        "System.Collections.Generic.KeyValuePair`2" or "System.Tuple`1" or "System.Tuple`2" or "System.Tuple`3" or "System.Tuple`4" or "System.Tuple`5"
            or "System.Tuple`6" or "System.Tuple`7" => Unnamed,
        _ when type.IsTupleType => Unnamed,
        _ when type.Arity == 0 && ItemTypes.IsCollection(type) => Untyped,
        _ => null,
    };

    private static string FindReason(ITypeSymbol type, BodyTypes body) => type switch
    {
        IArrayTypeSymbol => "has several dimensions; use an array of arrays",
        { TypeKind: TypeKind.Dynamic } or { SpecialType: SpecialType.System_Object } => Untyped,
        INamedTypeSymbol named when JsonAttributes.FindUnsupported(named) is { } attribute =>
            $"has [{JsonAttributes.Short(attribute)}], which is not supported; remove it",
        INamedTypeSymbol named when JsonAttributes.FindConverter(named) is { } converter
            && ConverterParser.Find(body, converter, named, out var problem) is null && problem.Length > 0 => problem,
        INamedTypeSymbol named when !body.IsAccessible(named) => "cannot be named by emitted code; make it, and the types around it, at least internal",
        INamedTypeSymbol named when body.FindAliased(named) is { } aliased =>
            (SymbolEqualityComparer.Default.Equals(aliased, named) ? "is" : $"is made of {aliased.Name}, which is")
            + $" known by an alias only; {References.Remedy(aliased)}",
        INamedTypeSymbol named when CollectionTypes.FindMap(named) is not null =>
            $"has keys of type {named.TypeArguments[0].ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}; a key is {ScalarTypes.Keys}",
        INamedTypeSymbol named when named.IsFramework() && FindReason(named) is { } reason => reason,
        INamedTypeSymbol named when ItemTypes.IsCollection(named) => $"is a collection of its own kind; {Collections}",
        { TypeKind: TypeKind.Interface } => $"is an interface, which cannot be read back; use {OneOfSeveral}",
        _ => "is none of the types of events; convert it to one, or leave it out with [JsonIgnore]",
    };
}
