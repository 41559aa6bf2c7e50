using Microsoft.CodeAnalysis;

namespace Typed.Generator;

/// <summary>The pipeline as a table of contents: Parsing, Model, Emission.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class TypedGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var series = SeriesPipeline.Register(context);
        var streams = StreamPipeline.Register(context);
        ModulePipeline.Register(context, series, streams);
    }
}
