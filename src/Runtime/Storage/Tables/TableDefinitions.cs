using Typed.Schema;

namespace Typed.Storage.Tables;

/// <summary>The tables of declared types.</summary>
internal static class TableDefinitions
{
    private const string WayOut =
        "Give one of the types another Name in its attribute, or choose the types: with Only<T>() those of a store, with AddTyped(modules) those of a context.";

    private const string OneFile =
        "Both are one file that two assemblies compile: compile it into one of them and reference that one from the other, or choose one of the types: "
        + "with Include(module) those of a store, with AddTyped(modules) those of a context.";

    /// <summary>The tables of declared types, as something names them.</summary>
    /// <exception cref="InvalidOperationException">Two declared types would share a table.</exception>
    public static IReadOnlyList<TableDefinition> Of(DeclarationSet declarations, Dialect dialect, TableNaming naming)
    {
        ThrowIfShared(declarations);
        return
        [
            .. declarations.Series.SelectMany(
                series => SeriesTables.Of(series, dialect).Select(table => naming.Name(table, series.RowType, series.PointType))),
            .. declarations.Streams.Select(stream => naming.Name(StreamTables.Of(stream, dialect), stream.EntityType, stream.BodyType)),
        ];
    }

    public static TableColumn Column(ColumnDefinition definition) => new(definition, Names.Shorten(Names.SnakeCase(definition.Member)));

    /// <exception cref="InvalidOperationException">Two declared types would share a table.</exception>
    public static void ThrowIfShared(DeclarationSet declarations)
    {
        var tables = Names.Own.ToDictionary(name => name, _ => (Owner: "Typed", Declared: (Type?)null), StringComparer.OrdinalIgnoreCase);
        foreach (var series in declarations.Series)
        {
            foreach (var (table, intervals) in SeriesTableNames.List(series))
            {
                Take(table, $"{declarations.NameOf(series.PointType)}, interval '{intervals[0].Name}'", series.PointType);
            }
        }

        foreach (var stream in declarations.Streams)
        {
            Take(stream.Table, $"{declarations.NameOf(stream.BodyType)} (stream '{stream.Name}')", stream.BodyType);
        }

        void Take(string table, string owner, Type declared)
        {
            if (!tables.TryAdd(table, (owner, declared)))
            {
                var first = tables[table];
                throw new InvalidOperationException(
                    $"{owner} and {first.Owner} would share the table '{table}'. {(DeclarationSet.IsTwin(declared, first.Declared) ? OneFile : WayOut)}");
            }
        }
    }
}
