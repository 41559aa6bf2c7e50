using Typed.Storage.Statements;
using Typed.Time;
using Typed.Writing;

namespace Typed.Series.Reading;

/// <summary>Buckets of chosen keys, on the interval's own grid or a coarser one.</summary>
internal interface IBucketReads
{
    IAsyncEnumerable<Bucket<TItem>> Read<TItem>(IntervalReader<TItem> reader, RangeRequest range, bool skipEmpty, bool slots);
}

/// <summary>Chosen keys in one interval, to be read in any way.</summary>
internal interface IKeySelection : IBucketReads
{
    Interval Interval { get; }

    /// <summary>How many keys there are.</summary>
    int Count { get; }

    long Now { get; }

    BucketSource<TItem> ReadWith<TItem>(IntervalReader<TItem> reader);

    /// <summary>The buckets of ranges of the interval, merged into those of a coarser grid.</summary>
    IBucketReads Resampled(Interval coarser);
}

/// <inheritdoc/>
internal sealed class KeySelection<TKey>(StoreScope scope, Interval interval, TableStatements statements, KeySet<TKey> keys) : IKeySelection
    where TKey : struct, ISeriesKey<TKey>
{
    public Interval Interval => interval;

    public long Now => scope.Now;

    public BucketSource<TItem> ReadWith<TItem>(IntervalReader<TItem> reader) => new BucketSource<TKey, TItem>(scope, interval, statements, reader, keys);

    public int Count => keys.Count;

    public IAsyncEnumerable<Bucket<TItem>> Read<TItem>(IntervalReader<TItem> reader, RangeRequest range, bool skipEmpty, bool slots) =>
        ReadWith(reader).Read(range, skipEmpty, slots);

    public IBucketReads Resampled(Interval coarser) => new ResampledBuckets<TKey>(scope, interval, coarser, statements, keys);
}
