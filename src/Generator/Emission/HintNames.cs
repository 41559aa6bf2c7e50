using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Schema;

namespace Typed.Generator.Emission;

/// <summary>Names of emitted files. They are compared without regard to case, and one clash would delete all of a generator's output.</summary>
internal static class HintNames
{
    /// <summary>The names that differ from another one by case only.</summary>
    public static IncrementalValueProvider<EquatableArray<string>> Clashes(IncrementalValuesProvider<string> names) =>
        names.Collect().Select(static (all, _) => all
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Distinct(StringComparer.Ordinal).Count() > 1)
            .SelectMany(group => group)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToEquatableArray());

    public static string For(string metadataName, EquatableArray<string> clashes)
    {
        var name = metadataName.Replace('`', '_');
        return clashes.Contains(metadataName, StringComparer.Ordinal) ? $"{name}.{Names.StableHash(metadataName)}.g.cs" : $"{name}.g.cs";
    }
}
