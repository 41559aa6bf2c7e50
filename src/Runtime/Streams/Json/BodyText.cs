using System.Text;
using System.Text.Json;

namespace Typed.Streams.Json;

/// <summary>Reads bodies from their JSON.</summary>
internal static class BodyText
{
    private const int MaxShown = 40;
    private const int BeforeFirst = -1;
    private const int InObject = -2;

    private static readonly JsonReaderOptions s_options = new() { MaxDepth = BodyPath.MaxDepth };

    /// <summary>The event of a stored row.</summary>
    /// <exception cref="UnreadableEventException">The body does not fit its class any more.</exception>
    public static Event<T> Event<T>(EventId id, ReadOnlySpan<byte> utf8)
        where T : IEventBody<T>
    {
        try
        {
            return new(id, TimeOf(id), Read<T>(utf8) ?? throw new EventReadException("$: found null, expected an object", "$", inner: null));
        }
        catch (EventReadException error)
        {
            throw new UnreadableEventException(id, Encoding.UTF8.GetString(utf8), error);
        }
    }

    /// <summary>The time of an event.</summary>
    /// <exception cref="EventReadException">The id is not of the layout: somebody else stored the row.</exception>
    public static DateTimeOffset TimeOf(EventId id) => EventId.TryTimeOf(id, out var time)
        ? time
        : throw new EventReadException(
            "its id is not one of this library's, so it has no time: version, variant or time are not those of the layout", "$", inner: null);

    /// <summary>The body; null where the text is null.</summary>
    /// <exception cref="EventReadException">The text is not JSON, or not what the class declares.</exception>
    public static T? Read<T>(ReadOnlySpan<byte> utf8)
        where T : IEventBody<T>
    {
        var reader = new Utf8JsonReader(utf8, s_options);
        try
        {
            reader.Read();
            var value = T.Read(ref reader);
            reader.Read();
            return value;
        }
        catch (Exception failure) when (failure is JsonException or FormatException or InvalidOperationException)
        {
            throw Explain(utf8, reader.TokenStartIndex, failure);
        }
    }

    /// <summary>An object in a body.</summary>
    /// <exception cref="UnreadableEventException">The object does not fit its class any more.</exception>
    public static object? Object(EventId id, ReadOnlySpan<byte> utf8, BodyObjectReader read)
    {
        var reader = new Utf8JsonReader(utf8, s_options);
        try
        {
            reader.Read();
            return reader.TokenType == JsonTokenType.Null ? null : read(ref reader);
        }
        catch (Exception failure) when (failure is JsonException or FormatException or InvalidOperationException)
        {
            throw new UnreadableEventException(id, Encoding.UTF8.GetString(utf8), Explain(utf8, reader.TokenStartIndex, failure));
        }
    }

    // The text is read a second time, to find the place of the error. Only failures pay for that.
    private static EventReadException Explain(ReadOnlySpan<byte> utf8, long position, Exception failure)
    {
        var reader = new Utf8JsonReader(utf8, s_options);
        var path = new List<(string? Name, int Index)>();
        var end = utf8.Length;
        try
        {
            while (reader.Read())
            {
                Follow(ref reader, path);
                if (reader.TokenStartIndex >= position)
                {
                    reader.Skip();
                    end = (int)reader.BytesConsumed;
                    break;
                }
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // The text is no JSON; the place is the last one that could be read.
        }

        var where = PathText.Format(path.Where(frame => frame.Name is not null || frame.Index >= 0).Select(frame => frame.Name ?? (object)frame.Index));
        return new EventReadException($"{where}: {What(failure, utf8[(int)Math.Min(position, end)..end])}", where, failure);
    }

    private static string What(Exception failure, ReadOnlySpan<byte> found) => failure switch
    {
        BodyReadException { Token: JsonTokenType.EndObject } missing => missing.Message,
        BodyReadException unexpected => $"expected {unexpected.Message}, found {Shown(found)}",
        _ => $"{failure.Message} Found {Shown(found)}",
    };

    private static string Shown(ReadOnlySpan<byte> found)
    {
        var text = Encoding.UTF8.GetString(found[..Math.Min(found.Length, MaxShown)]);
        return found.Length > MaxShown ? text + "…" : text;
    }

    private static void Follow(ref Utf8JsonReader reader, List<(string? Name, int Index)> path)
    {
        if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
        {
            path.RemoveAt(path.Count - 1);
            return;
        }

        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            path[^1] = (reader.GetString(), InObject);
            return;
        }

        if (path.Count > 0 && path[^1].Index >= BeforeFirst)
        {
            path[^1] = (null, path[^1].Index + 1);
        }

        if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            path.Add((null, reader.TokenType == JsonTokenType.StartArray ? BeforeFirst : InObject));
        }
    }
}
