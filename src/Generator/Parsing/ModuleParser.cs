using Microsoft.CodeAnalysis;
using Typed.Generator.Model;

namespace Typed.Generator.Parsing;

/// <summary>Finds the modules and engines of referenced assemblies, and where this assembly's module goes.</summary>
internal static class ModuleParser
{
    public static ModuleModel Parse(Compilation compilation, CancellationToken cancellationToken)
    {
        List<string> modules = [];
        List<string> engines = [];
        var mayBeAsked = false;
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var attribute in assembly.GetAttributes())
            {
                var found = attribute.Is(KnownNames.TypedModule) ? modules : attribute.Is(KnownNames.TypedEngine) ? engines : null;
                if (found is null || !References.IsGlobal(compilation, assembly) || attribute.ConstructorArguments[0].Value is not INamedTypeSymbol type)
                {
                    continue;
                }

                if (attribute.NamedArguments.Any(static argument => argument is { Key: "IsOnRequest", Value.Value: true }))
                {
                    mayBeAsked = true;
                }
                else
                {
                    found.Add(type.FullName());
                }
            }
        }

        modules.Sort(StringComparer.Ordinal);
        engines.Sort(StringComparer.Ordinal);
        var (ns, name) = ModulePlace.Find(compilation);
        var isOnRequest = compilation.Assembly.GetAttributes().Any(static attribute => attribute.Is(KnownNames.TypedModuleOnRequest));
        return HidesLibrary(compilation)
            ? new(ns, name, [], [])
            : new(ns, name, modules.ToEquatableArray(), engines.ToEquatableArray()) { IsOnRequest = isOnRequest, MayBeAsked = mayBeAsked };
    }

    /// <summary>Whether the project has a type Typed of its own, which hides the namespace: no declaration can be there, nor a module.</summary>
    private static bool HidesLibrary(Compilation compilation) => compilation.GlobalNamespace.GetTypeMembers("Typed", 0).Any();
}
