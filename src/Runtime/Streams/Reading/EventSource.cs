using System.Runtime.CompilerServices;
using Typed.Schema;
using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Streams.Feeding;
using Typed.Streams.Writing;
using Typed.Writing;

namespace Typed.Streams.Reading;

/// <summary>One stream in one namespace of one store: what handles and ranges run on.</summary>
internal sealed class EventSource<TBody>(StoreScope scope, ModelTables tables, StreamStatements statements, string streamNamespace)
    where TBody : IEventBody<TBody>
{
    public StoreScope Scope => scope;

    public StreamTable Table => statements.Table;

    public string Namespace => streamNamespace;

    /// <summary>Where its events are accepted and combined.</summary>
    public EventLane<TBody> Lane { get; } = new(statements.Table, streamNamespace, scope.MaxEventBytes, NewFeeds(tables, streamNamespace));

    /// <summary>Where posted events with given ids are combined.</summary>
    public EventLane<TBody> GivenLane =>
        field ??= new(statements.Table, streamNamespace, scope.MaxEventBytes, NewFeeds(tables, streamNamespace), takesGiven: true);

    /// <summary>The events of a range, page by page; between pages no connection is held.</summary>
    public async IAsyncEnumerable<Event<TBody>> ReadAsync(
        IdRange range,
        bool descending,
        long take,
        Action<UnreadableEventException>? onUnreadable,
        int firstRows,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = new EventPages<TBody>(this, range, descending, take, firstRows, cancellationToken);
        await using var _ = pages.ConfigureAwait(false);
        while (await pages.NextAsync().ConfigureAwait(false) is { } next)
        {
            using var page = next;
            while (page.TryTake(out var read, out var failure))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (read is not null)
                {
                    yield return read;
                }
                else
                {
                    Report(failure!, onUnreadable);
                }
            }
        }
    }

    public async ValueTask<long> CountAsync(IdRange range, CancellationToken cancellationToken)
    {
        scope.ThrowIfDisposed();
        if (range.IsEmpty)
        {
            return 0;
        }

        var query = await scope.ReadAsync(
            Asked("the number of events"), statements.Count, () => new CountQuery(streamNamespace, range), cancellationToken).ConfigureAwait(false);
        return query.Result;
    }

    public async ValueTask<long> DeleteAsync(IdRange range, CancellationToken cancellationToken)
    {
        scope.ThrowIfDisposed();
        scope.ThrowIfReadOnly();
        if (range.IsEmpty)
        {
            return 0;
        }

        // Only a store is sure to have the table of lists.
        RangeParameters deleted = new(streamNamespace, range);
        return await scope.ExecuteAsync(
            typeof(TBody),
            statements.Forget is { } forget && scope.Writer is not null ? [(statements.Delete, deleted), (forget, deleted)] : [(statements.Delete, deleted)],
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The schema of the newest events, or with null of all.</summary>
    public async ValueTask<string?> InferAsync(int? sample, Action<UnreadableEventException>? onUnreadable, CancellationToken cancellationToken)
    {
        var inference = new SchemaInference();
        var (range, left) = (IdRange.All, sample ?? long.MaxValue);
        while (left > 0)
        {
            var rows = (int)Math.Min(EventPageSize.MostRows, left);
            using var page = await ReadPageAsync(
                Asked("the newest events"),
                descending: true,
                ids => new InferencePage(streamNamespace, ids, rows, EventPageSize.MostBytes),
                range,
                cancellationToken).ConfigureAwait(false);
            foreach (var failure in page.Failures)
            {
                Report(failure, onUnreadable);
            }

            inference.Add(page.Inference);
            if (!page.IsFull)
            {
                break;
            }

            left -= page.Rows;
            range = range.After(page.LastId, descending: true);
        }

        return inference.ToText();
    }

    /// <summary>Reads a page of events as they are stored.</summary>
    public ValueTask<EventPage<TBody>> ReadPageAsync(IdRange range, bool descending, int rows, CancellationToken cancellationToken) =>
        ReadPageAsync(
            Asked(range.Low == range.High ? "an event" : "events"), descending,
            part => new EventPage<TBody>(streamNamespace, part, rows, EventPageSize.MostBytes), range, cancellationToken);

    private static Func<EventFeeds<TBody>>? NewFeeds(ModelTables tables, string streamNamespace) =>
        EventFeeds<TBody>.Factory(TBody.Feeds, tables, streamNamespace);

    /// <summary>Hands an unreadable event to the handler; without a handler throws.</summary>
    private static void Report(UnreadableEventException failure, Action<UnreadableEventException>? onUnreadable) => (onUnreadable ?? throw failure)(failure);

    private Asked Asked(string kind) => new(kind, $"stream '{statements.Table.Stream.Name}'", $"namespace '{streamNamespace}'");

    private ValueTask<TPage> ReadPageAsync<TPage>(
        Asked asked, bool descending, Func<IdRange, TPage> make, IdRange range, CancellationToken cancellationToken)
        where TPage : EventPageQuery, IDisposable
    {
        var sql = descending ? statements.Descending : statements.Ascending;
        return scope.ReadAsync(asked, ReadOnceAsync, cancellationToken);

        async ValueTask<TPage> ReadOnceAsync(Session session, CancellationToken token)
        {
            var page = make(range);
            try
            {
                await session.ReadAsync(sql, page, token).ConfigureAwait(false);
            }
            catch (Exception error) when (page.Rows > 0 && scope.Reads?.MayPass(error) == true)
            {
                // Events that arrived are handed out, so that reading makes progress however often connections break.
                page.BrokeOff = true;
            }
            catch
            {
                page.Dispose();
                throw;
            }

            return page;
        }
    }
}
