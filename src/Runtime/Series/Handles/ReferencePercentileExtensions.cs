using Typed.Series;
using Typed.Series.Reading;

namespace Typed;

/// <summary>Percentiles of ranges of histograms of text and bytes.</summary>
public static class ReferencePercentileExtensions
{
    /// <summary>
    /// Percentiles of each bucket, nearest rank, as <c>Percentile</c> of its histogram gives them, but found in the database: no entries are sent.
    /// </summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <typeparam name="TStats">Its statistics.</typeparam>
    /// <param name="range">The range.</param>
    /// <param name="percentiles">At least one, each 0 to 100.</param>
    /// <returns>For each bucket the values in the order of the percentiles; of an empty bucket each is null.</returns>
    /// <exception cref="ArgumentException">No percentile is given.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A percentile is outside 0 to 100.</exception>
    /// <exception cref="InvalidOperationException">The range has a join of its own, which the database does not know.</exception>
    public static IAsyncEnumerable<Bucket<IReadOnlyList<T?>>> Percentiles<T, TStats>(this BucketRange<Histogram<T>, TStats> range, params double[] percentiles)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(range);
        var checkedOnes = Percentile.Check(percentiles);
        return range.Read(plan => ((HistogramReads<T>)plan.Histograms!).Range(checkedOnes, static value => (T?)value));
    }

    /// <summary>Percentiles of the collapsed range, found in the database.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <typeparam name="TStats">Its statistics.</typeparam>
    /// <param name="range">The range.</param>
    /// <param name="percentiles">At least one, each 0 to 100.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The values in the order of the percentiles; of nothing each is null.</returns>
    /// <exception cref="ArgumentException">No percentile is given.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A percentile is outside 0 to 100.</exception>
    /// <exception cref="InvalidOperationException">The range has a join of its own, which the database does not know.</exception>
    public static ValueTask<IReadOnlyList<T?>> PercentilesAsync<T, TStats>(
        this BucketRange<Histogram<T>, TStats> range, double[] percentiles, CancellationToken cancellationToken = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(range);
        var checkedOnes = Percentile.Check(percentiles);
        return range.CollapseAsync(plan => ((HistogramReads<T>)plan.Histograms!).Range(checkedOnes, static value => (T?)value), cancellationToken);
    }

    /// <inheritdoc cref="Percentiles{T, TStats}"/>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="T">The value.</typeparam>
    /// <typeparam name="TStats">Its statistics.</typeparam>
    public static IAsyncEnumerable<KeyedBucket<TKey, IReadOnlyList<T?>>> Percentiles<TKey, T, TStats>(
        this AllKeysRange<TKey, Histogram<T>, TStats> range, params double[] percentiles)
        where TKey : struct, ISeriesKey<TKey>
        where T : class
    {
        ArgumentNullException.ThrowIfNull(range);
        var checkedOnes = Percentile.Check(percentiles);
        return range.Read(plan => ((HistogramReads<T>)plan.Histograms!).AllKeys(checkedOnes, static value => (T?)value));
    }
}
