namespace Typed.Schema.Shapes;

/// <summary>How the data of one table is laid out, as lines of <c>word: value</c> that the catalog keeps.</summary>
internal static class Layout
{
    /// <summary>How every layout begins.</summary>
    public const string Beginning = "type: ";

    /// <summary>Stands between the lines of a layout in the comment of a table.</summary>
    public const string Separator = "; ";

    /// <summary>The type of a table that holds a stream.</summary>
    public const string StreamType = "EventStream";

    /// <summary>
    /// Everything that stored data depends on; not <c>keep</c>, which may change at any time. The intervals of a Series are views on its points, so they may
    /// change too.
    /// </summary>
    public static string Describe(SeriesShape series) => string.Join(
        '\n', DescribeUnnamed(series), $"series: {series.Name}", string.Join('\n', series.Intervals.Select(interval => $"name: {interval.Name}"))).TrimEnd();

    /// <summary>The same without the names, which a table has itself.</summary>
    public static string DescribeUnnamed(SeriesShape series) => string.Join(
        '\n',
        [
            $"type: {series.Type}", $"keys: {string.Join(", ", series.Keys)}", $"value: {series.Value}",
            .. series.Intervals.Select(interval => $"interval: {interval.Layout}"),
        ]);

    /// <summary>
    /// Everything that the table of a stream depends on. Bodies are JSON: classes may grow. Under another naming no member would be found again.
    /// </summary>
    public static string Describe(StreamShape stream) =>
        string.Join('\n', $"type: {StreamType}", $"stream: {stream.Name}", $"body: {stream.Body}", $"follow: {stream.Follow}", $"naming: {stream.Naming}");

    /// <summary>The stream that a layout describes; null: it is no stream's. Catalogs of earlier versions do not say its naming.</summary>
    public static StreamShape? ReadStream(string layout)
    {
        var lines = Lines(layout);
        return lines.GetValueOrDefault("type") != StreamType ? null
            : new StreamShape(lines.GetValueOrDefault("stream", ""), lines.GetValueOrDefault("naming"), Schema: null)
            {
                Body = lines.GetValueOrDefault("body"),
                Follow = lines.GetValueOrDefault("follow"),
            };
    }

    /// <summary>
    /// The part of a series that one table holds: the series with that interval; null: the layout is no series'. Catalogs of earlier versions say no names,
    /// and what a table is called decides.
    /// </summary>
    public static SeriesShape? ReadSeries(string table, string layout)
    {
        var lines = Lines(layout);
        if (!lines.TryGetValue("type", out var type) || type == StreamType)
        {
            return null;
        }

        var cut = table.LastIndexOf('_');
        var (series, interval) = cut > 0 ? (table[..cut], table[(cut + 1)..]) : (table, table);
        return new SeriesShape(
            lines.GetValueOrDefault("series", series), type, lines.GetValueOrDefault("value", ""),
            lines.GetValueOrDefault("keys", "") is { Length: > 0 } keys ? keys.Split(", ") : [],
            lines.TryGetValue("interval", out var grid) ? [new(lines.GetValueOrDefault("name", interval), grid)] : []);
    }

    private static Dictionary<string, string> Lines(string layout) => layout.Split('\n')
        .Select(line => line.Split(": ", 2))
        .GroupBy(parts => parts[0], StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First() is [_, var value] ? value : "", StringComparer.Ordinal);
}
