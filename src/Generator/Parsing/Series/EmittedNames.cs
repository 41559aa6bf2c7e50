using Microsoft.CodeAnalysis;
using Typed.Generator.Rules;

namespace Typed.Generator.Parsing.Series;

/// <summary>Names that emission adds to a declared series, to its key, its row and its handle. What users declare may not use them again.</summary>
internal static class EmittedNames
{
    public const string In = "In";
    public const string Key = "Key";
    public const string Row = "Row";
    private const string Handle = "Handle";
    private const string ContextHandle = "ContextHandle";

    /// <summary>The names of all members that are added to the declared type.</summary>
    public static string[] Members(bool keyed) => keyed ? [In, Handle, ContextHandle, Row, Key] : [In, Handle, ContextHandle, Row];

    /// <summary>Whether a type of that name is emitted inside a declared one.</summary>
    public static bool IsType(string name, bool keyed) => name is Handle or ContextHandle or Row || (keyed && name is Key);

    /// <summary>Whether the symbol, own or inherited, stands where an emitted member of its name goes.</summary>
    public static bool Clashes(ISymbol member) => !member.IsEmitted() && member switch
    {
        INamedTypeSymbol nested => nested.Arity == 0 || member.Name == In,
        IMethodSymbol { Name: In } method =>
            !method.IsGenericMethod && method.Parameters.Length == 1 && method.Parameters[0].Type.Name is "TypedStore" or "DbContext",
        _ => true,
    };

    /// <summary>Reports that something cannot have the name, because the generator gives it to a member.</summary>
    public static void Report(DeclaredSymbol declared, Location? location, string name, string remedy) =>
        declared.Report(SeriesRules.EmittedName, location, name, declared.Type.Name, remedy);

    /// <summary>Names that no member of a key may have.</summary>
    public static ISet<string> TakenInKey(INamedTypeSymbol type) =>
        new HashSet<string>(ObjectMembers(type), StringComparer.Ordinal) { Key, Row, "CompareTo", "op_Equality", "op_Inequality", "op_Implicit" };

    /// <summary>Names that no column of a row may have.</summary>
    public static ISet<string> TakenInRow(INamedTypeSymbol type) => new HashSet<string>(ObjectMembers(type), StringComparer.Ordinal) { Row };

    /// <summary>Names that no interval may become: the members of the handle's base classes, as the runtime at hand has them.</summary>
    public static ISet<string> TakenInHandle(DeclaredSymbol declared, bool keyed)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { Handle, ContextHandle };
        var runtime = declared.Attribute.AttributeClass?.ContainingAssembly;
        for (var level = runtime?.GetTypeByMetadataName(keyed ? "Typed.KeyedSeries`3" : "Typed.UnkeyedSeries`2"); level is not null; level = level.BaseType)
        {
            names.UnionWith(InheritableMembers(level));
        }

        return names;
    }

    private static IEnumerable<string> ObjectMembers(INamedTypeSymbol type) =>
        InheritableMembers(((ISourceAssemblySymbol)type.ContainingAssembly).Compilation.GetSpecialType(SpecialType.System_Object));

    private static IEnumerable<string> InheritableMembers(INamedTypeSymbol level) => level.GetMembers()
        .Where(member => member is not IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor }
            && member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal)
        .Select(member => member.Name);
}
