using Microsoft.CodeAnalysis;
using Typed.Generator.Emission;
using Typed.Generator.Model;
using Typed.Generator.Model.Json;
using Typed.Generator.Parsing;

namespace Typed.Generator;

/// <summary>From all declared types of an assembly to its module.</summary>
internal static class ModulePipeline
{
    public const string ReferencesStep = "ModuleReferences";
    public const string OutputStep = "ModuleOutput";

    public static void Register(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<SeriesModel> series, IncrementalValuesProvider<StreamModel> streams)
    {
        // The scan runs with every edit; its result is compared, so nothing behind it does.
        var references = context.CompilationProvider.Select(ModuleParser.Parse).WithTrackingName(ReferencesStep);
        var declared = series.Select(static (model, _) => ModuleEmitter.Entry(model)).Collect()
            .Combine(streams.Select(static (model, _) => ModuleEmitter.Entry(model)).Collect())
            .Select(static (entries, _) => entries.Left.AddRange(entries.Right).OrderBy(e => e.Expression, StringComparer.Ordinal).ToEquatableArray());
        var module = declared.Combine(references).WithTrackingName(OutputStep);
        context.RegisterSourceOutput(module, static (output, item) =>
        {
            if (item.Left.Count > 0 || item.Right.References.Count > 0)
            {
                output.AddSource(HintNames.Module, ModuleEmitter.Emit(item.Right, item.Left));
            }
        });
    }
}
