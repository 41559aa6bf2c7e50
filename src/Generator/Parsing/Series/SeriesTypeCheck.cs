using Microsoft.CodeAnalysis;
using Typed.Generator.Rules;

namespace Typed.Generator.Parsing.Series;

/// <summary>Checks that a type can be a series: that it can be declared at all, and that members can be added to it and to what contains it.</summary>
internal static class SeriesTypeCheck
{
    private static readonly TypeRules s_rules = new(SeriesRules.Shape, SeriesRules.Generic, SeriesRules.Inaccessible, SeriesRules.Obsolete);

    /// <summary>Whether a series can be emitted for the type; reports what is in the way.</summary>
    public static bool Check(DeclaredSymbol declared)
    {
        var type = declared.Type;
        var isPartial = type.IsPartial();
        if (!isPartial)
        {
            declared.Report(SeriesRules.NotPartial, declared.Place, type.Name);
        }

        foreach (var container in Nesting.Containers(type).Where(container => !container.IsPartial()))
        {
            declared.Report(SeriesRules.ContainerNotPartial, container.Locations.FirstOrDefault(), container.Name, type.Name);
            isPartial = false;
        }

        return DeclarableType.Check(declared, DeclarableType.FindObstacle(type), s_rules) && isPartial;
    }
}
