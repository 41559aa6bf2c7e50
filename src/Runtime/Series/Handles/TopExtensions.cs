using Typed.Series.Reading;

namespace Typed;

/// <summary>The most frequent values of ranges of histograms.</summary>
public static class TopExtensions
{
    /// <summary>
    /// The values of each bucket that occurred most often, as <see cref="Histogram{T}.Top"/> gives them, but found in the database: no other entries are sent.
    /// </summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <typeparam name="TStats">Its statistics.</typeparam>
    /// <param name="range">The range.</param>
    /// <param name="count">How many at most, at least 1.</param>
    /// <returns>For each bucket values with their counts, the most frequent first; of equally frequent ones the smaller first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">The range has a join of its own, which the database does not know.</exception>
    public static IAsyncEnumerable<Bucket<IReadOnlyList<KeyValuePair<T, long>>>> Top<T, TStats>(this BucketRange<Histogram<T>, TStats> range, int count)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(range);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return range.Read(plan => ((HistogramReads<T>)plan.Histograms!).Top(count));
    }

    /// <summary>The values of the collapsed range that occurred most often, found in the database.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <typeparam name="TStats">Its statistics.</typeparam>
    /// <param name="range">The range.</param>
    /// <param name="count">How many at most, at least 1.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Values with their counts, the most frequent first; of equally frequent ones the smaller first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">The range has a join of its own, which the database does not know.</exception>
    public static ValueTask<IReadOnlyList<KeyValuePair<T, long>>> TopAsync<T, TStats>(
        this BucketRange<Histogram<T>, TStats> range, int count, CancellationToken cancellationToken = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(range);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return range.CollapseAsync(plan => ((HistogramReads<T>)plan.Histograms!).Top(count), cancellationToken);
    }

    /// <inheritdoc cref="Top{T, TStats}"/>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="T">The value.</typeparam>
    /// <typeparam name="TStats">Its statistics.</typeparam>
    public static IAsyncEnumerable<KeyedBucket<TKey, IReadOnlyList<KeyValuePair<T, long>>>> Top<TKey, T, TStats>(
        this AllKeysRange<TKey, Histogram<T>, TStats> range, int count)
        where TKey : struct, ISeriesKey<TKey>
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(range);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return range.Read(plan => ((HistogramReads<T>)plan.Histograms!).TopOfAllKeys(count));
    }
}
