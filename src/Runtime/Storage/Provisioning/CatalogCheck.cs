using Microsoft.EntityFrameworkCore;
using Typed.Schema;
using Typed.Schema.Shapes;
using Typed.Storage.Model;

namespace Typed.Storage.Provisioning;

/// <summary>Checks the declarations of a store against its catalog, and notes in the context what is new.</summary>
internal static class CatalogCheck
{
    /// <exception cref="SchemaMismatchException">A declaration does not fit the stored data.</exception>
    public static async ValueTask RunAsync(TypedDbContext context, HashSet<string> existing, CancellationToken cancellationToken)
    {
        context.ChangeTracker.Clear();
        var catalog = await context.Set<CatalogEntry>().ToDictionaryAsync(e => e.Name, StringComparer.Ordinal, cancellationToken).ConfigureAwait(false);
        List<string> problems = [];
        HashSet<string> waysOut = [];
        foreach (var table in Tables(context))
        {
            if (!catalog.TryGetValue(table.Name, out var entry))
            {
                context.Add(new CatalogEntry { Name = table.Name, Layout = table.CatalogText });
            }
            else if (existing.Contains(table.Name) && table.Changes(entry.Layout) is { Count: > 0 } changes)
            {
                Report(table, changes);
            }
            else
            {
                // The catalog's entry is out of date where the table had been dropped, and may say less where an earlier version made the table.
                entry.Layout = table.CatalogText;
            }
        }

        foreach (var table in FormerTables(context))
        {
            if (existing.Contains(table.Name) && catalog.TryGetValue(table.Name, out var entry) && table.Changes(entry.Layout) is { Count: > 0 } changes)
            {
                Report(table, changes);
            }
        }

        if (problems.Count > 0)
        {
            throw new SchemaMismatchException($"Declarations do not fit the stored data. {string.Join(" ", problems)} {string.Join(" ", waysOut)}");
        }

        void Report(DeclaredTable table, IReadOnlyList<SchemaDifference> changes)
        {
            problems.Add($"{table.Owner} (table {table.Name}): {string.Join("; ", changes.Select(change => change.Text))}.");
            waysOut.UnionWith(changes.Select(change => $"{char.ToUpperInvariant(change.WayOut[0])}{change.WayOut[1..]}."));
        }
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

    /// <summary>
    /// The tables that each series would have under the other kind of series type: changing a series to or from Series leaves its data in tables that nothing
    /// reads.
    /// </summary>
    private static IEnumerable<DeclaredTable> FormerTables(TypedDbContext context)
    {
        foreach (var series in context.Declarations.Series)
        {
            string[] tables = series.Type == SeriesType.Series
                ? [.. series.Intervals.Select(interval => Names.Table(series.Name, interval.Name))]
                : [Names.Points(series.Name)];
            foreach (var table in tables.Where(table => context.Model.FindEntityType(table) is null))
            {
                yield return DeclaredTable.Of(table, series.PointType.FullName!, series, []);
            }
        }
    }

    private static IEnumerable<DeclaredTable> Tables(TypedDbContext context)
    {
        foreach (var series in context.Declarations.Series)
        {
            foreach (var (table, intervals) in SeriesTableNames.List(series))
            {
                yield return DeclaredTable.Of(
                    TableOf(context, table), $"{series.PointType.FullName}, interval '{intervals[0].Name}'", series, intervals);
            }
        }

        foreach (var stream in context.Declarations.Streams)
        {
            yield return DeclaredTable.Of(TableOf(context, stream.Table), $"{stream.BodyType.FullName}, stream '{stream.Name}'", stream);
        }
    }

    /// <summary>The table's name after a naming convention of the options.</summary>
    public static string TableOf(TypedDbContext context, string entity) => context.Model.FindEntityType(entity)!.GetTableName()!;
}
