using Microsoft.CodeAnalysis;
using Typed.Generator.Model;

namespace Typed.Generator.Parsing;

/// <summary>Finds the modules of referenced assemblies, and where this assembly's module goes.</summary>
internal static class ModuleParser
{
    public static ModuleModel Parse(Compilation compilation, CancellationToken cancellationToken)
    {
        List<string> references = [];
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (assembly.Attribute(KnownNames.TypedModule) is { ConstructorArguments.Length: 1 } attribute
                && attribute.ConstructorArguments[0].Value is INamedTypeSymbol module
                && References.IsGlobal(compilation, assembly))
            {
                references.Add(module.FullName());
            }
        }

        references.Sort(StringComparer.Ordinal);
        var (ns, name) = ModulePlace.Of(compilation);
        return new(ns, name, HidesLibrary(compilation) ? [] : references.ToEquatableArray());
    }

    /// <summary>A type Typed of the project's own stands before the namespace: no declaration can be there, and a module could name nothing.</summary>
    private static bool HidesLibrary(Compilation compilation) => compilation.GlobalNamespace.GetTypeMembers("Typed", 0).Any();
}
