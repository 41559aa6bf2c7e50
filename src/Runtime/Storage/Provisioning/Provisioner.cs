using Typed.Schema;
using Typed.Storage.Tables;

namespace Typed.Storage.Provisioning;

/// <summary>Creates the tables of a store that are missing and checks its catalog, in one transaction that other processes wait for.</summary>
/// <param name="engine">The database.</param>
/// <param name="declarations">The declared types whose tables the store keeps.</param>
/// <param name="tables">Their tables.</param>
/// <param name="isReadOnly">Whether nothing may be created.</param>
internal sealed class Provisioner(Engine engine, DeclarationSet declarations, IReadOnlyList<TableDefinition> tables, bool isReadOnly)
{
    /// <summary>How long the locks of others are waited for, for the sake of notes.</summary>
    private static readonly TimeSpan s_notePatience = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, string> _names = tables.ToDictionary(table => table.Entity, table => table.Name, StringComparer.Ordinal);
    private readonly Catalog _catalog = new(engine.Dialect);
    private readonly Sql _tableNames = new(engine.TableNames);

    /// <summary>The tables that only writers need, or readers that find out by themselves that they are not there.</summary>
    private readonly TableDefinition[] _forWriting = [SystemTables.Writers, .. OfFollowers(engine)];

    /// <summary>Whether the store holds a stream that can be followed, be its table an application's.</summary>
    public bool IsFollowed { get; init; }

    /// <summary>The tables that the migrations of an application's context make; empty where the store has its own.</summary>
    public Func<IReadOnlyList<TableDefinition>> OfContext { get; init; } = static () => [];

    private IEnumerable<TableDefinition> All =>
        [SystemTables.Catalog, SystemTables.Writers, .. IsFollowed ? OfFollowers(engine) : [], .. tables];

    private static TableDefinition[] OfFollowers(Engine engine) => [SystemTables.Follow, SystemTables.Consumers, engine.Dialect.Commits];

    /// <summary>Creates what is missing and checks what is there. Where nothing is missing, nothing is locked or written.</summary>
    /// <exception cref="SchemaMismatchException">A declaration does not fit the stored data, or a store for reading lacks something.</exception>
    public async ValueTask RunAsync(Database database, CancellationToken cancellationToken)
    {
        // For writing it switches a SQLite file to WAL, which no transaction may be open for.
        var session = isReadOnly
            ? await database.OpenReadAsync(cancellationToken).ConfigureAwait(false)
            : await database.OpenWriteAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = session.ConfigureAwait(false);
        if (await IsCompleteAsync(database, session, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        await session.InTransactionAsync(
            async () =>
            {
                await CreateAsync(session, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What does not fit any more since the store was opened; null: nothing. Changes nothing.</summary>
    public async ValueTask<string?> FindMisfitAsync(Session session, CancellationToken cancellationToken)
    {
        var existing = await ExistingAsync(session, _tableNames, cancellationToken).ConfigureAwait(false);
        if (MissingIn(existing) is { Count: > 0 } missing)
        {
            return $"The database has lost {string.Join(", ", missing.Select(table => table.Name))}: open the store again, which creates what is missing.";
        }

        if (await UnmadeAsync(session, existing, cancellationToken).ConfigureAwait(false) is { Count: > 0 } unmade)
        {
            return $"The database has no {string.Join(", ", unmade)}, which the application's context maps: apply its migrations "
                + "(dotnet ef database update, or db.Database.MigrateAsync()).";
        }

        try
        {
            _ = await CompareAsync(session, existing, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (SchemaMismatchException misfit)
        {
            return misfit.Message;
        }
    }

    /// <summary>The tables of the application's context that are not there.</summary>
    private async ValueTask<List<string>> UnmadeAsync(Session session, HashSet<string> existing, CancellationToken cancellationToken)
    {
        List<string> unmade = [];
        foreach (var some in OfContext().GroupBy(table => table.Schema, StringComparer.Ordinal))
        {
            var found = some.Key is { } schema
                ? await ExistingAsync(session, new(engine.TableNamesIn(schema)), cancellationToken).ConfigureAwait(false)
                : existing;
            unmade.AddRange(some.Where(table => !found.Contains(table.Name))
                .Select(table => some.Key is null ? table.Name : $"{some.Key}.{table.Name}"));
        }

        return unmade;
    }

    /// <summary>
    /// Whether there is nothing to create and nothing to record. A look, without a lock: what is missing now may be there when the lock is held.
    /// </summary>
    private async ValueTask<bool> IsCompleteAsync(Database database, Session session, CancellationToken cancellationToken)
    {
        var existing = await ExistingAsync(session, _tableNames, cancellationToken).ConfigureAwait(false);
        var missing = MissingIn(existing);
        if (missing.Count > 0)
        {
            return isReadOnly
                ? throw new SchemaMismatchException(
                    $"The store is opened with ReadOnly(), which creates nothing, and the database lacks "
                    + $"{string.Join(", ", missing.Select(table => table.Name))}. "
                    + "Open a store of these types without ReadOnly() once, as a user who may create tables.")
                : false;
        }

        var changes = await CompareAsync(session, existing, cancellationToken).ConfigureAwait(false);
        if (isReadOnly)
        {
            // Entries that say less than they could do no harm.
            return changes.Added.Count == 0
                ? true
                : throw new SchemaMismatchException(
                    $"The store is opened with ReadOnly(), and {Names.Catalog} says nothing about {string.Join(", ", changes.Added.Select(one => one.Table))}, "
                    + "so that nobody can tell how its data is laid out. Open a store of these types without ReadOnly() once.");
        }

        if (changes.Any && changes.AreNotes)
        {
            await NoteAsync(database, session, changes, cancellationToken).ConfigureAwait(false);
        }

        return changes.AreNotes;
    }

    private async ValueTask CreateAsync(Session session, CancellationToken cancellationToken)
    {
        if (engine.LockTables is { } sql)
        {
            await session.ExecuteAsync(sql, NoParameters.Instance, cancellationToken).ConfigureAwait(false);
        }

        var existing = await ExistingAsync(session, _tableNames, cancellationToken).ConfigureAwait(false);
        var missing = MissingIn(existing);

        // What is listed of a table that was dropped says nothing of the new one, whose rows may have the same numbers.
        var listed = existing.Contains(Names.Commits) ? missing.Where(table => table.Find(StreamColumns.Transaction) is not null) : [];
        var forget = listed.Select(table => $"DELETE FROM {Quoting.Name(Names.Commits)} WHERE stream = {Quoting.Literal(table.Name)}");
        foreach (var statement in missing.SelectMany(engine.Dialect.Create).Concat(forget))
        {
            await session.ExecuteOnceAsync(statement, cancellationToken).ConfigureAwait(false);
        }

        var changes = await CompareAsync(session, existing, cancellationToken).ConfigureAwait(false);
        await _catalog.RecordAsync(session, changes, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask NoteAsync(Database database, Session session, CatalogChanges changes, CancellationToken cancellationToken)
    {
        using var patience = RetryPolicy.Within(s_notePatience, cancellationToken);
        try
        {
            await _catalog.RecordAsync(session, changes, patience.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (database.Classify(error) is not null
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The user may not write the catalog, or somebody holds its lock: some other time a store opens that can.
        }
    }

    private async ValueTask<CatalogChanges> CompareAsync(Session session, HashSet<string> existing, CancellationToken cancellationToken) => CatalogCheck.Run(
        declarations, _names.GetValueOrDefault, existing, await _catalog.ReadAsync(session, cancellationToken).ConfigureAwait(false));

    private List<TableDefinition> MissingIn(HashSet<string> existing) =>
        [.. All.Where(table => !existing.Contains(table.Name) && !(isReadOnly && _forWriting.Contains(table)))];

    private static async ValueTask<HashSet<string>> ExistingAsync(Session session, Sql tableNames, CancellationToken cancellationToken)
    {
        var query = new TablesQuery();
        await session.ReadAsync(tableNames, query, cancellationToken).ConfigureAwait(false);
        return query.Names;
    }

    private sealed class TablesQuery : IRowQuery
    {
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public void Bind(ParameterWriter parameters)
        {
            // None.
        }

        public bool Row(RowReader row)
        {
            Names.Add(row.Text(0));
            return true;
        }
    }
}
