using Microsoft.CodeAnalysis;

namespace Typed.Generator.Parsing;

/// <summary>The members of a declared type that carry an attribute: properties, fields, and record parameters.</summary>
internal static class SeriesMembers
{
    /// <summary>Members in order of declaration, those of base types first.</summary>
    public static IEnumerable<(ISymbol Member, ITypeSymbol Type, AttributeData Attribute)> With(INamedTypeSymbol type, string attributeName)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var level in Levels(type))
        {
            foreach (var found in OfLevel(level, attributeName))
            {
                if (seen.Add(found.Member.Name))
                {
                    yield return found;
                }
            }
        }
    }

    public static AttributeData? Find(ISymbol symbol, string attributeName)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (Is(attribute, attributeName))
            {
                return attribute;
            }
        }

        return null;
    }

    public static bool Is(AttributeData attribute, string name) =>
        attribute.AttributeClass is { } type && name.EndsWith(type.Name, StringComparison.Ordinal) && type.ToDisplayString() == name;

    private static IEnumerable<(ISymbol Member, ITypeSymbol Type, AttributeData Attribute)> OfLevel(INamedTypeSymbol level, string attributeName)
    {
        foreach (var constructor in level.InstanceConstructors)
        {
            foreach (var parameter in constructor.Parameters)
            {
                // [SeriesKey] in a positional record applies to the parameter; the property of that name holds the value.
                if (Find(parameter, attributeName) is { } onParameter && level.GetMembers(parameter.Name).OfType<IPropertySymbol>().FirstOrDefault() is { } property)
                {
                    yield return (property, property.Type, onParameter);
                }
            }
        }

        foreach (var member in level.GetMembers())
        {
            ITypeSymbol? type = member switch
            {
                IPropertySymbol { IsIndexer: false, GetMethod: not null, IsStatic: false } property => property.Type,
                IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false } field => field.Type,
                _ => null,
            };
            if (type is not null && Find(member, attributeName) is { } attribute)
            {
                yield return (member, type, attribute);
            }
        }
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
