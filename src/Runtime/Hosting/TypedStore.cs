using System.Data.Common;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Typed.Diagnostics;
using Typed.Hosting;
using Typed.Schema;
using Typed.Storage;
using Typed.Storage.Provisioning;
using Typed.Storage.Statements;
using Typed.Streams;
using Typed.Streams.Reading;
using Typed.Writing;

namespace Typed;

/// <summary>
/// A database that holds declared time series and event streams. Open one per database and keep it: it is safe for concurrent use, and its connections are
/// pooled.
/// </summary>
/// <remarks>
/// A write of a store is a transaction of its own, also inside a <c>TransactionScope</c>, and is tried again where that may help. Handles made with
/// <c>In(dbContext)</c> write in the context's transaction, where nothing is tried again: errors are the database's own, such as <c>PostgresException</c>.
/// </remarks>
public sealed class TypedStore : IAsyncDisposable
{
    private readonly DbContextOptions _options;

    /// <summary>The connection that has to stay open, where the database lives in memory.</summary>
    private readonly IAsyncDisposable? _owned;
    private readonly StoreScopeOfStore _scope;
    private readonly ModelTables _tables;
    private readonly DeclarationSet _declarations;
    private readonly Lazy<Sql?> _listing;
    private readonly Lazy<Sql?> _namespaces;

    private TypedStore(DbContextOptions options, IAsyncDisposable? owned, DeclarationSet declarations, StoreScopeOfStore scope, ModelTables tables) =>
        (_options, _owned, _declarations, _scope, _tables, _listing, _namespaces) = (options, owned, declarations, scope, tables,
            new(() => OfAllStreams(stream => stream.Listing(_scope!.Database.Dialect))), new(() => OfAllStreams(stream => stream.Namespaces)));

    internal StoreScope Scope
    {
        get
        {
            _scope.ThrowIfDisposed();
            return _scope;
        }
    }

    /// <summary>
    /// Opens a store: creates the tables that are missing (safe when several processes start at once) and checks that the declarations fit what is stored.
    /// Where nothing is missing, nothing is locked or written.
    /// </summary>
    /// <param name="configure">Chooses the database: <c>o.UseSqlite("Data Source=shop.db")</c> or <c>o.UseNpgsql(...)</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="StoreUnavailableException">There is no database at the address.</exception>
    /// <exception cref="SchemaMismatchException">A declaration does not fit the data that is stored, or a store for reading lacks tables.</exception>
    /// <exception cref="InvalidOperationException">No database was chosen or named, or no declared type is in use.</exception>
    public static async ValueTask<TypedStore> OpenAsync(Action<TypedOptionsBuilder> configure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new TypedOptionsBuilder();
        configure(builder);
        var declarations = builder.Declarations();
        
        // EF Core's own message on a missing provider speaks of contexts and overrides that users of a store have never seen.
        var engine = EngineRegistry.Find(builder.Options);
        var (options, owned) = Complete(builder, engine);

        Database? database = null;
        try
        {
            var context = new TypedDbContext(options, declarations, builder.TimeProvider, builder.MaxEventBytes, builder.IsReadOnly);
            await using var _ = context.ConfigureAwait(false);
            var writers = new WriterStatements(context.Model, engine.Dialect);
            database = engine.OpenStore(context, writers.Stamp, builder.ReadTimeout);
            await OpenDatabaseAsync(context, database, writers, cancellationToken).ConfigureAwait(false);
            var retry = new RetryPolicy(database);
            var reads = new ReadPolicy(database, retry, builder.ReadTimeout);
            var writer = new StoreWriter(database, retry, builder.WriteOptions(database), builder.TimeProvider)
            {
                Fence = writers.Fence,
                Sequence = writers.Sequence,
                Telemetry = new StoreTelemetry(database.Place, database.Address, builder.LoggerFactory),
            };
            var store = new TypedStore(
                options, owned, declarations, new(database, reads, writer, builder.TimeProvider, builder.MaxEventBytes, builder.IsReadOnly),
                ModelTables.Get(context.Model, database.Dialect));
            writer.Telemetry.Open(() => writer.Pending);
            return store;
        }
        catch
        {
            await CloseAsync(database).ConfigureAwait(false);
            await CloseAsync(owned).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A context on the store's database, for LINQ; the caller disposes it.</summary>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public TypedDbContext CreateDbContext()
    {
        _scope.ThrowIfDisposed();
        return new TypedDbContext(_options, _declarations, _scope.Clock, _scope.MaxEventBytes, _scope.IsReadOnly);
    }

    /// <summary>The names of the declared streams that hold events in a namespace, in ordinal order.</summary>
    /// <param name="streamNamespace">The namespace.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ArgumentException">The namespace is outside its grammar.</exception>
    /// <exception cref="ReadFailedException">The database refused or did not answer in time.</exception>
    public async ValueTask<IReadOnlyList<string>> StreamsAsync(
        string streamNamespace = StreamNames.DefaultNamespace, CancellationToken cancellationToken = default)
    {
        _scope.ThrowIfDisposed();
        StreamNames.Check(streamNamespace);
        return await NamesAsync(_listing.Value, streamNamespace, new("the streams", $"namespace '{streamNamespace}'"), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The namespaces in which the declared streams hold events, in ordinal order.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ReadFailedException">The database refused or did not answer in time.</exception>
    public async ValueTask<IReadOnlyList<string>> NamespacesAsync(CancellationToken cancellationToken = default)
    {
        _scope.ThrowIfDisposed();
        return await NamesAsync(_namespaces.Value, streamNamespace: null, new("the namespaces", "the declared streams"), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Waits until every point and event that was accepted before is committed, or refused and handed to <c>OnRejected</c>.</summary>
    /// <param name="cancellationToken">Stops waiting; what was accepted is written all the same.</param>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    /// <exception cref="AggregateException"><c>OnRejected</c> threw since the last flush; everything is committed or refused all the same.</exception>
    public ValueTask FlushAsync(CancellationToken cancellationToken = default)
    {
        _scope.ThrowIfDisposed();
        return _scope.Writer.FlushAsync(cancellationToken);
    }

    /// <summary>Writes what was accepted, within <c>ShutdownTimeout</c>, and closes the store's connections.</summary>
    /// <exception cref="UnwrittenItemsException">Posted items could not be written in time; carries them. The store is closed.</exception>
    /// <exception cref="AggregateException"><c>OnRejected</c> threw, and no <see cref="FlushAsync"/> said so. The store is closed.</exception>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _scope.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            await CloseAsync(_owned).ConfigureAwait(false);
        }
    }

    /// <exception cref="InvalidOperationException">The store does not hold the type.</exception>
    internal ModelTables TablesOf(Type type)
    {
        _scope.ThrowIfDisposed();
        return _declarations.Contains(type)
            ? _tables
            : throw new InvalidOperationException(
                $"This store does not hold {_declarations.NameOf(type)}. It was opened with: {_declarations.List(type)}. "
                + "Name the type with Only<T>(), or include the module of its assembly.");
    }

    private async ValueTask<IReadOnlyList<string>> NamesAsync(Sql? sql, string? streamNamespace, Asked asked, CancellationToken cancellationToken)
    {
        if (sql is null)
        {
            return [];
        }

        var query = await _scope.ReadAsync(asked, sql, () => new NamesQuery(streamNamespace), cancellationToken).ConfigureAwait(false);
        return [.. query.Names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>One statement that asks every stream; null where the store holds none.</summary>
    private Sql? OfAllStreams(Func<StreamStatements, string> ask) => _declarations.Streams.Any()
        ? new Sql(string.Join(" UNION ALL ", _declarations.Streams.Select(stream => ask(_tables.Stream(stream)))))
        : null;

    /// <summary>The options with the store's additions, and the connection that has to stay open, if there is one.</summary>
    private static (DbContextOptions<TypedDbContext> Options, IAsyncDisposable? Owned) Complete(TypedOptionsBuilder builder, Engine engine)
    {
        builder.ReplaceService<IModelCacheKeyFactory, TypedDbContext.ModelKey>();
        builder.UseTyped();
        var owned = engine.CompleteOptions(builder, builder.IsReadOnly);
        return (builder.Options, owned);
    }

    private static async ValueTask OpenDatabaseAsync(TypedDbContext context, Database database, WriterStatements writers, CancellationToken cancellationToken)
    {
        try
        {
            // Tables are made outside a transaction of the caller, which may be rolled back.
            using var outside = new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);

            // The session first: it switches a SQLite file to WAL, which no transaction may be open for.
            var session = context.IsReadOnly
                ? await database.OpenReadAsync(cancellationToken).ConfigureAwait(false)
                : await database.OpenWriteAsync(cancellationToken).ConfigureAwait(false);
            await session.DisposeAsync().ConfigureAwait(false);
            try
            {
                await Provisioner.RunAsync(context, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (database.IsBroken(error))
            {
                // The connections of a pool that the caller brings may have broken long ago.
                database.DropIdle();
                await Provisioner.RunAsync(context, cancellationToken).ConfigureAwait(false);
            }

            if (!context.IsReadOnly)
            {
                await WriterCleaning.RunAsync(database, writers.CountGone, writers.DeleteGone, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (database.Classify(error) is not null)
        {
            // EF Core's own message only advises to try again.
            var cause = error.InnerException is DbException inner ? inner : error;
            throw new StoreUnavailableException($"{database.Address} cannot be opened: {cause.Message}", error);
        }
    }

    private static ValueTask CloseAsync(IAsyncDisposable? opened) => opened?.DisposeAsync() ?? ValueTask.CompletedTask;
}
