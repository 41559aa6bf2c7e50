using Typed.Storage;
using Typed.Time;

namespace Typed.Series.Reading;

/// <summary>Buckets made of the values of their keys by the user's own join.</summary>
/// <param name="interval">The interval.</param>
/// <param name="rows">How its rows are read.</param>
/// <param name="join">The join.</param>
/// <param name="keyCount">How many keys there are.</param>
internal sealed class JoinedReader<TRead, TItem>(Interval interval, UnmergedRows<TRead> rows, Func<IReadOnlyList<TRead>, TItem> join, int keyCount)
    : IntervalReader<TItem>(interval)
{
    public override TItem Nothing
    {
        get
        {
            var empty = new TRead[keyCount];
            Array.Fill(empty, rows.NewAccumulator().Nothing);
            return join(empty);
        }
    }

    public override async ValueTask<BucketPage<TItem>> ReadPageAsync<TKey>(
        Session session, KeySet<TKey> keys, BucketSpan span, bool slots, bool sparse, CancellationToken cancellationToken)
    {
        var (first, last) = (FirstPosition(span.First), LastPosition(span.Last, rows.Layout.LastPosition(Interval, span.Last)));
        return await ReadWholeAsync(
            session, rows.Statement.For(keys.Count), span, limit => new JoinedQuery<TKey, TRead, TItem>(keys, rows, join, first, last, limit),
            cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask<TItem> CollapseAsync<TKey>(Session session, KeySet<TKey> keys, BucketSpan span, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A range with lambdas of its own is collapsed from its buckets.");
}

/// <summary>Reads a page of rows of several keys, whose values are joined by the user's lambda.</summary>
internal sealed class JoinedQuery<TKey, TRead, TItem>(
    KeySet<TKey> keys, UnmergedRows<TRead> rows, Func<IReadOnlyList<TRead>, TItem> join, long first, long last, int limit)
    : PageQuery<TKey, TItem>(keys, first, last, limit)
    where TKey : struct, ISeriesKey<TKey>
{
    private readonly KeyedAccumulators<TRead> _values = new(rows, keys.Count);
    private long _bucket;

    public override bool Row(RowReader row)
    {
        var bucket = rows.Layout.Bucket(row);
        if (Rows++ > 0 && bucket != _bucket)
        {
            EndBucket();
        }

        _bucket = bucket;
        _values.Add(row, (int)rows.Layout.Key(row) - 1);
        return true;
    }

    protected override void EndBucket() => Buckets.Add(new(_bucket, join(_values.Take()), Slots: null));
}
