using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using Typed.Schema;
using Typed.Storage.Model;

namespace Typed.Storage;

/// <summary>Creates the tables that are missing and checks the catalog, in one transaction that other processes wait for.</summary>
internal static class Provisioning
{
    /// <summary>Any number will do, as long as every process takes the same one.</summary>
    private const long LockKey = 0x5479706564; // "Typed"

    /// <summary>Writers that have not flushed for so long are gone: each process start makes a new one.</summary>
    private static readonly TimeSpan s_writerLife = TimeSpan.FromDays(30);

    private const string WayOutOfSeries =
        "Take the change back, rename the interval (it starts empty), rebuild it from a finer one under a new name, or drop the table if its data is not needed.";

    private const string WayOutOfStreams =
        "Take the change back, declare a new stream under another Name and copy the events into it, or, if they are not needed, drop the table and its line in typed_catalog.";

    /// <exception cref="SchemaMismatchException">A declaration does not fit the stored data.</exception>
    public static async ValueTask RunAsync(TypedDbContext context, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A strategy of the options, such as EnableRetryOnFailure, wants to be what tries again.
        var strategy = context.Database.CreateExecutionStrategy();
        await strategy.ExecuteAsync(cancellationToken, token => RunOnceAsync(context, now, token)).ConfigureAwait(false);
    }

    private static async Task RunOnceAsync(TypedDbContext context, DateTimeOffset now, CancellationToken cancellationToken)
    {
        context.ChangeTracker.Clear();
        var database = Dialects.KindOf(context.Database.ProviderName);
        await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);

        // SQLite: Microsoft.Data.Sqlite begins IMMEDIATE, which is the lock. PostgreSQL: an advisory lock, since the tables to lock may not exist yet.
        var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        if (database == DatabaseKind.Postgres)
        {
            await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", cancellationToken).ConfigureAwait(false);
        }

        var existing = await ExistingTablesAsync(context, database, cancellationToken).ConfigureAwait(false);
        await CreateMissingAsync(context, existing, cancellationToken).ConfigureAwait(false);
        await CheckCatalogAsync(context, existing, cancellationToken).ConfigureAwait(false);
        var oldest = now - s_writerLife;
        await context.Set<WriterEntry>().Where(w => w.UpdatedAt < oldest).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask CreateMissingAsync(TypedDbContext context, HashSet<string> existing, CancellationToken cancellationToken)
    {
        var model = context.GetService<IDesignTimeModel>().Model;
        var operations = context.GetService<IMigrationsModelDiffer>().GetDifferences(source: null, model.GetRelationalModel());
        var missing = operations.OfType<CreateTableOperation>().Where(table => !existing.Contains(table.Name)).Select(table => table.Name).ToHashSet(StringComparer.Ordinal);
        var needed = operations.Where(operation => operation switch
        {
            CreateTableOperation table => missing.Contains(table.Name),
            CreateIndexOperation index => missing.Contains(index.Table),
            _ => true,
        });
        if (missing.Count > 0)
        {
            KeepTexts(context, operations);
            foreach (var command in context.GetService<IMigrationsSqlGenerator>().Generate([.. needed], model))
            {
                await command.ExecuteNonQueryAsync(context.GetService<IRelationalConnection>(), cancellationToken: cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Streams with <see cref="BodyFormat.Json"/>: EF can query json, but names jsonb whatever the model says.</summary>
    private static void KeepTexts(TypedDbContext context, IReadOnlyList<MigrationOperation> operations)
    {
        var texts = context.Declarations.Streams.Where(stream => stream.Body == BodyFormat.Json).Select(stream => TableOf(context, stream.Table)).ToHashSet(StringComparer.Ordinal);
        foreach (var column in operations.OfType<CreateTableOperation>().Where(table => texts.Contains(table.Name)).SelectMany(table => table.Columns))
        {
            column.ColumnType = column.ColumnType == "jsonb" ? "json" : column.ColumnType;
        }
    }

    private static async ValueTask<HashSet<string>> ExistingTablesAsync(TypedDbContext context, DatabaseKind database, CancellationToken cancellationToken)
    {
        var sql = database == DatabaseKind.Postgres
            ? "SELECT tablename AS \"Value\" FROM pg_tables WHERE schemaname = current_schema()"
            : "SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'table'";
        var names = await context.Database.SqlQueryRaw<string>(sql).ToListAsync(cancellationToken).ConfigureAwait(false);
        return names.ToHashSet(StringComparer.Ordinal);
    }

    private static async ValueTask CheckCatalogAsync(TypedDbContext context, HashSet<string> existing, CancellationToken cancellationToken)
    {
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
                // Of a table that had been dropped, what the catalog said is history; of one that an earlier version made, it may say less.
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

        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);

        void Report(Owner owner, string table, IReadOnlyList<string> changes)
        {
            problems.Add($"{owner.Name} (table {table}): {string.Join("; ", changes)}.");
            waysOut.Add(owner.WayOut);
        }
    }

    /// <summary>What a table belongs to, and what can be done where it does not fit.</summary>
    private readonly record struct Owner(string Name, string WayOut);

    /// <summary>
    /// The tables that each series would have if it were, or were not, of the type Series: such a change leaves its data in tables that nobody looks at any more.
    /// </summary>
    private static IEnumerable<(string Table, Owner Owner, string Layout)> FormerLayouts(TypedDbContext context)
    {
        foreach (var series in context.Declarations.Series)
        {
            string[] tables = series.Type == SeriesType.Series ? [.. series.Intervals.Select(interval => Names.Table(series.Name, interval.Name))] : [Names.Points(series.Name)];
            foreach (var table in tables.Where(table => context.Model.FindEntityType(table) is null))
            {
                yield return (table, new(series.PointType.FullName!, WayOutOfSeries), Layout.Of(series, series.Intervals));
            }
        }
    }

    private static IEnumerable<(string Table, Owner Owner, string Layout)> Layouts(TypedDbContext context)
    {
        foreach (var series in context.Declarations.Series)
        {
            foreach (var (table, intervals) in SeriesTableNames.Of(series))
            {
                yield return (TableOf(context, table), new($"{series.PointType.FullName}, interval '{intervals[0].Name}'", WayOutOfSeries), Layout.Of(series, intervals));
            }
        }

        foreach (var stream in context.Declarations.Streams)
        {
            yield return (TableOf(context, stream.Table), new($"{stream.BodyType.FullName}, stream '{stream.Name}'", WayOutOfStreams), Layout.Of(stream));
        }
    }

    /// <summary>The table's name after a naming convention of the options.</summary>
    private static string TableOf(TypedDbContext context, string entity) => context.Model.FindEntityType(entity)!.GetTableName()!;
}
