using Microsoft.CodeAnalysis;

namespace Typed.Generator.Parsing;

/// <summary>The runtime's API and what was emitted to go with it, as code that uses them sees them.</summary>
internal static class RuntimeApi
{
    /// <summary>Whether the method is the runtime's, or one of an emitted handle or bucket.</summary>
    public static bool Has(IMethodSymbol method)
    {
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (IsRuntime(type) || type.AllInterfaces.Any(IsRuntime))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The declared type behind a handle; null: the type is no handle.</summary>
    public static INamedTypeSymbol? SeriesOf(ITypeSymbol? handle)
    {
        for (var type = handle; type is not null; type = type.BaseType)
        {
            if (type is INamedTypeSymbol { Name: "SeriesHandle", TypeArguments.Length: 3 } named && IsRuntime(named))
            {
                return named.TypeArguments[0] as INamedTypeSymbol;
            }
        }

        return null;
    }

    /// <summary>Whether the type comes from the runtime's assembly.</summary>
    public static bool IsRuntime(ITypeSymbol type) => type is { ContainingAssembly.Name: "Typed", ContainingNamespace: { } space }
        && (space.Name == "Typed" ? space : space.ContainingNamespace) is { Name: "Typed", ContainingNamespace.IsGlobalNamespace: true };

    /// <summary>The names of the intervals of a handle.</summary>
    public static IEnumerable<string> Intervals(ITypeSymbol? handle)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var type = handle; type is not null; type = type.BaseType)
        {
            foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
            {
                if (property.Type.Name.EndsWith("Interval", StringComparison.Ordinal) && IsRuntime(property.Type) && seen.Add(property.Name))
                {
                    yield return property.Name;
                }
            }
        }
    }
}
