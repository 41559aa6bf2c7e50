using Microsoft.CodeAnalysis;
using Typed.Generator.Analysis;

namespace Typed.Generator.Parsing;

/// <summary>Names that emission adds to a declared type, to its key, its row and its handle. What users declare may not use them again.</summary>
internal static class EmittedNames
{
    public const string In = "In";
    public const string Key = "Key";
    public const string Row = "Row";

    private static readonly string[] s_types = ["Handle", "ContextHandle", Row];

    /// <summary>Whether an emitted type of that name stands inside a declared one.</summary>
    public static bool IsType(string name, bool keyed) => Array.IndexOf(s_types, name) >= 0 || (keyed && name is Key);

    /// <summary>Checks the type's own name and members, and those that it inherits.</summary>
    public static bool Check(DeclaredSymbol declared, bool keyed)
    {
        var type = declared.Type;
        string[] names = keyed ? [In, .. s_types, Key] : [In, .. s_types];
        var clashes = names.SelectMany(name => type.GetMembers(name)).Where(Clashes).Concat(Indexers(type, names)).ToArray();
        foreach (var clash in clashes)
        {
            Report(declared, clash.Locations.FirstOrDefault(), clash.MetadataName, "choose another");
        }

        if (names.Contains(type.Name, StringComparer.Ordinal))
        {
            Report(declared, declared.Place, type.Name, "choose another");
            return false;
        }

        return HiddenMembers.Check(declared, names) && clashes.Length == 0;
    }

    /// <summary>Tells that something cannot have the name, because the generator gives it to a member.</summary>
    public static void Report(DeclaredSymbol declared, Location? location, string name, string remedy) =>
        declared.Report(SeriesRules.EmittedName, location, name, declared.Type.Name, remedy);

    /// <summary>Whether an emitted member stands where a member of that name, own or inherited, is.</summary>
    public static bool Clashes(ISymbol member) => !IsEmitted(member) && member switch
    {
        INamedTypeSymbol nested => nested.Arity == 0 || member.Name == In,
        IMethodSymbol { Name: In } method => !method.IsGenericMethod && method.Parameters.Length == 1 && method.Parameters[0].Type.Name is "TypedStore" or "DbContext",
        _ => true,
    };

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

    /// <summary>Indexers have the name that [IndexerName] gives them.</summary>
    private static IEnumerable<ISymbol> Indexers(INamedTypeSymbol type, string[] names) =>
        type.GetMembers("this[]").Where(indexer => names.Contains(indexer.MetadataName, StringComparer.Ordinal));
}
