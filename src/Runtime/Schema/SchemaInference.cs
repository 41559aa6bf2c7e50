using System.Text.Json;
using Typed.Schema.Json;

namespace Typed.Schema;

/// <summary>
/// The schema of all events fed so far. Holds one schema and nothing of the events, so memory does not grow with their number.
/// Of texts that a known schema of the events calls an enum's, or that are noted as one's, the names are kept.
/// Not thread-safe; two inferences over parts of the events may be merged.
/// </summary>
internal sealed class SchemaInference(JsonSchema? known = null, JsonSchema? noted = null)
{
    /// <summary>How many events were fed.</summary>
    public long Count { get; private set; }

    /// <summary>What the events have in common; null of no events.</summary>
    public JsonSchema? Schema { get; private set; }

    /// <summary>Adds one event: UTF-8 JSON text.</summary>
    /// <exception cref="SchemaInferenceException">The text is not JSON, or nested deeper than 64. The inference is as before.</exception>
    public void Add(ReadOnlySpan<byte> utf8)
    {
        JsonSchema read;
        try
        {
            read = JsonSchemaReader.Read(utf8, known, noted);
        }
        catch (JsonException broken)
        {
            throw new SchemaInferenceException(Count, broken);
        }

        Absorb(read, 1);
    }

    /// <summary>Adds everything that <paramref name="other"/> has seen; <paramref name="other"/> is used up.</summary>
    public void Add(SchemaInference other)
    {
        if (other.Schema is { } schema)
        {
            Absorb(schema, other.Count);
        }
    }

    /// <summary>The canonical text of the schema; null of no events.</summary>
    public string? ToText() => Schema is null ? null : JsonSchemaText.Write(Schema);

    private void Absorb(JsonSchema read, long events)
    {
        Count += events;
        if (Schema is null)
        {
            Schema = read;
        }
        else
        {
            Schema.Absorb(read);
        }
    }
}

/// <summary>An event that is not JSON, or too deep, named by its index in the order fed.</summary>
internal sealed class SchemaInferenceException(long index, JsonException reason)
    : FormatException($"Event {index} cannot be read: {reason.Message}", reason)
{
    public long Index { get; } = index;

    public JsonException Reason { get; } = reason;
}
