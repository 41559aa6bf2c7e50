using System.Runtime.CompilerServices;
using Typed.Generated;
using Typed.Schema;
using Typed.Storage;
using Typed.Storage.Tables;
using Typed.Writing;

namespace Typed.Streams;

/// <summary>One stream in one namespace of one store: what handles and ranges run on.</summary>
internal sealed class EventSource<TBody>(StoreScope scope, StreamStatements statements, string space)
    where TBody : IEventBody<TBody>
{
    /// <summary>The most rows of a page.</summary>
    private const int PageRows = 5_000;

    /// <summary>Rows of the first page, before the size of events is known.</summary>
    private const int FirstPageRows = 512;

    /// <summary>Bytes of JSON after which a page ends: memory stays bounded whatever the size of events.</summary>
    private const long PageBytes = 8 << 20;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(1);

    public StoreScope Scope => scope;

    /// <summary>Writes a batch in one transaction and gives the ids in the order of its events.</summary>
    public async ValueTask<IReadOnlyList<Guid>> PutAsync(EventBatch<TBody> batch, CancellationToken cancellationToken)
    {
        var ids = batch.Ids();
        if (ids.Length > 0)
        {
            await scope.WriteAsync([batch.Rows(statements, space, ids)], cancellationToken).ConfigureAwait(false);
        }

        return ids;
    }

    /// <summary>The events of a range, page by page; between pages no connection is held.</summary>
    public async IAsyncEnumerable<Event<TBody>> ReadAsync(
        IdRange range, bool descending, long take, Action<UnreadableEventException>? onUnreadable, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var limit = FirstPageRows;
        while (!range.IsEmpty && take > 0)
        {
            var rows = (int)Math.Min(limit, take);
            var page = await ReadPageAsync(
                descending, part => new EventPageQuery<TBody>(space, part, rows, PageBytes), range, cancellationToken).ConfigureAwait(false);
            foreach (var (read, failure) in page.Events)
            {
                if (read is not null)
                {
                    yield return read;
                }
                else if (onUnreadable is null)
                {
                    throw failure!;
                }
                else
                {
                    onUnreadable(failure!);
                }
            }

            if (!page.IsFull)
            {
                yield break;
            }

            take -= page.Rows;
            range = range.After(page.LastId, descending);
            limit = (int)Math.Clamp(PageBytes / Math.Max(1, page.Bytes / page.Rows), 16, PageRows);
        }
    }

    public async ValueTask<long> CountAsync(IdRange range, CancellationToken cancellationToken)
    {
        var query = new CountQuery(space, range);
        if (!range.IsEmpty)
        {
            await ReadAsync(statements.Count, query, cancellationToken).ConfigureAwait(false);
        }

        return query.Result;
    }

    public async ValueTask<long> DeleteAsync(IdRange range, CancellationToken cancellationToken)
    {
        scope.ThrowIfDisposed();
        return range.IsEmpty ? 0 : await scope.ExecuteAsync([(statements.Delete, new RangeParameters(space, range))], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The schema of the newest events, or with null of all.</summary>
    public async ValueTask<string?> InferAsync(int? sample, CancellationToken cancellationToken)
    {
        var inference = new SchemaInference();
        var (range, left) = (IdRange.All, sample ?? long.MaxValue);
        while (left > 0)
        {
            // A page that broke off may have fed a part: each attempt has its own accumulator.
            SchemaInference part = new();
            var rows = (int)Math.Min(PageRows, left);
            var page = await ReadPageAsync(
                descending: true, ids => new InferencePageQuery(part = new(), space, ids, rows, PageBytes), range, cancellationToken).ConfigureAwait(false);
            inference.Add(part);
            if (!page.IsFull)
            {
                break;
            }

            left -= page.Rows;
            range = range.After(page.LastId, descending: true);
        }

        return inference.ToText();
    }

    private async ValueTask<TQuery> ReadPageAsync<TQuery>(bool descending, Func<IdRange, TQuery> make, IdRange range, CancellationToken cancellationToken)
        where TQuery : PageQuery
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var delay = TimeSpan.FromMilliseconds(10); ; delay = delay * 2 < s_longestDelay ? delay * 2 : s_longestDelay)
        {
            var query = make(range);
            try
            {
                await ReadAsync(descending ? statements.Descending : statements.Ascending, query, cancellationToken).ConfigureAwait(false);
                return query;
            }
            catch (Exception error) when (scope.MayRetry(error) && TimeProvider.System.GetElapsedTime(started) + delay < s_patience)
            {
                // Nothing of the page was handed out: it is read again on another connection.
                await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask ReadAsync(Sql sql, IRowQuery query, CancellationToken cancellationToken)
    {
        scope.ThrowIfDisposed();
        var session = await scope.Database.OpenReadAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = session.ConfigureAwait(false);
        await session.ReadAsync(sql, query, cancellationToken).ConfigureAwait(false);
    }
}
