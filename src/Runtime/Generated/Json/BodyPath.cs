using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Typed.Schema.Json;

namespace Typed.Generated;

/// <summary>Where a walk over a body stands, and the checks of single values.</summary>
internal sealed class BodyPath
{
    private const int InObject = -2;
    private const int BeforeFirst = -1;

    private readonly object?[] _segments = new object?[BodyWriting.MaxDepth + 1];
    private readonly int[] _indexes = new int[BodyWriting.MaxDepth + 1];
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
            Refuse(double.IsNaN(value) ? "not a number" : "an infinity");
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

    [DoesNotReturn]
    public void Refuse(string reason) => throw new BodyRefusedException(new BodyRefusal(Segments(), reason));

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
        if (_depth == BodyWriting.MaxDepth)
        {
            Refuse($"nesting deeper than {BodyWriting.MaxDepth}");
        }

        _segments[_depth] = null;
        _indexes[_depth++] = index;
    }

    private object[] Segments() => [.. _segments.Take(_depth).OfType<object>()];
}
