using Microsoft.CodeAnalysis.Text;
using Typed.Generator.Model;

namespace Typed.Generator.Emission;

/// <summary>Emits the assembly's module: what it declares, the modules that it references, and its registration when the assembly is used first.</summary>
internal static class ModuleEmitter
{
    private const string Base = "global::Typed.DeclarationModule";

    public static SourceText Emit(ModuleModel module, EquatableArray<ModuleEntry> declarations)
    {
        var writer = new SourceWriter();
        var suppressions = declarations.SelectMany(entry => entry.Suppressions).Distinct(StringComparer.Ordinal);
        PartialTypeWriter.WriteHead(writer, suppressions.OrderBy(id => id, StringComparer.Ordinal));
        var onRequest = module.IsOnRequest ? ", IsOnRequest = true" : "";
        writer.Line($"[assembly: global::Typed.TypedModuleAttribute(typeof(global::{module.Namespace}.{module.Name}){onRequest})]").Line();
        writer.Open($"namespace {module.Namespace}");
        writer.Line("/// <summary>The declared types of this assembly.</summary>");
        writer.Open($"public sealed class {module.Name} : {Base}");
        writer.Line($$"""
            private {{module.Name}}()
            {
            }

            /// <summary>The module.</summary>
            public static {{module.Name}} Instance { get; } = new();

            /// <inheritdoc/>
            public override global::System.Collections.Generic.IReadOnlyList<{{Base}}> References =>
            """);
        WriteList(writer, module.References.Select(reference => $"{reference}.Instance"));
        writer.Line($"""

            /// <inheritdoc/>
            public override global::System.Collections.Generic.IReadOnlyList<global::Typed.Generated.Declaration> Declarations =>
            """);
        WriteList(writer, declarations.Select(entry => entry.Expression));
        if (module.IsOnRequest)
        {
            writer.Line().Line("/// <inheritdoc/>").Line("public override bool IsOnRequest => true;");
        }
        else
        {
            WriteInitializer(writer.Line().Line("[global::System.Runtime.CompilerServices.ModuleInitializer]"), module.Engines);
        }

        return writer.Close().Close().ToSourceText();
    }

    /// <summary>Registers engines before the module, since its types may be asked for as soon as it is registered.</summary>
    private static void WriteInitializer(SourceWriter writer, EquatableArray<string> engines)
    {
        if (engines.Count == 0)
        {
            writer.Line("internal static void Initialize() => Register(Instance);");
            return;
        }

        writer.Open("internal static void Initialize()");
        foreach (var engine in engines)
        {
            writer.Line($"global::Typed.Generated.EngineRegistry.Register<{engine}>();");
        }

        writer.Line("Register(Instance);").Close();
    }

    private static void WriteList(SourceWriter writer, IEnumerable<string> items)
    {
        writer.Line("[");
        foreach (var item in items)
        {
            writer.Line($"    {item},");
        }

        writer.Line("];");
    }
}
