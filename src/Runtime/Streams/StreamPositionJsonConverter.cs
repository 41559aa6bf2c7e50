using System.Text.Json;
using System.Text.Json.Serialization;

namespace Typed;

/// <summary>Positions in JSON of System.Text.Json: their text.</summary>
public sealed class StreamPositionJsonConverter : JsonConverter<StreamPosition>
{
    /// <inheritdoc/>
    public override StreamPosition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && StreamPosition.TryParse(reader.GetString(), out var position)
            ? position
            : throw new JsonException("The position of a stream is the text that its ToString gives.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, StreamPosition value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToString());
    }
}
