using System.Numerics;
using Typed.Values;

namespace Typed.Series;

/// <summary>Sums that are exact, or an error; of doubles finite, or an error.</summary>
internal static class SummarySums
{
    /// <exception cref="OverflowException">The sum is beyond the type, or has more digits than a decimal.</exception>
    public static T Add<T>(T left, T right)
        where T : struct, INumber<T> =>
        typeof(T) == typeof(decimal) ? (T)(object)ExactDecimals.Add((decimal)(object)left, (decimal)(object)right) : Finite(checked(left + right));

    /// <exception cref="OverflowException">The product is beyond the type, or has more digits than a decimal.</exception>
    public static T Times<T>(T value, long weight)
        where T : struct, INumber<T> =>
        weight == 1 ? value
        : typeof(T) == typeof(decimal) ? (T)(object)ExactDecimals.FromUnits(ExactDecimals.Units((decimal)(object)value) * weight)
        : Finite(checked(value * T.CreateChecked(weight)));

    private static T Finite<T>(T sum)
        where T : struct, INumber<T> => T.IsFinite(sum) ? sum : throw new OverflowException("The sum is beyond Double.");
}
