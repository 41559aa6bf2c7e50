using Microsoft.CodeAnalysis;
using Typed.Generator.Analysis;

namespace Typed.Generator.Parsing;

/// <summary>Inherited members of the emitted names. They are hidden: whoever uses them on a declared type finds the emitted ones instead.</summary>
internal static class HiddenMembers
{
    /// <summary>Tells of hidden members. An abstract one may not be hidden at all: false, as nothing can be emitted.</summary>
    public static bool Check(DeclaredSymbol declared, string[] names)
    {
        var fine = true;
        foreach (var hidden in names.Select(name => Find(declared.Type, name)).OfType<ISymbol>())
        {
            if (hidden.IsAbstract)
            {
                EmittedNames.Report(declared, declared.Place, hidden.Name, $"it would hide '{hidden.ToDisplayString()}', which is abstract; rename that");
                fine = false;
            }
            else if (!SeriesMembers.WithAny(declared).Any(marked => SymbolEqualityComparer.Default.Equals(marked.Symbol, hidden)))
            {
                declared.Report(SeriesRules.HiddenName, declared.Place, hidden.ToDisplayString(), declared.Type.Name, $"rename it, or use it through '{hidden.ContainingType.ToDisplayString()}'");
            }
        }

        return fine;
    }

    /// <summary>The nearest inherited member that an emitted one hides. What a declared base class has of these names was emitted there.</summary>
    private static ISymbol? Find(INamedTypeSymbol type, string name)
    {
        for (var level = type.BaseType; level is { SpecialType: not SpecialType.System_Object }; level = level.BaseType)
        {
            if (level.GetMembers(name).FirstOrDefault(member => EmittedNames.Clashes(member) && Readability.IsVisible(member, type.ContainingAssembly)) is { } found && !level.Has(KnownNames.TimeSeries))
            {
                return found;
            }
        }

        return null;
    }
}
