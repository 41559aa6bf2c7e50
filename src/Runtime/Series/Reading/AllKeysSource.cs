using Typed.Storage;
using Typed.Time;
using Typed.Writing;

namespace Typed.Series.Reading;

/// <summary>The buckets of all keys that have data in a range, or of those that begin alike.</summary>
internal sealed class AllKeysSource<TKey>(StoreScope scope, Interval interval, string table, KeyPrefix? prefix, string? seriesNamespace)
    where TKey : struct, ISeriesKey<TKey>
{
    public Interval Interval => interval;

    public long Now => scope.Now;

    /// <summary>The live buckets of a range, its ends null where each key has its own; null when there are none.</summary>
    public (BucketSpan Span, long? First, long? Last)? Resolve(RangeRequest range)
    {
        scope.ThrowIfDisposed();
        var now = scope.Now;
        var oldest = interval.OldestLive(now);
        var (first, last) = range.Resolve(interval, now);
        var span = new BucketSpan(Math.Max(first ?? Instant.Min, oldest), last ?? interval.BucketOf(Instant.Max));
        return span.First > span.Last ? null : (span, first is null ? null : span.First, last);
    }

    /// <summary>Reads a page, and gives where the next one starts.</summary>
    /// <param name="reader">How buckets are read.</param>
    /// <param name="span">The first and last bucket of each key.</param>
    /// <param name="after">Where the page before ended.</param>
    /// <param name="rows">The rows to fetch; more where a bucket has more.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask<(List<KeyedRow<TKey, TItem>> Buckets, KeyPlace<TKey>? Next)> ReadPageAsync<TItem>(
        AllKeysReader<TItem> reader, BucketSpan span, KeyPlace<TKey>? after, int rows, CancellationToken cancellationToken)
    {
        var sql = reader.Sql.For(prefix is not null, after is not null);
        for (var limit = rows; ; limit = BucketPageSize.Larger(limit))
        {
            var query = await ReadAsync(sql, new Func<AllKeysPageQuery<TKey, TItem>>(New), cancellationToken).ConfigureAwait(false);
            var buckets = query.End();
            if (buckets.Count > 0 || !query.IsFull)
            {
                return (buckets, query.IsFull ? new KeyPlace<TKey>(buckets[^1].Key, reader.LastPosition(buckets[^1].Start)) : null);
            }

            AllKeysPageQuery<TKey, TItem> New() => new(reader, seriesNamespace, prefix, after, span, limit);
        }
    }

    private async ValueTask<TQuery> ReadAsync<TQuery>(Sql sql, Func<TQuery> make, CancellationToken cancellationToken)
        where TQuery : IRowQuery
    {
        try
        {
            return await scope.ReadAsync(
                new Asked("a range of all keys", table, $"interval '{interval.Name}'"),
                sql, make, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (Overflows.Is(scope, error))
        {
            throw Overflows.In(scope, interval, error);
        }
    }
}
