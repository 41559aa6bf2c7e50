using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Typed.Generator.Rules;

namespace Typed.CodeFixes;

/// <summary>Makes a member nullable, and no longer required, so that events with null or without it can be read.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class MakeNullableFix : MemberTextFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SchemaRules.NullRefused.Id, SchemaRules.Required.Id];

    private protected override string TitleOf(IReadOnlyList<TextChange> changes) => "Make nullable";

    private protected override IEnumerable<TextChange> Changes(SyntaxNode? root, Diagnostic diagnostic)
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
