using Microsoft.CodeAnalysis;

namespace Typed.Generator.Parsing;

/// <summary>How a project refers to other assemblies.</summary>
internal static class References
{
    /// <summary>Whether emitted code can name the assembly's types. Where a reference has an alias and no other, <c>global::</c> does not lead there.</summary>
    public static bool IsGlobal(Compilation compilation, IAssemblySymbol assembly) =>
        compilation.GetMetadataReference(assembly)?.Properties.Aliases is not { IsDefaultOrEmpty: false } aliases
            || aliases.Contains(MetadataReferenceProperties.GlobalAlias, StringComparer.Ordinal);

    /// <summary>The type, or one that it is made of, that emitted code cannot name because its reference has an alias only; null: there is none.</summary>
    /// <param name="type">The type.</param>
    /// <param name="source">The project's assembly.</param>
    public static INamedTypeSymbol? FindAliased(ITypeSymbol type, IAssemblySymbol source) => type switch
    {
        IArrayTypeSymbol array => FindAliased(array.ElementType, source),
        INamedTypeSymbol named when !IsGlobal(named, source) => named,
        INamedTypeSymbol named => named.AllTypeArguments().Select(argument => FindAliased(argument, source)).FirstOrDefault(found => found is not null),
        _ => null,
    };

    /// <summary>What to do about a type that is known by an alias only, in words.</summary>
    public static string Remedy(INamedTypeSymbol aliased) => $"add global to the aliases of the reference to {aliased.ContainingAssembly.Name}";

    private static bool IsGlobal(INamedTypeSymbol type, IAssemblySymbol source) =>
        type.ContainingAssembly is null
        || SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, source)
        || type.IsFramework() // of which all emitted code speaks
        || source is not ISourceAssemblySymbol { Compilation: { } compilation }
        || IsGlobal(compilation, type.ContainingAssembly);
}
