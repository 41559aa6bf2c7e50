using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using Typed.Generator.Parsing;
using Typed.Generator.Parsing.Series;
using Typed.Generator.Parsing.Streams;
using Typed.Generator.Rules;
using Typed.Generator.Shapes.Series;
using Typed.Generator.Shapes.Streams;
using Typed.Schema.Shapes;

namespace Typed.CodeFixes;

/// <summary>Accepts a declaration into the schema file: the entry of its stream or series becomes what is declared.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class AcceptSchemaFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [
        SchemaRules.Undeclared.Id, SchemaRules.Required.Id, SchemaRules.Removed.Id, SchemaRules.NullRefused.Id, SchemaRules.Narrowed.Id,
        SchemaRules.OtherType.Id, SchemaRules.EnumName.Id, SchemaRules.Naming.Id, SchemaRules.SeriesType.Id, SchemaRules.SeriesValue.Id,
        SchemaRules.SeriesKeys.Id, SchemaRules.Interval.Id, SchemaRules.IntervalGone.Id, SchemaRules.EnumNamesUnknown.Id,
    ];

    // One class at a time: what is accepted was looked at.
    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var project = context.Document.Project;
        var file = project.AdditionalDocuments.FirstOrDefault(document => SchemaFiles.IsOne(document.FilePath ?? document.Name));
        if (file is null || await file.GetTextAsync(context.CancellationToken).ConfigureAwait(false) is not { } text)
        {
            return;
        }

        // Of a file that cannot be read as a whole a part would be lost.
        var reading = SchemaFileReader.Read(text.ToString());
        if (reading.Problems.Count > 0 || await project.GetCompilationAsync(context.CancellationToken).ConfigureAwait(false) is not { } compilation)
        {
            return;
        }

        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(SchemaRules.Type, out var name) && name is not null
                && compilation.Assembly.GetTypeByMetadataName(name) is { } type && Accept(compilation, type, reading.File) is { } accepted)
            {
                var solution = project.Solution.WithAdditionalDocumentText(file.Id, SourceText.From(SchemaFileWriter.Write(accepted), text.Encoding));
                context.RegisterCodeFix(
                    CodeAction.Create($"Accept {type.Name} into {SchemaFile.Name}", _ => Task.FromResult(solution), nameof(AcceptSchemaFix)), diagnostic);
            }
        }
    }

    private static SchemaFile? Accept(Compilation compilation, INamedTypeSymbol type, SchemaFile file)
    {
        if (type.Attribute(KnownNames.EventStream) is { } stream)
        {
            return StreamParser.Parse(compilation, new DeclaredSymbol(type, stream, ProblemSink.Silent)) is { } model
                ? file.With(StreamShapes.Of(model)) : null;
        }

        return type.Attribute(KnownNames.TimeSeries) is { } series && SeriesParser.Parse(new DeclaredSymbol(type, series, ProblemSink.Silent)) is { } declared
            ? file.With(SeriesShapes.Of(declared)) : null;
    }
}
