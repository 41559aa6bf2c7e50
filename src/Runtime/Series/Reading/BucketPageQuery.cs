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

/// <summary>Reads a page of a range: at most <paramref name="limit"/> rows, of which only whole buckets are kept.</summary>
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
        long last, int limit, int room, IParameters? more = null) : IRowQuery
    where TKey : struct, ISeriesKey<TKey>
{
    private readonly List<BucketRow<TItem>> _buckets = new(room);
    private List<Slot<TItem>>? _slots;
    private long _currentBucket;
    private long _currentSlot;
    private int _rows;

    public int Rows => _rows;

    /// <summary>Whether the page ended before the range did; the last bucket then may lack rows and is left out.</summary>
    public bool IsFull => _rows == limit;

    public void Bind(ParameterWriter parameters)
    {
        keys.Bind(parameters);
        parameters.Instant(first);
        parameters.Instant(last);
        parameters.Int64(limit);
        more?.Bind(parameters);
    }

    public bool Row(RowReader row)
    {
        var bucket = layout.Bucket(row);
        if (_rows++ > 0 && bucket != _currentBucket)
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

    /// <summary>The whole buckets of the page, ascending.</summary>
    public List<BucketRow<TItem>> End()
    {
        if (_rows > 0 && !IsFull)
        {
            EndBucket();
        }

        return _buckets;
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

    private void EndBucket()
    {
        if (slotAccumulator is not null)
        {
            EndSlot(slotAccumulator);
        }

        _buckets.Add(new(_currentBucket, bucketAccumulator.Take(), _slots));
        _slots = null;
    }
}
