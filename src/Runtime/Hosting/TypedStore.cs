using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Typed.Consuming;
using Typed.Diagnostics;
using Typed.Hosting;
using Typed.Linq;
using Typed.Schema;
using Typed.Schema.Shapes;
using Typed.Storage;
using Typed.Storage.Model;
using Typed.Storage.Provisioning;
using Typed.Storage.Statements;
using Typed.Storage.Tables;
using Typed.Streams;
using Typed.Streams.Following;
using Typed.Streams.Reading;
using Typed.Streams.Rebuilding;
using Typed.Streams.Writing;
using Typed.Writing;
using Typed.Writing.Spool;

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

    private readonly StoreContexts _contexts;

    /// <summary>The connection that has to stay open, where the database lives in memory.</summary>
    private readonly IAsyncDisposable? _owned;
    private readonly StoreScopeOfStore _scope;
    private readonly ModelTables _tables;
    private readonly DeclarationSet _declarations;
    private readonly Lazy<Sql?> _listing;
    private readonly Lazy<Sql?> _namespaces;
    private readonly TimeSpan? _expireEvery;
    private readonly Type? _own;
    private readonly StoreFollowing? _following;
    private readonly StoreConsumers? _consumers;
    private readonly ConcurrentDictionary<Type, FedSeriesRebuild> _rebuilds = new();
    private readonly StoreFeeding? _feeding;
    private StoreExpiry? _expiry;

    /// <summary>Makes a store that is not open yet, without a word to the database.</summary>
    /// <exception cref="InvalidOperationException">No database was chosen or named, or no declared type is in use.</exception>
    internal TypedStore(TypedOptionsBuilder builder)
    {
        _own = builder.Own;
        _declarations = builder.Declarations();
        _expireEvery = builder.IsReadOnly ? null : builder.ExpireEvery;
        _listing = new(() => OfAllStreams(stream => stream.Listing(_scope!.Database.Dialect)));
        _namespaces = new(NamespacesOfAll);

        // EF Core's own message on a missing provider speaks of contexts and overrides that users of a store have never seen.
        var engine = EngineRegistry.Find(builder.Options);
        _contexts = new(builder, _declarations);
        _owned = engine.CompleteOptions(builder, builder.IsReadOnly);
        var naming = NamingOf(_contexts);
        _tables = builder.OwnTables ?? new(naming, engine.Dialect);
        WriterStatements writers = new(SystemTables.Writers, engine.Dialect);
        var database = engine.OpenStore(builder.Options, writers.Stamp, builder.ReadTimeout);

        // Where an application's context has the tables, the store keeps only its own.
        var provisioned = _own is null ? _declarations : s_none;
        Provisioner = new(engine, provisioned, TableDefinitions.Of(provisioned, engine.Dialect, naming), builder.IsReadOnly)
        {
            IsFollowed = IsFollowed,
            OfContext = () => builder.OwnNaming is { } names ? TableDefinitions.Of(_declarations, engine.Dialect, names) : [],
        };
        DatabaseOpening opening = new(database, Provisioner, writers) { IsReadOnly = builder.IsReadOnly, RetriesOnFailure = builder.RetriesOnFailure };
        var telemetry = new StoreTelemetry(database.Place, database.Address, builder.LoggerFactory);
        Opening = new(opening.RunAsync, Opened, telemetry.Log.OpenFailed);
        var waiting = new OpeningDatabase(database, Opening);
        var signals = IsFollowed ? new CommitSignals() : null;
        var retry = new RetryPolicy(waiting);

        // Last of all that may fail: nobody would give it back.
        (SpoolLog, KeptWriterStatements)? spool = builder.SpoolOptions is { } options ? (new SpoolLog(options), writers.Kept) : null;
        var writer = new StoreWriter(waiting, retry, builder.WriteOptions(waiting) with { Advice = Advise }, builder.TimeProvider, spool)
        {
            Fence = writers.Fence,
            Sequence = writers.Sequence,
            Telemetry = telemetry,
            Signals = signals,
        };
        string? Advise(Exception error) =>
            _own is not null && engine.IsTableMissing(error) ? $"The model of {_own.Name} has the table: {MissingTable.WayOut(_own.Name)}" : null;

        if (writer.Spool is { } opened)
        {
            opened.FindLane = FindLane;
            opening.Spool = opened;
        }

        _scope = new(
            waiting, new ReadPolicy(waiting, retry, builder.ReadTimeout), writer, builder.TimeProvider, builder.MaxEventBytes, builder.IsReadOnly);
        if (signals is null)
        {
            return;
        }

        EpochStatements epochs = new(SystemTables.Follow, engine.Dialect);
        ConsumerStatements consumers = new(SystemTables.Consumers, engine.Dialect);
        _following = new(_scope, epochs, signals, FollowedTables, builder.IsReadOnly);
        _consumers = new(_scope, consumers);
        if (!builder.IsReadOnly && StoreFeeding.IsNeeded(_declarations))
        {
            _feeding = new(_declarations, _tables, engine);

            // What is still being opened cannot be waited for.
            StoreScopeOfStore early = new(
                database, new ReadPolicy(database, new(database), builder.ReadTimeout), writer, builder.TimeProvider, builder.MaxEventBytes, isReadOnly: false);
            opening.PrepareFeeding = token => _feeding.PrepareAsync(
                early, new(early, epochs, signals, FollowedTables, isReadOnly: false), new(early, consumers), token);
        }
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
    [RequiresUnreferencedCode(LinqNeeds.UnreferencedCode)]
    [RequiresDynamicCode(LinqNeeds.DynamicCode)]
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

    /// <summary>What creates the store's tables and checks its catalog.</summary>
    internal Provisioner Provisioner { get; }

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
    [RequiresUnreferencedCode(LinqNeeds.UnreferencedCode)]
    [RequiresDynamicCode(LinqNeeds.DynamicCode)]
    public TypedDbContext CreateDbContext()
    {
        _scope.ThrowIfDisposed();
        if (_own is not null)
        {
            throw new InvalidOperationException($"This store is built on {_own.Name}, whose model has the tables: query through it, as in X.In(db).");
        }

        return _contexts.Create();
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

    /// <summary>
    /// Makes a series anew from the events of all streams of this store that feed it, in all namespaces, while others write and read: after the method that
    /// makes its points has changed, or where points were lost or written by hand. What did not come from an event is gone.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The new rows are made in tables beside those of the series, which are removed at the end, and so is a trigger that tells of the events that are put
    /// meanwhile. Should anything fail until then, the series stays as it was. At the end the rows are exchanged: those of a small series in one transaction,
    /// those of a large one some ten thousand at a time, each bucket at once. Others cannot write into the series during such a transaction. Where the exchange
    /// breaks off, running it again does the rest.
    /// </para>
    /// <para>
    /// Buckets of which a stream holds only a part, because of its <c>Retain</c>, stay as they are. What feeds the series later (<c>Later = true</c>) begins
    /// again from the first event at the exchange, which is one transaction then, and is waited for.
    /// </para>
    /// </remarks>
    /// <typeparam name="TPoint">The declared class of the series.</typeparam>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InvalidOperationException">
    /// The store does not hold the series, or no stream that feeds it; another process rebuilds it; or an event feeds a point that cannot be stored.
    /// </exception>
    /// <exception cref="UnreadableEventException">The class of a stream cannot read an event.</exception>
    /// <exception cref="WriteFailedException">The database refused, as to users who may create no tables, or did not answer in time.</exception>
    public async ValueTask RebuildAsync<TPoint>(CancellationToken cancellationToken = default)
    {
        _scope.ThrowIfDisposed();
        _scope.ThrowIfReadOnly();
        var rebuild = _rebuilds.GetOrAdd(typeof(TPoint), NewRebuild);

        // What this store has accepted is stored first.
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await rebuild.RunAsync(cancellationToken).ConfigureAwait(false);
        await FedAsync(cancellationToken).ConfigureAwait(false);
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

    /// <summary>
    /// Waits until every event that is committed now has written the points that it feeds to series of this store later
    /// (<c>[Feeds&lt;T&gt;(Later = true)]</c>), whichever process writes them. What is held back by a transaction that is still open anywhere in a
    /// PostgreSQL cluster is waited for too.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    /// <exception cref="ReadFailedException">The database refused or did not answer in time.</exception>
    /// <exception cref="StreamPositionException">A position belongs to another history of commits: the database was restored.</exception>
    public async ValueTask FedAsync(CancellationToken cancellationToken = default)
    {
        _scope.ThrowIfDisposed();
        await Opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_feeding is not null)
        {
            await _feeding.WaitAsync(_scope, _following!, _consumers!, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes what was accepted, within <c>ShutdownTimeout</c>, and closes the store's connections.</summary>
    /// <exception cref="UnwrittenItemsException">Posted items could not be written in time; carries them. The store is closed.</exception>
    /// <exception cref="AggregateException"><c>OnRejected</c> threw, and no <see cref="FlushAsync"/> said so. The store is closed.</exception>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await CloseAsync(_expiry).ConfigureAwait(false);
            await CloseAsync(_feeding).ConfigureAwait(false);
            await CloseAsync(_following).ConfigureAwait(false);
            await _scope.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            // An attempt to open it may just have succeeded.
            await Opening.DisposeAsync().ConfigureAwait(false);
            await CloseAsync(_expiry).ConfigureAwait(false);
            await CloseAsync(_feeding).ConfigureAwait(false);
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
        var stream = new FollowedStream<TBody>(new EventSource<TBody>(_scope, tables, tables.Stream(definition), options.Namespace), Following);
        _scope.ThrowIfReadOnly();
        return _scope.Database.ConsumerObstacle is { } obstacle
            ? throw new NotSupportedException($"{_scope.Database.Address} has no consumers: {obstacle}. Follow the stream instead, or keep it in a file.")
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
                + (_own is null
                    ? "Name the type with Only<T>(), or include the module of its assembly."
                    : $"Map the type in {_own.Name}, whose model has the tables: modelBuilder.AddTyped() maps the modules in use, and those that are named."));
    }

    private FedSeriesRebuild NewRebuild(Type type)
    {
        var tables = TablesOf(type);
        var series = _declarations.Series.FirstOrDefault(one => one.PointType == type)
            ?? throw new InvalidOperationException($"{_declarations.NameOf(type)} is an event stream: RebuildAsync makes series anew.");
        StoreHandle[] handles = [.. _declarations.All.Select(declaration => declaration.Handle).OfType<StoreHandle>()];
        var staged = tables.Staged();
        RebuildSource[] sources = [.. handles.Select(handle => handle.SourceOf(tables, series, staged)).OfType<RebuildSource>()];
        StreamDefinition[] later = [.. handles.Select(handle => handle.FeedsLater(series)).OfType<StreamDefinition>()];
        if (sources.Length + later.Length == 0)
        {
            throw new InvalidOperationException(
                $"No stream of this store feeds {_declarations.NameOf(type)}, so there is nothing to make it from: declare [Feeds<{type.Name}>] on a stream, "
                + "or rebuild an interval from a finer one with RebuildAsync of the series.");
        }

        return Array.Find(later, stream => stream.Retain is not null) is { } forgetful
            ? throw new InvalidOperationException(
                $"{_declarations.NameOf(type)} cannot be rebuilt: {_declarations.NameOf(forgetful.BodyType)} feeds it later and keeps its events for a time "
                + "only, so that nobody can tell which of them older buckets hold. Take Later away, or Retain.")
            : new(_scope, series, tables, sources, [.. later.Select(stream => (Consumers.Statements.MoveAll, (IParameters)new Texts(
                FeedNames.Of(stream.Name, series.Name, ""), StreamPosition.Start.ToString())))]);
    }

    private IEnumerable<StreamTable> FollowedTables() => _declarations.Streams.Where(stream => stream.Follow).Select(stream => _tables.Stream(stream).Table);

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

    /// <summary>What the tables are called. EF Core's model is built only where options such as naming conventions have a say in that.</summary>
    /// <exception cref="NotSupportedException">They have, in an application that is trimmed.</exception>
    private static TableNaming NamingOf(StoreContexts contexts)
    {
        if (!contexts.HaveConventions)
        {
            return TableNaming.Declared;
        }

        if (EntityModel.IsSupported)
        {
            using var context = contexts.Create();
            return new ModelNaming(context.Model);
        }

        throw new NotSupportedException(
            "The options of the store change EF Core's model, by a naming convention, a replaced service or a model of their own. "
            + "A trimmed application, or one that NativeAOT compiles, has no such model: leave them out.");
    }

    /// <summary>The lane of items that an earlier run has left in the spool; null: the store has no such type.</summary>
    private ISpooledLane? FindLane(string layout)
    {
        if (EventLayout.Read(layout) is var (stream, streamNamespace, isGiven))
        {
            return LaneOf(declared => declared is StreamDeclaration { Definition: var definition } && definition.Name == stream, streamNamespace, isGiven);
        }

        var series = Layout.ReadSeries("", layout)?.Name;
        return LaneOf(declared => declared is SeriesDeclaration { Definition: var definition } && definition.Name == series, "", given: false);

        ISpooledLane? LaneOf(Func<Declaration, bool> isIt, string space, bool given) =>
            (_declarations.All.FirstOrDefault(isIt)?.Handle as StoreHandle)?.Lane(_scope, _tables, space, given);
    }

    private void Opened()
    {
        var writer = _scope.Writer;
        writer.Telemetry.Open(() => writer.Pending);
        writer.Spool?.SayWhatWasFound();
        _feeding?.Start(_scope, _following!, _consumers!);
        _expiry = _expireEvery is { } every ? new(this, _scope.Database, writer.Telemetry.Log, _declarations, every) : null;
    }

    private static ValueTask CloseAsync(IAsyncDisposable? opened) => opened?.DisposeAsync() ?? ValueTask.CompletedTask;
}
