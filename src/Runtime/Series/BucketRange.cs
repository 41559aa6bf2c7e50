using Typed.Series;
using Typed.Time;

namespace Typed;

/// <summary>A range of buckets: enumerate it, or ask for it collapsed or as statistics. Nothing is read before that.</summary>
/// <typeparam name="TRead">What a bucket holds.</typeparam>
/// <typeparam name="TStats">Its statistics.</typeparam>
/// <remarks>
/// Every live bucket of the range is present, ascending, empty ones included; dead ones are left out. Enumerating fetches pages and gives the
/// connection back between them.
/// </remarks>
public class BucketRange<TRead, TStats> : IAsyncEnumerable<Bucket<TRead>>
{
    private protected BucketRange(BucketRange<TRead, TStats> other)
        : this(other.Selection, other.Request) => (SkipsEmpty, ReadsSlots) = (other.SkipsEmpty, other.ReadsSlots);

    internal BucketRange(BucketSelection<TRead, TStats> selection, RangeRequest request) => (Selection, Request) = (selection, request);

    private protected BucketSelection<TRead, TStats> Selection { get; }

    private protected RangeRequest Request { get; init; }

    private bool SkipsEmpty { get; init; }

    private bool ReadsSlots { get; init; }

    /// <summary>Leaves out buckets that never took a point.</summary>
    public BucketRange<TRead, TStats> SkipEmpty() => new(this) { SkipsEmpty = true };

    /// <summary>Fills <see cref="Bucket{T}.Slots"/> of a fine interval; without it the slots come merged.</summary>
    public BucketRange<TRead, TStats> WithSlots() => new(this) { ReadsSlots = true };

    /// <summary>Merges the whole range into one value.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public ValueTask<TRead> CollapseAsync(CancellationToken cancellationToken = default) => Selection.Values.CollapseAsync(Request, cancellationToken);

    /// <summary>The statistics of each bucket, computed in the database.</summary>
    public IAsyncEnumerable<Bucket<TStats>> Stats() => Selection.Statistics.ReadAsync(Request, SkipsEmpty, slots: false, CancellationToken.None);

    /// <summary>The statistics of the collapsed range, computed in the database. The rate divides by the time from the first live bucket's start to the last one's end.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public ValueTask<TStats> StatsAsync(CancellationToken cancellationToken = default) => Selection.Statistics.CollapseAsync(Request, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerator<Bucket<TRead>> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Selection.Values.ReadAsync(Request, SkipsEmpty, ReadsSlots, cancellationToken).GetAsyncEnumerator(cancellationToken);
}

/// <summary>A range with one end given: <see cref="Take"/> says how many buckets. Without it, a start runs to now, and an end from the key's first bucket.</summary>
/// <typeparam name="TRead">What a bucket holds.</typeparam>
/// <typeparam name="TStats">Its statistics.</typeparam>
public sealed class OpenBucketRange<TRead, TStats> : BucketRange<TRead, TStats>
{
    internal OpenBucketRange(BucketSelection<TRead, TStats> selection, RangeRequest request)
        : base(selection, request)
    {
    }

    /// <summary>That many buckets, counted from the end that was given.</summary>
    /// <param name="count">At least 1.</param>
    /// <exception cref="ArgumentException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A bucket would start outside the years 1 to 9999.</exception>
    public BucketRange<TRead, TStats> Take(int count) => Selection.Range(Request with { Take = count });
}
