using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Typed.Schema;

/// <summary>Refuses a model without a declared type: a migration of it would drop every table.</summary>
internal static class NoDeclarations
{
    /// <summary>The error, which says where types were looked for and how to add some.</summary>
    /// <param name="modules">The modules that were asked.</param>
    /// <param name="include">How a module is named, as code.</param>
    public static InvalidOperationException Error(IEnumerable<DeclarationModule> modules, string include)
    {
        var asked = modules.Select(module => module.GetType().Assembly).ToHashSet();
        var silent = AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !asked.Contains(assembly) && UsesTyped(assembly));
        var text = Describe(asked, "its module lists none").Concat(Describe(silent, "it has no module")).ToArray();
        return new(
            "No declared type is in use, and migrations of an empty model would drop every table. "
            + $"Looked at: {(text.Length > 0 ? string.Join(", ", text) : "no assembly, since none that is loaded uses Typed")}. "
            + "Annotate a partial class with [TimeSeries] or [EventStream], or reference a project that declares some from one where the generator of "
            + $"Typed runs (its package is referenced there), or include the module of the assembly that declares them: {include}.");
    }

    private static IEnumerable<string> Describe(IEnumerable<Assembly> assemblies, string finding) =>
        assemblies.Select(assembly => $"{assembly.GetName().Name} ({finding})").Order(StringComparer.Ordinal);

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A trimmed application gets a shorter list in an error.")]
    private static bool UsesTyped(Assembly assembly)
    {
        var own = typeof(NoDeclarations).Assembly.GetName().Name;
        return !assembly.IsDynamic && assembly.GetCustomAttribute<TypedEngineAttribute>() is null
            && assembly.GetReferencedAssemblies().Any(reference => string.Equals(reference.Name, own, StringComparison.Ordinal));
    }
}
