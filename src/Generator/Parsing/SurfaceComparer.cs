using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Typed.Generator.Parsing;

/// <summary>
/// Compares files in all but bodies of methods and accessors, comments and space. Constants and initialisers count, since models hold them, and so do
/// directives, which reach beyond where they stand. What it cannot tell apart for sure it calls different: then everything is read anew.
/// </summary>
internal static class SurfaceComparer
{
    public static bool AreSame(SyntaxTree one, SyntaxTree two) => ReferenceEquals(one, two)
        || (one.FilePath == two.FilePath && one.Options.Equals(two.Options) && AreSame(one.GetRoot(), two.GetRoot()));

    private static bool AreSame(SyntaxNode one, SyntaxNode two)
    {
        if (one.IsIncrementallyIdenticalTo(two))
        {
            return true;
        }

        if (one.RawKind != two.RawKind)
        {
            return false;
        }

        return (IsBody(one) && IsHidden(one) && IsHidden(two)) || HaveSameParts(one.ChildNodesAndTokens(), two.ChildNodesAndTokens());
    }

    private static bool HaveSameParts(ChildSyntaxList one, ChildSyntaxList two)
    {
        if (one.Count != two.Count)
        {
            return false;
        }

        for (var i = 0; i < one.Count; i++)
        {
            var (left, right) = (one[i], two[i]);
            var areSame = left.AsNode() is { } node
                ? right.AsNode() is { } other && AreSame(node, other)
                : right.IsToken && AreSame(left.AsToken(), right.AsToken());
            if (!areSame)
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreSame(SyntaxToken one, SyntaxToken two) => one.IsIncrementallyIdenticalTo(two)
        || (one.RawKind == two.RawKind && one.IsMissing == two.IsMissing && one.Text == two.Text && HaveSameTrivia(one, two));

    // Skipped text is what the parser could make nothing of.
    private static bool HaveSameTrivia(SyntaxToken one, SyntaxToken two)
    {
        static bool IsPlain(SyntaxToken token) => !token.ContainsDirectives && !token.HasStructuredTrivia;
        return (IsPlain(one) && IsPlain(two)) || one.ToFullString() == two.ToFullString();
    }

    private static bool IsBody(SyntaxNode node) => node is BlockSyntax or ArrowExpressionClauseSyntax
        && node.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or BasePropertyDeclarationSyntax;

    /// <summary>Whether nothing in the body is seen outside: an accessor that says <c>field</c> gives its type a field.</summary>
    private static bool IsHidden(SyntaxNode body) => !body.ContainsDirectives
        && (body.Parent is BaseMethodDeclarationSyntax || !body.DescendantTokens().Any(token => token.Text is "field"));
}
