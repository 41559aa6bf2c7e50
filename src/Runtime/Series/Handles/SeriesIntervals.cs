using Typed.Series.Plans;
using Typed.Series.Reading;
using Typed.Time;
using Typed.Writing;

namespace Typed;

/// <summary>One interval of a series with a key: read one bucket, or choose keys and a range.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TRead">What a bucket holds.</typeparam>
/// <typeparam name="TStats">Its statistics.</typeparam>
public class KeyedInterval<TKey, TRead, TStats> : ISeriesInterval
    where TKey : struct, ISeriesKey<TKey>
{
    private readonly StoreScope _scope;
    private readonly IntervalPlan<TRead, TStats> _plan;
    private readonly string? _namespace;

    internal KeyedInterval(StoreScope scope, IntervalPlan<TRead, TStats> plan, string? seriesNamespace) =>
        (_scope, _plan, _namespace) = (scope, plan, seriesNamespace);

    IntervalPlan ISeriesInterval.Plan => _plan;

    /// <summary>The bucket that holds a time; a dead or untouched bucket comes empty.</summary>
    /// <param name="key">The key.</param>
    /// <param name="at">The time. Default: now.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public ValueTask<Bucket<TRead>> GetAsync(TKey key, DateTimeOffset? at = null, CancellationToken cancellationToken = default) =>
        Selection(new KeySet<TKey>(key, _namespace)).ReadWith(_plan.Values).GetAsync(at is { } time ? Instant.From(time) : _scope.Now, cancellationToken);

    /// <summary>Reads one key.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="RejectedPointException">The key cannot be stored.</exception>
    public BucketSelection<TRead, TStats> For(TKey key) => Select(new KeySet<TKey>(key, _namespace));

    /// <summary>Reads several keys joined, in the order given; a key given twice counts once.</summary>
    /// <param name="keys">At least one key.</param>
    /// <exception cref="ArgumentException">No key is given.</exception>
    /// <exception cref="RejectedPointException">A key cannot be stored.</exception>
    public BucketSelection<TRead, TStats> For(IEnumerable<TKey> keys) => Select(new KeySet<TKey>(keys, _namespace));

    /// <summary>Reads all keys that have data in the range, one after the other, in the order of the primary key.</summary>
    public AllKeysSelection<TKey, TRead, TStats> ForAll() => All(prefix: null);

    internal AllKeysSelection<TKey, TRead, TStats> All(KeyPrefix? prefix) =>
        new(_plan, new(_scope, _plan.Interval, _plan.Statements.Table.Name, prefix, _namespace));

    private BucketSelection<TRead, TStats> Select(KeySet<TKey> keys) => new(_plan, Selection(keys));

    private KeySelection<TKey> Selection(KeySet<TKey> keys) => new(_scope, _plan.Interval, _plan.Statements, keys);
}

/// <summary>One interval of a series without a key: read one bucket, or choose a range.</summary>
/// <typeparam name="TRead">What a bucket holds.</typeparam>
/// <typeparam name="TStats">Its statistics.</typeparam>
public class UnkeyedInterval<TRead, TStats> : BucketSelection<TRead, TStats>, ISeriesInterval
{
    private static readonly KeySet<NoKey> s_key = new(default(NoKey), seriesNamespace: null);

    internal UnkeyedInterval(StoreScope scope, IntervalPlan<TRead, TStats> plan)
        : base(plan, new KeySelection<NoKey>(scope, plan.Interval, plan.Statements, s_key))
    {
    }

    IntervalPlan ISeriesInterval.Plan => Plan;

    /// <summary>The bucket that holds a time; a dead or untouched bucket comes empty.</summary>
    /// <param name="at">The time. Default: now.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public ValueTask<Bucket<TRead>> GetAsync(DateTimeOffset? at = null, CancellationToken cancellationToken = default) =>
        Keys.ReadWith(Plan.Values).GetAsync(at is { } time ? Instant.From(time) : Keys.Now, cancellationToken);
}
