using System.Globalization;
using System.Text;

namespace Typed.Schema.Json;

/// <summary>
/// Reads JSON with places, and goes on after a fault in a member of an outer object: the member is left out, the others stay.
/// The compiler reads schema files with it, where System.Text.Json is not at hand.
/// </summary>
internal sealed class JsonTreeReader
{
    /// <summary>The most values inside each other.</summary>
    private const int MaxDepth = 200;

    private readonly string _text;
    private readonly int _tolerantDepth;
    private int _at;

    private JsonTreeReader(string text, int tolerantDepth) => (_text, _tolerantDepth) = (text, tolerantDepth);

    /// <summary>What is wrong, in order.</summary>
    public List<JsonFaultException> Faults { get; } = [];

    /// <summary>Reads one value.</summary>
    /// <exception cref="JsonFaultException">The text is no JSON.</exception>
    public static JsonTree Read(string text) => Read(text, tolerantDepth: 0, out _)!;

    /// <summary>Reads one value, and what can be read of objects up to that depth; null: nothing can.</summary>
    public static JsonTree? Read(string text, int tolerantDepth, out IReadOnlyList<JsonFaultException> faults)
    {
        var reader = new JsonTreeReader(text, tolerantDepth);
        faults = reader.Faults;
        try
        {
            var tree = reader.ReadValue(0);
            reader.SkipSpace();
            if (reader._at < text.Length)
            {
                reader.Recover(reader.Fault("nothing may follow the end of the first value"), depth: 0);
            }

            return tree;
        }
        catch (JsonFaultException fault) when (tolerantDepth > 0)
        {
            reader.Faults.Add(fault);
            return null;
        }
    }

    private JsonTree ReadValue(int depth)
    {
        SkipSpace();
        if (depth > MaxDepth)
        {
            throw Fault($"values are more than {MaxDepth} deep");
        }

        return Current switch
        {
            '{' => ReadObject(depth),
            '[' => ReadArray(depth),
            '"' => new JsonTree(JsonTreeKind.Text, _at) { Text = ReadText() },
            '-' or (>= '0' and <= '9') => ReadNumber(),
            _ => ReadWord(),
        };
    }

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    private JsonTree ReadObject(int depth)
    {
        var start = _at++;
        List<JsonTreeMember> members = [];
        SkipSpace();
        while (Current != '}')
        {
            var name = _at;
            try
            {
                members.Add(ReadMember(depth));
                SkipSpace();
                if (Current == ',')
                {
                    _at++;
                    SkipSpace();
                    Expect('"', "a further member after the comma");
                }
                else
                {
                    Expect('}', "a comma or }");
                }
            }
            catch (JsonFaultException fault)
            {
                Recover(fault, depth);
                if (!SkipMember(name))
                {
                    return new JsonTree(JsonTreeKind.Object, start) { Members = members };
                }
            }
        }

        _at++;
        return new JsonTree(JsonTreeKind.Object, start) { Members = members };
    }

    private JsonTreeMember ReadMember(int depth)
    {
        var start = _at;
        Expect('"', "the name of a member in quotes, or }");
        var name = ReadText();
        SkipSpace();
        Expect(':', "a colon after the name");
        _at++;
        return new JsonTreeMember(name, start, ReadValue(depth + 1));
    }

    private JsonTree ReadArray(int depth)
    {
        var start = _at++;
        List<JsonTree> items = [];
        SkipSpace();
        while (Current != ']')
        {
            items.Add(ReadValue(depth + 1));
            SkipSpace();
            if (Current == ',')
            {
                _at++;
                SkipSpace();
                _ = Current == ']' ? throw Fault("a further element after the comma is expected") : 0;
            }
            else
            {
                Expect(']', "a comma or ]");
            }
        }

        _at++;
        return new JsonTree(JsonTreeKind.Array, start) { Items = items };
    }

    private string ReadText()
    {
        var value = new StringBuilder();
        for (_at++; Current != '"' || _at >= _text.Length; _at++)
        {
            if (_at >= _text.Length || Current < ' ')
            {
                throw Fault("a text ends with a quote on the line where it begins");
            }

            value.Append(Current == '\\' ? ReadEscape() : Current);
        }

        _at++;
        return value.ToString();
    }

    private char ReadEscape()
    {
        _at++;
        switch (Current)
        {
            case '"' or '\\' or '/':
                return Current;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when _at + 4 < _text.Length
                && ushort.TryParse(_text.Substring(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit):
                _at += 4;
                return (char)unit;
            default:
                throw Fault("this is no escape of JSON");
        }
    }

    private JsonTree ReadNumber()
    {
        var start = _at;
        while (Current is (>= '0' and <= '9') or '-' or '+' or '.' or 'e' or 'E')
        {
            _at++;
        }

        var text = _text.Substring(start, _at - start);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? new JsonTree(JsonTreeKind.Number, start) { Text = text }
            : throw new JsonFaultException(start, $"{text} is no number");
    }

    private JsonTree ReadWord()
    {
        foreach (var (word, kind) in s_words)
        {
            if (string.CompareOrdinal(_text, _at, word, 0, word.Length) == 0)
            {
                _at += word.Length;
                return new JsonTree(kind, _at - word.Length) { Text = word };
            }
        }

        throw Fault("a value is expected");
    }

    private static readonly (string Word, JsonTreeKind Kind)[] s_words =
        [("true", JsonTreeKind.Boolean), ("false", JsonTreeKind.Boolean), ("null", JsonTreeKind.Null)];

    private void Expect(char character, string expected)
    {
        if (Current != character || _at >= _text.Length)
        {
            throw Fault(expected + " is expected");
        }
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && Current is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
        }
    }

    private JsonFaultException Fault(string message) => new(_at, _at < _text.Length ? message : message + ", and the text ends");

    /// <summary>Keeps a fault; one that is too deep goes to the object around.</summary>
    private void Recover(JsonFaultException fault, int depth)
    {
        if (depth >= _tolerantDepth)
        {
            throw fault;
        }

        Faults.Add(fault);
    }

    /// <summary>
    /// Goes on at the next member of the object, found by how its line is indented: braces and quotes cannot be trusted after a fault. False: there is none.
    /// </summary>
    private bool SkipMember(int name)
    {
        var line = name > 0 ? _text.LastIndexOf('\n', name - 1) + 1 : 0;
        var indent = _text.Substring(line, name - line);
        if (indent.Trim().Length > 0)
        {
            _at = _text.Length;
            return false;
        }

        for (var next = _text.IndexOf('\n', name); next >= 0; next = _text.IndexOf('\n', next + 1))
        {
            var at = next + 1;
            while (at < _text.Length && _text[at] is ' ' or '\t')
            {
                at++;
            }

            var width = at - next - 1;
            var unit = at < _text.Length ? _text[at] : '\0';
            if ((width == indent.Length && unit == '"') || (width < indent.Length && unit is '}'))
            {
                _at = at;
                return true;
            }
        }

        _at = _text.Length;
        return false;
    }
}
