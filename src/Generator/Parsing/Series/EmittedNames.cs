using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Generator.Model.Series;
using Typed.Generator.Rules;

namespace Typed.Generator.Parsing.Series;

/// <summary>Names that emission adds to a declared series, to its key, its row and its handle. What users declare may not use them again.</summary>
internal static class EmittedNames
{
    private const string In = "In";
    private const string Handle = "Handle";
    private const string ContextHandle = "ContextHandle";

    /// <summary>The names that a declared type has to leave free. Of the others, those that it needs itself get an underscore.</summary>
    public static readonly string[] Fixed = [In, Handle, ContextHandle];

    /// <summary>Names that nothing else has. Where one of the fixed names is taken, which is an error, its member is there all the same.</summary>
    public static SeriesMemberNames Choose(INamedTypeSymbol type) =>
        new(Free(type, In), Free(type, Handle), Free(type, ContextHandle), Free(type, "Key"), Free(type, "Row"));

    /// <summary>Whether a type of that name is emitted inside a declared one.</summary>
    public static bool IsType(string name, SeriesMemberNames names, bool keyed) =>
        name == names.Handle || name == names.ContextHandle || name == names.Row || (keyed && name == names.Key);

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
        new HashSet<string>(ObjectMembers(type), StringComparer.Ordinal) { "CompareTo", "op_Equality", "op_Inequality", "op_Implicit" };

    /// <summary>Names that no column of a row may have.</summary>
    public static ISet<string> TakenInRow(INamedTypeSymbol type) => new HashSet<string>(ObjectMembers(type), StringComparer.Ordinal);

    /// <summary>Names that no interval may become: the members of the handle's base classes, as the runtime at hand has them.</summary>
    public static ISet<string> TakenInHandle(DeclaredSymbol declared, SeriesMemberNames chosen, bool keyed)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { chosen.Handle, chosen.ContextHandle };
        var runtime = declared.Attribute.AttributeClass?.ContainingAssembly;
        for (var level = runtime?.GetTypeByMetadataName(keyed ? "Typed.KeyedSeries`3" : "Typed.UnkeyedSeries`2"); level is not null; level = level.BaseType)
        {
            names.UnionWith(InheritableMembers(level));
        }

        return names;
    }

    /// <summary>The indexers that [IndexerName] gives the name.</summary>
    public static IEnumerable<ISymbol> Indexers(INamedTypeSymbol type, string name) =>
        type.GetMembers("this[]").Where(indexer => indexer.MetadataName == name);

    private static string Free(INamedTypeSymbol type, string name) =>
        CSharp.Free(name, taken => IsTaken(type, taken, Fixed.Contains(name, StringComparer.Ordinal)));

    /// <summary>Whether the type has the name, a member of it, or one that it inherits and that cannot be hidden, or is better not hidden.</summary>
    private static bool IsTaken(INamedTypeSymbol type, string name, bool hides)
    {
        var isTaken = type.Name == name || type.GetMembers(name).Concat(Indexers(type, name)).Any(Clashes);
        for (var level = type.BaseType; !isTaken && level is { SpecialType: not SpecialType.System_Object }; level = level.BaseType)
        {
            // Types of these names in a declared base class were emitted there.
            isTaken = level.GetMembers(name).Any(member => Clashes(member) && (member.IsAbstract || !hides)
                && Readability.IsVisible(member, type.ContainingAssembly) && !(member is INamedTypeSymbol && level.Has(KnownNames.TimeSeries)));
        }

        return isTaken;
    }

    private static IEnumerable<string> ObjectMembers(INamedTypeSymbol type) =>
        InheritableMembers(((ISourceAssemblySymbol)type.ContainingAssembly).Compilation.GetSpecialType(SpecialType.System_Object));

    private static IEnumerable<string> InheritableMembers(INamedTypeSymbol level) => level.GetMembers()
        .Where(member => member is not IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor }
            && member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal)
        .Select(member => member.Name);
}
