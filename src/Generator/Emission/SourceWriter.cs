using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Typed.Generator.Emission;

/// <summary>Writes C# text with indentation. A text of several lines keeps its own inner indentation.</summary>
internal sealed class SourceWriter
{
    /// <summary>A line of nothing else is left out.</summary>
    private const string Omitted = "\0";

    private readonly StringBuilder _text = new(4096);
    private int _indentation;

    /// <summary>What a template has on a line of its own: the text, or nothing, and then not even the line.</summary>
    public static string When(bool condition, string text) => condition ? text : Omitted;

    /// <summary>Writes the lines of <paramref name="text"/> at the current indentation; no text writes an empty line.</summary>
    public SourceWriter Line(string text = "")
    {
        foreach (var line in text.Split('\n'))
        {
            var trimmed = line.TrimEnd('\r', ' ');
            if (trimmed.TrimStart() == Omitted)
            {
                continue;
            }

            if (trimmed.Length > 0)
            {
                _text.Append(' ', _indentation * 4).Append(trimmed);
            }

            _text.Append('\n');
        }

        return this;
    }

    /// <summary>Writes a header, then an opening brace, and indents.</summary>
    public SourceWriter Open(string header)
    {
        Line(header).Line("{");
        _indentation++;
        return this;
    }

    /// <summary>Closes what <see cref="Open"/> opened; <paramref name="tail"/> follows the brace.</summary>
    public SourceWriter Close(string tail = "")
    {
        _indentation--;
        return Line("}" + tail);
    }

    /// <summary>Writes a block: header, braces, and what <paramref name="body"/> writes.</summary>
    public SourceWriter Block(string header, Action<SourceWriter> body)
    {
        Open(header);
        body(this);
        return Close();
    }

    public SourceText ToSourceText() => SourceText.From(_text.ToString(), Encoding.UTF8);

    public override string ToString() => _text.ToString();
}
