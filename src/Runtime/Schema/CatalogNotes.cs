using System.Globalization;
using Typed.Schema.Json;
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

    /// <summary>The places in events where names of enums stand, as <see cref="EnumPlaces"/> writes them.</summary>
    public const string Enums = "enums";

    /// <summary>What stands between two intervals.</summary>
    public const string Separator = "; ";

    private const string Colon = ": ";

    /// <summary>Whether two texts of the catalog differ in notes alone.</summary>
    public static bool AreEqualBut(string one, string other) =>
        string.Equals(WithoutLines(one, Intervals, Retain, Enums), WithoutLines(other, Intervals, Retain, Enums), StringComparison.Ordinal);

    /// <summary>A layout with the intervals, whose <c>keep</c> it does not have.</summary>
    public static string Add(string layout, IReadOnlyList<Interval> intervals) =>
        $"{layout}\n{Intervals}: {string.Join(Separator, intervals.Select(interval => interval.Spec))}";

    /// <summary>A layout with the time after which events are removed, and with the places of enums.</summary>
    public static string Add(string layout, StreamDefinition stream)
    {
        if (stream.Retain is { } retain)
        {
            layout = string.Create(CultureInfo.InvariantCulture, $"{layout}\n{Retain}: {(long)retain.TotalSeconds}");
        }

        return WithEnums(layout, stream.Enums);
    }

    /// <summary>A layout with what only other programs know, of the one that is recorded: where their enums are.</summary>
    public static string Keep(string recorded, string layout)
    {
        var (known, declared) = (Find(recorded, Enums), Find(layout, Enums));
        return known is null ? layout : WithEnums(WithoutLines(layout, Enums), EnumPlaces.Merge(known, declared));
    }

    private static string WithEnums(string layout, string? enums) => enums is null ? layout : $"{layout}\n{Enums}: {enums}";

    private static string? Find(string layout, string note) =>
        Array.Find(layout.Split('\n'), line => Is(line, note))?[(note.Length + Colon.Length)..];

    private static string WithoutLines(string layout, params string[] notes) =>
        string.Join('\n', layout.Split('\n').Where(line => !Array.Exists(notes, note => Is(line, note))));

    private static bool Is(string line, string note) => line.StartsWith(note + Colon, StringComparison.Ordinal);
}
