using System.Numerics;

namespace Typed.Values;

/// <summary>Sums of decimals that are exact, or an error: <see cref="decimal"/> by itself rounds away digits that it has no room for.</summary>
internal static class ExactDecimals
{
    private const int MaxScale = 28;
    private static readonly BigInteger s_unit = BigInteger.Pow(10, MaxScale);
    private static readonly BigInteger s_maxMantissa = (BigInteger)decimal.MaxValue;

    /// <summary>Adds.</summary>
    /// <exception cref="OverflowException">The sum is too large, or has more digits than a decimal.</exception>
    public static decimal Add(decimal left, decimal right)
    {
        var sum = left + right;
        var (large, small) = Math.Abs(left) >= Math.Abs(right) ? (left, right) : (right, left);

        // Taking the larger away again needs no more digits than the smaller has, so it tells whether any were lost.
        return sum - large == small ? sum : throw Inexact();
    }

    /// <summary>A decimal as a whole number of the smallest unit, of which any number can be added up.</summary>
    public static BigInteger Units(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var mantissa = new BigInteger(new decimal(bits[0], bits[1], bits[2], isNegative: false, scale: 0));
        var units = mantissa * BigInteger.Pow(10, MaxScale - ((bits[3] >> 16) & 0xFF));
        return bits[3] < 0 ? -units : units;
    }

    /// <summary>That number of units as a decimal.</summary>
    /// <exception cref="OverflowException">It is too large, or has more digits than a decimal.</exception>
    public static decimal FromUnits(BigInteger units)
    {
        var whole = BigInteger.DivRem(units, s_unit, out var fraction);
        if (BigInteger.Abs(whole) > s_maxMantissa)
        {
            throw Inexact();
        }

        return Add((decimal)whole, (decimal)fraction / (decimal)s_unit);
    }

    private static OverflowException Inexact() => new("The sum is too large for a Decimal, or has more digits than it holds.");
}
