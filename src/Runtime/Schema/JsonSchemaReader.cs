using System.Text.Json;
using Typed.Schema.Json;

namespace Typed.Schema;

/// <summary>Reads the schema of one JSON value. Memory is bounded by the value's distinct members.</summary>
internal static class JsonSchemaReader
{
    /// <summary>The most containers inside each other, the outermost counted.</summary>
    public const int MaxDepth = 64;

    /// <summary>A longer text, in bytes, is no name of an enum.</summary>
    public const int MaxName = 1024;

    /// <summary>The schema of one JSON text.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="known">Says which texts are names of enums: these are kept.</param>
    /// <param name="noted">Says it where <paramref name="known"/> says nothing of texts.</param>
    /// <exception cref="JsonException">Not one JSON value, or nested deeper than <see cref="MaxDepth"/>.</exception>
    public static JsonSchema Read(ReadOnlySpan<byte> utf8, JsonSchema? known = null, JsonSchema? noted = null)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            var schema = ReadValue(ref reader, new(new(known, known), new(noted, noted)));
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
        JsonTokenType.String => known.AreNames && reader.ValueSpan.Length <= MaxName ? Name(reader.GetString()!) : JsonSchema.Of(JsonTypes.String),
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

    /// <summary>A place in what is known: in a schema that was asked for, and in one that others left.</summary>
    private readonly record struct Known(KnownPlace Asked, KnownPlace Noted)
    {
        public bool AreNames => Asked.AreNames ?? Noted.AreNames ?? false;

        public Known Items => new(Asked.Items, Noted.Items);

        public Known Member(string name) => new(Asked.Member(name), Noted.Member(name));
    }

    /// <summary>A place in a schema that is known, if any is.</summary>
    private readonly record struct KnownPlace(JsonSchema? Root, JsonSchema? Here)
    {
        /// <summary>Whether the texts are names of an enum; null: nothing is said of texts.</summary>
        public bool? AreNames => Here is null || (Here.Types & JsonTypes.String) == JsonTypes.None ? null : Here.Names is not null;

        public KnownPlace Items => To(Here?.Items);

        public KnownPlace Member(string name) => Here is null ? default : To(Find(name) ?? Here.Additional);

        private KnownPlace To(JsonSchema? there) => there is null ? default : new(Root, SchemaReferences.Resolve(Root!, there).Schema);

        private JsonSchema? Find(string name)
        {
            if (Here!.Properties is not { } members)
            {
                return null;
            }

            if (members.TryGetValue(name, out var member))
            {
                return member.Schema;
            }

            // Asked for each member of each event.
            foreach (var one in members)
            {
                if (one.Value.Schema.FormerNames?.Contains(name, StringComparer.Ordinal) == true)
                {
                    return one.Value.Schema;
                }
            }

            return null;
        }
    }
}
