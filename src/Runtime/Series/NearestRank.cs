using System.Runtime.InteropServices;

namespace Typed.Series;

/// <summary>The nearest rank: which entry, counted from 1 in the order of values, is a percentile or a quantile.</summary>
internal static class NearestRank
{
    /// <summary>The smallest number that is at least a share of the total, and at least 1.</summary>
    /// <param name="share">The share, 0 to <paramref name="whole"/>.</param>
    /// <param name="whole">What the share is counted in: 100 for percentiles, 1 for quantiles.</param>
    /// <param name="total">The number of entries, at least 1.</param>
    public static long Of(double share, int whole, long total)
    {
        // As a decimal the share is exact for what people write (99.9); a double product would round 29.000000000000004 up to rank 30.
        var exact = (decimal)share;
        Span<int> bits = stackalloc int[4];
        _ = decimal.GetBits(exact, bits);
        var digits = new UInt128((uint)bits[2], MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(bits)));
        var (numerator, denominator) = (digits * (ulong)total, (UInt128)whole);
        for (var i = 0; i < exact.Scale; i++)
        {
            denominator *= 10;
        }

        return Math.Max(1, (long)((numerator + denominator - 1) / denominator));
    }
}
