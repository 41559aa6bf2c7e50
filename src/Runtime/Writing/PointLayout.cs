using Typed.Schema.Shapes;

namespace Typed.Writing;

/// <summary>
/// How the points of a series are laid out in a spool: what the catalog says of its table, and whether it has namespaces. Intervals may change at any time:
/// a spool holds points and no buckets.
/// </summary>
internal static class PointLayout
{
    /// <summary>The place of the first column of the key: after time, weight and value.</summary>
    public const int FirstKey = 3;

    private const string Namespaced = "namespaced: ";

    private static readonly string[] s_integers = [nameof(Int16), nameof(Int32), nameof(Int64)];

    public static string Describe(SeriesDefinition series) => Describe(Shape(series), series.IsNamespaced);

    /// <summary>Why points of an earlier layout cannot be read; null: they can.</summary>
    public static string? Compare(string layout, SeriesDefinition series)
    {
        if (string.Equals(layout, Describe(series), StringComparison.Ordinal))
        {
            return null;
        }

        var declared = Shape(series);
        var isNamespaced = layout.EndsWith($"{Namespaced}{true}", StringComparison.Ordinal);
        if (Layout.ReadSeries(series.Name, layout) is not { } stored || isNamespaced != series.IsNamespaced
            || !string.Equals(stored.Type, declared.Type, StringComparison.Ordinal)
            || stored.Keys.Count != declared.Keys.Count
            || !stored.Keys.Append(stored.Value).Zip(declared.Keys.Append(declared.Value)).All(pair => Reads(pair.First, pair.Second)))
        {
            return $"the points were written as ({Words(layout)}), and {series.PointType.FullName} is ({Words(Describe(series))})";
        }

        return null;
    }

    private static string Describe(SeriesShape shape, bool isNamespaced) => $"{Layout.Describe(shape)}\n{Namespaced}{isNamespaced}";

    // Points do not depend on intervals.
    private static SeriesShape Shape(SeriesDefinition series) => DeclaredShapes.Of(series, []);

    private static string Words(string layout) => layout.Replace("\n", Layout.Separator, StringComparison.Ordinal);

    /// <summary>Whether a column that was written by one member is read by another: the same, or a number of a wider type.</summary>
    private static bool Reads(string stored, string declared)
    {
        var (from, to) = (stored.Split(' ', 2), declared.Split(' ', 2));
        return string.Equals(stored, declared, StringComparison.Ordinal)
            || (from.Length == 2 && to.Length == 2 && string.Equals(from[0], to[0], StringComparison.Ordinal) && IsWider(from[1], to[1]));
    }

    private static bool IsWider(string from, string to)
    {
        var (narrow, wide) = (Array.IndexOf(s_integers, from), Array.IndexOf(s_integers, to));
        return (narrow >= 0 && narrow < wide)
            || (narrow >= 0 && to is nameof(Double) or nameof(Decimal))
            || (from == nameof(Single) && to == nameof(Double));
    }
}
