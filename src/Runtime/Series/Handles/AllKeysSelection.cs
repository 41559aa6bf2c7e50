using Typed.Series.Plans;
using Typed.Series.Reading;
using Typed.Time;

namespace Typed;

/// <summary>All keys of one interval: choose a range. A time at any place in a bucket names that bucket.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TRead">What a bucket holds.</typeparam>
/// <typeparam name="TStats">Its statistics.</typeparam>
public sealed class AllKeysSelection<TKey, TRead, TStats>
    where TKey : struct, ISeriesKey<TKey>
{
    internal AllKeysSelection(IntervalPlan<TRead, TStats> plan, AllKeysSource<TKey> source) => (Plan, Source) = (plan, source);

    internal IntervalPlan<TRead, TStats> Plan { get; }

    internal AllKeysSource<TKey> Source { get; }

    /// <inheritdoc cref="BucketSelection{TRead, TStats}.Last"/>
    public AllKeysRange<TKey, TRead, TStats> Last(int? count = null) => Range(new(RangeForm.Last, Take: count));

    /// <inheritdoc cref="BucketSelection{TRead, TStats}.From"/>
    public OpenAllKeysRange<TKey, TRead, TStats> From(DateTimeOffset start) => new(this, new(RangeForm.From, Instant.From(start)));

    /// <summary>Up to the bucket that holds <paramref name="end"/>; from each key's first, or as many as <c>Take</c> says.</summary>
    /// <param name="end">A time in the last bucket.</param>
    public OpenAllKeysRange<TKey, TRead, TStats> Until(DateTimeOffset end) => new(this, new(RangeForm.Until, Instant.From(end)));

    /// <inheritdoc cref="BucketSelection{TRead, TStats}.Between"/>
    public AllKeysRange<TKey, TRead, TStats> Between(DateTimeOffset start, DateTimeOffset end)
    {
        _ = Ranges.Between(Source.Interval, start, end);
        return new(this, new(RangeForm.Between, Instant.From(start), Instant.From(end)));
    }

    /// <summary>From each key's first live bucket to its last.</summary>
    public AllKeysRange<TKey, TRead, TStats> All() => new(this, new(RangeForm.All));

    internal AllKeysRange<TKey, TRead, TStats> Range(RangeRequest request)
    {
        _ = request.Resolve(Source.Interval, Source.Now);
        return new(this, request);
    }
}
