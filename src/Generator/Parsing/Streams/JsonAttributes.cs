using Microsoft.CodeAnalysis;
using Typed.Generator.Model.Streams;
using Typed.Generator.Shapes.Streams;

namespace Typed.Generator.Parsing.Streams;

/// <summary>The attributes of System.Text.Json that have a meaning here.</summary>
internal static class JsonAttributes
{
    private const string Space = "System.Text.Json.Serialization.";

    /// <summary>Attributes that would change the JSON and are not supported.</summary>
    private static readonly string[] s_unsupported =
    [
        "JsonConverterAttribute", "JsonPolymorphicAttribute", "JsonDerivedTypeAttribute", "JsonNumberHandlingAttribute",
        "JsonUnmappedMemberHandlingAttribute", "JsonObjectCreationHandlingAttribute",
    ];

    public static bool IsRequired(ISymbol member) => member.Has(Space + "JsonRequiredAttribute");

    public static bool IsIncluded(ISymbol member) => member.Has(Space + "JsonIncludeAttribute");

    public static bool IsExtensionData(ISymbol member) => member.Has(Space + "JsonExtensionDataAttribute");

    public static bool IsConstructor(ISymbol constructor) => constructor.Has(Space + "JsonConstructorAttribute");

    /// <summary>The member's name in JSON: its own, or by the policy.</summary>
    public static string Name(ISymbol member, string naming) =>
        Text(member, "JsonPropertyNameAttribute") ?? MemberNames.ToJson(member.Name, naming);

    /// <summary>The names that the member had in JSON before, said of it or of the parameter that gives it its value.</summary>
    public static IEnumerable<string> FormerNames(ISymbol member, IParameterSymbol? parameter) =>
        member.GetAttributes().Concat(parameter?.GetAttributes() ?? []).Where(attribute => attribute.Is(KnownNames.FormerName))
            .Select(attribute => attribute.ConstructorArguments.FirstOrDefault().Value as string).OfType<string>();

    /// <summary>The name that an attribute gives an enum's member.</summary>
    public static string? EnumName(ISymbol member) => Text(member, "JsonStringEnumMemberNameAttribute");

    /// <summary>When the member is left out: the name of a <c>JsonIgnoreCondition</c>.</summary>
    public static string Ignore(ISymbol member) =>
        member.Attribute(Space + "JsonIgnoreAttribute") is { } attribute ? attribute.EnumArgument("Condition") ?? "Always" : "Never";

    public static WriteWhen Write(string ignore) => ignore switch
    {
        "Always" or "WhenWriting" => WriteWhen.Never,
        "WhenWritingNull" => WriteWhen.NotNull,
        "WhenWritingDefault" => WriteWhen.NotDefault,
        _ => WriteWhen.Always,
    };

    public static int Order(ISymbol member) =>
        member.Attribute(Space + "JsonPropertyOrderAttribute")?.ConstructorArguments.FirstOrDefault().Value is int order ? order : 0;

    /// <summary>An attribute that would change the JSON in a way that is not supported; null: none.</summary>
    public static string? FindUnsupported(ISymbol symbol) => s_unsupported.FirstOrDefault(name =>
        symbol.Attribute(Space + name) is { } attribute && !IsStringEnumConverter(attribute));

    /// <summary>The attribute as it is written.</summary>
    public static string Short(string attribute) => attribute.Substring(0, attribute.Length - "Attribute".Length);

    private static string? Text(ISymbol member, string attribute) => member.Attribute(Space + attribute)?.ConstructorArguments.FirstOrDefault().Value as string;

    // Enums are texts anyway.
    private static bool IsStringEnumConverter(AttributeData attribute) =>
        attribute.ConstructorArguments.FirstOrDefault().Value is INamedTypeSymbol { Name: "JsonStringEnumConverter" } type && type.IsFramework();
}
