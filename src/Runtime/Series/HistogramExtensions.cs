using System.Numerics;

namespace Typed;

/// <summary>What histograms of structs answer: null where there are no entries.</summary>
public static class HistogramExtensions
{
    /// <summary>The nearest-rank percentile: the smallest value whose cumulative count is at least p/100 of the total; of nothing: null.</summary>
    /// <param name="histogram">The histogram.</param>
    /// <param name="p">0 to 100; 0 gives the smallest value.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is outside 0 to 100.</exception>
    public static T? Percentile<T>(this Histogram<T> histogram, double p)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(histogram);
        return Guard(histogram, p) ? null : histogram.AtShare(p, 100);
    }

    /// <summary>The nearest-rank quantile: <c>Quantile(0.95)</c> is <c>Percentile(95)</c>; of nothing: null.</summary>
    /// <param name="histogram">The histogram.</param>
    /// <param name="q">0 to 1; 0 gives the smallest value.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="q"/> is outside 0 to 1.</exception>
    public static T? Quantile<T>(this Histogram<T> histogram, double q)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(histogram);
        return GuardQuantile(histogram, q) ? null : histogram.AtShare(q, 1);
    }

    /// <summary>The smallest value; of nothing: null.</summary>
    public static T? Min<T>(this Histogram<T> histogram)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(histogram);
        return histogram.IsEmpty ? null : histogram.Values[0];
    }

    /// <summary>The largest value; of nothing: null.</summary>
    public static T? Max<T>(this Histogram<T> histogram)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(histogram);
        return histogram.IsEmpty ? null : histogram.Values[^1];
    }

    /// <summary>The mean of all entries; of nothing: null.</summary>
    public static double? Mean<T>(this Histogram<T> histogram)
        where T : struct, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(histogram);
        if (histogram.IsEmpty)
        {
            return null;
        }

        // Weights rather than a sum: a sum of large values would overflow where their mean does not.
        var mean = 0.0;
        foreach (var (value, count) in histogram)
        {
            mean += double.CreateChecked(value) * ((double)count / histogram.Total);
        }

        return mean;
    }

    /// <summary>The variance of the population; of nothing: null.</summary>
    public static double? Variance<T>(this Histogram<T> histogram)
        where T : struct, INumber<T>
    {
        if (histogram.Mean() is not { } mean)
        {
            return null;
        }

        var variance = 0.0;
        foreach (var (value, count) in histogram)
        {
            var distance = double.CreateChecked(value) - mean;
            variance += distance * distance * ((double)count / histogram.Total);
        }

        return variance;
    }

    /// <summary>The standard deviation of the population; of nothing: null.</summary>
    public static double? StandardDeviation<T>(this Histogram<T> histogram)
        where T : struct, INumber<T> => histogram.Variance() is { } variance ? Math.Sqrt(variance) : null;

    /// <summary>Checks p, and says whether there is nothing to answer with.</summary>
    internal static bool Guard<T>(Histogram<T> histogram, double p)
    {
        CheckPercentile(p, nameof(p));
        return histogram.IsEmpty;
    }

    internal static bool GuardQuantile<T>(Histogram<T> histogram, double q)
    {
        // Written so that NaN is refused too.
        if (!(q >= 0 && q <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(q), q, "A quantile is between 0 and 1; Percentile takes 0 to 100.");
        }

        return histogram.IsEmpty;
    }

    internal static void CheckPercentile(double p, string name)
    {
        if (!(p >= 0 && p <= 100))
        {
            throw new ArgumentOutOfRangeException(name, p, "A percentile is between 0 and 100.");
        }
    }
}

/// <summary>What histograms of text and bytes answer: null where there are no entries.</summary>
public static class ReferenceHistogramExtensions
{
    /// <inheritdoc cref="HistogramExtensions.Percentile{T}"/>
    public static T? Percentile<T>(this Histogram<T> histogram, double p)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(histogram);
        return HistogramExtensions.Guard(histogram, p) ? null : histogram.AtShare(p, 100);
    }

    /// <inheritdoc cref="HistogramExtensions.Quantile{T}"/>
    public static T? Quantile<T>(this Histogram<T> histogram, double q)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(histogram);
        return HistogramExtensions.GuardQuantile(histogram, q) ? null : histogram.AtShare(q, 1);
    }

    /// <inheritdoc cref="HistogramExtensions.Min{T}"/>
    public static T? Min<T>(this Histogram<T> histogram)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(histogram);
        return histogram.IsEmpty ? null : histogram.Values[0];
    }

    /// <inheritdoc cref="HistogramExtensions.Max{T}"/>
    public static T? Max<T>(this Histogram<T> histogram)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(histogram);
        return histogram.IsEmpty ? null : histogram.Values[^1];
    }
}
