using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using Typed.Generator.Rules;

namespace Typed.CodeFixes;

/// <summary>Gives an interval another name where its own is taken. Data under the old name, if there is any, stays in its table.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class RenameIntervalFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [SeriesRules.DuplicateInterval.Id, SeriesRules.IntervalName.Id, SeriesRules.IntervalTable.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(static async (context, document, diagnostics) =>
    {
        var text = await document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        return document.WithText(
            text.WithChanges(diagnostics.Select(diagnostic => Change(text, diagnostic)).OfType<TextChange>().OrderBy(change => change.Span)));
    });

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var text = await context.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (Change(text, diagnostic) is { } change)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Rename to '{change.NewText}'", _ => Task.FromResult(context.Document.WithText(text.WithChanges(change))), nameof(RenameIntervalFix)),
                    diagnostic);
            }
        }
    }

    /// <summary>The change; null where the name is not written out there, but comes from a constant or with escapes.</summary>
    private static TextChange? Change(SourceText text, Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(SeriesRules.NewName, out var name) && name is not null
        && diagnostic.Properties.TryGetValue(SeriesRules.OldName, out var old) && text.ToString(diagnostic.Location.SourceSpan) == old
            ? new(diagnostic.Location.SourceSpan, name)
            : null;
}
