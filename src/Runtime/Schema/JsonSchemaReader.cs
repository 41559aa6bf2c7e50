using System.Text.Json;
using Typed.Schema.Json;

namespace Typed.Schema;

/// <summary>Reads the schema of one JSON value. Memory is bounded by the value's distinct members.</summary>
internal static class JsonSchemaReader
{
    /// <summary>The most containers inside each other, the outermost counted.</summary>
    public const int MaxDepth = 64;

    /// <summary>The schema of one JSON text.</summary>
    /// <exception cref="JsonException">Not one JSON value, or nested deeper than <see cref="MaxDepth"/>.</exception>
    public static JsonSchema Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            var schema = ReadValue(ref reader);
            reader.Read();
            return schema;
        }
        catch (InvalidOperationException broken)
        {
            // A name whose escapes are no text.
            throw new JsonException(broken.Message, broken);
        }
    }

    private static JsonSchema ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref reader),
        JsonTokenType.StartArray => ReadArray(ref reader),
        JsonTokenType.Number => JsonSchema.Of(JsonNumber.IsInteger(reader.ValueSpan) ? JsonTypes.Integer : JsonTypes.Number),
        JsonTokenType.String => JsonSchema.Of(JsonTypes.String),
        JsonTokenType.Null => JsonSchema.Of(JsonTypes.Null),
        _ => JsonSchema.Of(JsonTypes.Boolean),
    };

    private static JsonSchema ReadObject(ref Utf8JsonReader reader)
    {
        var schema = JsonSchema.Object();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            schema.Set(name, ReadValue(ref reader), required: true);
        }

        return schema;
    }

    private static JsonSchema ReadArray(ref Utf8JsonReader reader)
    {
        var schema = JsonSchema.Of(JsonTypes.Array);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var item = ReadValue(ref reader);
            if (schema.Items is null)
            {
                schema.Items = item;
            }
            else
            {
                schema.Items.Absorb(item);
            }
        }

        return schema;
    }
}
