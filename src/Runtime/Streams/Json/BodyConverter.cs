using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Typed.Streams.Json;

namespace Typed.Generated;

/// <summary>Calls a converter as System.Text.Json calls it.</summary>
/// <typeparam name="T">The values that it reads and writes.</typeparam>
/// <param name="converter">The converter, or a factory of it.</param>
/// <param name="naming">How the stream names members, which is in the options that the converter gets.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BodyConverter<T>(JsonConverter converter, JsonNaming naming)
{
    private readonly JsonSerializerOptions _options = ConverterOptions.Of(naming);
    private JsonConverter<T>? _converter;

    /// <summary>Whether the converter writes null itself.</summary>
    internal bool WritesNull => Converter.HandleNull;

    private JsonConverter<T> Converter => _converter ??= Find();

    /// <summary>The value that the reader stands on.</summary>
    public T? Read(ref Utf8JsonReader reader)
    {
        // Of value types also null is the converter's affair.
        if (reader.TokenType == JsonTokenType.Null && default(T) is null && !Converter.HandleNull)
        {
            return default;
        }

        var (token, depth, consumed) = (reader.TokenType, reader.CurrentDepth, reader.BytesConsumed);
        T? value;
        try
        {
            value = Converter.Read(ref reader, typeof(T), _options);
        }
        catch (Exception failure) when (failure is not (JsonException or OutOfMemoryException))
        {
            throw new JsonException(failure.Message, failure);
        }

        var isWhole = token switch
        {
            JsonTokenType.StartObject => reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == depth,
            JsonTokenType.StartArray => reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == depth,
            _ => reader.BytesConsumed == consumed,
        };
        return isWhole ? value : throw new JsonException($"{Converter.GetType()} reads too much or too little.");
    }

    internal void Write(Utf8JsonWriter json, T? value)
    {
        try
        {
            Converter.Write(json, value!, _options);
        }
        catch (Exception failure) when (ConverterOptions.IsFailure(failure))
        {
            throw new JsonException(failure.Message, failure);
        }

        if (json.CurrentDepth != 0 || json.BytesCommitted + json.BytesPending == 0)
        {
            throw new JsonException($"{Converter.GetType()} writes no whole value.");
        }
    }

    /// <summary>The value as JSON of its own.</summary>
    internal JsonDocument ToDocument(T? value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            Write(json, value);
        }

        return JsonDocument.Parse(bytes.WrittenMemory, new JsonDocumentOptions { MaxDepth = 1000 });
    }

    private JsonConverter<T> Find() =>
        (converter is JsonConverterFactory factory ? factory.CreateConverter(typeof(T), _options) : converter) as JsonConverter<T>
        ?? throw new JsonException($"{converter.GetType()} gives no converter of {typeof(T)}.");
}
