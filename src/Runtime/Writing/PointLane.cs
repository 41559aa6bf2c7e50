using Typed.Storage;
using Typed.Writing.Spool;

namespace Typed.Writing;

/// <summary>
/// A point that was checked: its key and value as they will be read back, its time in Unix microseconds, and how many points it stands for.
/// </summary>
internal readonly record struct AcceptedPoint<TKey, TValue>(TKey Key, TValue Value, long Instant, long Weight);

/// <summary>The points of one declared series.</summary>
/// <param name="series">The series.</param>
/// <param name="newBuffer">Makes a buffer for its points.</param>
/// <param name="combiners">What makes the rows of each of its tables, in order of table name.</param>
internal sealed class PointLane<TKey, TValue>(
    SeriesDefinition series,
    Func<PointBuffer<TKey, TValue>> newBuffer,
    IReadOnlyList<Combiner<TKey, TValue>> combiners)
    : WriteLane<AcceptedPoint<TKey, TValue>>
    where TKey : struct, ISeriesKey<TKey>
{
    // Checks posted points. Touches nothing of the buffer, so all threads share it.
    private readonly PointBuffer<TKey, TValue> _checking = newBuffer();

    private readonly int _hash = series.PointType.GetHashCode();

    public override Type Type => series.PointType;

    public override KeyValuePair<string, object?> Tag { get; } = new("typed.series", series.Name);

    public override string SpoolLayout => field ??= PointLayout.Describe(series);

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

    public override string? Unfit(string layout) => PointLayout.Compare(layout, series);

    public override void Write(RecordWriter record, in AcceptedPoint<TKey, TValue> item)
    {
        record.Instant(item.Instant);
        record.Int64(item.Weight);
        _checking.WriteValue(record, item.Value);
        TKey.Write(record, item.Key);
    }

    public override AcceptedPoint<TKey, TValue> Read(RecordReader record) =>
        new(TKey.Read(record, PointLayout.FirstKey), _checking.ReadValue(record, 2), record.Instant(0), record.Int64(1));

    public override void Combine(IReadOnlyList<PendingWrite> writes, long now, List<ITableRows> tables)
    {
        var points = new PointGroup<TKey, TValue>(Array.ConvertAll([.. writes], write => (PendingPoints<TKey, TValue>)write));

        // A bucket is dead when it starts before the oldest live one, and then so is every instant in it.
        var oldest = series.Intervals.Min(interval => interval.OldestLive(now));
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
