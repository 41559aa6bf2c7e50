using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Typed.Generator.Rules;

namespace Typed.CodeFixes;

/// <summary>Says of a member what it was called before.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class FormerNameFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SchemaRules.Removed.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(static async (context, document, diagnostics) =>
    {
        var text = await document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var changes = diagnostics.Select(diagnostic => Change(root, diagnostic)).OfType<TextChange>();
        return document.WithText(text.WithChanges(changes.OrderBy(change => change.Span)));
    });

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var text = await context.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (Change(root, diagnostic) is { } change)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Add {change.NewText!.Trim()}", _ => Task.FromResult(context.Document.WithText(text.WithChanges(change))), nameof(FormerNameFix)),
                    diagnostic);
            }
        }
    }

    private static TextChange? Change(SyntaxNode? root, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(SchemaRules.FormerName, out var name) || name is null || MemberSyntax.Find(root, diagnostic) is not { } member)
        {
            return null;
        }

        var attribute = $"[FormerName({SymbolDisplay.FormatLiteral(name, quote: true)})]";
        var start = member.GetFirstToken().SpanStart;
        if (member is ParameterSyntax)
        {
            return new TextChange(new(start, 0), attribute + " ");
        }

        // On a line of its own where the member is the first on its line.
        var line = member.SyntaxTree.GetText().Lines.GetLineFromPosition(start);
        var indent = line.ToString().Substring(0, start - line.Start);
        return new TextChange(new(start, 0), attribute + (indent.Trim().Length == 0 ? "\n" + indent : " "));
    }
}
