using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Typed.Generator.Parsing;

/// <summary>Finds characters of a constant string in the source that wrote it.</summary>
internal static class LiteralSpans
{
    /// <summary>The place of the characters; of the whole expression where they cannot be told apart.</summary>
    public static Location Locate(ExpressionSyntax expression, int start, int length)
    {
        if (expression is LiteralExpressionSyntax { Token: { Text: { } text, ValueText: { } value } token }
            && text.Length == value.Length + 2 && text[0] == '"' && text.Substring(1, value.Length) == value)
        {
            return Location.Create(expression.SyntaxTree, new(token.SpanStart + 1 + start, length));
        }

        return expression.GetLocation();
    }
}
