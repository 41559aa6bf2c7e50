using Typed.Schema.Json;

namespace Typed.Generator.Shapes.Streams;

/// <summary>The C# types for what a schema allows.</summary>
internal static class MemberTypes
{
    /// <summary>What takes everything.</summary>
    public const string Anything = "global::System.Text.Json.JsonElement";

    /// <summary>The type for a schema, not nullable.</summary>
    /// <param name="schema">What is stored.</param>
    /// <param name="nested">Gives the name of the type for an object with members.</param>
    public static string Of(JsonSchema schema, Func<JsonSchema, string> nested) => (schema.Types & ~JsonTypes.Null) switch
    {
        _ when schema.Anything || schema.Reference is not null => Anything,
        JsonTypes.Boolean => "bool",
        JsonTypes.Integer => "long",
        JsonTypes.Number => "double",
        JsonTypes.String => Text(schema.Format),
        JsonTypes.Array => $"global::System.Collections.Generic.List<{Element(schema.Items, nested)}>",
        JsonTypes.Object when schema.Properties is { Count: > 0 } => nested(schema),
        JsonTypes.Object when schema.Additional is { } values => $"global::System.Collections.Generic.Dictionary<string, {Element(values, nested)}>",
        _ => Anything,
    };

    /// <summary>Whether null is a value, so that the type has to be nullable; a JsonElement holds null as it is.</summary>
    public static bool NeedsNull(JsonSchema schema, string type) => (schema.Types & JsonTypes.Null) != JsonTypes.None && type != Anything;

    private static string Element(JsonSchema? items, Func<JsonSchema, string> nested)
    {
        var type = items is null ? Anything : Of(items, nested);
        return items is not null && NeedsNull(items, type) ? type + "?" : type;
    }

    private static string Text(string? format) => format switch
    {
        "uuid" => "global::System.Guid",
        "date-time" => "global::System.DateTimeOffset",
        "date" => "global::System.DateOnly",
        "time" => "global::System.TimeOnly",
        _ => "string",
    };
}
