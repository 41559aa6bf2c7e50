using Typed.Series.Kinds;
using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Time;

namespace Typed.Series.Reading;

/// <summary>A view that reads rows page by page and builds items from them.</summary>
internal abstract class PagedReader<TItem>(Interval interval, Func<BucketAccumulator<TItem>> newAccumulator) : IntervalReader<TItem>(interval)
{
    public override TItem Nothing { get; } = newAccumulator().Nothing;

    // Slots that are merged, where each has several values, do not come by value.
    public override bool Sorts(int keys, bool slots) => keys > 1 || (Interval.IsFine && Merged(keys, slots));

    public override async ValueTask<BucketPage<TItem>> ReadPageAsync<TKey>(
        Session session, KeySet<TKey> keys, BucketSpan span, bool slots, bool sparse, CancellationToken cancellationToken)
    {
        var (sql, room) = (Statement(slots).For(keys.Count), BucketPageSize.Room(Interval, span));
        for (var limit = BucketPageSize.First(span); ; limit = BucketPageSize.Larger(limit))
        {
            var query = new BucketPageQuery<TKey, TItem>(
                keys, Layout(slots), newAccumulator(), slots ? newAccumulator() : null,
                    Merged(keys.Count, slots), FirstPosition(span.First), LastPosition(span.Last, LastPosition(span.Last)), limit, room, More);
            await session.ReadAsync(sql, query, cancellationToken).ConfigureAwait(false);
            var buckets = query.End();

            // None whole: a bucket with more rows than a page. Fetch it again, with a larger one.
            if (buckets.Count > 0 || !query.IsFull)
            {
                return new(buckets, query.Rows, query.IsFull && Interval.Step.TryNext(buckets[^1].Start, out var next) ? next : null);
            }
        }
    }

    public override async ValueTask<TItem> CollapseAsync<TKey>(Session session, KeySet<TKey> keys, BucketSpan span, CancellationToken cancellationToken)
    {
        var query = new CollapseQuery<TKey, TItem>(keys, newAccumulator(), span.First, LastPosition(span.Last), More);
        await session.ReadAsync(CollapseStatement.For(keys.Count), query, cancellationToken).ConfigureAwait(false);
        return query.Result;
    }

    protected abstract KeyedSql CollapseStatement { get; }

    protected abstract KeyedSql Statement(bool slots);

    protected abstract RowLayout Layout(bool slots);

    protected abstract bool Merged(int keys, bool slots);

    /// <summary>Parameters after all others.</summary>
    protected virtual IParameters? More => null;

    /// <summary>The position up to which rows belong to the range.</summary>
    protected virtual long LastPosition(long lastBucket) => lastBucket;
}
