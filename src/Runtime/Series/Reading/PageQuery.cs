using Typed.Generated;
using Typed.Storage;

namespace Typed.Series;

/// <summary>Where a row's bucket, slot and payload stand.</summary>
internal abstract class RowLayout
{
    public abstract long Bucket(RowReader row);

    public abstract long Slot(RowReader row);

    /// <summary>The first column of the payload.</summary>
    public abstract int Payload { get; }
}

/// <summary>Reads a page of a range: at most <paramref name="limit"/> rows, of which only whole buckets are kept.</summary>
/// <param name="keys">The keys.</param>
/// <param name="layout">Where things stand in a row.</param>
/// <param name="bucketPayload">Builds what a bucket holds.</param>
/// <param name="slotPayload">Builds what a slot holds; null where slots are not asked for.</param>
/// <param name="merged">Whether the database merged rows to get these.</param>
/// <param name="first">The first position.</param>
/// <param name="last">The last position.</param>
/// <param name="limit">The most rows to fetch.</param>
/// <param name="room">Buckets to make room for at once.</param>
internal sealed class PageQuery<TKey, TItem>(
    KeySet<TKey> keys, RowLayout layout, Payload<TItem> bucketPayload, Payload<TItem>? slotPayload, bool merged, long first, long last, int limit, int room) : IRowQuery
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
    }

    public bool Row(RowReader row)
    {
        var bucket = layout.Bucket(row);
        if (_rows++ > 0 && bucket != _currentBucket)
        {
            EndBucket();
        }

        _currentBucket = bucket;
        if (slotPayload is not null)
        {
            AddToSlot(row, slotPayload);
        }

        bucketPayload.Add(row, layout.Payload, merged);
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

    private void AddToSlot(RowReader row, Payload<TItem> payload)
    {
        var slot = layout.Slot(row);
        if (_slots is not null && slot != _currentSlot)
        {
            EndSlot(payload);
        }

        _slots ??= [];
        _currentSlot = slot;
        payload.Add(row, layout.Payload, merged);
    }

    private void EndSlot(Payload<TItem> payload) => _slots!.Add(new(Time.Instant.ToDateTimeOffset(_currentSlot), payload.Take()));

    private void EndBucket()
    {
        if (slotPayload is not null)
        {
            EndSlot(slotPayload);
        }

        _buckets.Add(new(_currentBucket, bucketPayload.Take(), _slots));
        _slots = null;
    }
}
