using Microsoft.CodeAnalysis.Text;
using Typed.Generator.Model;
using Typed.Generator.Model.Json;

namespace Typed.Generator.Emission;

/// <summary>The assembly's module: what it declares, the modules it references, and its registration when the assembly is used first.</summary>
internal static class ModuleEmitter
{
    /// <summary>A declared series as an entry of the module's list.</summary>
    public static ModuleEntry Entry(SeriesModel series)
    {
        var names = new SeriesNames(series);
        return new($"global::Typed.Generated.Declarations.Series<{names.Point}, {names.Key}, {names.Value}>()", series.Type.Suppressions);
    }

    /// <summary>A declared stream as an entry of the module's list.</summary>
    public static ModuleEntry Entry(StreamModel stream) => new($"global::Typed.Generated.Declarations.Stream<{stream.Type.FullName}>()", stream.Type.Suppressions);

    public static SourceText Emit(ModuleModel module, EquatableArray<ModuleEntry> declarations)
    {
        const string Base = "global::Typed.DeclarationModule";
        var writer = new SourceWriter();
        Shell.Head(writer, declarations.SelectMany(entry => entry.Suppressions).Distinct(StringComparer.Ordinal).OrderBy(id => id, StringComparer.Ordinal));
        writer.Line($"[assembly: global::Typed.TypedModuleAttribute(typeof(global::{module.Namespace}.{module.Name}))]").Line();
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
        List(writer, module.References.Select(reference => $"{reference}.Instance"));
        writer.Line($"""

            /// <inheritdoc/>
            public override global::System.Collections.Generic.IReadOnlyList<global::Typed.Generated.Declaration> Declarations =>
            """);
        List(writer, declarations.Select(entry => entry.Expression));
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
