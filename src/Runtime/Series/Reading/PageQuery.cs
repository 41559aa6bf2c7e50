using Typed.Storage;

namespace Typed.Series;

/// <summary>A bucket as read: its start, what it holds, its slots where they are asked for.</summary>
internal readonly record struct BucketRow<TItem>(long Start, TItem Item, IReadOnlyList<Slot<TItem>>? Slots);

/// <summary>Reads a page of a range: at most <paramref name="limit"/> rows, of which only whole buckets are kept.</summary>
/// <param name="keys">The keys.</param>
/// <param name="view">How to read.</param>
/// <param name="slots">Whether rows carry a slot.</param>
/// <param name="first">The start of the first bucket.</param>
/// <param name="last">The start of the last bucket.</param>
/// <param name="limit">The most rows to fetch.</param>
internal sealed class PageQuery<TKey, TItem>(KeySet<TKey> keys, View<TItem> view, bool slots, long first, long last, int limit) : IRowQuery
    where TKey : struct, ISeriesKey<TKey>
{
    private readonly Payload<TItem> _bucket = view.NewPayload();
    private readonly Payload<TItem>? _slot = slots ? view.NewPayload() : null;

    // Rows of a slot are merged only where several keys were joined.
    private readonly bool _merged = slots ? keys.Count > 1 : view.Merges(keys.Count);
    private readonly List<BucketRow<TItem>> _buckets = [];
    private List<Slot<TItem>>? _slots;
    private long _currentBucket;
    private long _currentSlot;
    private int _rows;

    /// <summary>Whether the page ended before the range did; the last bucket then may lack rows.</summary>
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
        var bucket = row.Instant(0);
        if (_rows++ > 0 && bucket != _currentBucket)
        {
            EndBucket();
        }

        _currentBucket = bucket;
        if (_slot is not null)
        {
            AddToSlot(row, _slot);
        }

        _bucket.Add(row, slots ? 2 : 1, _merged);
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
        var slot = row.Instant(1);
        if (_slots is not null && slot != _currentSlot)
        {
            EndSlot(payload);
        }

        _slots ??= [];
        _currentSlot = slot;
        payload.Add(row, 2, _merged);
    }

    private void EndSlot(Payload<TItem> payload) => _slots!.Add(new(Time.Instant.ToDateTimeOffset(_currentSlot), payload.Take()));

    private void EndBucket()
    {
        if (_slot is not null)
        {
            EndSlot(_slot);
        }

        _buckets.Add(new(_currentBucket, _bucket.Take(), _slots));
        _slots = null;
    }
}
