using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Schema;

namespace Typed.Generator.Emission;

/// <summary>Names of emitted files. They are compared without regard to case, and one clash would delete all of a generator's output.</summary>
internal static class HintNames
{
    /// <summary>The file of the assembly's module. No type can have a hyphen in its name.</summary>
    public const string Module = "Assembly-TypedModule.g.cs";

    /// <summary>The file that holds what the assembly declares, as the schema file.</summary>
    public const string Schema = "Assembly-TypedSchema.g.cs";

    /// <summary>Follows the type's name in a stream's hint name. The hyphen tells it from the file of a type <c>Stream</c> inside the type.</summary>
    public const string Stream = "-Stream";

    /// <summary>The same of a stream whose members come from the schema file.</summary>
    public const string SchemaStream = "-SchemaStream";

    /// <summary>The file with these members.</summary>
    public const string SchemaMembers = Model.Streams.SchemaMembers.File;

    /// <summary>
    /// The names that come twice, or differ by case only. Twice is wrong code, yet code passes through it while it is typed:
    /// a copy of a class that is just becoming a struct.
    /// </summary>
    public static IncrementalValueProvider<EquatableArray<string>> Clashes(IncrementalValuesProvider<DeclaredType> types) =>
        types.Collect().Select(static (all, _) => all
            .Select(Name)
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .SelectMany(group => group)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToEquatableArray());

    /// <summary>The file of a type.</summary>
    /// <param name="type">The declared type.</param>
    /// <param name="clashes">The names that are not enough.</param>
    /// <param name="feature">What the file holds, where a type has more than one.</param>
    public static string For(DeclaredType type, EquatableArray<string> clashes, string feature = "")
    {
        var name = Name(type) + feature;
        return clashes.Contains(Name(type), StringComparer.Ordinal) ? $"{name}.{Names.StableHash(Identity(type))}.g.cs" : $"{name}.g.cs";
    }

    private static string Name(DeclaredType type) => type.MetadataName.Replace('+', '.').Replace('`', '-');

    private static string Identity(DeclaredType type) => string.Join("/", [type.Namespace, .. type.Headers]);
}
