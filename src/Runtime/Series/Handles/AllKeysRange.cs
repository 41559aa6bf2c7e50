using Typed.Series.Plans;
using Typed.Series.Reading;

namespace Typed;

/// <summary>
/// A range of buckets of all keys that have data in it, key after key in the order of the primary key, and of each key ascending. Nothing is read before it is
/// enumerated; no list of keys goes to the database.
/// </summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TRead">What a bucket holds.</typeparam>
/// <typeparam name="TStats">Its statistics.</typeparam>
/// <remarks>
/// Every live bucket of the range is present for each of the keys, empty ones included; where an end of the range is open, a key begins with its own first
/// bucket or ends with its own last one. Enumerating fetches pages and gives the connection back between them.
/// </remarks>
public class AllKeysRange<TKey, TRead, TStats> : IAsyncEnumerable<KeyedBucket<TKey, TRead>>
    where TKey : struct, ISeriesKey<TKey>
{
    private readonly RangeRequest _request;

    internal AllKeysRange(AllKeysSelection<TKey, TRead, TStats> selection, RangeRequest request) => (Selection, _request) = (selection, request);

    private protected AllKeysSelection<TKey, TRead, TStats> Selection { get; }

    private bool SkipsEmpty { get; init; }

    /// <summary>Leaves out buckets that never took a point.</summary>
    public AllKeysRange<TKey, TRead, TStats> SkipEmpty() => new(Selection, _request) { SkipsEmpty = true };

    /// <summary>The statistics of each bucket, computed in the database.</summary>
    public IAsyncEnumerable<KeyedBucket<TKey, TStats>> Stats() => Read(static plan => plan.AllStatistics);

    /// <inheritdoc/>
    public IAsyncEnumerator<KeyedBucket<TKey, TRead>> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Read(static plan => plan.AllValues).GetAsyncEnumerator(cancellationToken);

    internal IAsyncEnumerable<KeyedBucket<TKey, TItem>> Read<TItem>(Func<IntervalPlan<TRead, TStats>, AllKeysReader<TItem>> reader) =>
        new AllKeysSequence<TKey, TItem>(Selection.Source, reader(Selection.Plan), _request, SkipsEmpty);

    private protected AllKeysRange<TKey, TRead, TStats> Taking(int count) => Selection.Range(_request with { Take = count });
}

/// <summary>
/// A range of all keys with one end given: <see cref="Take"/> says how many buckets. Without it, a start runs to now, and an end from each key's first bucket.
/// </summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TRead">What a bucket holds.</typeparam>
/// <typeparam name="TStats">Its statistics.</typeparam>
public sealed class OpenAllKeysRange<TKey, TRead, TStats> : AllKeysRange<TKey, TRead, TStats>
    where TKey : struct, ISeriesKey<TKey>
{
    internal OpenAllKeysRange(AllKeysSelection<TKey, TRead, TStats> selection, RangeRequest request)
        : base(selection, request)
    {
    }

    /// <inheritdoc cref="OpenBucketRange{TRead, TStats}.Take"/>
    public AllKeysRange<TKey, TRead, TStats> Take(int count) => Taking(count);
}
