using Typed.Generator.Model.Streams;
using Typed.Schema.Json;

namespace Typed.Generator.Shapes.Streams;

/// <summary>
/// Builds the JSON Schema of a declared class, in the model that inference uses, so that the two can be compared: a type is written out wherever it
/// occurs. Only where that would be too much, since types that share others multiply, each type is written out once, and referred to elsewhere.
/// </summary>
internal sealed class SchemaBuilder
{
    /// <summary>The most parts that a schema may have with every type written out, since it is a constant of the declared class.</summary>
    private const int MaxParts = 1000;

    private readonly BodyModel _body;
    private readonly bool _repeats;
    private readonly bool _annotates;

    // Where each type that may be referred to is written out: the types around the current place, or all types where none is repeated.
    private readonly Dictionary<int, string> _places = [];
    private int _parts;

    private SchemaBuilder(BodyModel body, bool repeats, bool annotates) => (_body, _repeats, _annotates) = (body, repeats, annotates);

    /// <param name="body">The body.</param>
    /// <param name="annotates">Whether to say too what no event shows: the names of enums, and those that members had before.</param>
    public static JsonSchema Build(BodyModel body, bool annotates = false)
    {
        var whole = new SchemaBuilder(body, repeats: true, annotates);
        var schema = whole.Build(0, "#");
        return whole._parts <= MaxParts ? schema : new SchemaBuilder(body, repeats: false, annotates).Build(0, "#");
    }

    private JsonSchema Build(int index, string pointer)
    {
        var type = _body.Types[index];
        if (_repeats && ++_parts > MaxParts)
        {
            return new JsonSchema { Anything = true };
        }

        switch (type.Kind)
        {
            case BodyKind.Scalar:
                return Scalar(type.Scalar);
            case BodyKind.Enum:
                return Enum(type.Enum!);
            case BodyKind.Element:
                return new JsonSchema { Anything = true };
            case BodyKind.Nullable:
                return OrNull(Build(type.Item, pointer));
            case BodyKind.Object when _places.TryGetValue(index, out var place):
                return new JsonSchema { Reference = place };
            case BodyKind.Object:
                _places.Add(index, pointer);
                var schema = Object(type.Object!, pointer);
                _ = _repeats && _places.Remove(index);
                return schema;
            case BodyKind.Map:
                var map = JsonSchema.Object();
                map.Additional = Build(type.Item, pointer + "/additionalProperties");
                return map;
            default:
                var list = JsonSchema.Of(JsonTypes.Array);
                list.Items = Build(type.Item, pointer + "/items");
                return list;
        }
    }

    private JsonSchema Object(BodyObject shape, string pointer)
    {
        var schema = JsonSchema.Object();
        foreach (var member in shape.Members)
        {
            // As JSON Pointer wants it: ~ and / in names are escaped.
            var place = pointer + "/properties/" + member.Json.Replace("~", "~0").Replace("/", "~1");
            var value = Build(member.Type, place);
            value.FormerNames = _annotates && member.FormerNames.Count > 0 ? [.. member.FormerNames] : null;
            schema.Set(member.Json, member.WritesNull && _body.Types[member.Type].CanBeNull ? OrNull(value) : value, member.Required);
        }

        if (shape.Extension is not null)
        {
            schema.Additional = new JsonSchema { Anything = true };
        }

        return schema;
    }

    // Several flags are written as one text, which no list of names holds.
    private JsonSchema Enum(BodyEnum names)
    {
        var schema = JsonSchema.Of(JsonTypes.String);
        schema.Names = _annotates && !names.IsFlags ? new SortedSet<string>(names.Names.Select(name => name.Text), StringComparer.Ordinal) : null;
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
