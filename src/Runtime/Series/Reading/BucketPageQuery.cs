using Typed.Series.Kinds;
using Typed.Storage;

namespace Typed.Series.Reading;

/// <summary>Where a row's bucket, slot and content stand.</summary>
internal abstract class RowLayout
{
    public abstract long Bucket(RowReader row);

    public abstract long Slot(RowReader row);

    /// <summary>The first column of the content.</summary>
    public abstract int Content { get; }
}

/// <summary>Reads a page of a range whose keys are joined by the database, or as they are in any other read.</summary>
/// <param name="keys">The keys.</param>
/// <param name="layout">Where things stand in a row.</param>
/// <param name="bucketAccumulator">Builds what a bucket holds.</param>
/// <param name="slotAccumulator">Builds what a slot holds; null where slots are not asked for.</param>
/// <param name="merged">Whether the database merged rows to get these.</param>
/// <param name="first">The first position.</param>
/// <param name="last">The last position.</param>
/// <param name="limit">The most rows to fetch.</param>
/// <param name="room">Buckets to make room for at once.</param>
/// <param name="more">Parameters after all others.</param>
internal sealed class BucketPageQuery<TKey, TItem>(
    KeySet<TKey> keys, RowLayout layout, BucketAccumulator<TItem> bucketAccumulator, BucketAccumulator<TItem>? slotAccumulator, bool merged, long first,
        long last, int limit, int room, IParameters? more = null) : PageQuery<TKey, TItem>(keys, first, last, limit, room, more)
    where TKey : struct, ISeriesKey<TKey>
{
    private List<Slot<TItem>>? _slots;
    private long _currentBucket;
    private long _currentSlot;

    public override bool Row(RowReader row)
    {
        var bucket = layout.Bucket(row);
        if (Rows++ > 0 && bucket != _currentBucket)
        {
            EndBucket();
        }

        _currentBucket = bucket;
        if (slotAccumulator is not null)
        {
            AddToSlot(row, slotAccumulator);
        }

        bucketAccumulator.Add(row, layout.Content, merged);
        return true;
    }

    private void AddToSlot(RowReader row, BucketAccumulator<TItem> accumulator)
    {
        var slot = layout.Slot(row);
        if (_slots is not null && slot != _currentSlot)
        {
            EndSlot(accumulator);
        }

        _slots ??= [];
        _currentSlot = slot;
        accumulator.Add(row, layout.Content, merged);
    }

    private void EndSlot(BucketAccumulator<TItem> accumulator) => _slots!.Add(new(Time.Instant.ToDateTimeOffset(_currentSlot), accumulator.Take()));

    protected override void EndBucket()
    {
        if (slotAccumulator is not null)
        {
            EndSlot(slotAccumulator);
        }

        Buckets.Add(new(_currentBucket, bucketAccumulator.Take(), _slots));
        _slots = null;
    }
}
