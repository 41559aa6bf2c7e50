using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Typed.Generator.Emission;
using Typed.Generator.Model;
using Typed.Generator.Parsing;

namespace Typed.Generator;

/// <summary>From a declared time series to its emitted file.</summary>
internal static class SeriesPipeline
{
    public const string ModelStep = "SeriesModel";
    public const string OutputStep = "SeriesOutput";

    public static IncrementalValuesProvider<SeriesModel> Register(IncrementalGeneratorInitializationContext context)
    {
        var series = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownNames.TimeSeries, static (node, _) => node is TypeDeclarationSyntax, Parse)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(ModelStep);

        var outputs = series.Combine(HintNames.Clashes(series.Select(static (model, _) => model.Type))).WithTrackingName(OutputStep);
        context.RegisterSourceOutput(outputs, static (output, item) =>
            output.AddSource(HintNames.For(item.Left.Type, item.Right), SeriesEmitter.Emit(item.Left)));
        return series;
    }

    private static SeriesModel? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var type = (INamedTypeSymbol)context.TargetSymbol;

        // On two parts of one type an analyzer complains; only the first may emit. Both may be in one file, where each is given both.
        var first = type.Attribute(KnownNames.TimeSeries);
        var isFirst = first?.ApplicationSyntaxReference is { } place && place.SyntaxTree == context.TargetNode.SyntaxTree && context.TargetNode.Span.Contains(place.Span);
        return isFirst ? SeriesParser.Parse(type, first!, ProblemSink.Silent) : null;
    }
}
