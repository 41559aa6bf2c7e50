using System.Globalization;
using Typed.Time;

namespace Typed.Schema;

/// <summary>
/// Lines of the catalog that bind nothing and may change at any time: they tell those who read a database without its declarations what is in it.
/// </summary>
internal static class CatalogNotes
{
    /// <summary>The version of the catalog's text; absent: 1. What reads a catalog without declarations stops at one that it does not know.</summary>
    public const string Format = "format";

    /// <summary>The intervals of a table as they are declared, with a semicolon between two.</summary>
    public const string Intervals = "intervals";

    /// <summary>The seconds after which events are removed.</summary>
    public const string Retain = "retain";

    /// <summary>What stands between two intervals.</summary>
    public const string Separator = "; ";

    /// <summary>Whether two texts of the catalog differ in notes alone.</summary>
    public static bool AreEqualBut(string one, string other) => WithoutNotes(one).SequenceEqual(WithoutNotes(other), StringComparer.Ordinal);

    /// <summary>A layout with the intervals, whose <c>keep</c> it does not have.</summary>
    public static string Add(string layout, IReadOnlyList<Interval> intervals) =>
        $"{layout}\n{Intervals}: {string.Join(Separator, intervals.Select(interval => interval.Spec))}";

    /// <summary>A layout with the time after which events are removed.</summary>
    public static string Add(string layout, StreamDefinition stream) => stream.Retain is { } retain
        ? string.Create(CultureInfo.InvariantCulture, $"{layout}\n{Retain}: {(long)retain.TotalSeconds}")
        : layout;

    private static IEnumerable<string> WithoutNotes(string layout) => layout.Split('\n').Where(line =>
        !line.StartsWith(Intervals + ": ", StringComparison.Ordinal) && !line.StartsWith(Retain + ": ", StringComparison.Ordinal));
}
