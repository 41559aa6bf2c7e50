using Typed.Series.Kinds;
using Typed.Storage;
using Typed.Storage.Statements;
using Typed.Time;

namespace Typed.Series.Reading;

/// <summary>One way to read an interval for all keys.</summary>
/// <param name="interval">The interval.</param>
/// <param name="sql">Selects rows in the order of key and bucket.</param>
/// <param name="layout">Where things stand in a row; the key stands first.</param>
/// <param name="newAccumulator">Makes what builds an item from the rows of a bucket.</param>
internal sealed class AllKeysReader<TItem>(Interval interval, AllKeysSql sql, RowLayout layout, Func<BucketAccumulator<TItem>> newAccumulator)
{
    public Interval Interval => interval;

    public AllKeysSql Sql => sql;

    public RowLayout Layout => layout;

    /// <summary>Whether the database merges rows: sums then come as sums.</summary>
    public bool Merged { get; init; }

    /// <summary>Whether rows do not lie in the order in which they come, so that the database may sort all that is left for every page.</summary>
    public bool Sorts { get; init; }

    /// <summary>Whether rows stand at their own time and not at their bucket's start.</summary>
    public bool IsPoints { get; init; }

    /// <summary>Parameters after all others.</summary>
    public IParameters? More { get; init; }

    /// <summary>What the length of its bucket in seconds adds to an item.</summary>
    public Func<TItem, double, TItem>? Over { get; init; }

    /// <summary>What a bucket without data holds.</summary>
    public TItem Nothing { get; } = newAccumulator().Nothing;

    public BucketAccumulator<TItem> NewAccumulator() => newAccumulator();

    /// <summary>The position up to which rows belong to a bucket.</summary>
    public long LastPosition(long bucket) => IsPoints ? interval.LastInstant(bucket) : bucket;

    public TItem Finish(TItem item, long bucket) => Over is null ? item : Over(item, interval.Seconds(bucket, bucket));
}
