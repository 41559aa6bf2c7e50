using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
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
        var findings = new Findings();
        var catalog = await context.Set<CatalogEntry>().ToDictionaryAsync(e => e.Name, StringComparer.Ordinal, cancellationToken).ConfigureAwait(false);
        foreach (var (table, owner, layout) in Layouts(context.Model, context.Declarations.All))
        {
            if (!catalog.TryGetValue(table, out var entry))
            {
                context.Add(new CatalogEntry { Name = table, Layout = layout });
            }
            else if (existing.Contains(table) && Layout.Changes(entry.Layout, layout) is { Count: > 0 } changes)
            {
                findings.Report(owner, table, changes);
            }
            else
            {
                // The catalog's entry is out of date where the table had been dropped, and may say less where an earlier version made the table.
                entry.Layout = layout;
            }
        }

        foreach (var (table, owner, layout) in FormerLayouts(context.Model, context.Declarations.All))
        {
            if (existing.Contains(table) && catalog.TryGetValue(table, out var entry) && Layout.Changes(entry.Layout, layout) is { Count: > 0 } changes)
            {
                findings.Report(owner, table, changes);
            }
        }

        findings.ThrowIfAny();
    }

    /// <summary>The entities of the tables that a declared type has, and that it would have under the other kind of series type.</summary>
    public static IReadOnlyList<string> Tables(IModel model, Declaration declared) =>
        [.. EntitiesOf(declared).Select(table => table.Entity).Concat(FormerLayouts(model, [declared]).Select(table => table.Table))];

    /// <summary>Checks a declared type of an application's model against what its database has.</summary>
    /// <param name="model">The model.</param>
    /// <param name="declared">The type.</param>
    /// <param name="stored">The layouts of tables by their entities; empty where nobody knows.</param>
    /// <exception cref="SchemaMismatchException">The declaration does not fit the stored data.</exception>
    public static void Compare(IModel model, Declaration declared, IReadOnlyDictionary<string, string> stored)
    {
        var findings = new Findings();
        foreach (var (entity, owner, layout) in EntitiesOf(declared).Concat(FormerLayouts(model, [declared])))
        {
            if (stored.TryGetValue(entity, out var was) && was.Length > 0 && Layout.Changes(was, layout) is { Count: > 0 } changes)
            {
                findings.Report(owner, model.FindEntityType(entity)?.GetTableName() ?? entity, changes);
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

    /// <summary>The declaration that a table belongs to, and the way out where the two do not fit.</summary>
    private readonly record struct Owner(string Name, string WayOut);

    /// <summary>
    /// The tables that each series would have under the other kind of series type: changing a series to or from Series leaves its data in tables that nothing
    /// reads.
    /// </summary>
    private static IEnumerable<(string Table, Owner Owner, string Layout)> FormerLayouts(IModel model, IEnumerable<Declaration> declared)
    {
        foreach (var series in declared.OfType<SeriesDeclaration>().Select(one => one.Definition))
        {
            string[] tables = series.Type == SeriesType.Series
                ? [.. series.Intervals.Select(interval => Names.Table(series.Name, interval.Name))]
                : [Names.Points(series.Name)];
            foreach (var table in tables.Where(table => model.FindEntityType(table) is null))
            {
                yield return (table, new(series.PointType.FullName!, WayOutOfSeries), Layout.Describe(series, series.Intervals));
            }
        }
    }

    private static IEnumerable<(string Table, Owner Owner, string Layout)> Layouts(IModel model, IEnumerable<Declaration> declared) =>
        declared.SelectMany(EntitiesOf).Select(one => (TableOf(model, one.Entity), one.Owner, one.Layout));

    private static IEnumerable<(string Entity, Owner Owner, string Layout)> EntitiesOf(Declaration declared) => declared switch
    {
        SeriesDeclaration { Definition: var series } => SeriesTableNames.List(series).Select(table => (
            table.Table, new Owner($"{series.PointType.FullName}, interval '{table.Intervals[0].Name}'", WayOutOfSeries),
            Layout.Describe(series, table.Intervals))),
        StreamDeclaration { Definition: var stream } =>
            [(stream.Table, new($"{stream.BodyType.FullName}, stream '{stream.Name}'", WayOutOfStreams), Layout.Describe(stream))],
        _ => throw new ArgumentOutOfRangeException(nameof(declared), declared, message: null),
    };

    /// <summary>The table's name after a naming convention of the options.</summary>
    public static string TableOf(IModel model, string entity) => model.FindEntityType(entity)!.GetTableName()!;

    private sealed class Findings
    {
        private readonly List<string> _problems = [];
        private readonly HashSet<string> _waysOut = [];

        public void Report(Owner owner, string table, IReadOnlyList<string> changes)
        {
            _problems.Add($"{owner.Name} (table {table}): {string.Join("; ", changes)}.");
            _waysOut.Add(owner.WayOut);
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
