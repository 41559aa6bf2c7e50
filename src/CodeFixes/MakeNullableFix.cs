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

/// <summary>Makes a member nullable, and no longer required, so that events with null or without it can be read.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MakeNullableFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SchemaRules.NullRefused.Id, SchemaRules.Required.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(static async (context, document, diagnostics) =>
    {
        var text = await document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        return document.WithText(text.WithChanges(diagnostics.SelectMany(diagnostic => Changes(root, diagnostic)).Distinct().OrderBy(change => change.Span)));
    });

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var text = await context.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (Changes(root, diagnostic).ToArray() is { Length: > 0 } changes)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        "Make nullable", _ => Task.FromResult(context.Document.WithText(text.WithChanges(changes))), nameof(MakeNullableFix)),
                    diagnostic);
            }
        }
    }

    private static IEnumerable<TextChange> Changes(SyntaxNode? root, Diagnostic diagnostic)
    {
        var member = MemberSyntax.Find(root, diagnostic);
        if (diagnostic.Id == SchemaRules.Required.Id && member is MemberDeclarationSyntax declaration
            && declaration.Modifiers.FirstOrDefault(modifier => modifier.IsKind(SyntaxKind.RequiredKeyword)) is { RawKind: not 0 } required)
        {
            yield return new TextChange(required.FullSpan, "");
        }

        if (MemberSyntax.TypeOf(member) is { } type and not NullableTypeSyntax)
        {
            yield return new TextChange(new(type.Span.End, 0), "?");
        }
    }
}
