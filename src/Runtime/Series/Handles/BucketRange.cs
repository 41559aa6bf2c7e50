using System.Runtime.CompilerServices;
using Typed.Series.Handles;
using Typed.Series.Plans;
using Typed.Series.Reading;
using Typed.Time;

namespace Typed;

/// <summary>A range of buckets: enumerate it, or ask for it collapsed, as statistics, or by lambdas of your own. Nothing is read before that.</summary>
/// <typeparam name="TRead">What a bucket holds.</typeparam>
/// <typeparam name="TStats">Its statistics.</typeparam>
/// <remarks>
/// Every live bucket of the range is present, ascending, empty ones included; dead ones are left out. Enumerating fetches pages and gives the
/// connection back between them.
/// </remarks>
public class BucketRange<TRead, TStats> : IAsyncEnumerable<Bucket<TRead>>, IOnGrid
{
    private readonly BucketSelection<TRead, TStats> _selection;
    private readonly RangeRequest _request;

    internal BucketRange(BucketSelection<TRead, TStats> selection, RangeRequest request) => (_selection, _request) = (selection, request);

    private ReadOptions Options { get; init; }

    /// <summary>Leaves out buckets that never took a point.</summary>
    public BucketRange<TRead, TStats> SkipEmpty() => With(Options with { SkipsEmpty = true });

    /// <summary>Fills <see cref="Bucket{T}.Slots"/> of a fine interval; without it the slots come merged.</summary>
    public BucketRange<TRead, TStats> WithSlots() => With(Options with { ReadsSlots = true });

    /// <summary>
    /// Merges the buckets of the range into those of a coarser grid that contains them, in the database. The first and last one hold what the range has of
    /// them.
    /// </summary>
    /// <param name="grid">The grid as an interval declares it, for instance <c>15m</c>, <c>daily</c> or <c>monthly in Europe/Paris</c>. Default zone: the
    /// interval's own.</param>
    /// <exception cref="ArgumentException">The text is no grid, or its buckets do not begin where buckets of the interval begin.</exception>
    public BucketRange<TRead, TStats> Resample(string grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        var coarser = _selection.Plan.Coarser(grid, _selection.Keys.Now);
        return With(Options with { Coarser = (_selection.Plan.Resampled(coarser), _selection.Keys.Resampled(coarser)) });
    }

    /// <summary>Joins keys in a way of your own, slot by slot (a coarse bucket is its own slot).</summary>
    /// <param name="join">Makes one value of the values of the keys, in the order asked for; a key without data gives an empty value.</param>
    [OverloadResolutionPriority(1)] // what a bucket holds stays what a bucket holds
    public BucketRange<TRead, TStats> Join(Func<IReadOnlyList<TRead>, TRead> join)
    {
        ArgumentNullException.ThrowIfNull(join);
        return With(Options with { OwnJoin = join });
    }

    /// <summary>Joins keys to anything, bucket by bucket.</summary>
    /// <typeparam name="T">What a bucket becomes.</typeparam>
    /// <param name="join">Gets the values of the keys, in the order asked for; a key without data gives an empty value.</param>
    /// <exception cref="InvalidOperationException">The range has a join already.</exception>
    public IAsyncEnumerable<Bucket<T>> Join<T>(Func<IReadOnlyList<TRead>, T> join)
    {
        ArgumentNullException.ThrowIfNull(join);
        return Options.OwnJoin is null
            ? Reads.Read(new JoinedReader<TRead, T>(Plan.Interval, Plan.Unmerged, join, _selection.Keys.Count), _request, Options.SkipsEmpty, slots: false)
            : throw new InvalidOperationException("This range has a join already: use Transform on the joined values.");
    }

    /// <summary>Makes of each bucket what you like from its slots, which come joined, ascending, and only where they hold data.</summary>
    /// <typeparam name="T">What a bucket becomes.</typeparam>
    /// <param name="condense">Gets the slots of a bucket (a coarse bucket is its own slot); of an empty bucket none.</param>
    public IAsyncEnumerable<Bucket<T>> Condense<T>(Func<IReadOnlyList<Slot<TRead>>, T> condense)
    {
        ArgumentNullException.ThrowIfNull(condense);
        return Reads.Read(Unmerged(condense), _request, Options.SkipsEmpty, slots: false);
    }

    /// <summary>Makes of each bucket's value what you like; several results at once are an anonymous type or a tuple.</summary>
    /// <typeparam name="T">What a bucket becomes.</typeparam>
    /// <param name="transform">Gets the value of a bucket.</param>
    public IAsyncEnumerable<Bucket<T>> Transform<T>(Func<TRead, T> transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        return Transformed(transform);
    }

    /// <summary>Merges the whole range into one value.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="OverflowException">A sum left the range of its type.</exception>
    public ValueTask<TRead> CollapseAsync(CancellationToken cancellationToken = default) => Options.OwnJoin is null
        ? _selection.Keys.ReadWith(_selection.Plan.Values).CollapseAsync(_request, cancellationToken)
        : CollapseAsync(buckets => _selection.Plan.Merge([.. buckets.Select(bucket => bucket.Value)]), cancellationToken);

    /// <summary>Makes of the whole range what you like.</summary>
    /// <typeparam name="T">What the range becomes.</typeparam>
    /// <param name="collapse">Gets the range's buckets, ascending.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask<T> CollapseAsync<T>(Func<IReadOnlyList<Bucket<TRead>>, T> collapse, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(collapse);
        List<Bucket<TRead>> buckets = [];
        await foreach (var bucket in this.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            buckets.Add(bucket);
        }

        return collapse(buckets);
    }

    /// <summary>The statistics of each bucket, computed in the database in one pass.</summary>
    /// <exception cref="InvalidOperationException">The range has a join of its own, which the database does not know.</exception>
    public IAsyncEnumerable<Bucket<TStats>> Stats() => Read(static plan => plan.Statistics);

    /// <summary>
    /// The statistics of the collapsed range, computed in the database. The rate divides by the time from the first live bucket's start to the last one's end.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="InvalidOperationException">The range has a join of its own, which the database does not know.</exception>
    public ValueTask<TStats> StatsAsync(CancellationToken cancellationToken = default) => CollapseAsync(static plan => plan.Statistics, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerator<Bucket<TRead>> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var reader = Options.OwnJoin is null ? Plan.Values : Unmerged(slots => Plan.Merge([.. slots.Select(slot => slot.Value)]));
        return Reads.Read(reader, _request, Options.SkipsEmpty, Options.ReadsSlots).GetAsyncEnumerator(cancellationToken);
    }

    private async IAsyncEnumerable<Bucket<T>> Transformed<T>(Func<TRead, T> transform, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var bucket in this.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return bucket.With(transform(bucket.Value));
        }
    }

    /// <summary>Reads what the database computes, by a reader of the interval.</summary>
    /// <exception cref="InvalidOperationException">The range has a join of its own, which the database does not know.</exception>
    internal IAsyncEnumerable<Bucket<TItem>> Read<TItem>(Func<IntervalPlan<TRead, TStats>, IntervalReader<TItem>> reader)
    {
        CheckComputable();
        return Reads.Read(reader(Plan), _request, Options.SkipsEmpty, slots: false);
    }

    /// <inheritdoc cref="Read"/>
    internal ValueTask<TItem> CollapseAsync<TItem>(Func<IntervalPlan<TRead, TStats>, IntervalReader<TItem>> reader, CancellationToken cancellationToken)
    {
        CheckComputable();
        return _selection.Keys.ReadWith(reader(_selection.Plan)).CollapseAsync(_request, cancellationToken);
    }

    private protected BucketRange<TRead, TStats> Taking(int count) => _selection.Range(_request with { Take = count });

    Interval IOnGrid.Interval => Plan.Interval;

    private IntervalPlan<TRead, TStats> Plan => Options.Coarser?.Plan ?? _selection.Plan;

    private IBucketReads Reads => Options.Coarser?.Reads ?? _selection.Keys;

    private BucketRange<TRead, TStats> With(ReadOptions options) => new(_selection, _request) { Options = options };

    private void CheckComputable()
    {
        if (Options.OwnJoin is not null)
        {
            throw new InvalidOperationException("Statistics are computed in the database, which does not know this range's own join: use Transform on "
                + "the joined values.");
        }
    }

    private UnmergedReader<TRead, T> Unmerged<T>(Func<IReadOnlyList<Slot<TRead>>, T> condense) =>
        new(Plan.Interval, Plan.Unmerged, Options.OwnJoin, condense);

    /// <summary>How the range is read.</summary>
    private readonly record struct ReadOptions(
        bool SkipsEmpty, bool ReadsSlots, Func<IReadOnlyList<TRead>, TRead>? OwnJoin, (IntervalPlan<TRead, TStats> Plan, IBucketReads Reads)? Coarser);
}

/// <summary>
/// A range with one end given: <see cref="Take"/> says how many buckets. Without it, a start runs to now, and an end from the key's first bucket.
/// </summary>
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
    public BucketRange<TRead, TStats> Take(int count) => Taking(count);
}
