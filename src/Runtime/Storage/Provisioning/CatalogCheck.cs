using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Typed.Schema;
using Typed.Schema.Shapes;
using Typed.Storage.Model;

namespace Typed.Storage.Provisioning;

/// <summary>
/// Checks declarations against what a database has: those of a store against its catalog, those of an application's model against its tables.
/// </summary>
internal static class CatalogCheck
{
    /// <summary>Checks the declarations of a store, and notes in the context what is new.</summary>
    /// <exception cref="SchemaMismatchException">A declaration does not fit the stored data.</exception>
    public static async ValueTask RunAsync(TypedDbContext context, HashSet<string> existing, CancellationToken cancellationToken)
    {
        context.ChangeTracker.Clear();
        var findings = new Findings();
        var catalog = await context.Set<CatalogEntry>().ToDictionaryAsync(e => e.Name, StringComparer.Ordinal, cancellationToken).ConfigureAwait(false);
        foreach (var table in context.Declarations.All.SelectMany(EntitiesOf).Select(table => Named(context.Model, table)))
        {
            if (!catalog.TryGetValue(table.Name, out var entry))
            {
                context.Add(new CatalogEntry { Name = table.Name, Layout = table.CatalogText });
            }
            else if (existing.Contains(table.Name) && table.Changes(entry.Layout) is { Count: > 0 } changes)
            {
                findings.Report(table, changes);
            }
            else
            {
                // The catalog's entry is out of date where the table had been dropped, and may say less where an earlier version made the table.
                entry.Layout = table.CatalogText;
            }
        }

        foreach (var table in FormerTables(context.Model, context.Declarations.All))
        {
            if (existing.Contains(table.Name) && catalog.TryGetValue(table.Name, out var entry) && table.Changes(entry.Layout) is { Count: > 0 } changes)
            {
                findings.Report(table, changes);
            }
        }

        findings.ThrowIfAny();
    }

    /// <summary>The entities of the tables that a declared type has, and that it would have under the other kind of series type.</summary>
    public static IReadOnlyList<string> Tables(IModel model, Declaration declared) =>
        [.. EntitiesOf(declared).Concat(FormerTables(model, [declared])).Select(table => table.Name)];

    /// <summary>Checks a declared type of an application's model against what its database has.</summary>
    /// <param name="model">The model.</param>
    /// <param name="declared">The type.</param>
    /// <param name="stored">The layouts of tables by their entities; empty where nobody knows.</param>
    /// <exception cref="SchemaMismatchException">The declaration does not fit the stored data.</exception>
    public static void Compare(IModel model, Declaration declared, IReadOnlyDictionary<string, string> stored)
    {
        var findings = new Findings();
        foreach (var table in EntitiesOf(declared).Concat(FormerTables(model, [declared])))
        {
            if (stored.TryGetValue(table.Name, out var was) && was.Length > 0 && table.Changes(was) is { Count: > 0 } changes)
            {
                findings.Report(Named(model, table), changes);
            }
        }

        findings.ThrowIfAny();
    }

    /// <summary>Says that a store for reading can use a catalog as it is: entries that say less than they could do no harm.</summary>
    /// <exception cref="SchemaMismatchException">Tables are not in the catalog.</exception>
    public static bool IsRecorded(TypedDbContext context)
    {
        string[] unknown = [.. context.ChangeTracker.Entries<CatalogEntry>().Where(e => e.State == EntityState.Added).Select(e => e.Entity.Name)];
        return unknown.Length == 0
            ? true
            : throw new SchemaMismatchException(
                $"The store is opened with ReadOnly(), and {SystemModel.Catalog} says nothing about {string.Join(", ", unknown)}, "
                + "so that nobody can tell how its data is laid out. Open a store of these types without ReadOnly() once.");
    }

    /// <summary>Whether what changed are notes: they bind nothing, are no reason to lock anything, and need not be written now.</summary>
    public static bool IsOnlyNoted(TypedDbContext context) => context.ChangeTracker.Entries<CatalogEntry>()
        .Where(e => e.State != EntityState.Unchanged)
        .All(e => e.State == EntityState.Modified
            && CatalogNotes.AreEqualBut(e.OriginalValues.GetValue<string>(nameof(CatalogEntry.Layout)), e.Entity.Layout));

    /// <summary>The table's name after a naming convention of the options.</summary>
    public static string TableOf(IModel model, string entity) => model.FindEntityType(entity)!.GetTableName()!;

    private static DeclaredTable Named(IModel model, DeclaredTable entity) =>
        entity with { Name = model.FindEntityType(entity.Name)?.GetTableName() ?? entity.Name };

    /// <summary>
    /// The tables that each series would have under the other kind of series type: changing a series to or from Series leaves its data in tables that nothing
    /// reads.
    /// </summary>
    private static IEnumerable<DeclaredTable> FormerTables(IModel model, IEnumerable<Declaration> declared)
    {
        foreach (var series in declared.OfType<SeriesDeclaration>().Select(one => one.Definition))
        {
            string[] tables = series.Type == SeriesType.Series
                ? [.. series.Intervals.Select(interval => Names.Table(series.Name, interval.Name))]
                : [Names.Points(series.Name)];
            foreach (var table in tables.Where(table => model.FindEntityType(table) is null))
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
