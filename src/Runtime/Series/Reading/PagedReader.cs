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
        var (first, last, room) = (FirstPosition(span.First), LastPosition(span.Last, LastPosition(span.Last)), BucketPageSize.Room(Interval, span));
        return await ReadWholeAsync(
            session, Statement(slots).For(keys.Count), span,
            limit => new BucketPageQuery<TKey, TItem>(keys, Layout(slots), newAccumulator(), slots ? newAccumulator() : null, Merged(keys.Count, slots), first,
                last, limit, room, More),
            cancellationToken).ConfigureAwait(false);
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
