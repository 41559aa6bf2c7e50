using Typed.Storage;

namespace Typed.Writing;

/// <summary>Turns the points of a flush into the rows of one table.</summary>
internal abstract class Combiner<TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
{
    /// <summary>The rows. Each write is told how many of its (point, interval) pairs were left out because the bucket is dead.</summary>
    /// <param name="points">The accepted points.</param>
    /// <param name="now">The time by the clock.</param>
    public abstract ITableRows Combine(PointGroup<TKey, TValue> points, long now);
}
