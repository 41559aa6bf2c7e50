using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using Typed.Storage.Model;

namespace Typed.Storage.Provisioning;

/// <summary>Creates the tables that are missing and checks the catalog, in one transaction that other processes wait for.</summary>
internal static class Provisioner
{
    private static readonly Type[] s_forWriting = [typeof(WriterEntry), typeof(FollowEntry), typeof(ConsumerEntry)];

    /// <exception cref="SchemaMismatchException">A declaration does not fit the stored data.</exception>
    public static async ValueTask RunAsync(TypedDbContext context, CancellationToken cancellationToken)
    {
        // An execution strategy of the options, such as EnableRetryOnFailure, insists on running the retries itself.
        var strategy = context.Database.CreateExecutionStrategy();
        await strategy.ExecuteAsync(cancellationToken, token => RunOnceAsync(context, token)).ConfigureAwait(false);
    }

    private static async Task RunOnceAsync(TypedDbContext context, CancellationToken cancellationToken)
    {
        context.ChangeTracker.Clear();
        var engine = EngineRegistry.Find(context);
        await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        if (await IsCompleteAsync(context, engine, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        // On SQLite the transaction itself is the lock: Microsoft.Data.Sqlite begins IMMEDIATE.
        var transaction = await context.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        await engine.LockTablesAsync(context.Database, cancellationToken).ConfigureAwait(false);

        var existing = await ExistingTablesAsync(context, engine, cancellationToken).ConfigureAwait(false);
        await CreateMissingAsync(context, existing, cancellationToken).ConfigureAwait(false);
        await CatalogCheck.RunAsync(context, existing, cancellationToken).ConfigureAwait(false);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Whether there is nothing to create and nothing to record. A look, without a lock: what is missing now may be there when the lock is held.
    /// </summary>
    /// <exception cref="SchemaMismatchException">A store for reading lacks something, or a declaration does not fit the stored data.</exception>
    private static async ValueTask<bool> IsCompleteAsync(TypedDbContext context, Engine engine, CancellationToken cancellationToken)
    {
        var existing = await ExistingTablesAsync(context, engine, cancellationToken).ConfigureAwait(false);
        string[] missing = [.. context.Model.GetRelationalModel().Tables.Select(table => table.Name)
            .Where(name => !existing.Contains(name) && !(context.IsReadOnly && IsForWriting(context.Model, name)))];
        if (missing.Length == 0)
        {
            await CatalogCheck.RunAsync(context, existing, cancellationToken).ConfigureAwait(false);
            if (!context.ChangeTracker.HasChanges())
            {
                return true;
            }

            if (!context.IsReadOnly && CatalogCheck.IsOnlyNoted(context))
            {
                await NoteAsync(context, cancellationToken).ConfigureAwait(false);
                return true;
            }
        }

        return !context.IsReadOnly ? false
            : missing.Length == 0 ? CatalogCheck.IsRecorded(context)
            : throw new SchemaMismatchException(
                $"The store is opened with ReadOnly(), which creates nothing, and the database lacks {string.Join(", ", missing)}. "
                + "Open a store of these types without ReadOnly() once, as a user who may create tables.");
    }

    /// <summary>Whether a table is one that only writers need, or readers that find out by themselves that it is not there.</summary>
    private static bool IsForWriting(IModel model, string table) => s_forWriting.Any(entry =>
        string.Equals(model.FindEntityType(entry)?.GetTableName(), table, StringComparison.Ordinal));

    private static async ValueTask NoteAsync(TypedDbContext context, CancellationToken cancellationToken)
    {
        try
        {
            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DbUpdateException)
        {
            // The user may not write the catalog, or somebody holds its lock: some other time a store opens that can.
        }
    }

    private static async ValueTask CreateMissingAsync(TypedDbContext context, HashSet<string> existing, CancellationToken cancellationToken)
    {
        var model = context.GetService<IDesignTimeModel>().Model;
        var operations = context.GetService<IMigrationsModelDiffer>().GetDifferences(source: null, model.GetRelationalModel());
        var missing = operations.OfType<CreateTableOperation>()
            .Where(table => !existing.Contains(table.Name)).Select(table => table.Name).ToHashSet(StringComparer.Ordinal);
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
        var texts = context.Declarations.Streams
            .Where(stream => stream.Body == BodyFormat.Json)
            .Select(stream => CatalogCheck.TableOf(context.Model, stream.Table)).ToHashSet(StringComparer.Ordinal);
        foreach (var column in operations.OfType<CreateTableOperation>().Where(table => texts.Contains(table.Name)).SelectMany(table => table.Columns))
        {
            column.ColumnType = column.ColumnType == "jsonb" ? "json" : column.ColumnType;
        }
    }

    private static async ValueTask<HashSet<string>> ExistingTablesAsync(TypedDbContext context, Engine engine, CancellationToken cancellationToken)
    {
        var names = await context.Database.SqlQueryRaw<string>(engine.TableNames).ToListAsync(cancellationToken).ConfigureAwait(false);
        return names.ToHashSet(StringComparer.Ordinal);
    }
}
