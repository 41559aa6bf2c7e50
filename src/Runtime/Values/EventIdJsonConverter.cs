using System.Text.Json;
using System.Text.Json.Serialization;

namespace Typed;

/// <summary>Ids in JSON of System.Text.Json: the text of 36 characters, as of a <see cref="Guid"/>.</summary>
public sealed class EventIdJsonConverter : JsonConverter<EventId>
{
    /// <inheritdoc/>
    public override EventId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Parse(reader.GetString()!) : throw new JsonException("The id of an event is a text of 36 characters.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, EventId value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToGuid());
    }

    /// <inheritdoc/>
    public override EventId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString()!);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, EventId value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(value.ToGuid().ToString());
    }

    private static EventId Parse(string text)
    {
        try
        {
            return EventId.Parse(text);
        }
        catch (FormatException error)
        {
            throw new JsonException(error.Message, error);
        }
    }
}
