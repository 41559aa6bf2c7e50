using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Typed.Generator.Parsing;

/// <summary>Where each UTF-16 unit of a string literal's value was written: escapes, doubled quotes and the indentation of raw strings counted.</summary>
internal static class LiteralCharacters
{
    /// <summary>One span per unit, inside the token's text; null when the literal is broken.</summary>
    public static IReadOnlyList<TextSpan>? Spans(SyntaxToken token)
    {
        var text = token.Text;
        var spans = new List<TextSpan>(text.Length);
        switch (token.Kind())
        {
            case SyntaxKind.StringLiteralToken when text[0] == '@':
                Verbatim(text, spans);
                break;
            case SyntaxKind.StringLiteralToken:
                Regular(text, spans);
                break;
            case SyntaxKind.SingleLineRawStringLiteralToken:
                var quotes = Quotes(text);
                Plain(quotes, text.Length - quotes, spans);
                break;
            case SyntaxKind.MultiLineRawStringLiteralToken:
                RawLines(text, spans);
                break;
        }

        return spans.Count == token.ValueText.Length ? spans : null;
    }

    /// <summary>The same of a text between holes, where each character is written as it is.</summary>
    /// <param name="token">The text.</param>
    /// <param name="start">Where the token begins in its expression.</param>
    public static IReadOnlyList<TextSpan>? Spans(SyntaxToken token, int start)
    {
        var spans = new List<TextSpan>(token.Text.Length);
        Plain(start, start + token.Text.Length, spans);
        return token.Text == token.ValueText ? spans : null;
    }

    private static void Regular(string text, List<TextSpan> spans)
    {
        for (var i = 1; i < text.Length - 1;)
        {
            var length = Math.Min(text[i] == '\\' ? Escape(text, i) : 1, text.Length - i);
            var span = new TextSpan(i, length);
            spans.Add(span);
            if (length == 10 && int.TryParse(text.Substring(i + 2, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point) && point > char.MaxValue)
            {
                spans.Add(span); // the other half of a surrogate pair
            }

            i += length;
        }
    }

    private static int Escape(string text, int start)
    {
        switch (start + 1 < text.Length ? text[start + 1] : ' ')
        {
            case 'u':
                return 6;
            case 'U':
                return 10;
            case 'x':
                var end = start + 2;
                while (end < text.Length && end < start + 6 && Uri.IsHexDigit(text[end]))
                {
                    end++;
                }

                return end - start;
            default:
                return 2;
        }
    }

    private static void Verbatim(string text, List<TextSpan> spans)
    {
        for (var i = 2; i < text.Length - 1; i += spans[spans.Count - 1].Length)
        {
            spans.Add(new(i, text[i] == '"' ? 2 : 1));
        }
    }

    private static void RawLines(string text, List<TextSpan> spans)
    {
        var end = text.Length - Quotes(text);
        var last = text.LastIndexOf('\n', end - 1);
        var indentation = text.Substring(last + 1, end - last - 1);
        var content = last > 0 && text[last - 1] == '\r' ? last - 1 : last;
        for (var line = text.IndexOf('\n') + 1; line > 0 && line <= content;)
        {
            var next = text.IndexOf('\n', line, content - line) + 1;
            var stop = next > 0 ? next : content;

            // A line of white space may be shorter than the indentation; its line break counts all the same.
            var start = string.CompareOrdinal(text, line, indentation, 0, indentation.Length) == 0 ? line + indentation.Length : FirstBreak(text, line, stop);
            Plain(start, stop, spans);
            line = next > 0 ? next : content + 1;
        }
    }

    private static int FirstBreak(string text, int start, int stop)
    {
        while (start < stop && text[start] is not ('\r' or '\n'))
        {
            start++;
        }

        return start;
    }

    private static void Plain(int start, int end, List<TextSpan> spans)
    {
        for (var i = start; i < end; i++)
        {
            spans.Add(new(i, 1));
        }
    }

    private static int Quotes(string text) => text.Length - text.TrimStart('"').Length;
}
