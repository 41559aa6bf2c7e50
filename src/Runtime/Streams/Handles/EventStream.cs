using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Typed.Streams.Reading;
using Typed.Streams.Writing;
using Typed.Writing;

namespace Typed;

/// <summary>A declared event stream in one namespace of one store: put events, and read the whole stream or a range of it.</summary>
/// <typeparam name="TBody">The declared class.</typeparam>
public class EventStream<TBody> : EventRange<TBody>
    where TBody : IEventBody<TBody>
{
    internal EventStream(EventSource<TBody> source)
        : base(source)
    {
    }

    /// <summary>Puts an event.</summary>
    /// <param name="body">The event.</param>
    /// <param name="at">When it happened, from 1970 on; the member with <c>[EventTime]</c> comes first. Default: now.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="EventRejectedException">The body or the time cannot be stored; nothing was written.</exception>
    /// <exception cref="WriteFailedException">The database refused or did not answer in time.</exception>
    [OverloadResolutionPriority(2)] // PutAsync(new(...)) is one event
    public async ValueTask<EventId> PutAsync(TBody body, DateTimeOffset? at = null, CancellationToken cancellationToken = default)
    {
        var batch = NewBatch();
        batch.Add(body, at, Now);
        return (await PutAsync(batch, cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>Puts events in one transaction: all or nothing.</summary>
    /// <param name="bodies">The events.</param>
    /// <param name="at">When they happened, from 1970 on; the member with <c>[EventTime]</c> comes first. Default: now.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Their ids, in the order given.</returns>
    /// <exception cref="EventRejectedException">A body or a time cannot be stored; nothing was written.</exception>
    /// <exception cref="WriteFailedException">The database refused or did not answer in time.</exception>
    [OverloadResolutionPriority(1)] // PutAsync([new(...)]) has no times and ids
    public async ValueTask<IReadOnlyList<EventId>> PutAsync(IEnumerable<TBody> bodies, DateTimeOffset? at = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        var batch = NewBatch();
        var now = Now;
        foreach (var body in bodies)
        {
            batch.Add(body, at, now);
        }

        return await PutAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts events with a time each, in one transaction: all or nothing.</summary>
    /// <param name="bodies">The events with their times; the member with <c>[EventTime]</c> comes first.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Their ids, in the order given.</returns>
    /// <exception cref="EventRejectedException">A body or a time cannot be stored; nothing was written.</exception>
    /// <exception cref="WriteFailedException">The database refused or did not answer in time.</exception>
    public async ValueTask<IReadOnlyList<EventId>> PutAsync(IEnumerable<(TBody Body, DateTimeOffset At)> bodies, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        var batch = NewBatch();
        var now = Now;
        foreach (var (body, at) in bodies)
        {
            batch.Add(body, at, now);
        }

        return await PutAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts an event under a given id, which says its time. Where the event is stored already nothing changes, so a repeated put is safe.</summary>
    /// <param name="id">
    /// An id that <see cref="EventId.New"/> or <see cref="EventId.FromKronos"/> made, or that an earlier put gave.
    /// </param>
    /// <param name="body">The event.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether the event was new; false where the same event was stored before.</returns>
    /// <exception cref="ArgumentException">The id is the default of its type.</exception>
    /// <exception cref="EventRejectedException">The body cannot be stored, or another body is stored under the id; nothing was written.</exception>
    /// <exception cref="WriteFailedException">The database refused or did not answer in time.</exception>
    public async ValueTask<bool> PutAsync(EventId id, TBody body, CancellationToken cancellationToken = default) =>
        (await PutAsync([(id, body)], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Puts events under given ids in one transaction: all or nothing. Events that are stored already stay as they are.</summary>
    /// <param name="bodies">
    /// The events with their ids, which <see cref="EventId.New"/> or <see cref="EventId.FromKronos"/> made or an earlier put gave; of two under one id the
    /// first counts.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>For each event, in the order given, whether it was new.</returns>
    /// <exception cref="ArgumentException">An id is the default of its type.</exception>
    /// <exception cref="EventRejectedException">A body cannot be stored, or another body is stored under an id; nothing was written.</exception>
    /// <exception cref="WriteFailedException">The database refused or did not answer in time.</exception>
    public async ValueTask<IReadOnlyList<bool>> PutAsync(IEnumerable<(EventId Id, TBody Body)> bodies, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        var batch = NewBatch();
        foreach (var (id, body) in bodies)
        {
            batch.Add(body, id);
        }

        if (batch.Count > 0)
        {
            await WriteAsync(Pending(batch, WriteMode.Call), batch, cancellationToken).ConfigureAwait(false);
        }

        return batch.New;
    }

    /// <summary>
    /// Puts a stream of events, committing every 5 000; those of a slow stream about a second after they were read (in a <c>DbContext</c> when the next one
    /// comes), so that reads see them.
    /// </summary>
    /// <param name="bodies">The events; those without a time of their own count for the moment they arrive.</param>
    /// <param name="cancellationToken">Stops reading the stream; what was read by then is put.</param>
    /// <returns>The number of events.</returns>
    /// <exception cref="PutInterruptedException">An event was refused, the stream failed or the database did; says how many events are in.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; every event that was read from the stream is in.</exception>
    public async ValueTask<long> PutAsync(IAsyncEnumerable<TBody> bodies, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        var chunk = new Chunk(this);
        try
        {
            await new ChunkedWrite<TBody>(bodies, chunk, Source.Scope, cancellationToken).RunAsync().ConfigureAwait(false);
            return chunk.Done;
        }
        catch (EventRejectedException refused)
        {
            throw new PutInterruptedException(chunk.Done, new EventRejectedException(refused, chunk.Done));
        }
        catch (Exception error) when (error is not ObjectDisposedException
            && !(error is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            throw new PutInterruptedException(chunk.Done, error);
        }
    }

    /// <summary>
    /// Hands an event to the store's background writer, which writes it within <c>FlushInterval</c> and does not give up while the database is away.
    /// Never waits for the database; where the store holds <c>Capacity</c> unwritten items, <c>WhenFull</c> says what happens.
    /// </summary>
    /// <param name="body">The event.</param>
    /// <param name="at">When it happened, from 1970 on; the member with <c>[EventTime]</c> comes first. Default: now.</param>
    /// <param name="cancellationToken">Stops waiting for room; the event is not accepted then.</param>
    /// <returns>Ends when the event is accepted. An event that the database refuses later goes to the store's <c>OnRejected</c>.</returns>
    /// <exception cref="EventRejectedException">The body or the time cannot be stored; the event is not accepted.</exception>
    /// <exception cref="CapacityExceededException">There is no room, and <c>WhenFull</c> is <see cref="WhenFull.Throw"/>.</exception>
    /// <exception cref="InvalidOperationException">The handle is a <c>DbContext</c>'s.</exception>
    [OverloadResolutionPriority(2)] // Post(new(...)) is one event
    public ValueTask Post(TBody body, DateTimeOffset? at = null, CancellationToken cancellationToken = default)
    {
        Source.Scope.ThrowIfDisposed();
        return Source.Scope.PostAsync(Source.Lane, Source.Lane.Accept(body, at, Now), cancellationToken);
    }

    /// <summary>Posts an event of what watches the application, which is dropped rather than waits.</summary>
    /// <exception cref="EventRejectedException">The body or the time cannot be stored.</exception>
    internal void PostOrDrop(TBody body, DateTimeOffset at) => Source.Scope.Writer!.TryPost(Source.Lane, Source.Lane.Accept(body, at, at), isKept: false);

    /// <summary>Hands events to the store's background writer. They are written one by one, not all or nothing.</summary>
    /// <param name="bodies">The events.</param>
    /// <param name="at">When they happened, from 1970 on; the member with <c>[EventTime]</c> comes first. Default: now.</param>
    /// <param name="cancellationToken">Stops waiting for room; the events from there on are not accepted.</param>
    /// <returns>Ends when all events are accepted.</returns>
    /// <exception cref="EventRejectedException">A body or a time cannot be stored; says which. The events before it are accepted.</exception>
    /// <exception cref="CapacityExceededException">There is no room, and <c>WhenFull</c> is <see cref="WhenFull.Throw"/>.</exception>
    /// <exception cref="InvalidOperationException">The handle is a <c>DbContext</c>'s.</exception>
    [OverloadResolutionPriority(1)] // Post([new(...)]) has no times
    public async ValueTask Post(IEnumerable<TBody> bodies, DateTimeOffset? at = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        var index = 0;
        foreach (var body in bodies)
        {
            try
            {
                await Post(body, at, cancellationToken).ConfigureAwait(false);
            }
            catch (EventRejectedException refused)
            {
                throw new EventRejectedException(refused, index);
            }

            index++;
        }
    }

    /// <summary>
    /// Hands an event under a given id to the store's background writer. Where the event is stored already nothing changes, so a repeated post is safe.
    /// </summary>
    /// <param name="id">An id that <see cref="EventId.New"/> or <see cref="EventId.FromKronos"/> made, or that an earlier put gave.</param>
    /// <param name="body">The event.</param>
    /// <param name="cancellationToken">Stops waiting for room; the event is not accepted then.</param>
    /// <returns>
    /// Ends when the event is accepted. An event that the database refuses later goes to the store's <c>OnRejected</c>, and so does one whose id has another
    /// body.
    /// </returns>
    /// <exception cref="ArgumentException">The id is the default of its type.</exception>
    /// <exception cref="EventRejectedException">The body cannot be stored; the event is not accepted.</exception>
    /// <exception cref="CapacityExceededException">There is no room, and <c>WhenFull</c> is <see cref="WhenFull.Throw"/>.</exception>
    /// <exception cref="InvalidOperationException">The handle is a <c>DbContext</c>'s.</exception>
    public ValueTask Post(EventId id, TBody body, CancellationToken cancellationToken = default)
    {
        Source.Scope.ThrowIfDisposed();
        return Source.Scope.PostAsync(Source.GivenLane, Source.GivenLane.Accept(id, body), cancellationToken);
    }

    /// <summary>The whole stream in this namespace, as the handle itself is.</summary>
    public EventRange<TBody> All() => this;

    /// <inheritdoc cref="EventRange{TBody}.OnUnreadable"/>
    public new EventStream<TBody> OnUnreadable(Action<UnreadableEventException> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new(Source) { Handler = handler };
    }

    /// <summary>The event of an id; null where there is none in this namespace.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="UnreadableEventException">The stored JSON does not fit the class.</exception>
    public async ValueTask<Event<TBody>?> GetAsync(EventId id, CancellationToken cancellationToken = default)
    {
        await foreach (var found in Source.ReadAsync(IdRange.Single(id), descending: false, take: 1, Handler, firstRows: 1,
            cancellationToken).ConfigureAwait(false))
        {
            return found;
        }

        return null;
    }

    /// <summary>Removes the event of an id.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether there was one in this namespace.</returns>
    /// <exception cref="WriteFailedException">The database refused or did not answer in time.</exception>
    public async ValueTask<bool> DeleteAsync(EventId id, CancellationToken cancellationToken = default) =>
        await Source.DeleteAsync(IdRange.Single(id), cancellationToken).ConfigureAwait(false) > 0;

    /// <summary>Empties the stream in this namespace.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask DeleteAllAsync(CancellationToken cancellationToken = default) =>
        await Source.DeleteAsync(IdRange.All, cancellationToken).ConfigureAwait(false);

    /// <summary>Removes events that are older than the class's <c>Retain</c>; without one, nothing.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The number removed.</returns>
    public async ValueTask<long> ExpireAsync(CancellationToken cancellationToken = default)
    {
        Source.Scope.ThrowIfReadOnly();
        return TBody.Stream.Retain is { } period && period < Now - DateTimeOffset.UnixEpoch
            ? await Source.DeleteAsync(IdRange.All.Before(Now - period), cancellationToken).ConfigureAwait(false)
            : 0;
    }

    /// <summary>The JSON Schema (2020-12, canonical text) of what is stored; of no events: null.</summary>
    /// <param name="sample">How many of the newest events to look at; null: all of them, with bounded memory.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sample"/> is below 1.</exception>
    public ValueTask<string?> InferSchemaAsync(int? sample = 100, CancellationToken cancellationToken = default)
    {
        if (sample is { } count)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(sample));
        }

        return Source.InferAsync(sample, Handler, cancellationToken);
    }

    /// <summary>Writes a batch in one transaction and gives the ids in the order of its events.</summary>
    private async ValueTask<IReadOnlyList<EventId>> PutAsync(EventBatch<TBody> batch, CancellationToken cancellationToken)
    {
        if (batch.Count > 0)
        {
            await WriteAsync(Pending(batch, WriteMode.Call), batch, cancellationToken).ConfigureAwait(false);
        }

        return batch.Ids;
    }

    private PendingEvents<TBody> Pending(EventBatch<TBody> batch, WriteMode mode)
    {
        batch.DrawIds();
        return new(Source.Lane, batch, mode, Source.Scope.Writer);
    }

    private async ValueTask WriteAsync(PendingEvents<TBody> write, EventBatch<TBody> batch, CancellationToken cancellationToken)
    {
        await Source.Scope.WriteAsync(write, cancellationToken).ConfigureAwait(false);
        if (!write.IsReadElsewhere)
        {
            batch.Dispose();
        }
    }

    private DateTimeOffset Now => Source.Scope.Clock.GetUtcNow();

    private EventBatch<TBody> NewBatch()
    {
        Source.Scope.ThrowIfDisposed();
        Source.Scope.ThrowIfReadOnly();
        return Source.Lane.NewBatch();
    }

    /// <summary>Events of an async stream that are committed together.</summary>
    private sealed class Chunk(EventStream<TBody> stream) : IChunk<TBody>
    {
        private readonly Action<UnwrittenItem>? _onRejected = stream.Source.Scope.Writer?.Options.OnRejected;
        private EventBatch<TBody> _batch = stream.NewBatch();

        public long Done { get; private set; }

        public int Count => _batch.Count;

        public void Add(TBody item)
        {
            try
            {
                _batch.Add(item, at: null, stream.Now);
            }
            catch (EventRejectedException refused) when (_onRejected is not null && item is not null)
            {
                _onRejected(new UnwrittenEvent<TBody>(item, stream.Now, refused));
            }
        }

        public async ValueTask WriteAsync()
        {
            var batch = _batch;
            _batch = stream.NewBatch();
            if (batch.Count == 0)
            {
                return;
            }

            var write = stream.Pending(batch, _onRejected is null ? WriteMode.Call : WriteMode.Stream);
            try
            {
                await stream.WriteAsync(write, batch, CancellationToken.None).ConfigureAwait(false);
            }
            finally
            {
                // A stream of which some items are refused is committed in parts.
                Done += write.Committed;
            }

            if (write.HandlerError is { } thrown)
            {
                ExceptionDispatchInfo.Throw(thrown);
            }
        }
    }
}
