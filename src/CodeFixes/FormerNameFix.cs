using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Typed.Generator.Rules;

namespace Typed.CodeFixes;

/// <summary>Says of a member what it was called before.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class FormerNameFix : MemberTextFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SchemaRules.Removed.Id];

    private protected override string TitleOf(IReadOnlyList<TextChange> changes) => $"Add {changes[0].NewText!.Trim()}";

    private protected override IEnumerable<TextChange> Changes(SyntaxNode? root, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(SchemaRules.FormerName, out var name) || name is null || MemberSyntax.Find(root, diagnostic) is not { } member)
        {
            yield break;
        }

        var attribute = $"[FormerName({SymbolDisplay.FormatLiteral(name, quote: true)})]";
        var start = member.GetFirstToken().SpanStart;
        if (member is ParameterSyntax)
        {
            yield return new TextChange(new(start, 0), attribute + " ");
            yield break;
        }

        // On a line of its own where the member is the first on its line.
        var line = member.SyntaxTree.GetText().Lines.GetLineFromPosition(start);
        var indent = line.ToString().Substring(0, start - line.Start);
        yield return new TextChange(new(start, 0), attribute + (indent.Trim().Length == 0 ? "\n" + indent : " "));
    }
}
