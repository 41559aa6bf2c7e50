using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Typed.CodeFixes;

/// <summary>A fix by changes of text at the member that a problem is about, for one problem or for all of a document.</summary>
public abstract class MemberTextFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics) =>
    {
        var text = await document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        return document.WithText(text.WithChanges(diagnostics.SelectMany(diagnostic => Changes(root, diagnostic)).Distinct().OrderBy(change => change.Span)));
    });

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var text = await context.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (Changes(root, diagnostic).ToArray() is { Length: > 0 } changes)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(TitleOf(changes), _ => Task.FromResult(context.Document.WithText(text.WithChanges(changes))), GetType().Name),
                    diagnostic);
            }
        }
    }

    /// <summary>What the fix is called in the editor.</summary>
    private protected abstract string TitleOf(IReadOnlyList<TextChange> changes);

    /// <summary>The changes that a problem asks for; none where there is nothing to do.</summary>
    private protected abstract IEnumerable<TextChange> Changes(SyntaxNode? root, Diagnostic diagnostic);
}
