using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Typed.Generator.Model.Series;

namespace Typed.Generator.Parsing.Series;

/// <summary>Where in an attribute the parts of a series are said.</summary>
internal static class SeriesPlaces
{
    public static Location? Type(DeclaredSymbol declared) => AttributeArguments.Location(declared.Attribute, "Type");

    /// <summary>The attribute on the value member; of a Count without one, the declaration.</summary>
    public static Location? Value(DeclaredSymbol declared) => Marked(declared, KnownNames.SeriesValue).FirstOrDefault() ?? Attribute(declared.Attribute);

    /// <summary>The attribute on the first key that is another than it was; where one is missing, the declaration.</summary>
    public static Location? Keys(DeclaredSymbol declared, IReadOnlyList<string> stored, IReadOnlyList<string> now)
    {
        var first = Enumerable.Range(0, now.Count).FirstOrDefault(i => i >= stored.Count || !string.Equals(stored[i], now[i], StringComparison.Ordinal));
        return now.Count == 0 || stored.Take(now.Count).SequenceEqual(now, StringComparer.Ordinal) ? Attribute(declared.Attribute)
            : Marked(declared, KnownNames.SeriesKey).ElementAtOrDefault(first) ?? Attribute(declared.Attribute);
    }

    /// <summary>The text of the interval of that name; of none, the declaration.</summary>
    public static Location? Interval(DeclaredSymbol declared, SeriesModel series, string name)
    {
        var elements = AttributeArguments.Elements(declared.Attribute, "Intervals");
        var at = series.Intervals.Select(interval => interval.Spec.Name).ToList().IndexOf(name);
        return at >= 0 && elements.Count == series.Intervals.Count ? elements[at].GetLocation()
            : at >= 0 ? AttributeArguments.Location(declared.Attribute, "Intervals")
            : Attribute(declared.Attribute);
    }

    private static IEnumerable<Location?> Marked(DeclaredSymbol declared, string attribute) =>
        MarkedMembers.Find(declared, attribute).Select(member => declared.IsOwn(member.Symbol) && member.Symbol.Attribute(attribute) is { } own
            ? Attribute(own) : declared.PlaceOf(member.Symbol));

    private static Location? Attribute(AttributeData attribute) => (attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax)?.GetLocation();
}
