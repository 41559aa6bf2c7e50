using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Typed.Generator.Emission;
using Typed.Generator.Emission.Json;
using Typed.Generator.Model;
using Typed.Generator.Model.Json;
using Typed.Generator.Parsing;
using Typed.Generator.Parsing.Json;

namespace Typed.Generator;

/// <summary>Event streams: attribute → model → one file per class.</summary>
internal static class StreamPipeline
{
    public const string ModelStep = "Typed.Streams.Model";

    public const string ClashStep = "Typed.Streams.Clashes";

    public const string OutputStep = "Typed.Streams.Output";

    public static IncrementalValuesProvider<StreamModel> Register(IncrementalGeneratorInitializationContext context)
    {
        var models = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownNames.EventStream, static (node, _) => node is TypeDeclarationSyntax, Parse)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(ModelStep);

        var clashes = HintNames.Clashes(models.Select(static (model, _) => model.Type)).WithTrackingName(ClashStep);
        var outputs = models.Combine(clashes).WithTrackingName(OutputStep);
        context.RegisterSourceOutput(outputs, static (output, item) =>
            output.AddSource(HintNames.For(item.Left.Type, item.Right, HintNames.Stream), StreamEmitter.Emit(item.Left)));
        return models;
    }

    // A second partial declaration with the attribute is an error of its own; only the first one counts.
    private static StreamModel? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var first = type.Attribute(KnownNames.EventStream);
        return first?.ApplicationSyntaxReference is { } place && place.SyntaxTree == context.TargetNode.SyntaxTree && context.TargetNode.Span.Contains(place.Span)
            ? StreamParser.Parse(context.SemanticModel.Compilation, new DeclaredSymbol(type, first, ProblemSink.Silent))
            : null;
    }
}
