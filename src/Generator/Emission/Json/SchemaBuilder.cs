using Typed.Generator.Model.Json;
using Typed.Schema.Json;

namespace Typed.Generator.Emission.Json;

/// <summary>The JSON Schema of a declared class, in the model that inference uses, so that the two can be compared.</summary>
internal static class SchemaBuilder
{
    public static JsonSchema Build(BodyModel body) => Build(body, 0, "#", []);

    // A type inside itself refers to the place of the outer one.
    private static JsonSchema Build(BodyModel body, int index, string pointer, Dictionary<int, string> open)
    {
        var type = body.Types[index];
        switch (type.Kind)
        {
            case BodyKind.Scalar:
                return Scalar(type.Scalar);
            case BodyKind.Enum:
                return JsonSchema.Of(JsonTypes.String);
            case BodyKind.Element:
                return new JsonSchema { Anything = true };
            case BodyKind.Nullable:
                return OrNull(Build(body, type.Item, pointer, open));
            case BodyKind.Object when open.TryGetValue(index, out var outer):
                return new JsonSchema { Reference = outer };
            case BodyKind.Object:
                open.Add(index, pointer);
                var schema = Object(body, type.Object!, pointer, open);
                open.Remove(index);
                return schema;
            case BodyKind.Map:
                var map = JsonSchema.Object();
                map.Additional = Build(body, type.Item, pointer + "/additionalProperties", open);
                return map;
            default:
                var list = JsonSchema.Of(JsonTypes.Array);
                list.Items = Build(body, type.Item, pointer + "/items", open);
                return list;
        }
    }

    private static JsonSchema Object(BodyModel body, BodyObject shape, string pointer, Dictionary<int, string> open)
    {
        var schema = JsonSchema.Object();
        foreach (var member in shape.Members)
        {
            // As JSON Pointer wants it: ~ and / in names are escaped.
            var place = pointer + "/properties/" + member.Json.Replace("~", "~0").Replace("/", "~1");
            var value = Build(body, member.Type, place, open);
            schema.Set(member.Json, member.WritesNull && body.Types[member.Type].CanBeNull ? OrNull(value) : value, member.Required);
        }

        if (shape.Extension is not null)
        {
            schema.Additional = new JsonSchema { Anything = true };
        }

        return schema;
    }

    private static JsonSchema OrNull(JsonSchema schema)
    {
        schema.Types |= schema.Anything ? JsonTypes.None : JsonTypes.Null;
        return schema;
    }

    private static JsonSchema Scalar(string scalar) => scalar switch
    {
        "Boolean" => JsonSchema.Of(JsonTypes.Boolean),
        "Single" or "Double" or "Decimal" => JsonSchema.Of(JsonTypes.Number),
        "Text" or "Bytes" or "TimeSpan" => JsonSchema.Of(JsonTypes.String),
        "Guid" => JsonSchema.Of(JsonTypes.String, "uuid"),
        "DateTime" or "DateTimeOffset" => JsonSchema.Of(JsonTypes.String, "date-time"),
        "DateOnly" => JsonSchema.Of(JsonTypes.String, "date"),
        "TimeOnly" => JsonSchema.Of(JsonTypes.String, "time"),
        _ => JsonSchema.Of(JsonTypes.Integer),
    };
}
