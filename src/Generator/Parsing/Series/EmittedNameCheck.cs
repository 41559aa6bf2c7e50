using Microsoft.CodeAnalysis;
using Typed.Generator.Rules;

namespace Typed.Generator.Parsing.Series;

/// <summary>
/// Checks that a declared type leaves room for the emitted members: that neither it nor a member of its own has such a name. Inherited members of those names
/// are hidden: whoever uses them on the declared type finds the emitted ones instead, and an abstract one may not be hidden at all.
/// </summary>
internal static class EmittedNameCheck
{
    /// <summary>Reports what is in the way of the members that have these names in every declared type.</summary>
    public static void Check(DeclaredSymbol declared)
    {
        var type = declared.Type;
        var names = EmittedNames.Fixed;
        var clashes = names.SelectMany(name => type.GetMembers(name).Where(EmittedNames.Clashes).Concat(EmittedNames.Indexers(type, name))).ToArray();
        foreach (var clash in clashes)
        {
            EmittedNames.Report(declared, clash.Locations.FirstOrDefault(), clash.MetadataName, "choose another");
        }

        if (names.Contains(type.Name, StringComparer.Ordinal))
        {
            EmittedNames.Report(declared, declared.Place, type.Name, "choose another");
        }
        else
        {
            CheckInherited(declared, names);
        }
    }

    private static void CheckInherited(DeclaredSymbol declared, string[] names)
    {
        foreach (var hidden in names.Select(name => FindHidden(declared.Type, name)).OfType<ISymbol>())
        {
            if (hidden.IsAbstract)
            {
                EmittedNames.Report(declared, declared.Place, hidden.Name, $"it would hide '{hidden.ToDisplayString()}', which is abstract; rename that");
            }
            else if (!MarkedMembers.FindAll(declared).Any(marked => SymbolEqualityComparer.Default.Equals(marked.Symbol, hidden)))
            {
                declared.Report(SeriesRules.HiddenName, declared.Place, hidden.ToDisplayString(), declared.Type.Name,
                    $"rename it, or use it through '{hidden.ContainingType.ToDisplayString()}'");
            }
        }
    }

    /// <summary>The nearest inherited member that an emitted one hides; members of these names in a declared base class were emitted there.</summary>
    private static ISymbol? FindHidden(INamedTypeSymbol type, string name)
    {
        for (var level = type.BaseType; level is { SpecialType: not SpecialType.System_Object }; level = level.BaseType)
        {
            if (level.GetMembers(name).FirstOrDefault(member =>
                EmittedNames.Clashes(member) && Readability.IsVisible(member, type.ContainingAssembly)) is { } found && !level.Has(KnownNames.TimeSeries))
            {
                return found;
            }
        }

        return null;
    }
}
