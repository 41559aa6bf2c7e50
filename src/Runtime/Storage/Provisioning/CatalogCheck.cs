using Typed.Schema;
using Typed.Schema.Shapes;

namespace Typed.Storage.Provisioning;

/// <summary>
/// Checks declarations against what a database has: those of a store against its catalog, those of an application's model against its tables.
/// </summary>
internal static class CatalogCheck
{
    /// <summary>Checks the declarations of a store, and says what is new.</summary>
    /// <param name="declarations">The declarations.</param>
    /// <param name="nameOf">The name of an entity's table; null where the store has no such table.</param>
    /// <param name="existing">The tables that the database has.</param>
    /// <param name="catalog">The layouts of its catalog, by table.</param>
    /// <exception cref="SchemaMismatchException">A declaration does not fit the stored data.</exception>
    public static CatalogChanges Run(
        DeclarationSet declarations, Func<string, string?> nameOf, IReadOnlySet<string> existing, IReadOnlyDictionary<string, string> catalog)
    {
        var findings = new Findings();
        var changes = new CatalogChanges();
        foreach (var table in declarations.All.SelectMany(EntitiesOf).Select(table => Named(nameOf, table)))
        {
            if (!catalog.TryGetValue(table.Name, out var layout))
            {
                changes.Add(table.Name, table.CatalogText);
            }
            else if (!existing.Contains(table.Name))
            {
                // The table had been dropped: the entry is of another.
                changes.Change(table.Name, layout, table.CatalogText);
            }
            else if (table.Changes(layout) is { Count: > 0 } differences)
            {
                findings.Report(table, differences);
            }
            else
            {
                // The entry may say less where an earlier version made the table, and more where other programs have other classes for it.
                changes.Change(table.Name, layout, CatalogNotes.Keep(layout, table.CatalogText));
            }
        }

        foreach (var table in FormerTables(nameOf, declarations.All))
        {
            if (existing.Contains(table.Name) && catalog.TryGetValue(table.Name, out var layout) && table.Changes(layout) is { Count: > 0 } differences)
            {
                findings.Report(table, differences);
            }
        }

        findings.ThrowIfAny();
        return changes;
    }

    /// <summary>The entities of the tables that a declared type has, and that it would have under the other kind of series type.</summary>
    public static IReadOnlyList<string> Tables(Func<string, string?> nameOf, Declaration declared) =>
        [.. EntitiesOf(declared).Concat(FormerTables(nameOf, [declared])).Select(table => table.Name)];

    /// <summary>Checks a declared type of an application's model against what its database has.</summary>
    /// <param name="nameOf">The name of an entity's table; null where the model has no such table.</param>
    /// <param name="declared">The type.</param>
    /// <param name="stored">The layouts of tables by their entities; empty where nobody knows.</param>
    /// <exception cref="SchemaMismatchException">The declaration does not fit the stored data.</exception>
    public static void Compare(Func<string, string?> nameOf, Declaration declared, IReadOnlyDictionary<string, string> stored)
    {
        var findings = new Findings();
        foreach (var table in EntitiesOf(declared).Concat(FormerTables(nameOf, [declared])))
        {
            if (stored.TryGetValue(table.Name, out var was) && was.Length > 0 && table.Changes(was) is { Count: > 0 } changes)
            {
                findings.Report(Named(nameOf, table), changes);
            }
        }

        findings.ThrowIfAny();
    }

    private static DeclaredTable Named(Func<string, string?> nameOf, DeclaredTable entity) => entity with { Name = nameOf(entity.Name) ?? entity.Name };

    /// <summary>
    /// The tables that each series would have under the other kind of series type: changing a series to or from Series leaves its data in tables that nothing
    /// reads.
    /// </summary>
    private static IEnumerable<DeclaredTable> FormerTables(Func<string, string?> nameOf, IEnumerable<Declaration> declared)
    {
        foreach (var series in declared.OfType<SeriesDeclaration>().Select(one => one.Definition))
        {
            string[] tables = series.Type == SeriesType.Series
                ? [.. series.Intervals.Select(interval => Names.Table(series.Name, interval.Name))]
                : [Names.Points(series.Name)];
            foreach (var table in tables.Where(table => nameOf(table) is null))
            {
                yield return DeclaredTable.Of(table, series.PointType.FullName!, series, []);
            }
        }
    }

    private static IEnumerable<DeclaredTable> EntitiesOf(Declaration declared) => declared switch
    {
        SeriesDeclaration { Definition: var series } => SeriesTableNames.List(series).Select(table => DeclaredTable.Of(
            table.Table, $"{series.PointType.FullName}, interval '{table.Intervals[0].Name}'", series, table.Intervals)),
        StreamDeclaration { Definition: var stream } => [DeclaredTable.Of(stream.Table, $"{stream.BodyType.FullName}, stream '{stream.Name}'", stream)],
        _ => throw new ArgumentOutOfRangeException(nameof(declared), declared, message: null),
    };

    private sealed class Findings
    {
        private readonly List<string> _problems = [];
        private readonly HashSet<string> _waysOut = [];

        public void Report(DeclaredTable table, IReadOnlyList<SchemaDifference> changes)
        {
            _problems.Add($"{table.Owner} (table {table.Name}): {string.Join("; ", changes.Select(change => change.Text))}.");
            _waysOut.UnionWith(changes.Select(change => $"{char.ToUpperInvariant(change.WayOut[0])}{change.WayOut[1..]}."));
        }

        /// <exception cref="SchemaMismatchException">Something was reported.</exception>
        public void ThrowIfAny()
        {
            if (_problems.Count > 0)
            {
                throw new SchemaMismatchException($"Declarations do not fit the stored data. {string.Join(" ", _problems)} {string.Join(" ", _waysOut)}");
            }
        }
    }
}
