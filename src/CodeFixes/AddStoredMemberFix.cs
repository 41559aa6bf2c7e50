using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Microsoft.CodeAnalysis.Text;
using Typed.Generator.Rules;
using Typed.Generator.Shapes.Streams;
using Typed.Schema.Json;

namespace Typed.CodeFixes;

/// <summary>Adds a stored member to the class that lacks it, as a property that may be null, so that code that makes instances stays as it is.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class AddStoredMemberFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [SchemaRules.Undeclared.Id, SchemaRules.Removed.Id];

    // Each member is another one.
    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var compilation = await context.Document.Project.GetCompilationAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (Value(diagnostic, SchemaRules.StoredSchema) is { } schema && Value(diagnostic, SchemaRules.StoredName) is { } name
                && Value(diagnostic, SchemaRules.NamingOfMembers) is { } naming && Value(diagnostic, SchemaRules.Container) is { } container
                && MemberNames.Of(name) is { } member && compilation?.Assembly.GetTypeByMetadataName(container) is { } type
                && type.GetMembers(member).IsEmpty && DeclarationOf(context.Document.Project, type) is var (document, declaration))
            {
                var property = Property(member, name, schema, naming);
                context.RegisterCodeFix(
                    CodeAction.Create($"Add '{member}' to {type.Name}", token => AddAsync(document, declaration, property, token), nameof(AddStoredMemberFix)),
                    diagnostic);
            }
        }
    }

    private static string? Value(Diagnostic diagnostic, string property) => diagnostic.Properties.TryGetValue(property, out var value) ? value : null;

    /// <summary>The part that the user wrote, where members can be added.</summary>
    private static (Document, TypeDeclarationSyntax)? DeclarationOf(Project project, INamedTypeSymbol type)
    {
        foreach (var part in type.DeclaringSyntaxReferences)
        {
            if (project.GetDocument(part.SyntaxTree) is { } document && part.GetSyntax() is TypeDeclarationSyntax declaration)
            {
                return (document, declaration);
            }
        }

        return null;
    }

    // By text, so that nothing else moves; only the names of types are made as short as they can be.
    private static async Task<Document> AddAsync(Document document, TypeDeclarationSyntax declaration, string property, CancellationToken cancellationToken)
    {
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var start = text.Lines.GetLineFromPosition(declaration.SpanStart).ToString();
        var indent = start.Substring(0, start.Length - start.TrimStart().Length);
        var close = declaration.CloseBraceToken;
        var change = close.IsKind(SyntaxKind.None)
            ? new TextChange(declaration.SemicolonToken.Span, $"\n{indent}{{\n{indent}    {property}\n{indent}}}")
            : text.ToString(TextSpan.FromBounds(text.Lines.GetLineFromPosition(close.SpanStart).Start, close.SpanStart)).Trim().Length == 0
                ? new TextChange(new(text.Lines.GetLineFromPosition(close.SpanStart).Start, 0), $"{indent}    {property}\n")
            : new TextChange(new(close.SpanStart, 0), property + " ");
        var changed = document.WithText(text.WithChanges(change));
        var root = await changed.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var added = root!.FindToken(change.Span.Start + change.NewText!.IndexOf(property, StringComparison.Ordinal)).Parent?.AncestorsAndSelf()
            .OfType<PropertyDeclarationSyntax>().FirstOrDefault();
        return added is null ? changed : changed.WithSyntaxRoot(root.ReplaceNode(added, added.WithAdditionalAnnotations(Simplifier.Annotation)));
    }

    private static string Property(string member, string name, string schema, string naming)
    {
        var type = MemberTypes.Of(JsonSchemaParser.Parse(schema), static _ => MemberTypes.Anything);
        var attribute = MemberNames.ToJson(member, naming) == name ? ""
            : $"[global::System.Text.Json.Serialization.JsonPropertyName({SymbolDisplay.FormatLiteral(name, quote: true)})] ";
        return $"{attribute}public {type}? {member} {{ get; init; }}";
    }
}
