using System.Numerics;
using System.Runtime.CompilerServices;
using Typed.Series;
using Typed.Series.Handles;

namespace Typed;

/// <summary>
/// Moving windows over statistics, and gaps of statistics filled: count, sum and rate of an empty bucket are 0 and stay so, minimum, maximum and mean, which
/// it lacks, are filled. Buckets before the first entry stay empty.
/// </summary>
public static class StatisticsExtensions
{
    /// <summary>
    /// The statistics of each bucket together with those before it: a window that moves along. The first windows hold what the range has of them; their rate
    /// is over the time that they span. The five figures of a Count are the total of the window, as they are of a bucket.
    /// </summary>
    /// <typeparam name="TStats">The statistics.</typeparam>
    /// <param name="buckets">Statistics of a range.</param>
    /// <param name="count">How many buckets a window has, its own included; at least 1. Buckets that were left out count too.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="OverflowException">A sum left the range of its type.</exception>
    public static IAsyncEnumerable<Bucket<TStats>> Moving<TStats>(this IAsyncEnumerable<Bucket<TStats>> buckets, int count)
        where TStats : struct, IStatistics<TStats>
    {
        ArgumentNullException.ThrowIfNull(buckets);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return Windows(buckets, count);
    }

    /// <summary>Gives an empty bucket minimum, maximum and mean of the one before it.</summary>
    /// <typeparam name="TStats">The statistics.</typeparam>
    /// <param name="buckets">Statistics of a range.</param>
    /// <param name="how"><see cref="Fill.Previous"/>.</param>
    public static IAsyncEnumerable<Bucket<TStats>> Fill<TStats>(this IAsyncEnumerable<Bucket<TStats>> buckets, FillPrevious how)
        where TStats : struct, IStatistics<TStats>
    {
        ArgumentNullException.ThrowIfNull(buckets);
        return Gaps.FromBefore(buckets, static stats => stats.IsEmpty, static (stats, before) => stats.FilledFrom(before));
    }

    /// <summary>Gives an empty bucket minimum, maximum and mean on the straight line between those around it.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <typeparam name="TSum">The sum.</typeparam>
    /// <typeparam name="TMean">The mean.</typeparam>
    /// <param name="buckets">Statistics of a range.</param>
    /// <param name="how"><see cref="Fill.Linear"/>.</param>
    public static IAsyncEnumerable<Bucket<NumericStatistics<T, TSum, TMean>>> Fill<T, TSum, TMean>(
        this IAsyncEnumerable<Bucket<NumericStatistics<T, TSum, TMean>>> buckets, FillLinear how)
        where T : struct, INumber<T>
        where TSum : struct, INumber<TSum>
        where TMean : struct, INumber<TMean>
    {
        ArgumentNullException.ThrowIfNull(buckets);
        return Gaps.FromBothSides(buckets, static stats => stats.Count == 0, static (stats, before, after, place) => stats with
        {
            Min = Figures.Between(before.Min.GetValueOrDefault(), after.Min.GetValueOrDefault(), place.Part, place.Whole),
            Max = Figures.Between(before.Max.GetValueOrDefault(), after.Max.GetValueOrDefault(), place.Part, place.Whole),
            Mean = Figures.Between(before.Mean.GetValueOrDefault(), after.Mean.GetValueOrDefault(), place.Part, place.Whole),
        });
    }

    /// <inheritdoc cref="Fill{T, TSum, TMean}(IAsyncEnumerable{Bucket{NumericStatistics{T, TSum, TMean}}}, FillLinear)"/>
    public static IAsyncEnumerable<Bucket<TotalStatistics<T>>> Fill<T>(this IAsyncEnumerable<Bucket<TotalStatistics<T>>> buckets, FillLinear how)
        where T : struct, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(buckets);
        return Gaps.FromBothSides(buckets, static stats => stats.Mean is null, static (stats, before, after, place) =>
        {
            var between = Figures.Between(before.Sum, after.Sum, place.Part, place.Whole);
            return stats with { Min = between, Max = between, Mean = between };
        });
    }

    /// <summary>Gives an empty bucket after the first entry a minimum, maximum and mean.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <typeparam name="TSum">The sum.</typeparam>
    /// <typeparam name="TMean">The mean.</typeparam>
    /// <param name="buckets">Statistics of a range.</param>
    /// <param name="value">All three.</param>
    public static IAsyncEnumerable<Bucket<NumericStatistics<T, TSum, TMean>>> Fill<T, TSum, TMean>(
        this IAsyncEnumerable<Bucket<NumericStatistics<T, TSum, TMean>>> buckets, T value)
        where T : struct, INumber<T>
        where TSum : struct, INumber<TSum>
        where TMean : struct, INumber<TMean>
    {
        ArgumentNullException.ThrowIfNull(buckets);
        var mean = TMean.CreateChecked(value);
        return Gaps.FromBefore(buckets, static stats => stats.Count == 0, (stats, _) => stats with { Min = value, Max = value, Mean = mean });
    }

    /// <inheritdoc cref="Fill{T, TSum, TMean}(IAsyncEnumerable{Bucket{NumericStatistics{T, TSum, TMean}}}, T)"/>
    public static IAsyncEnumerable<Bucket<TotalStatistics<T>>> Fill<T>(this IAsyncEnumerable<Bucket<TotalStatistics<T>>> buckets, T value)
        where T : struct, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(buckets);
        return Gaps.FromBefore(buckets, static stats => stats.Mean is null, (stats, _) => stats with { Min = value, Max = value, Mean = value });
    }

    private static async IAsyncEnumerable<Bucket<TStats>> Windows<TStats>(
        IAsyncEnumerable<Bucket<TStats>> buckets, int count, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TStats : struct, IStatistics<TStats>
    {
        Queue<(long Index, TStats Stats)> window = [];
        long? first = null;
        await foreach (var bucket in buckets.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var step = bucket.Interval.Step;
            var index = step.Index(bucket.StartInstant);
            first ??= index;
            window.Enqueue((index, bucket.Value));
            while (window.Peek().Index <= index - count)
            {
                _ = window.Dequeue();
            }

            var merged = default(TStats);
            foreach (var (_, stats) in window)
            {
                merged = merged.With(stats);
            }

            var start = step.StartOf(Math.Max(first.Value, index - count + 1));
            yield return bucket.With(merged.Over(bucket.Interval.Seconds(start, bucket.StartInstant)));
        }
    }
}
