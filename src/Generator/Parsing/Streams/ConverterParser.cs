using Microsoft.CodeAnalysis;
using Typed.Generator.Model.Streams;
using Typed.Schema.Json;

namespace Typed.Generator.Parsing.Streams;

/// <summary>Types that a converter reads and writes: their own, that of a member, or one of System.Text.Json's for its nodes.</summary>
internal static class ConverterParser
{
    private const string Reason = "it has a converter of its own";

    private const string Nodes = "System.Text.Json.Nodes.";

    /// <summary>The type of a node of JSON; null: it is none.</summary>
    public static BodyType? FindNode(INamedTypeSymbol type) => type.MetadataFullName() switch
    {
        Nodes + "JsonNode" or Nodes + "JsonValue" => Node(type, JsonTypes.None),
        Nodes + "JsonObject" => Node(type, JsonTypes.Object),
        Nodes + "JsonArray" => Node(type, JsonTypes.Array),
        _ => null,
    };

    /// <summary>The type with the converter that an attribute gives it, around which the caller puts a nullable where the member is one.</summary>
    /// <param name="body">All types.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="type">The type of the values.</param>
    /// <param name="problem">Why the converter cannot be called, in words.</param>
    /// <returns>The type, and whether it is the one inside a nullable; null where there is a problem.</returns>
    public static (BodyType Model, ITypeSymbol Of)? Find(BodyTypes body, AttributeData attribute, ITypeSymbol type, out string problem)
    {
        problem = string.Empty;
        if (attribute.ConstructorArguments.FirstOrDefault().Value is not INamedTypeSymbol converter || converter.HasError())
        {
            return null;
        }

        var inner = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
        var target = FindTarget(converter, inner, type);
        problem = FindProblem(body, converter) ?? (target is not null ? string.Empty
            : $"has the converter {converter.Name}, which is none of {type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}");
        if (problem.Length > 0 || target is null)
        {
            return null;
        }

        body.Use(converter);
        var isNullable = target.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        return (Converted(target, new BodyConverter($"new {converter.FullName()}()", Reason, IsNullable: isNullable)), target);
    }

    private static ITypeSymbol? FindTarget(INamedTypeSymbol converter, ITypeSymbol inner, ITypeSymbol type)
    {
        for (var level = converter.BaseType; level is not null; level = level.BaseType)
        {
            switch (level.OriginalDefinition.MetadataFullName())
            {
                case "System.Text.Json.Serialization.JsonConverter`1":
                    var target = level.TypeArguments[0];
                    return SymbolEqualityComparer.Default.Equals(target, type) ? type : SymbolEqualityComparer.Default.Equals(target, inner) ? inner : null;
                case "System.Text.Json.Serialization.JsonConverterFactory":
                    return inner;
            }
        }

        return null;
    }

    private static string? FindProblem(BodyTypes body, INamedTypeSymbol converter) =>
        converter.IsAbstract || converter.IsUnboundGenericType ? $"has the converter {converter.Name}, which has no instances"
        : !body.IsAccessible(converter) ? $"has the converter {converter.Name}, which emitted code cannot name; make it at least internal"
        : body.FindAliased(converter) is { } aliased ? $"has the converter {converter.Name}, which is known by an alias only; {References.Remedy(aliased)}"
        : !converter.InstanceConstructors.Any(one => one is { Parameters.Length: 0, DeclaredAccessibility: Accessibility.Public })
            ? $"has the converter {converter.Name}, which has no public constructor without parameters"
        : null;

    private static BodyType Node(INamedTypeSymbol type, JsonTypes schema) => Converted(
        type,
        new BodyConverter($"global::System.Text.Json.Serialization.Metadata.JsonMetadataServices.{type.Name}Converter", $"it is a {type.Name}", schema));

    private static BodyType Converted(ITypeSymbol type, BodyConverter converter) =>
        new(BodyKind.Converted, type.FullName(), type.IsValueType, Converter: converter);
}
