using Microsoft.CodeAnalysis;

namespace Typed.Generator.Parsing;

/// <summary>A member that carries an attribute of the library, and its type.</summary>
internal sealed record MarkedMember(ISymbol Symbol, ITypeSymbol Type);

/// <summary>The members of a declared type that carry an attribute: properties, fields, and record parameters.</summary>
internal static class MarkedMembers
{
    /// <summary>Members in order of declaration, those of base types first.</summary>
    /// <param name="declared">The declared type.</param>
    /// <param name="attributeName">The attribute's metadata name.</param>
    /// <param name="obstructed">Hears of inherited members that the declared type cannot read, and why. Of its own members an analyzer speaks.</param>
    public static IEnumerable<MarkedMember> Find(DeclaredSymbol declared, string attributeName, Action<ISymbol, string>? obstructed = null)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var level in Levels(declared.Type))
        {
            foreach (var member in MembersOf(level, attributeName))
            {
                if (Readability.Obstacle(member) is null && seen.Add(member.Name))
                {
                    if (Readability.ObstacleTo(declared.Type, member) is { } obstacle)
                    {
                        obstructed?.Invoke(member, obstacle);
                    }
                    else
                    {
                        yield return new(member, member.MemberType());
                    }
                }
            }
        }
    }

    /// <summary>Members with any attribute of a time series.</summary>
    public static IEnumerable<MarkedMember> FindAll(DeclaredSymbol declared) =>
        KnownNames.MemberAttributes.SelectMany(name => Find(declared, name));

    /// <summary>The property that holds the value of a constructor's parameter, as in a positional record.</summary>
    public static IPropertySymbol? PropertyOf(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: { } type }
            ? type.GetMembers(parameter.Name).OfType<IPropertySymbol>().FirstOrDefault()
            : null;

    /// <summary>The type's own members that emitted code could read, and parameters that stand for them. Of others IgnoredAttributeAnalyzer speaks.</summary>
    public static IEnumerable<ISymbol> Readable(INamedTypeSymbol type) =>
        type.GetMembers().Where(member => member is IPropertySymbol or IFieldSymbol && Readability.Obstacle(member) is null)
            .Concat(type.InstanceConstructors.SelectMany(constructor => constructor.Parameters).Where(parameter => PropertyOf(parameter) is not null));

    private static IEnumerable<ISymbol> MembersOf(INamedTypeSymbol level, string attributeName)
    {
        // [SeriesKey] in a positional record applies to the parameter; the property of that name holds the value.
        var onParameters = level.InstanceConstructors
            .SelectMany(constructor => constructor.Parameters)
            .Where(parameter => parameter.Has(attributeName))
            .Select(PropertyOf)
            .OfType<ISymbol>();
        var onMembers = level.GetMembers().Where(member => member is IPropertySymbol or IFieldSymbol && member.Has(attributeName));
        var files = level.DeclaringSyntaxReferences.Select(part => part.SyntaxTree).Distinct().ToList();
        return onParameters.Concat(onMembers)
            .OrderBy(member => member.Locations.FirstOrDefault()?.SourceTree is { } tree ? files.IndexOf(tree) : -1)
            .ThenBy(member => member.Locations.FirstOrDefault()?.SourceSpan.Start ?? 0);
    }

    private static Stack<INamedTypeSymbol> Levels(INamedTypeSymbol type)
    {
        var levels = new Stack<INamedTypeSymbol>();
        for (var level = type; level is not null && level.SpecialType != SpecialType.System_Object; level = level.BaseType)
        {
            levels.Push(level);
        }

        return levels;
    }
}
