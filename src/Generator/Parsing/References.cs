using Microsoft.CodeAnalysis;

namespace Typed.Generator.Parsing;

/// <summary>How a project refers to other assemblies.</summary>
internal static class References
{
    /// <summary>Whether emitted code can name the assembly's types. Where a reference has an alias and no other, <c>global::</c> does not lead there.</summary>
    public static bool IsGlobal(Compilation compilation, IAssemblySymbol assembly) =>
        compilation.GetMetadataReference(assembly)?.Properties.Aliases is not { IsDefaultOrEmpty: false } aliases || aliases.Contains(MetadataReferenceProperties.GlobalAlias, StringComparer.Ordinal);

    /// <summary>The same of the assembly that declares a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="source">The project's assembly.</param>
    public static bool IsGlobal(ITypeSymbol type, IAssemblySymbol source) =>
        type.SpecialType != SpecialType.None
        || type.ContainingAssembly is null
        || SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, source)
        || source is not ISourceAssemblySymbol { Compilation: { } compilation }
        || IsGlobal(compilation, type.ContainingAssembly);
}
