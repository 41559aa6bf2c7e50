using System.Runtime.CompilerServices;
using Typed.Streams.Handles;
using Typed.Streams.Reading;
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
    public async ValueTask<Guid> PutAsync(TBody body, DateTimeOffset? at = null, CancellationToken cancellationToken = default)
    {
        using var batch = NewBatch();
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
    public async ValueTask<IReadOnlyList<Guid>> PutAsync(IEnumerable<TBody> bodies, DateTimeOffset? at = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        using var batch = NewBatch();
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
    public async ValueTask<IReadOnlyList<Guid>> PutAsync(IEnumerable<(TBody Body, DateTimeOffset At)> bodies, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        using var batch = NewBatch();
        var now = Now;
        foreach (var (body, at) in bodies)
        {
            batch.Add(body, at, now);
        }

        return await PutAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts an event under a given id, which says its time. An event that exists under it stays as it is, so a repeated put is safe.</summary>
    /// <param name="id">
    /// An id that <see cref="EventId.New"/> made, or that an earlier put gave. Those of <c>Guid.CreateVersion7()</c> have random digits in the place of the
    /// exact time.
    /// </param>
    /// <param name="body">The event.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The id.</returns>
    /// <exception cref="ArgumentException">The id is not of the layout of <see cref="EventId"/>.</exception>
    /// <exception cref="EventRejectedException">The body cannot be stored; nothing was written.</exception>
    public async ValueTask<Guid> PutAsync(Guid id, TBody body, CancellationToken cancellationToken = default) =>
        (await PutAsync([(id, body)], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Puts events under given ids in one transaction: all or nothing. Events that exist under them stay as they are.</summary>
    /// <param name="bodies">
    /// The events with their ids, which <see cref="EventId.New"/> made or an earlier put gave; of two under one id the first stays.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The ids, in the order given.</returns>
    /// <exception cref="ArgumentException">An id is not of the layout of <see cref="EventId"/>.</exception>
    /// <exception cref="EventRejectedException">A body cannot be stored; nothing was written.</exception>
    public async ValueTask<IReadOnlyList<Guid>> PutAsync(IEnumerable<(Guid Id, TBody Body)> bodies, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        using var batch = NewBatch();
        foreach (var (id, body) in bodies)
        {
            batch.Add(body, id);
        }

        return await PutAsync(batch, cancellationToken).ConfigureAwait(false);
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
        using var chunk = new Chunk(this);
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
    public async ValueTask<Event<TBody>?> GetAsync(Guid id, CancellationToken cancellationToken = default)
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
    public async ValueTask<bool> DeleteAsync(Guid id, CancellationToken cancellationToken = default) =>
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
    private async ValueTask<IReadOnlyList<Guid>> PutAsync(EventBatch<TBody> batch, CancellationToken cancellationToken)
    {
        var ids = batch.Ids();
        if (ids.Length > 0)
        {
            await Source.Scope.WriteAsync([batch.Rows(Source.Table, Source.Namespace, ids)], cancellationToken).ConfigureAwait(false);
        }

        return ids;
    }

    private DateTimeOffset Now => Source.Scope.Clock.GetUtcNow();

    private EventBatch<TBody> NewBatch()
    {
        Source.Scope.ThrowIfDisposed();
        Source.Scope.ThrowIfReadOnly();
        return new(Source.Scope.MaxEventBytes);
    }

    /// <summary>Events of an async stream that are committed together.</summary>
    private sealed class Chunk(EventStream<TBody> stream) : IChunk<TBody>, IDisposable
    {
        private EventBatch<TBody> _batch = stream.NewBatch();

        public long Done { get; private set; }

        public int Count => _batch.Count;

        public void Add(TBody item) => _batch.Add(item, at: null, stream.Now);

        public async ValueTask WriteAsync()
        {
            var next = stream.NewBatch();
            using var batch = _batch;
            _batch = next;
            Done += (await stream.PutAsync(batch, CancellationToken.None).ConfigureAwait(false)).Count;
        }

        public void Dispose() => _batch.Dispose();
    }
}
