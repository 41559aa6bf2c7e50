using System.Runtime.CompilerServices;
using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Streams.Reading;

namespace Typed.Streams.Following;

/// <summary>Follows one stream in one namespace: pages in the order of commits, without an end.</summary>
internal sealed class EventTail<TBody>(EventSource<TBody> source, StoreFollowing following)
    where TBody : IEventBody<TBody>
{
    /// <summary>The id of positions that stand behind all events of their order.</summary>
    private static readonly Guid s_last = Guid.AllBitsSet;

    private readonly FollowStatements _statements = following.Statements(source.Table);

    /// <summary>The pages after a position; with each comes whether it was full, so that more may be there already.</summary>
    /// <param name="after">The position.</param>
    /// <param name="mostRows">The most rows of a page.</param>
    /// <param name="idle">Told when there was nothing left to read.</param>
    /// <param name="cancellationToken">Ends it, with an exception.</param>
    public async IAsyncEnumerable<FollowPage<TBody>> ReadAsync(
        StreamPosition after, int mostRows, Action? idle, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        source.Scope.ThrowIfDisposed();
        after = await BeginAsync(after, cancellationToken).ConfigureAwait(false);
        using var commits = following.Signals.Subscribe(source.Table.Name, source.Namespace);
        following.Watch();
        var (rows, pause) = (Math.Min(mostRows, EventPageSize.FirstRows), default(FollowPause));
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var seen = commits.Version;
            var (state, page) = await ReadPageAsync(after, rows, cancellationToken).ConfigureAwait(false);
            using (page)
            {
                if (page is { Rows: > 0 })
                {
                    after = page.Last;
                    rows = Math.Min(mostRows, page.NextRows);
                    pause.Reset();
                    yield return page;
                    continue;
                }
            }

            // What was deleted between two statements says nothing of what comes after it.
            if (!state.IsPending && !state.HasEvents)
            {
                idle?.Invoke();
                after = Behind(state);
            }

            await commits.WaitAsync(seen, pause.Next(state.IsPending, following.Signals.Hears), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The position behind every event that is committed, except those behind a transaction that still runs.</summary>
    public async ValueTask<StreamPosition> EndAsync(CancellationToken cancellationToken)
    {
        source.Scope.ThrowIfDisposed();
        await following.CheckAsync(_statements, Asked, cancellationToken).ConfigureAwait(false);
        return Behind(await EndStateAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>A position as it is in the present history of commits, for <see cref="NextAsync"/>.</summary>
    /// <exception cref="StreamPositionException">It belongs to another history.</exception>
    public ValueTask<StreamPosition> CheckAsync(StreamPosition after, CancellationToken cancellationToken)
    {
        source.Scope.ThrowIfDisposed();
        return BeginAsync(after, cancellationToken);
    }

    /// <summary>Looks once: the next page after a position, null where there is none, and whether events are committed that cannot be read yet.</summary>
    /// <param name="after">A position that was checked.</param>
    /// <param name="rows">The most rows of the page.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask<(FollowPage<TBody>? Page, bool IsPending)> NextAsync(StreamPosition after, int rows, CancellationToken cancellationToken)
    {
        var (state, page) = await ReadPageAsync(after, rows, cancellationToken).ConfigureAwait(false);
        return (page, state.IsPending);
    }

    /// <summary>How far the commits have come: each event that is committed now has a lower order.</summary>
    public async ValueTask<long> EndOrderAsync(CancellationToken cancellationToken) =>
        (await EndStateAsync(cancellationToken).ConfigureAwait(false)).End;

    /// <summary>Whether all events before an order come before a position too.</summary>
    public async ValueTask<bool> IsPastAsync(StreamPosition position, long order, CancellationToken cancellationToken) =>
        position.Order >= order
        || !((await StateAsync(position, cancellationToken).ConfigureAwait(false)).Next < order);

    /// <summary>The position behind all events that a state knows, if nothing comes after the position that it was read for.</summary>
    private static StreamPosition Behind(FollowState state) => new(state.Epoch!.Value, Math.Min(state.Horizon, state.End) - 1, s_last);

    // Asked what comes behind everything, so that nobody looks for the first event that is left.
    private ValueTask<FollowState> EndStateAsync(CancellationToken cancellationToken) =>
        StateAsync(StreamPosition.Start, new(0, long.MaxValue, s_last), cancellationToken);

    private Asked Asked => new("new events", $"stream '{source.Table.Stream.Name}'", $"namespace '{source.Namespace}'");

    /// <summary>Checks a position, and gives it in the present history of commits.</summary>
    private async ValueTask<StreamPosition> BeginAsync(StreamPosition after, CancellationToken cancellationToken)
    {
        await following.CheckAsync(_statements, Asked, cancellationToken).ConfigureAwait(false);
        var state = await StateAsync(after, cancellationToken).ConfigureAwait(false);
        if (after == StreamPosition.Start)
        {
            return new(state.Epoch!.Value, order: 0, Guid.Empty);
        }

        if (_statements.At is { } at && after.Id != s_last && after.Order > 0)
        {
            var found = await source.Scope.ReadAsync(
                Asked, at, () => new IdQuery(source.Namespace, after), cancellationToken).ConfigureAwait(false);
            if (found.Id is { } other && other != after.Id)
            {
                throw Refuse(after, "another event is stored at that place: the database was restored from an older copy, and written to since");
            }
        }

        return after;
    }

    /// <summary>The state of the stream, whose history of commits is recorded then.</summary>
    private ValueTask<FollowState> StateAsync(StreamPosition after, CancellationToken cancellationToken) => StateAsync(after, after, cancellationToken);

    private async ValueTask<FollowState> StateAsync(StreamPosition after, StreamPosition behind, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            var query = await source.Scope.ReadAsync(
                Asked, _statements.State, () => new FollowStateQuery(source.Namespace, behind), cancellationToken).ConfigureAwait(false);
            var state = query.State;
            if (state.Epoch is not null && !state.IsRestored)
            {
                Check(after, state);
                return state;
            }

            if (tries > 3)
            {
                throw new InvalidOperationException(
                    $"{source.Scope.Database.Address}: the record of the history of commits in typed_follow does not hold, however often it is made.");
            }

            await following.RecordAsync(state, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<(FollowState State, FollowPage<TBody>? Page)> ReadPageAsync(StreamPosition after, int rows, CancellationToken cancellationToken)
    {
        var (state, page) = await source.Scope.ReadAsync(Asked, ReadOnceAsync, cancellationToken).ConfigureAwait(false);
        if (page is null && (state.Epoch is null || state.IsRestored))
        {
            // The database became another one meanwhile.
            state = await StateAsync(after, cancellationToken).ConfigureAwait(false);
        }

        if (page is null)
        {
            Check(after, state);
        }

        return (state, page);

        async ValueTask<(FollowState, FollowPage<TBody>?)> ReadOnceAsync(Session session, CancellationToken token)
        {
            var query = new FollowStateQuery(source.Namespace, after);
            await session.ReadAsync(_statements.State, query, token).ConfigureAwait(false);
            if (!query.State.HasEvents || query.State.Epoch != after.Epoch || query.State.IsRestored)
            {
                return (query.State, null);
            }

            var read = new FollowPage<TBody>(source.Namespace, after, query.State, rows);
            try
            {
                await session.ReadAsync(query.State.IsListedNext ? _statements.Listed : _statements.Page, read, token).ConfigureAwait(false);
                return (query.State, read);
            }
            catch
            {
                read.Dispose();
                throw;
            }
        }
    }

    /// <exception cref="StreamPositionException">The position belongs to another history of commits.</exception>
    private void Check(StreamPosition after, FollowState state)
    {
        if (after.Epoch != 0 && after.Epoch != state.Epoch)
        {
            throw Refuse(after, "the database has another history of commits: it was restored from a dump, or is another database");
        }

        if (after.Order >= state.End)
        {
            throw Refuse(after, "the database has not come that far: it was restored from an older copy");
        }
    }

    private StreamPositionException Refuse(StreamPosition position, string reason) => new(
        position,
        $"The position {position} of stream '{source.Table.Stream.Name}', namespace '{source.Namespace}', does not hold in "
        + $"{source.Scope.Database.Address}: {reason}. Events may be missing, or others have come since. "
        + "Follow from StreamPosition.Start again, or from EndPositionAsync() where what is stored is known; "
        + "a consumer is moved with store.Consumers.");

    private sealed class IdQuery(string streamNamespace, StreamPosition position) : IRowQuery
    {
        public Guid? Id { get; private set; }

        public void Bind(ParameterWriter parameters)
        {
            parameters.Text(streamNamespace);
            parameters.Int64(position.Order);
            parameters.Guid(position.Id);
        }

        public bool Row(RowReader row)
        {
            Id = row.Guid(0);
            return false;
        }
    }
}
