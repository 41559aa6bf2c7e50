using System.Buffers;
using System.Text.Json;

namespace Typed.Cli.Transfer;

/// <summary>
/// A line of JSON as Kronos gives events: the body with <c>@id</c>, <c>@time</c> and other names that begin with <c>@</c>, which are left out.
/// </summary>
internal static class KronosLine
{
    private const string Id = "@id";
    private const string Time = "@time";

    /// <summary>Reads a line.</summary>
    /// <exception cref="LineException">It is no event of Kronos.</exception>
    public static EventLine Read(ReadOnlyMemory<byte> line)
    {
        var body = new ArrayBufferWriter<byte>(line.Length + 64);
        var id = ReadMembers(line, body);

        // The body is checked as that of any other line is.
        return EventLine.Check(new(id, Namespace: null, Version: 1, body.WrittenMemory));
    }

    private static EventId ReadMembers(ReadOnlyMemory<byte> line, ArrayBufferWriter<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new LineException("it is no JSON object");
            }

            using (var json = new Utf8JsonWriter(body))
            {
                json.WriteStartObject();
                foreach (var member in document.RootElement.EnumerateObject().Where(member => !member.Name.StartsWith('@')))
                {
                    member.WriteTo(json);
                }

                json.WriteEndObject();
            }

            return IdOf(document.RootElement);
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

    private static EventId IdOf(JsonElement root)
    {
        if (!root.TryGetProperty(Id, out var text) || text.ValueKind != JsonValueKind.String || !Guid.TryParseExact(text.GetString(), "D", out var given))
        {
            throw new LineException("it has no @id, or one that is no UUID");
        }

        try
        {
            var id = EventId.FromKronos(given);
            if (root.TryGetProperty(Time, out var time) && (!time.TryGetInt64(out var ticks) || ticks != (id.Time - DateTimeOffset.UnixEpoch).Ticks))
            {
                throw new LineException("its @time is not that of its @id");
            }

            return id;
        }
        catch (ArgumentException error)
        {
            throw new LineException(error.Message.Split(" (Parameter")[0].TrimEnd('.'));
        }
    }
}
