using System.Numerics;

namespace Typed.Series;

/// <summary>Arithmetic of figures that nothing lacks.</summary>
internal static class Figures
{
    /// <exception cref="OverflowException">The sum is beyond the type; beyond a double too, which would be infinite.</exception>
    public static T Sum<T>(T left, T right)
        where T : INumber<T>
    {
        var sum = checked(left + right);
        return T.IsFinite(sum) ? sum : throw new OverflowException($"A sum left the range of {typeof(T).Name}.");
    }

    public static T? Smaller<T>(T? left, T? right)
        where T : struct => left is null || Comparer<T?>.Default.Compare(right ?? left, left) < 0 ? right ?? left : left;

    public static T? Larger<T>(T? left, T? right)
        where T : struct => left is null || Comparer<T?>.Default.Compare(right ?? left, left) > 0 ? right ?? left : left;

    /// <summary>The figure on the straight line between two others; an integer is rounded half away from zero.</summary>
    /// <param name="left">The figure at share 0.</param>
    /// <param name="right">The figure at share 1.</param>
    /// <param name="part">How far along, in parts of <paramref name="whole"/>.</param>
    /// <param name="whole">The whole distance.</param>
    public static T Between<T>(T left, T right, long part, long whole)
        where T : INumber<T>
    {
        if (typeof(T) == typeof(double) || typeof(T) == typeof(float))
        {
            var share = (double)part / whole;
            return T.CreateChecked((double.CreateChecked(left) * (1 - share)) + (double.CreateChecked(right) * share));
        }

        var step = (decimal)part / whole;
        var between = (decimal.CreateChecked(left) * (1 - step)) + (decimal.CreateChecked(right) * step);
        return T.CreateChecked(typeof(T) == typeof(decimal) ? between : Math.Round(between, MidpointRounding.AwayFromZero));
    }
}
