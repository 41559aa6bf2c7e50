using System.Runtime.CompilerServices;
using Typed.Storage.Statements;
using Typed.Time;
using Typed.Writing;

namespace Typed.Series.Reading;

/// <summary>The buckets of ranges of an interval, merged into those of a coarser grid.</summary>
internal sealed class ResampledBuckets<TKey>(StoreScope scope, Interval interval, Interval coarser, TableStatements statements, KeySet<TKey> keys)
    : IBucketReads
    where TKey : struct, ISeriesKey<TKey>
{
    public async IAsyncEnumerable<Bucket<TItem>> Read<TItem>(
        IntervalReader<TItem> reader, RangeRequest range, bool skipEmpty, bool slots, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var own = new BucketSource<TKey, TItem>(scope, interval, statements, reader, keys);
        if (await own.ResolveAsync(range, exact: true, cancellationToken).ConfigureAwait(false) is not var (first, last))
        {
            yield break;
        }

        var merged = new BucketSource<TKey, TItem>(scope, coarser, statements, reader.Within(first, interval.LastInstant(last)), keys);
        var whole = merged.Read(new RangeRequest(RangeForm.Between, first, last), skipEmpty, slots);
        await foreach (var bucket in whole.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            CoarserGrid.Check(interval, coarser, bucket.StartInstant);
            yield return bucket;
        }
    }

    IAsyncEnumerable<Bucket<TItem>> IBucketReads.Read<TItem>(IntervalReader<TItem> reader, RangeRequest range, bool skipEmpty, bool slots) =>
        Read(reader, range, skipEmpty, slots, CancellationToken.None);
}
