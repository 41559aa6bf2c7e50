using Typed.Storage;
using Typed.Time;

namespace Typed.Writing;

/// <summary>
/// A point that was checked: its key and value as they will be read back, its time in Unix microseconds, and how many points it stands for.
/// </summary>
internal readonly record struct AcceptedPoint<TKey, TValue>(TKey Key, TValue Value, long Instant, long Weight);

/// <summary>The points of one declared series.</summary>
/// <param name="type">The declared type.</param>
/// <param name="name">The name of the series.</param>
/// <param name="intervals">Its intervals.</param>
/// <param name="newBuffer">Makes a buffer for its points.</param>
/// <param name="combiners">What makes the rows of each of its tables, in order of table name.</param>
internal sealed class PointLane<TKey, TValue>(
    Type type,
    string name,
    IReadOnlyList<Interval> intervals,
    Func<PointBuffer<TKey, TValue>> newBuffer,
    IReadOnlyList<Combiner<TKey, TValue>> combiners)
    : WriteLane<AcceptedPoint<TKey, TValue>>
    where TKey : struct, ISeriesKey<TKey>
{
    // Checks posted points. Touches nothing of the buffer, so all threads share it.
    private readonly PointBuffer<TKey, TValue> _checking = newBuffer();

    private readonly int _hash = type.GetHashCode();

    public override Type Type => type;

    public override KeyValuePair<string, object?> Tag { get; } = new("typed.series", name);

    public PointBuffer<TKey, TValue> NewBuffer() => newBuffer();

    /// <summary>Checks a point.</summary>
    /// <exception cref="RejectedPointException">The key, the value or the time cannot be stored.</exception>
    public AcceptedPoint<TKey, TValue> Accept(in TKey key, TValue value, long instant, long weight = 1)
    {
        var (acceptedKey, acceptedValue) = _checking.Accept(key, value, instant, weight);
        return new(acceptedKey, acceptedValue, instant, weight);
    }

    public override int HashOf(in AcceptedPoint<TKey, TValue> item) => HashOf(item.Key);

    /// <summary>A hash of a key among those of all series: the same for posted points and for awaited ones, so that one flusher writes both.</summary>
    public int HashOf(in TKey key) => HashCode.Combine(_hash, key);

    public override PendingWrite NewPosted(StoreWriter writer) => new PendingPoints<TKey, TValue>(this, newBuffer(), WriteMode.Posted, writer);

    public override void Append(PendingWrite posted, in AcceptedPoint<TKey, TValue> item) => ((PendingPoints<TKey, TValue>)posted).Append(item);

    public override void Combine(IReadOnlyList<PendingWrite> writes, long now, List<ITableRows> tables)
    {
        var points = new PointGroup<TKey, TValue>(Array.ConvertAll([.. writes], write => (PendingPoints<TKey, TValue>)write));

        // A bucket is dead when it starts before the oldest live one, and then so is every instant in it.
        var oldest = intervals.Min(interval => interval.OldestLive(now));
        foreach (var write in points.Writes)
        {
            write.Lose(CountBefore(write.Instants, oldest));
        }

        foreach (var combiner in combiners)
        {
            if (combiner.Combine(points, now) is { Count: > 0 } rows)
            {
                tables.Add(rows);
            }
        }
    }

    private static int CountBefore(ReadOnlySpan<long> instants, long oldest)
    {
        var count = 0;
        foreach (var instant in instants)
        {
            count += instant < oldest ? 1 : 0;
        }

        return count;
    }
}
