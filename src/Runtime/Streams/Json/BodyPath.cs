using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Typed.Schema.Json;

namespace Typed.Streams.Json;

/// <summary>Where a walk over a body stands, and the checks of single values.</summary>
internal sealed class BodyPath
{
    /// <summary>The most containers inside each other, the body itself counted.</summary>
    public const int MaxDepth = 64;

    private const int InObject = -2;
    private const int BeforeFirst = -1;

    private readonly object?[] _segments = new object?[MaxDepth + 1];
    private readonly int[] _indexes = new int[MaxDepth + 1];
    private int _depth;

    public void EnterObject()
    {
        Element();
        Enter(InObject);
    }

    public void EnterArray()
    {
        Element();
        Enter(BeforeFirst);
    }

    public void Leave() => _depth--;

    public void Member(string name) => _segments[_depth - 1] = name;

    public void Member(JsonEncodedText name) => _segments[_depth - 1] = name;

    /// <summary>Counts an element where the walk stands in an array; a member's value was named before.</summary>
    public void Element()
    {
        if (_depth > 0 && _indexes[_depth - 1] != InObject)
        {
            _segments[_depth - 1] = ++_indexes[_depth - 1];
        }
    }

    public void CheckText(string? text)
    {
        if (text is not null && StorableText.Fault(text) is { } fault)
        {
            Refuse(fault);
        }
    }

    public void CheckNumber(double value)
    {
        if (!double.IsFinite(value))
        {
            Refuse($"{value.ToString(CultureInfo.InvariantCulture)}, which JSON has no number for");
        }
    }

    public void CheckUtc(DateTime value)
    {
        if (value.Kind != DateTimeKind.Utc)
        {
            Refuse($"{value:O}, which is not in UTC");
        }
    }

    public void CheckElement(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Undefined:
                Refuse("a JsonElement without a value");
                break;
            case JsonValueKind.String:
                CheckText(Text(value.GetString));
                break;
            case JsonValueKind.Array:
                Enter(BeforeFirst);
                foreach (var item in value.EnumerateArray())
                {
                    Element();
                    CheckElement(item);
                }

                Leave();
                break;
            case JsonValueKind.Object:
                Enter(InObject);
                foreach (var property in value.EnumerateObject())
                {
                    var name = Text(() => property.Name);
                    Member(name!);
                    CheckText(name);
                    CheckElement(property.Value);
                }

                Leave();
                break;
        }
    }

    /// <summary>Checks the texts of a node that is fine as JSON: what no JSON can hold was replaced when it was written.</summary>
    public void CheckNode(JsonNode? node)
    {
        switch (node)
        {
            case JsonValue value when value.TryGetValue(out string? text) && !value.TryGetValue<JsonElement>(out _):
                CheckText(text);
                break;
            case JsonArray items:
                Enter(BeforeFirst);
                foreach (var item in items)
                {
                    Element();
                    CheckNode(item);
                }

                Leave();
                break;
            case JsonObject members:
                Enter(InObject);
                foreach (var (name, member) in Members(members))
                {
                    Member(name);
                    CheckText(name);
                    CheckNode(member);
                }

                Leave();
                break;
        }
    }

    [DoesNotReturn]
    public void Refuse(string reason) => throw new BodyRefusedException(new BodyRefusal(Segments(), reason));

    // A text may have a name twice, which a node says when it is asked for its members; its texts are those of the text then.
    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonObject node)
    {
        try
        {
            return [.. node];
        }
        catch (ArgumentException)
        {
            return [];
        }
    }

    private string? Text(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            Refuse("a lone surrogate or invalid UTF-8 in text");
            return null;
        }
    }

    private void Enter(int index)
    {
        if (_depth == MaxDepth)
        {
            Refuse($"nesting deeper than {MaxDepth}");
        }

        _segments[_depth] = null;
        _indexes[_depth++] = index;
    }

    private object[] Segments() => [.. _segments.Take(_depth).OfType<object>().Select(segment => segment is JsonEncodedText name ? Decode(name) : segment)];

    // The encoded text holds the name escaped.
    private static string Decode(JsonEncodedText name)
    {
        var reader = new Utf8JsonReader([(byte)'"', .. name.EncodedUtf8Bytes, (byte)'"']);
        reader.Read();
        return reader.GetString()!;
    }
}
