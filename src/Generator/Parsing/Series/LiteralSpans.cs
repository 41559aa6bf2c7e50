using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Typed.Generator.Parsing.Series;

/// <summary>Finds characters of a constant string in the source that wrote it: in a literal of any kind, or in several joined with +.</summary>
internal static class LiteralSpans
{
    /// <summary>The place of the characters; of the smallest expression around them where a constant stands for them.</summary>
    /// <param name="expression">What wrote the text.</param>
    /// <param name="text">The constant's value.</param>
    /// <param name="start">The first of the characters, in UTF-16 units.</param>
    /// <param name="length">How many; none means the whole text.</param>
    public static Location Locate(ExpressionSyntax expression, string text, int start, int length)
    {
        if (length > 0)
        {
            var parts = Parts(expression, text.Length);
            var first = parts.FirstOrDefault(part => part.Holds(start));
            var last = parts.FirstOrDefault(part => part.Holds(start + length - 1));
            if (first is not null && last is not null)
            {
                return Location.Create(expression.SyntaxTree, TextSpan.FromBounds(first.SpanOf(start).Start, last.SpanOf(start + length - 1).End));
            }
        }

        return expression.GetLocation();
    }

    /// <summary>The joined expressions, each with its place in the text. The length of a constant is not known; a single one has what is left.</summary>
    private static List<Part> Parts(ExpressionSyntax expression, int length)
    {
        List<Part> parts = [];
        Flatten(expression, parts);
        for (int i = 0, at = 0; i < parts.Count; at = parts[i++].End)
        {
            parts[i].Start = at;
            if (parts[i].Characters is not { } known)
            {
                break;
            }

            parts[i].End = at + known.Count;
        }

        for (int i = parts.Count - 1, at = length; i >= 0; at = parts[i--].Start)
        {
            parts[i].End = at;
            if (parts[i].Characters is not { } known)
            {
                break;
            }

            parts[i].Start = at - known.Count;
        }

        return parts;
    }

    private static void Flatten(ExpressionSyntax expression, List<Part> parts)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax inner:
                Flatten(inner.Expression, parts);
                break;
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } inner:
                Flatten(inner.Operand, parts);
                break;
            case CastExpressionSyntax cast:
                Flatten(cast.Expression, parts);
                break;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum:
                Flatten(sum.Left, parts);
                Flatten(sum.Right, parts);
                break;
            default:
                parts.Add(new(expression));
                break;
        }
    }

    private sealed class Part(ExpressionSyntax expression)
    {
        public IReadOnlyList<TextSpan>? Characters { get; } = expression switch
        {
            LiteralExpressionSyntax literal => LiteralCharacters.Find(literal.Token),
            InterpolatedStringExpressionSyntax { Contents.Count: 1 } text when text.Contents[0] is InterpolatedStringTextSyntax only =>
                LiteralCharacters.FindPlain(only.TextToken.Text, only.TextToken.ValueText, only.SpanStart - expression.SpanStart),
            _ => null,
        };

        public int Start { get; set; } = -1;

        public int End { get; set; } = -1;

        public bool Holds(int character) => Start >= 0 && Start <= character && character < End;

        public TextSpan SpanOf(int character) =>
            Characters?[character - Start] is { } span ? new(expression.SpanStart + span.Start, span.Length) : expression.Span;
    }
}
