namespace Typed.Series;

/// <summary>Percentiles as asked for.</summary>
internal static class Percentile
{
    /// <summary>The percentiles, checked, where the caller cannot change them any more.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One is outside 0 to 100.</exception>
    public static double[] Check(double[] percentiles)
    {
        ArgumentNullException.ThrowIfNull(percentiles);
        if (percentiles.Length == 0)
        {
            throw new ArgumentException("No percentile was asked for: give at least one, as in Percentiles(50, 95, 99).", nameof(percentiles));
        }

        foreach (var p in percentiles)
        {
            HistogramExtensions.CheckPercentile(p, nameof(percentiles));
        }

        return [.. percentiles];
    }
}
