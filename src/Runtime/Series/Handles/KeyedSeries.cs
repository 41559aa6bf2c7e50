using Typed.Series.Plans;
using Typed.Series.Reading;
using Typed.Storage;

namespace Typed;

/// <summary>A series with a key: any number of stats. The emitted handles derive from it.</summary>
/// <typeparam name="TPoint">The declared type.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
public abstract class KeyedSeries<TPoint, TKey, TValue> : SeriesHandle<TPoint, TKey, TValue>
    where TPoint : ITimeSeries<TPoint, TKey, TValue>
    where TKey : struct, ISeriesKey<TKey>
{
    /// <summary>Emitted code calls this.</summary>
    protected KeyedSeries(SeriesBinding<TPoint, TKey, TValue> binding)
        : base(binding)
    {
    }

    /// <summary>The keys that have a live bucket in any interval, in no particular order.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async IAsyncEnumerable<TKey> Keys([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Scope.ThrowIfDisposed();
        var now = Scope.Now;
        long[] oldest = [.. Plan.Tables.Select(t => t.OldestLive(now))];
        var query = await Scope.ReadAsync(
            new("the keys", Plan.Definition.Name), Plan.LiveKeys.Value, () => new KeysQuery<TKey>(oldest, Namespace), cancellationToken).ConfigureAwait(false);
        foreach (var key in query.Keys)
        {
            yield return key;
        }
    }

    /// <summary>The first and last live bucket of a key, by interval name; intervals without live data are absent.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public ValueTask<IReadOnlyDictionary<string, BucketExtent>> PropertiesAsync(TKey key, CancellationToken cancellationToken = default) =>
        PropertiesAsync(new KeySet<TKey>(key, Namespace), cancellationToken);

    /// <summary>Removes a key from every interval. Other keys are untouched.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="WriteFailedException">The database refused or did not answer in time.</exception>
    public async ValueTask DeleteAsync(TKey key, CancellationToken cancellationToken = default)
    {
        var parameters = new KeyParameters<TKey>(new KeySet<TKey>(key, Namespace));
        await Scope.ExecuteAsync(typeof(TPoint), [.. Plan.Tables.SelectMany(t => t.Statements.DeleteKey).Select(sql => (sql, (IParameters)parameters))],
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes the dead buckets of one key from disk.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The number of rows removed.</returns>
    /// <exception cref="WriteFailedException">The database refused or did not answer in time.</exception>
    public async ValueTask<long> ExpireAsync(TKey key, CancellationToken cancellationToken = default)
    {
        var keys = new KeySet<TKey>(key, Namespace);
        var now = Scope.Now;
        return await Scope.ExecuteAsync(
            typeof(TPoint),
            [.. Plan.Tables.Where(t => t.Expires).Select(t => (t.Statements.Expire.For(1), (IParameters)new KeyParameters<TKey>(keys, t.OldestLive(now))))],
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An interval by its place in the declaration. Emitted code calls this.</summary>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    protected KeyedInterval<TKey, TRead, TStats> Interval<TRead, TStats>(int index) =>
        new(Scope, (IntervalPlan<TRead, TStats>)Plan.Intervals[index], Namespace);

    /// <summary>An interval in a context by its place in the declaration. Emitted code calls this.</summary>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    protected QueryableInterval<TKey, TRead, TStats, TRow> Queryable<TRead, TStats, TRow>(int index)
        where TRow : class => new(Scope, (IntervalPlan<TRead, TStats>)Plan.Intervals[index], Rows<TRow>(index), Namespace);
}

/// <summary>A series without a key: exactly one stat. The emitted handles derive from it.</summary>
/// <typeparam name="TPoint">The declared type.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
public abstract class UnkeyedSeries<TPoint, TValue> : SeriesHandle<TPoint, NoKey, TValue>
    where TPoint : ITimeSeries<TPoint, NoKey, TValue>
{
    /// <summary>Emitted code calls this.</summary>
    protected UnkeyedSeries(SeriesBinding<TPoint, NoKey, TValue> binding)
        : base(binding)
    {
    }

    /// <summary>The first and last live bucket, by interval name; intervals without live data are absent.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public ValueTask<IReadOnlyDictionary<string, BucketExtent>> PropertiesAsync(CancellationToken cancellationToken = default) =>
        PropertiesAsync(new KeySet<NoKey>(default(NoKey), Namespace), cancellationToken);

    /// <summary>An interval by its place in the declaration. Emitted code calls this.</summary>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    protected UnkeyedInterval<TRead, TStats> Interval<TRead, TStats>(int index) => new(Scope, (IntervalPlan<TRead, TStats>)Plan.Intervals[index]);

    /// <summary>An interval in a context by its place in the declaration. Emitted code calls this.</summary>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    protected QueryableUnkeyedInterval<TRead, TStats, TRow> Queryable<TRead, TStats, TRow>(int index)
        where TRow : class => new(Scope, (IntervalPlan<TRead, TStats>)Plan.Intervals[index], Rows<TRow>(index));
}
