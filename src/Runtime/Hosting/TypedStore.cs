using System.Data.Common;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Typed.Consuming;
using Typed.Diagnostics;
using Typed.Hosting;
using Typed.Schema;
using Typed.Storage;
using Typed.Storage.Provisioning;
using Typed.Storage.Statements;
using Typed.Streams;
using Typed.Streams.Following;
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
public sealed class TypedStore : IAsyncDisposable, IDisposable
{
    private static readonly DeclarationSet s_none = new([]);

    private readonly DbContextOptions _options;

    /// <summary>The connection that has to stay open, where the database lives in memory.</summary>
    private readonly IAsyncDisposable? _owned;
    private readonly Database _database;
    private readonly StoreScopeOfStore _scope;
    private readonly ModelTables _tables;
    private readonly DeclarationSet _declarations;
    private readonly Lazy<Sql?> _listing;
    private readonly Lazy<Sql?> _namespaces;
    private readonly TimeSpan? _expireEvery;
    private readonly Type? _own;
    private readonly StoreFollowing? _following;
    private readonly StoreConsumers? _consumers;
    private StoreExpiry? _expiry;

    /// <summary>Makes a store that is not open yet, without a word to the database.</summary>
    /// <exception cref="InvalidOperationException">No database was chosen or named, or no declared type is in use.</exception>
    internal TypedStore(TypedOptionsBuilder builder)
    {
        _own = builder.Own?.GetType();
        _declarations = builder.Declarations();
        _expireEvery = builder.IsReadOnly ? null : builder.ExpireEvery;
        _listing = new(() => OfAllStreams(stream => stream.Listing(_scope!.Database.Dialect)));
        _namespaces = new(NamespacesOfAll);

        // EF Core's own message on a missing provider speaks of contexts and overrides that users of a store have never seen.
        var engine = EngineRegistry.Find(builder.Options);
        (_options, _owned) = Complete(builder, engine);
        using var context = NewContext(Provisioned, builder.TimeProvider, builder.MaxEventBytes, builder.IsReadOnly);
        _tables = ModelTables.Get((builder.Own ?? context).Model, engine.Dialect);
        var writers = new WriterStatements(context.Model, engine.Dialect);
        _database = engine.OpenStore(context, writers.Stamp, builder.ReadTimeout);
        var telemetry = new StoreTelemetry(_database.Place, _database.Address, builder.LoggerFactory);
        Opening = new(token => OpenAsync(writers, token), Opened, telemetry.Log.OpenFailed);
        var waiting = new OpeningDatabase(_database, Opening);
        var signals = IsFollowed ? new CommitSignals() : null;
        var retry = new RetryPolicy(waiting);
        var writer = new StoreWriter(waiting, retry, builder.WriteOptions(waiting), builder.TimeProvider)
        {
            Fence = writers.Fence,
            Sequence = writers.Sequence,
            Telemetry = telemetry,
            Signals = signals,
        };
        _scope = new(
            waiting, new ReadPolicy(waiting, retry, builder.ReadTimeout), writer, builder.TimeProvider, builder.MaxEventBytes, builder.IsReadOnly);
        _following = signals is null ? null : new(_scope, new EpochStatements(context.Model, engine.Dialect), signals, FollowedTables, builder.IsReadOnly);
        _consumers = signals is null ? null : new(_scope, new(context.Model, engine.Dialect));
    }

    /// <summary>The positions of the consumers of the database.</summary>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    /// <exception cref="InvalidOperationException">The store holds no stream that can be followed.</exception>
    public StoreConsumers Consumers
    {
        get
        {
            _scope.ThrowIfDisposed();
            return _consumers ?? throw new InvalidOperationException(
                "This store holds no stream that can be followed, so it has no consumers: declare [EventStream(Follow = true)].");
        }
    }

    /// <summary>
    /// Hands the events of a stream to a handler, each exactly once as far as the handler works in the batch's context: the consumer's position moves in the
    /// same
    /// transaction. Of all processes that share a database one at a time has a consumer; the others wait to take over. Ends when it is cancelled.
    /// </summary>
    /// <typeparam name="TBody">The declared class, whose stream has <c>Follow = true</c>.</typeparam>
    /// <param name="name">The consumer's name, unique in the database: 1 to 200 letters, digits, underscores, dots and hyphens of ASCII.</param>
    /// <param name="handler">Handles a batch. What it throws undoes its work, and it gets the events again.</param>
    /// <param name="options">Batches, namespace, poisoned events.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ArgumentException">The name is outside its grammar.</exception>
    /// <exception cref="StreamPositionException">The consumer's position belongs to another history of commits: move it with <see
    /// cref="Consumers"/>.</exception>
    /// <exception cref="InvalidOperationException">
    /// The store does not hold the type, may only read, or is built on an application's context and <c>CreateContext</c> says not how to make one; or a
    /// consumer
    /// of another stream has the name.
    /// </exception>
    /// <exception cref="NotSupportedException">The database is in memory, or its transactions span servers.</exception>
    public async Task ConsumeAsync<TBody>(
        string name, Func<ConsumedBatch<TBody>, CancellationToken, ValueTask> handler, ConsumerOptions<TBody>? options = null,
        CancellationToken cancellationToken = default)
        where TBody : IFollowedEventBody<TBody>
    {
        ArgumentNullException.ThrowIfNull(handler);
        options ??= new();
        if (_own is not null && options.CreateContext is null)
        {
            throw new InvalidOperationException(
                $"This store is built on {_own.Name}, whose transactions handlers work in: say with CreateContext how to make one, or register the consumer "
                + "with services.AddConsumer.");
        }

        using var status = NewConsumerStatus(name, TBody.Stream.Name);
        await NewConsumer(name, status, options, Open, (batch, _, token) => handler(batch, token)).RunAsync(cancellationToken).ConfigureAwait(false);

        ConsumerScope Open()
        {
            var context = options.CreateContext?.Invoke() ?? CreateDbContext();
            return new(context, services: null, context);
        }
    }

    /// <summary>The type of the application's context on which it is built; null: it has its own.</summary>
    internal Type? Own => _own;

    /// <summary>What its followers share.</summary>
    internal StoreFollowing Following => _following!;

    /// <summary>Whether it holds a stream that can be followed.</summary>
    private bool IsFollowed => _declarations.Streams.Any(stream => stream.Follow);

    /// <summary>Whether it is open, and what opens it.</summary>
    internal StoreOpening Opening { get; }

    /// <summary>What the store maps into a model of its own: where an application's context has the tables, only what the store keeps for itself.</summary>
    private DeclarationSet Provisioned => _own is null ? _declarations : s_none;

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
        var store = new TypedStore(builder);
        try
        {
            await store.Opening.RunAsync(cancellationToken).ConfigureAwait(false);
            return store;
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A context on the store's database, for LINQ; the caller disposes it.</summary>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    /// <exception cref="InvalidOperationException">The tables are in the model of an application's context, which queries them.</exception>
    public TypedDbContext CreateDbContext()
    {
        _scope.ThrowIfDisposed();
        if (_own is not null)
        {
            throw new InvalidOperationException($"This store is built on {_own.Name}, whose model has the tables: query through it, as in X.In(db).");
        }

        return NewContext(_declarations, _scope.Clock, _scope.MaxEventBytes, _scope.IsReadOnly);
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

    /// <summary>The namespaces in which the declared streams hold events, and series with namespaces data, in ordinal order.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ReadFailedException">The database refused or did not answer in time.</exception>
    public async ValueTask<IReadOnlyList<string>> NamespacesAsync(CancellationToken cancellationToken = default)
    {
        _scope.ThrowIfDisposed();
        return await NamesAsync(_namespaces.Value, streamNamespace: null, new("the namespaces", "the declared types"), cancellationToken)
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
            await CloseAsync(_expiry).ConfigureAwait(false);
            await CloseAsync(_following).ConfigureAwait(false);
            await _scope.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            // An attempt to open it may just have succeeded.
            await Opening.DisposeAsync().ConfigureAwait(false);
            await CloseAsync(_expiry).ConfigureAwait(false);
            await CloseAsync(_owned).ConfigureAwait(false);
        }
    }

    /// <summary>For a container that is not disposed asynchronously: waits as <see cref="DisposeAsync"/> does.</summary>
    void IDisposable.Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>What measures a consumer until it is disposed.</summary>
    internal ConsumerStatus NewConsumerStatus(string name, string stream) => _scope.Writer.Telemetry.NewConsumer(name, stream);

    /// <summary>A consumer that is not running yet.</summary>
    internal ConsumerLoop<TBody> NewConsumer<TBody>(
        string name, ConsumerStatus status, ConsumerOptions<TBody> options, Func<ConsumerScope> open,
        Func<ConsumedBatch<TBody>, IServiceProvider?, CancellationToken, ValueTask> handler)
        where TBody : IFollowedEventBody<TBody>
    {
        StreamNames.Check(name);
        var tables = TablesOf(typeof(TBody));
        var definition = _declarations.Streams.First(static stream => stream.BodyType == typeof(TBody));
        var stream = new FollowedStream<TBody>(new EventSource<TBody>(_scope, tables.Stream(definition), options.Namespace), Following);
        _scope.ThrowIfReadOnly();
        return _database.ConsumerObstacle is { } obstacle
            ? throw new NotSupportedException($"{_database.Address} has no consumers: {obstacle}. Follow the stream instead, or keep it in a file.")
            : new(
                new(name, TBody.Stream.Name, options.Namespace, options.From, default), stream.Tail, Consumers, _scope.Database, status, options,
                open, handler);
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

    private IEnumerable<StreamTable> FollowedTables() => _declarations.Streams.Where(stream => stream.Follow).Select(stream => _tables.Stream(stream).Table);

    private TypedDbContext NewContext(DeclarationSet declarations, TimeProvider clock, int maxEventBytes, bool isReadOnly) =>
        new(_options, declarations, clock, maxEventBytes, isReadOnly, IsFollowed);

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

    private Sql? NamespacesOfAll()
    {
        string[] asked = [
            .. _declarations.Streams.Select(stream => _tables.Stream(stream).Namespaces),
            .. _declarations.Series.Where(series => series.IsNamespaced).SelectMany(_tables.Namespaces),
        ];
        return asked.Length > 0 ? new Sql(string.Join(" UNION ALL ", asked)) : null;
    }

    /// <summary>The options with the store's additions, and the connection that has to stay open, if there is one.</summary>
    private static (DbContextOptions<TypedDbContext> Options, IAsyncDisposable? Owned) Complete(TypedOptionsBuilder builder, Engine engine)
    {
        builder.ReplaceService<IModelCacheKeyFactory, TypedDbContext.ModelKey>();
        builder.UseTyped();
        var owned = engine.CompleteOptions(builder, builder.IsReadOnly);
        return (builder.Options, owned);
    }

    private async Task OpenAsync(WriterStatements writers, CancellationToken cancellationToken)
    {
        var context = NewContext(Provisioned, _scope.Clock, _scope.MaxEventBytes, _scope.IsReadOnly);
        await using var _ = context.ConfigureAwait(false);
        await OpenDatabaseAsync(context, _database, writers, cancellationToken).ConfigureAwait(false);
    }

    private void Opened()
    {
        var writer = _scope.Writer;
        writer.Telemetry.Open(() => writer.Pending);
        _expiry = _expireEvery is { } every ? new(this, _scope.Database, writer.Telemetry.Log, _declarations, every) : null;
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
