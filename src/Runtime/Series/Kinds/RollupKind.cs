using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Time;
using Typed.Writing;

namespace Typed.Series.Kinds;

/// <summary>What one type of series makes of its points, for the types that keep a table per interval.</summary>
/// <typeparam name="TValue">A point's value.</typeparam>
/// <typeparam name="TRead">What a bucket holds.</typeparam>
/// <typeparam name="TStats">Its statistics.</typeparam>
internal abstract class RollupKind<TValue, TRead, TStats>
    where TStats : struct, IStatistics<TStats>
{
    /// <summary>Which statistics the database computes; null where they are made of the bucket's one value.</summary>
    public virtual StatisticsShape? Computed => null;

    /// <summary>What combines points into the rows of an interval.</summary>
    public abstract Combiner<TKey, TValue> NewCombiner<TKey, TGrid>(WriteTable table, SeriesDefinition series, Interval interval)
        where TKey : struct, ISeriesKey<TKey>
        where TGrid : struct, IBucketGrid;

    /// <summary>What builds a bucket from its rows.</summary>
    public abstract BucketAccumulator<TRead> NewAccumulator();

    /// <summary>What builds a bucket's statistics from its rows, or from what the database computed.</summary>
    public abstract BucketAccumulator<TStats> NewStatistics();

    /// <summary>
    /// Merges values in time order or in the order of keys, for reads with lambdas of the user's own: everything else merges in the database.
    /// </summary>
    public abstract TRead Merge(IReadOnlyList<TRead> values);
}
