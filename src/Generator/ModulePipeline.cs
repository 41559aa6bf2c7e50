using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Typed.Generator.Emission;
using Typed.Generator.Model;
using Typed.Generator.Parsing;

namespace Typed.Generator;

/// <summary>
/// From all declared types of an assembly to its module. An assembly that declares none has a module where it references one, so that its own references
/// are listed; for engines alone it has none, since there is nothing that they could store.
/// </summary>
internal static class ModulePipeline
{
    public const string ReferencesStep = "ModuleReferences";
    public const string OutputStep = "ModuleOutput";

    public static void Register(
        IncrementalGeneratorInitializationContext context, Surfaces surfaces, IncrementalValuesProvider<ModuleEntry> series,
        IncrementalValuesProvider<ModuleEntry> streams, IncrementalValuesProvider<ModuleEntry> schemaStreams)
    {
        // Asked with every edit; the scan runs where the surface changed, and its result is compared, so nothing behind it does.
        var scanned = new ConditionalWeakTable<Surface, ModuleModel>();
        var references = context.CompilationProvider.Select((compilation, cancellation) =>
            scanned.GetValue(surfaces.Of(compilation), _ => ModuleParser.Parse(compilation, cancellation))).WithTrackingName(ReferencesStep);
        var declared = series.Collect().Combine(streams.Collect()).Combine(schemaStreams.Collect()).Select(static (entries, _) =>
            entries.Left.Left.AddRange(entries.Left.Right).AddRange(entries.Right).OrderBy(e => e.Expression, StringComparer.Ordinal).ToEquatableArray());
        context.RegisterSourceOutput(declared.Combine(references).WithTrackingName(OutputStep), static (output, item) =>
        {
            if (item.Left.Count > 0 || item.Right.References.Count > 0 || item.Right is { MayBeAsked: true, Engines.Count: > 0 })
            {
                output.AddSource(HintNames.Module, ModuleEmitter.Emit(item.Right, item.Left));
            }
        });
    }
}
