using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Typed.Generator.Parsing.Series;

/// <summary>Finds where each UTF-16 unit of a literal's value was written. The compiler's lexer decides: it reads each beginning of the text.</summary>
internal static class LiteralCharacters
{
    /// <summary>One span per unit, inside the token's text; null when the literal is broken.</summary>
    public static IReadOnlyList<TextSpan>? Find(SyntaxToken token)
    {
        var text = token.Text;
        switch (token.Kind())
        {
            case SyntaxKind.StringLiteralToken:
                return Find(token, text[0] == '@' ? 2 : 1, "\"", isRaw: false);
            case SyntaxKind.SingleLineRawStringLiteralToken:
                return FindPlain(text.Trim('"'), token.ValueText, text.Length - text.TrimStart('"').Length);
            case SyntaxKind.MultiLineRawStringLiteralToken:
                var end = text.LastIndexOf('\n');
                return Find(token, text.IndexOf('\n') + 1, text.Substring(end > 0 && text[end - 1] == '\r' ? end - 1 : end), isRaw: true);
            default:
                return null;
        }
    }

    /// <summary>The spans of a value that is written as it is; null where it is not.</summary>
    public static IReadOnlyList<TextSpan>? FindPlain(string written, string value, int start) =>
        written == value ? [.. Enumerable.Range(start, value.Length).Select(at => new TextSpan(at, 1))] : null;

    private static IReadOnlyList<TextSpan>? Find(SyntaxToken token, int start, string closing, bool isRaw)
    {
        // Of each length of the value the first and the last beginning that give it: indentation of a raw literal adds nothing, and \x7 goes on as \x78.
        List<(int Length, int First, int Last)> beginnings = [(0, start, start)];
        for (var end = start; end <= token.Text.Length - closing.Length; end++)
        {
            var beginning = SyntaxFactory.ParseToken(token.Text.Substring(0, end) + closing);
            if (!beginning.ContainsDiagnostics && beginning.FullSpan.Length == end + closing.Length)
            {
                var (length, first, _) = beginnings[beginnings.Count - 1];
                if (length == beginning.ValueText.Length)
                {
                    beginnings.RemoveAt(beginnings.Count - 1);
                    beginnings.Add((length, first, end));
                }
                else
                {
                    beginnings.Add((beginning.ValueText.Length, end, end));
                }
            }
        }

        return beginnings[beginnings.Count - 1].Length != token.ValueText.Length ? null : [.. Enumerable.Range(0, token.ValueText.Length).Select(unit =>
        {
            // Two units may be written by one escape.
            var next = beginnings.FindIndex(beginning => beginning.Length > unit);
            return TextSpan.FromBounds(beginnings[next - 1].Last, isRaw ? beginnings[next].First : beginnings[next].Last);
        })];
    }
}
