using System.Text.Json;
using Typed.Schema.Json;

namespace Typed.Schema;

/// <summary>Reads the schema of one JSON value. Memory is bounded by the value's distinct members.</summary>
internal static class JsonSchemaReader
{
    /// <summary>The most containers inside each other, the outermost counted.</summary>
    public const int MaxDepth = 64;

    /// <summary>The schema of one JSON text.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="known">Says which texts are names of enums: these are kept.</param>
    /// <exception cref="JsonException">Not one JSON value, or nested deeper than <see cref="MaxDepth"/>.</exception>
    public static JsonSchema Read(ReadOnlySpan<byte> utf8, JsonSchema? known = null)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            var schema = ReadValue(ref reader, new(known, known));
            reader.Read();
            return schema;
        }
        catch (InvalidOperationException broken)
        {
            // A name whose escapes are no text.
            throw new JsonException(broken.Message, broken);
        }
    }

    private static JsonSchema ReadValue(ref Utf8JsonReader reader, Known known) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref reader, known),
        JsonTokenType.StartArray => ReadArray(ref reader, known.Items),
        JsonTokenType.Number => JsonSchema.Of(JsonNumber.IsInteger(reader.ValueSpan) ? JsonTypes.Integer : JsonTypes.Number),
        JsonTokenType.String => known.AreNames ? Name(reader.GetString()!) : JsonSchema.Of(JsonTypes.String),
        JsonTokenType.Null => JsonSchema.Of(JsonTypes.Null),
        _ => JsonSchema.Of(JsonTypes.Boolean),
    };

    private static JsonSchema Name(string name) => new() { Types = JsonTypes.String, Names = new SortedSet<string>(StringComparer.Ordinal) { name } };

    private static JsonSchema ReadObject(ref Utf8JsonReader reader, Known known)
    {
        var schema = JsonSchema.Object();
        schema.Objects = 1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            schema.Set(name, ReadValue(ref reader, known.Member(name)), required: true);
        }

        return schema;
    }

    private static JsonSchema ReadArray(ref Utf8JsonReader reader, Known known)
    {
        var schema = JsonSchema.Of(JsonTypes.Array);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var item = ReadValue(ref reader, known);
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

    /// <summary>A place in the schema that is known, if any is.</summary>
    private readonly struct Known(JsonSchema? root, JsonSchema? here)
    {
        public bool AreNames => here?.Names is not null;

        public Known Items => To(here?.Items);

        public Known Member(string name) => here is null ? default : To(Find(name) ?? here.Additional);

        private Known To(JsonSchema? there) => there is null ? default : new(root, SchemaReferences.Resolve(root!, there).Schema);

        private JsonSchema? Find(string name)
        {
            if (here!.Properties is not { } members)
            {
                return null;
            }

            return members.TryGetValue(name, out var member)
                ? member.Schema
                : members.Values.FirstOrDefault(one => one.Schema.FormerNames?.Contains(name, StringComparer.Ordinal) == true)?.Schema;
        }
    }
}
