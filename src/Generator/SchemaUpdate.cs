using Microsoft.CodeAnalysis;
using Typed.Generator.Emission;
using Typed.Generator.Model.Series;
using Typed.Generator.Model.Streams;
using Typed.Generator.Parsing;
using Typed.Generator.Shapes.Series;
using Typed.Generator.Shapes.Streams;
using Typed.Schema.Shapes;

namespace Typed.Generator;

/// <summary>
/// In a build with <c>-p:TypedSchema=update</c>: emits what is declared, as the text of the schema file, for the targets to write. A class that has its members
/// from the file keeps its entry.
/// </summary>
internal static class SchemaUpdate
{
    public static void Register(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<SeriesModel> series, IncrementalValuesProvider<StreamModel> streams,
        IncrementalValuesProvider<StreamShape> entries)
    {
        // One item where it is asked for, and none otherwise, so that nothing behind it runs.
        var asked = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => SchemaFiles.IsToBeWritten(options));
        var once = asked.SelectMany(static (isAsked, _) => isAsked ? [true] : Array.Empty<bool>());
        var declaredSeries = series.Combine(asked).Where(static one => one.Right).Select(static (one, _) => SeriesShapes.Of(one.Left)).Collect();
        var declaredStreams = streams.Combine(asked).Where(static one => one.Right).Select(static (one, _) => StreamShapes.Of(one.Left)).Collect();
        context.RegisterSourceOutput(
            once.Combine(declaredSeries).Combine(declaredStreams).Combine(entries.Collect()), static (output, item) =>
            {
                var (((_, allSeries), allStreams), kept) = item;
                output.AddSource(HintNames.Schema, SchemaTextEmitter.Emit(new SchemaFile(allStreams.Concat(kept), allSeries)));
            });
    }
}
