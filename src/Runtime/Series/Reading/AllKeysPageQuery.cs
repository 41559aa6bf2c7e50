using Typed.Series.Kinds;
using Typed.Storage;
using Typed.Time;

namespace Typed.Series.Reading;

/// <summary>A bucket of a key as read.</summary>
internal readonly record struct KeyedRow<TKey, TItem>(TKey Key, long Start, TItem Item);

/// <summary>A place in the order of all keys: what lies behind it is still to be read.</summary>
internal readonly record struct KeyPlace<TKey>(TKey Key, long Position);

/// <summary>Reads a page of all keys: at most <paramref name="limit"/> rows, of which only whole buckets are kept.</summary>
/// <param name="reader">How buckets are read.</param>
/// <param name="seriesNamespace">The namespace; null where the series has none.</param>
/// <param name="prefix">How the keys begin; null for all keys.</param>
/// <param name="after">Where the page before ended.</param>
/// <param name="span">The first and last bucket of each key.</param>
/// <param name="limit">The most rows to fetch.</param>
internal sealed class AllKeysPageQuery<TKey, TItem>(
    AllKeysReader<TItem> reader, string? seriesNamespace, KeyPrefix? prefix, KeyPlace<TKey>? after, BucketSpan span, int limit)
    : IRowQuery
    where TKey : struct, ISeriesKey<TKey>
{
    private readonly BucketAccumulator<TItem> _accumulator = reader.NewAccumulator();
    private readonly List<KeyedRow<TKey, TItem>> _buckets = [];
    private TKey _key;
    private long _bucket;
    private int _rows;

    /// <summary>Whether the page ended before the range did; the last bucket then may lack rows and is left out.</summary>
    public bool IsFull => _rows == limit;

    public void Bind(ParameterWriter parameters)
    {
        if (seriesNamespace is not null)
        {
            parameters.Text(seriesNamespace);
        }

        prefix?.Bind(parameters);
        if (after is { } place)
        {
            TKey.Write(parameters, place.Key);
            parameters.Instant(place.Position);
        }

        parameters.Instant(span.First);
        parameters.Instant(reader.LastPosition(span.Last));
        parameters.Int64(limit);
        reader.More?.Bind(parameters);
    }

    public bool Row(RowReader row)
    {
        var bucket = reader.Layout.Bucket(row);
        var isSameKey = _rows > 0 && TKey.Matches(row, 0, in _key);
        if (_rows++ > 0 && !(isSameKey && bucket == _bucket))
        {
            EndBucket();
        }

        if (!isSameKey)
        {
            _key = TKey.Read(row, 0);
        }

        _bucket = bucket;
        _accumulator.Add(row, reader.Layout.Content, reader.Merged);
        return true;
    }

    /// <summary>The whole buckets of the page, in order.</summary>
    public List<KeyedRow<TKey, TItem>> End()
    {
        if (_rows > 0 && !IsFull)
        {
            EndBucket();
        }

        return _buckets;
    }

    private void EndBucket() => _buckets.Add(new(_key, _bucket, _accumulator.Take()));
}
