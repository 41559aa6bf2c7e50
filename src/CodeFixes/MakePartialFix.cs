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

/// <summary>Makes a declared type partial, together with the types that contain it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MakePartialFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [SeriesRules.NotPartial.Id, SeriesRules.ContainerNotPartial.Id, StreamRules.NotPartial.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        static async (context, document, diagnostics) => await FixAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        context.RegisterCodeFix(
            CodeAction.Create("Make partial", token => FixAsync(context.Document, context.Diagnostics, token), nameof(MakePartialFix)), context.Diagnostics);
        return Task.CompletedTask;
    }

    private static async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
        {
            return document;
        }

        // Several diagnostics may share a container; the keyword is the last modifier, and in front of it no comment moves.
        var changes = diagnostics
            .SelectMany(diagnostic => root.FindNode(diagnostic.Location.SourceSpan).AncestorsAndSelf().OfType<TypeDeclarationSyntax>())
            .Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword))
            .Select(type => type.Keyword.SpanStart)
            .Distinct()
            .OrderBy(start => start)
            .Select(start => new TextChange(new(start, 0), "partial "));
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes));
    }
}
