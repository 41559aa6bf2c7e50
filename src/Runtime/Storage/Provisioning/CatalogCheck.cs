using Microsoft.EntityFrameworkCore;
using Typed.Schema;
using Typed.Storage.Model;

namespace Typed.Storage.Provisioning;

/// <summary>Checks the declarations of a store against its catalog, and notes in the context what is new.</summary>
internal static class CatalogCheck
{
    private const string WayOutOfSeries =
        "Take the change back, rename the interval (it starts empty), rebuild it from a finer one under a new name, "
        + "or drop the table if its data is not needed.";

    private const string WayOutOfStreams =
        "Take the change back, declare a new stream under another Name and copy the events into it, "
        + "or, if they are not needed, drop the table and its line in typed_catalog.";

    /// <exception cref="SchemaMismatchException">A declaration does not fit the stored data.</exception>
    public static async ValueTask RunAsync(TypedDbContext context, HashSet<string> existing, CancellationToken cancellationToken)
    {
        context.ChangeTracker.Clear();
        var catalog = await context.Set<CatalogEntry>().ToDictionaryAsync(e => e.Name, StringComparer.Ordinal, cancellationToken).ConfigureAwait(false);
        List<string> problems = [];
        HashSet<string> waysOut = [];
        foreach (var (table, owner, layout) in Layouts(context))
        {
            if (!catalog.TryGetValue(table, out var entry))
            {
                context.Add(new CatalogEntry { Name = table, Layout = layout });
            }
            else if (existing.Contains(table) && Layout.Changes(entry.Layout, layout) is { Count: > 0 } changes)
            {
                Report(owner, table, changes);
            }
            else
            {
                // The catalog's entry is out of date where the table had been dropped, and may say less where an earlier version made the table.
                entry.Layout = layout;
            }
        }

        foreach (var (table, owner, layout) in FormerLayouts(context))
        {
            if (existing.Contains(table) && catalog.TryGetValue(table, out var entry) && Layout.Changes(entry.Layout, layout) is { Count: > 0 } changes)
            {
                Report(owner, table, changes);
            }
        }

        if (problems.Count > 0)
        {
            throw new SchemaMismatchException($"Declarations do not fit the stored data. {string.Join(" ", problems)} {string.Join(" ", waysOut)}");
        }

        void Report(Owner owner, string table, IReadOnlyList<string> changes)
        {
            problems.Add($"{owner.Name} (table {table}): {string.Join("; ", changes)}.");
            waysOut.Add(owner.WayOut);
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

    /// <summary>Whether what changed in the catalog binds nothing: then it is no reason to lock anything, and need not be written now.</summary>
    public static bool IsOnlyNoted(TypedDbContext context) => context.ChangeTracker.Entries<CatalogEntry>()
        .Where(e => e.State != EntityState.Unchanged)
        .All(e => e.State == EntityState.Modified && Layout.Changes(e.OriginalValues.GetValue<string>(nameof(CatalogEntry.Layout)), e.Entity.Layout).Count == 0);

    /// <summary>The declaration that a table belongs to, and the way out where the two do not fit.</summary>
    private readonly record struct Owner(string Name, string WayOut);

    /// <summary>
    /// The tables that each series would have under the other kind of series type: changing a series to or from Series leaves its data in tables that nothing
    /// reads.
    /// </summary>
    private static IEnumerable<(string Table, Owner Owner, string Layout)> FormerLayouts(TypedDbContext context)
    {
        foreach (var series in context.Declarations.Series)
        {
            string[] tables = series.Type == SeriesType.Series
                ? [.. series.Intervals.Select(interval => Names.Table(series.Name, interval.Name))]
                : [Names.Points(series.Name)];
            foreach (var table in tables.Where(table => context.Model.FindEntityType(table) is null))
            {
                yield return (table, new(series.PointType.FullName!, WayOutOfSeries), Layout.Describe(series, series.Intervals));
            }
        }
    }

    private static IEnumerable<(string Table, Owner Owner, string Layout)> Layouts(TypedDbContext context)
    {
        foreach (var series in context.Declarations.Series)
        {
            foreach (var (table, intervals) in SeriesTableNames.List(series))
            {
                yield return (
                    TableOf(context, table), new($"{series.PointType.FullName}, interval '{intervals[0].Name}'", WayOutOfSeries),
                    CatalogNotes.Add(Layout.Describe(series, intervals), series, intervals));
            }
        }

        foreach (var stream in context.Declarations.Streams)
        {
            yield return (
                TableOf(context, stream.Table), new($"{stream.BodyType.FullName}, stream '{stream.Name}'", WayOutOfStreams),
                CatalogNotes.Add(Layout.Describe(stream), stream));
        }
    }

    /// <summary>The table's name after a naming convention of the options.</summary>
    public static string TableOf(TypedDbContext context, string entity) => context.Model.FindEntityType(entity)!.GetTableName()!;
}
