using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Schema;

namespace Typed.Generator.Emission;

/// <summary>Names of emitted files. They are compared without regard to case, and one clash would delete all of a generator's output.</summary>
internal static class HintNames
{
    /// <summary>The file of the assembly's module. No type can have a hyphen in its name.</summary>
    public const string Module = "Assembly-TypedModule.g.cs";

    /// <summary>
    /// The metadata names that come twice, or differ by case only. Twice is wrong code, yet code passes through it while it is typed:
    /// a copy of a class that is just becoming a struct.
    /// </summary>
    public static IncrementalValueProvider<EquatableArray<string>> Clashes(IncrementalValuesProvider<DeclaredType> types) =>
        types.Collect().Select(static (all, _) => all
            .Select(type => type.MetadataName)
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .SelectMany(group => group)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToEquatableArray());

    public static string For(DeclaredType type, EquatableArray<string> clashes)
    {
        var name = type.MetadataName;
        return clashes.Contains(name, StringComparer.Ordinal) ? $"{name}.{Names.StableHash(Identity(type))}.g.cs" : $"{name}.g.cs";
    }

    private static string Identity(DeclaredType type) => string.Join("/", [type.Namespace, .. type.Containers, type.Header]);
}
