using Typed.Storage;
using Typed.Time;

namespace Typed.Series.Reading;

/// <summary>Buckets made by the user's own condense, and join where there is one.</summary>
internal sealed class UnmergedReader<TRead, TItem>(
    Interval interval, UnmergedRows<TRead> rows, Func<IReadOnlyList<TRead>, TRead>? join, Func<IReadOnlyList<Slot<TRead>>, TItem> condense)
        : IntervalReader<TItem>(interval)
{
    public override TItem Nothing => condense([]);

    public override async ValueTask<BucketPage<TItem>> ReadPageAsync<TKey>(
        Session session, KeySet<TKey> keys, BucketSpan span, bool slots, bool sparse, CancellationToken cancellationToken)
    {
        var (first, last) = (FirstPosition(span.First), LastPosition(span.Last, rows.Layout.LastPosition(Interval, span.Last)));
        return await ReadWholeAsync(
            session, rows.Statement.For(keys.Count), span,
            limit => new UnmergedQuery<TKey, TRead, TItem>(keys, rows, join, condense, slots, first, last, limit), cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask<TItem> CollapseAsync<TKey>(Session session, KeySet<TKey> keys, BucketSpan span, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A range with lambdas of its own is collapsed from its buckets.");
}

/// <summary>
/// Reads a page of unmerged rows: slots whose keys are joined by the user's lambda. Without one, the rows of all keys make one value, as they do in any other
/// read.
/// </summary>
internal sealed class UnmergedQuery<TKey, TRead, TItem>(
    KeySet<TKey> keys, UnmergedRows<TRead> rows, Func<IReadOnlyList<TRead>, TRead>? join, Func<IReadOnlyList<Slot<TRead>>, TItem> condense, bool slots,
        long first, long last, int limit) : PageQuery<TKey, TItem>(keys, first, last, limit)
    where TKey : struct, ISeriesKey<TKey>
{
    private readonly KeyedAccumulators<TRead> _values = new(rows, join is null ? 1 : keys.Count);
    private List<Slot<TRead>> _slots = [];
    private long _currentBucket;
    private long _currentSlot;

    public override bool Row(RowReader row)
    {
        var (bucket, slot) = (rows.Layout.Bucket(row), rows.Layout.Slot(row));
        if (Rows++ > 0 && (bucket != _currentBucket || slot != _currentSlot))
        {
            if (bucket != _currentBucket)
            {
                EndBucket();
            }
            else
            {
                EndSlot();
            }
        }

        (_currentBucket, _currentSlot) = (bucket, slot);
        _values.Add(row, join is null ? 0 : (int)rows.Layout.Key(row) - 1);
        return true;
    }

    protected override void EndBucket()
    {
        EndSlot();
        Buckets.Add(new(_currentBucket, condense(_slots), slots ? _slots as IReadOnlyList<Slot<TItem>> : null));
        _slots = [];
    }

    private void EndSlot()
    {
        var values = _values.Take();
        _slots.Add(new(Instant.ToDateTimeOffset(_currentSlot), join is null ? values[0] : join(values)));
    }
}
