using Typed.Storage;

namespace Typed.Writing;

/// <summary>Turns a buffer's points into the rows of one table.</summary>
internal abstract class Combiner<TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
{
    /// <summary>The rows; and how many (point, interval) pairs were left out because the bucket is dead.</summary>
    /// <param name="points">The accepted points.</param>
    /// <param name="now">The time by the clock.</param>
    public abstract (ITableRows Rows, long Skipped) Combine(PointBuffer<TKey, TValue> points, long now);
}
