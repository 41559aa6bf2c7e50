using Microsoft.CodeAnalysis;
using Typed.Generator.Emission;
using Typed.Generator.Emission.Series;
using Typed.Generator.Emission.Streams;
using Typed.Generator.Parsing;
using Typed.Generator.Parsing.Series;
using Typed.Generator.Parsing.Streams;

namespace Typed.Generator;

/// <summary>The pipeline as a table of contents: attributes to models, models to files, and all of them to the assembly's module.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class TypedGenerator : IIncrementalGenerator
{
    internal const string SeriesModels = "SeriesModels";
    internal const string SeriesFiles = "SeriesFiles";
    internal const string StreamModels = "StreamModels";
    internal const string StreamFiles = "StreamFiles";
    internal const string SchemaStreamFiles = "SchemaStreamFiles";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var surfaces = new Surfaces();
        var series = DeclaredTypes.Find(context, surfaces, KnownNames.TimeSeries, static (_, declared) => SeriesParser.Parse(declared), SeriesModels);
        DeclaredTypes.Emit(context, series, static model => model.Type, SeriesEmitter.Emit, feature: "", SeriesFiles);

        var streams = DeclaredTypes.Find(context, surfaces, KnownNames.EventStream, StreamParser.Parse, StreamModels);
        DeclaredTypes.Emit(context, streams, static model => model.Type, StreamEmitter.Emit, HintNames.Stream, StreamFiles);

        var schemaStreams = SchemaClasses.Find(context, surfaces, out var entries);
        DeclaredTypes.Emit(context, schemaStreams, static model => model.Type, StreamEmitter.Emit, HintNames.SchemaStream, SchemaStreamFiles);

        ModulePipeline.Register(
            context, surfaces, series.Select(static (model, _) => SeriesEmitter.Entry(model)), streams.Select(static (model, _) => StreamEmitter.Entry(model)),
            schemaStreams.Select(static (model, _) => StreamEmitter.Entry(model)));
        SchemaUpdate.Register(context, series, streams, entries);
    }
}
