using Microsoft.CodeAnalysis.Text;
using Typed.Generator.Model;

namespace Typed.Generator.Emission;

/// <summary>The assembly's module: what it declares, the modules it references, and its registration when the assembly is used first.</summary>
internal static class ModuleEmitter
{
    /// <summary>A declared series as an entry of the module's list.</summary>
    public static string Declaration(SeriesModel series)
    {
        var names = new SeriesNames(series);
        return $"global::Typed.Generated.Declarations.Series<{names.Point}, {names.Key}, {names.Value}>()";
    }

    public static SourceText Emit(ModuleModel module, EquatableArray<string> declarations)
    {
        const string Base = "global::Typed.DeclarationModule";
        var writer = new SourceWriter();
        writer.Line(Shell.Header).Line();
        writer.Line($"[assembly: global::Typed.TypedModuleAttribute(typeof(global::{module.Namespace}.TypedModule))]").Line();
        writer.Open($"namespace {module.Namespace}");
        writer.Line("/// <summary>The declared types of this assembly.</summary>");
        writer.Open($"public sealed class TypedModule : {Base}");
        writer.Line($$"""
            private TypedModule()
            {
            }

            /// <summary>The module.</summary>
            public static TypedModule Instance { get; } = new();

            /// <inheritdoc/>
            public override global::System.Collections.Generic.IReadOnlyList<{{Base}}> References =>
            """);
        List(writer, module.References.Select(reference => $"{reference}.Instance"));
        writer.Line($"""

            /// <inheritdoc/>
            public override global::System.Collections.Generic.IReadOnlyList<global::Typed.Schema.Declaration> Declarations =>
            """);
        List(writer, declarations);
        writer.Line($$"""

            [global::System.Runtime.CompilerServices.ModuleInitializer]
            internal static void Initialize() => Register(Instance);
            """);
        return writer.Close().Close().ToSourceText();
    }

    private static void List(SourceWriter writer, IEnumerable<string> items)
    {
        writer.Line("[");
        foreach (var item in items)
        {
            writer.Line($"    {item},");
        }

        writer.Line("];");
    }
}
