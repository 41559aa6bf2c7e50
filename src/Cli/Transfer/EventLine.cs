using System.Text.Json;
using Typed.Streams;

namespace Typed.Cli.Transfer;

/// <summary>A line of JSON that holds an event.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Namespace">Its namespace, where the line has one.</param>
/// <param name="Version">The version of the class that wrote it.</param>
/// <param name="Body">The body's JSON, a part of the line.</param>
internal readonly record struct EventLine(Guid Id, string? Namespace, int Version, ReadOnlyMemory<byte> Body)
{
    /// <summary>The most bytes of a body, as stores take by default.</summary>
    public const int MostBytes = 1 << 20;

    private const int MaxDepth = 64;

    private static readonly JsonReaderOptions s_options = new() { MaxDepth = MaxDepth + 1 };

    /// <summary>Reads a line.</summary>
    /// <exception cref="LineException">It is no event.</exception>
    public static EventLine Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            return ReadLine(line);
        }
        catch (JsonException broken)
        {
            throw new LineException("it is no JSON", broken);
        }
        catch (InvalidOperationException)
        {
            throw new LineException("it has text that is no Unicode");
        }
    }

    /// <summary>Checks a body that was put together from a line.</summary>
    /// <exception cref="LineException">It cannot be stored.</exception>
    public static EventLine Check(EventLine line)
    {
        var reader = new Utf8JsonReader(line.Body.Span, s_options);
        try
        {
            return line with { Body = ReadBody(ref reader, line.Body) };
        }
        catch (JsonException broken)
        {
            throw new LineException("its body cannot be stored", broken);
        }
    }

    private static EventLine ReadLine(ReadOnlyMemory<byte> line)
    {
        var reader = new Utf8JsonReader(line.Span, s_options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new LineException("it is no JSON object");
        }

        Guid? id = null;
        string? space = null;
        var version = 1;
        ReadOnlyMemory<byte>? body = null;
        DateTimeOffset? time = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                id = ReadId(ref reader);
            }
            else if (reader.ValueTextEquals("body"u8))
            {
                body = ReadBody(ref reader, line);
            }
            else if (reader.ValueTextEquals("namespace"u8))
            {
                space = ReadNamespace(ref reader);
            }
            else if (reader.ValueTextEquals("version"u8))
            {
                version = reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) && number > 0
                    ? number : throw new LineException("its version is no number above 0");
            }
            else if (reader.ValueTextEquals("time"u8))
            {
                time = reader.Read() && reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var instant)
                    ? instant : throw new LineException("its time is no instant");
            }
            else
            {
                throw new LineException($"it has a member '{reader.GetString()}', which no export writes");
            }
        }

        // Throws where something follows.
        _ = reader.Read();
        if (id is not { } found)
        {
            throw new LineException("it has no id");
        }

        if (time is { } said && said != EventId.TimeOf(found))
        {
            throw new LineException("its time is not that of its id");
        }

        return new(found, space, version, body ?? throw new LineException("it has no body"));
    }

    private static Guid ReadId(ref Utf8JsonReader reader)
    {
        reader.Read();
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return EventId.TryParse(text, out var id) && EventId.TryTimeOf(id, out _) ? id : throw new LineException($"'{text}' is no id of an event");
    }

    private static string ReadNamespace(ref Utf8JsonReader reader)
    {
        reader.Read();
        try
        {
            return StreamNames.Check(reader.TokenType == JsonTokenType.String ? reader.GetString()! : "");
        }
        catch (ArgumentException error)
        {
            throw new LineException(error.Message.Split(" (Parameter")[0]);
        }
    }

    private static ReadOnlyMemory<byte> ReadBody(ref Utf8JsonReader reader, ReadOnlyMemory<byte> line)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new LineException("its body is no JSON object");
        }

        var (start, depth) = ((int)reader.TokenStartIndex, reader.CurrentDepth);
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped
                && reader.GetString()!.Contains('\0', StringComparison.Ordinal))
            {
                throw new LineException("its body has text with U+0000");
            }
        }

        var body = line[start..(int)reader.BytesConsumed];
        return body.Length <= MostBytes ? body : throw new LineException($"its body has {body.Length} bytes, more than {MostBytes}");
    }
}
