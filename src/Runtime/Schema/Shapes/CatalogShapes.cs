namespace Typed.Schema.Shapes;

/// <summary>What a database holds, from its catalog: a line for each table. The schemas of streams are in their events.</summary>
internal static class CatalogShapes
{
    public static SchemaFile Read(IEnumerable<(string Table, string Layout)> catalog)
    {
        var lines = catalog.ToArray();
        var tables = lines.Select(line => Layout.ReadSeries(line.Table, line.Layout)).OfType<SeriesShape>();
        return new SchemaFile(
            lines.Select(line => Layout.ReadStream(line.Layout)).OfType<StreamShape>(),
            tables.GroupBy(series => series.Name, StringComparer.Ordinal).Select(Join));
    }

    // Tables that were left behind by another type of series are another declaration's.
    private static SeriesShape Join(IGrouping<string, SeriesShape> tables)
    {
        var parts = tables.OrderBy(part => part.Type, StringComparer.Ordinal).ToArray();
        return parts[0] with
        {
            Intervals = [.. parts.Where(part => string.Equals(part.Type, parts[0].Type, StringComparison.Ordinal)).SelectMany(part => part.Intervals)],
        };
    }
}
