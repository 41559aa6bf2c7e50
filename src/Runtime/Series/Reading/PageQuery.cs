using Typed.Storage;

namespace Typed.Series.Reading;

/// <summary>Reads a page of a range: at most <paramref name="limit"/> rows, of which only whole buckets are kept.</summary>
/// <param name="keys">The keys.</param>
/// <param name="first">The first position.</param>
/// <param name="last">The last position.</param>
/// <param name="limit">The most rows to fetch.</param>
/// <param name="room">Buckets to make room for at once.</param>
/// <param name="more">Parameters after all others.</param>
internal abstract class PageQuery<TKey, TItem>(KeySet<TKey> keys, long first, long last, int limit, int room = 0, IParameters? more = null) : IRowQuery
    where TKey : struct, ISeriesKey<TKey>
{
    /// <summary>The rows so far.</summary>
    public int Rows { get; protected set; }

    /// <summary>Whether the page ended before the range did; the last bucket then may lack rows and is left out.</summary>
    public bool IsFull => Rows == limit;

    /// <summary>The buckets that have ended.</summary>
    protected List<BucketRow<TItem>> Buckets { get; } = new(room);

    public void Bind(ParameterWriter parameters)
    {
        keys.Bind(parameters);
        parameters.Instant(first);
        parameters.Instant(last);
        parameters.Int64(limit);
        more?.Bind(parameters);
    }

    public abstract bool Row(RowReader row);

    /// <summary>The whole buckets of the page, ascending.</summary>
    public List<BucketRow<TItem>> End()
    {
        if (Rows > 0 && !IsFull)
        {
            EndBucket();
        }

        return Buckets;
    }

    /// <summary>Makes a bucket of the rows since the last one.</summary>
    protected abstract void EndBucket();
}
