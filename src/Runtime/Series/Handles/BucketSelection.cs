using Typed.Series.Plans;
using Typed.Series.Reading;
using Typed.Time;

namespace Typed;

/// <summary>The key or keys to read in one interval: choose a range. A time at any place in a bucket names that bucket.</summary>
/// <typeparam name="TRead">What a bucket holds.</typeparam>
/// <typeparam name="TStats">Its statistics.</typeparam>
public class BucketSelection<TRead, TStats>
{
    internal BucketSelection(IntervalPlan<TRead, TStats> plan, IKeySelection keys) => (Plan, Keys) = (plan, keys);

    internal IntervalPlan<TRead, TStats> Plan { get; }

    internal IKeySelection Keys { get; }

    /// <summary>The last buckets up to the current one.</summary>
    /// <param name="count">How many, at least 1. Default: the interval's <c>keep</c>, else 1.</param>
    /// <exception cref="ArgumentException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The first bucket would start before year 1.</exception>
    public BucketRange<TRead, TStats> Last(int? count = null) => Range(new(RangeForm.Last, Take: count));

    /// <summary>From the bucket that holds <paramref name="start"/>; to now's, or as many as <c>Take</c> says.</summary>
    /// <param name="start">A time in the first bucket. Without <c>Take</c> not later than now: the range would be reversed.</param>
    public OpenBucketRange<TRead, TStats> From(DateTimeOffset start) => new(this, new(RangeForm.From, Instant.From(start)));

    /// <summary>Up to the bucket that holds <paramref name="end"/>; from the key's first, or as many as <c>Take</c> says.</summary>
    /// <param name="end">A time in the last bucket.</param>
    public OpenBucketRange<TRead, TStats> Until(DateTimeOffset end) => new(this, new(RangeForm.Until, Instant.From(end)));

    /// <summary>From the bucket that holds <paramref name="start"/> to the one that holds <paramref name="end"/>, both included.</summary>
    /// <param name="start">A time in the first bucket.</param>
    /// <param name="end">A time in the last bucket.</param>
    /// <exception cref="ArgumentException"><paramref name="end"/> is before <paramref name="start"/>.</exception>
    public BucketRange<TRead, TStats> Between(DateTimeOffset start, DateTimeOffset end)
    {
        // Compared as given: instants keep microseconds, and two times of one microsecond may still be reversed.
        _ = Ranges.Between(Keys.Interval, start, end);
        return new(this, new(RangeForm.Between, Instant.From(start), Instant.From(end)));
    }

    /// <summary>From the key's first live bucket to its last; of several keys, from the earliest first to the latest last.</summary>
    public BucketRange<TRead, TStats> All() => new(this, new(RangeForm.All));

    internal BucketRange<TRead, TStats> Range(RangeRequest request)
    {
        // Wrong arguments fail here, where they are given, and not at the first MoveNext.
        _ = request.Resolve(Keys.Interval, Keys.Now);
        return new(this, request);
    }
}
