using Typed.Time;

namespace Typed.Schema;

/// <summary>How the data of one table is laid out, as lines of <c>word: value</c> that the catalog keeps and two versions are compared by.</summary>
internal static class Layout
{
    /// <summary>Catalogs of earlier versions do not have it: what they do not say has not changed.</summary>
    private const string Naming = "naming";

    /// <summary>
    /// Everything that stored data depends on; not <c>keep</c>, which may change at any time. The intervals of a Series are views on its points, so they may
    /// change too.
    /// </summary>
    public static string Describe(SeriesDefinition series, IReadOnlyList<Interval> intervals)
    {
        List<string> lines = [$"type: {series.Type}", $"keys: {string.Join(", ", series.Keys.Select(Column))}", $"value: {Column(series.Value)}"];
        if (series.Type != SeriesType.Series)
        {
            lines.Add($"interval: {intervals[0].Spec.Layout}");
        }

        return string.Join('\n', lines);
    }

    /// <summary>
    /// Everything that the table of a stream depends on. Bodies are JSON: classes may grow. Under another naming no member would be found again.
    /// </summary>
    public static string Describe(StreamDefinition stream) =>
        string.Join('\n', "type: EventStream", $"stream: {stream.Name}", $"body: {stream.Body}", $"follow: {stream.Follow}", $"{Naming}: {stream.Naming}");

    /// <summary>What changed from one layout to another, in words; empty when nothing did.</summary>
    public static IReadOnlyList<string> Changes(string stored, string declared)
    {
        var was = Lines(stored);
        var now = Lines(declared);
        return [.. now.Keys.Union(was.Keys, StringComparer.Ordinal)
            .Where(word => !CatalogNotes.IsNote(word) && (word != Naming || was.ContainsKey(word))
                && !string.Equals(Text(was, word), Text(now, word), StringComparison.Ordinal))
            .Select(word => $"{word} was '{Text(was, word)}' and is now '{Text(now, word)}'")];
    }

    // The .NET type and not the column's kind: a uint is stored as a long is, yet reads what a long wrote as another number.
    private static string Column(ColumnDefinition column) => $"{column.Member} {TypeName(column.ClrType)}";

    private static string TypeName(Type type) =>
        type.IsEnum ? $"enum of {Enum.GetUnderlyingType(type).Name}"
        : type.IsArray ? $"{type.GetElementType()!.Name}[]"
        : type.Name;

    private static Dictionary<string, string> Lines(string layout) => layout.Split('\n')
        .Select(line => line.Split(": ", 2))
        .ToDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1] : "", StringComparer.Ordinal);

    private static string Text(Dictionary<string, string> lines, string word) => lines.GetValueOrDefault(word, "");
}
