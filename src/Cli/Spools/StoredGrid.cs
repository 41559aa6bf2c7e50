using Typed.Time;
using Typed.Writing;

namespace Typed.Cli.Spools;

/// <summary>The grid of an interval that is known only at run time: that of the thread's present combiner.</summary>
internal readonly struct StoredGrid : IBucketGrid
{
    [ThreadStatic]
    private static Interval? s_interval;

    public static long BucketOf(long instant) => s_interval!.BucketOf(instant);

    public static long SlotOf(long instant) => s_interval!.SlotOf(instant);

    /// <summary>Combines points on the grid of an interval.</summary>
    public sealed class Combiner<TValue>(Combiner<StoredKey, TValue> inner, Interval interval) : Combiner<StoredKey, TValue>
    {
        public override Storage.ITableRows Combine(PointGroup<StoredKey, TValue> points, long now)
        {
            s_interval = interval;
            return inner.Combine(points, now);
        }
    }
}
