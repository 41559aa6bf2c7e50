using Microsoft.CodeAnalysis;
using Typed.Generator.Analysis;

namespace Typed.Generator.Parsing;

/// <summary>Names that emission adds to a declared type, to its key, its row and its handle. What users declare may not use them again.</summary>
internal static class EmittedNames
{
    public const string Key = "Key";
    public const string Row = "Row";

    private static readonly string[] s_names = ["In", "Handle", "ContextHandle", Row];

    /// <summary>Checks the type's own name and members. Inherited members are hidden, which breaks nobody.</summary>
    public static bool Check(DeclaredSymbol declared, bool keyed)
    {
        var type = declared.Type;
        string[] names = keyed ? [.. s_names, Key] : s_names;
        var clashes = names.SelectMany(name => type.GetMembers(name)).Where(Clashes).ToArray();
        foreach (var clash in clashes)
        {
            declared.Report(SeriesRules.EmittedName, clash.Locations.FirstOrDefault(), clash.Name, type.Name);
        }

        if (names.Contains(type.Name, StringComparer.Ordinal))
        {
            declared.Report(SeriesRules.EmittedName, declared.Place, type.Name, type.Name);
            return false;
        }

        return clashes.Length == 0;
    }

    /// <summary>Whether the generator added it, all of it: analyzers see it beside what is the user's.</summary>
    public static bool IsEmitted(ISymbol symbol) =>
        !symbol.DeclaringSyntaxReferences.IsEmpty && symbol.DeclaringSyntaxReferences.All(part => part.SyntaxTree.FilePath.Contains(typeof(TypedGenerator).FullName!));

    /// <summary>Names that no member of a key may have.</summary>
    public static ISet<string> OfKey(INamedTypeSymbol type) => new HashSet<string>(OfObject(type), StringComparer.Ordinal) { Key, Row, "CompareTo", "op_Equality", "op_Inequality", "op_Implicit" };

    /// <summary>Names that no column of a row may have.</summary>
    public static ISet<string> OfRow(INamedTypeSymbol type) => new HashSet<string>(OfObject(type), StringComparer.Ordinal) { Row };

    /// <summary>The members of the handle's base classes, as the runtime at hand has them.</summary>
    public static ISet<string> OfHandle(DeclaredSymbol declared, bool keyed)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { "Handle", "ContextHandle" };
        var runtime = declared.Attribute.AttributeClass?.ContainingAssembly;
        for (var level = runtime?.GetTypeByMetadataName(keyed ? "Typed.KeyedSeries`3" : "Typed.UnkeyedSeries`2"); level is not null; level = level.BaseType)
        {
            names.UnionWith(Inherited(level));
        }

        return names;
    }

    private static IEnumerable<string> OfObject(INamedTypeSymbol type)
    {
        var root = type;
        while (root.BaseType is { } parent)
        {
            root = parent;
        }

        return Inherited(root);
    }

    private static IEnumerable<string> Inherited(INamedTypeSymbol level) => level.GetMembers()
        .Where(member => member is not IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor }
            && member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal)
        .Select(member => member.Name);

    private static bool Clashes(ISymbol member) => !IsEmitted(member) && member switch
    {
        INamedTypeSymbol nested => nested.Arity == 0 || member.Name == "In",
        IMethodSymbol { Name: "In" } method => !method.IsGenericMethod && method.Parameters.Length == 1 && method.Parameters[0].Type.Name is "TypedStore" or "DbContext",
        _ => true,
    };
}
