using System.Numerics;
using Typed.Series;

namespace Typed;

/// <summary>What a bucket of a <see cref="SeriesType.Summary"/> holds: count, sum, extremes, mean and deviation of its values, but not the values.</summary>
/// <typeparam name="T"><see cref="long"/> of integers, <see cref="double"/> of floats, <see cref="decimal"/> of decimals.</typeparam>
public struct Summary<T> : IEquatable<Summary<T>>
    where T : struct, INumber<T>
{
    private double _squares;

    /// <summary>The number of values.</summary>
    public long Count { readonly get; private set; }

    /// <summary>Their sum, exact but for doubles; of nothing: 0.</summary>
    public T Sum { readonly get; private set; }

    /// <summary>The smallest; of nothing: null.</summary>
    public readonly T? Min => Count == 0 ? null : Smallest;

    /// <summary>The largest; of nothing: null.</summary>
    public readonly T? Max => Count == 0 ? null : Largest;

    /// <summary>The mean; of nothing: null.</summary>
    public readonly double? Mean => Count == 0 ? null : Center;

    /// <summary>The variance of the population; of nothing: null.</summary>
    public readonly double? Variance => Count == 0 ? null : _squares / Count;

    /// <summary>The standard deviation of the population; of nothing: null.</summary>
    public readonly double? StandardDeviation => Variance is { } variance ? Math.Sqrt(variance) : null;

    internal T Smallest { readonly get; private set; }

    internal T Largest { readonly get; private set; }

    /// <summary>The sum of the squared distances from the mean.</summary>
    internal readonly double SquaredDeviations => _squares;

    private readonly double Center => double.CreateChecked(Sum) / Count;

    /// <summary>Both summaries in one.</summary>
    /// <exception cref="OverflowException">A sum leaves its type.</exception>
    public static Summary<T> operator +(Summary<T> left, Summary<T> right)
    {
        if (left.Count == 0 || right.Count == 0)
        {
            return left.Count == 0 ? right : left;
        }

        var distance = right.Center - left.Center;
        return Of(
            checked(left.Count + right.Count),
            SummarySums.Add(left.Sum, right.Sum),
            T.Min(left.Smallest, right.Smallest),
            T.Max(left.Largest, right.Largest),
            left._squares + right._squares + (distance * distance * Shared(left.Count, right.Count)));
    }

    /// <summary>Whether two summaries are of equal figures.</summary>
    public static bool operator ==(Summary<T> left, Summary<T> right) => left.Equals(right);

    /// <summary>Whether two summaries differ in a figure.</summary>
    public static bool operator !=(Summary<T> left, Summary<T> right) => !left.Equals(right);

    /// <inheritdoc/>
    public readonly bool Equals(Summary<T> other) => Count == other.Count && Sum == other.Sum && Smallest == other.Smallest && Largest == other.Largest
        && _squares.Equals(other._squares);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Summary<T> other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(Count, Sum, Smallest, Largest, _squares);

    /// <inheritdoc/>
    public override readonly string ToString() =>
        FormattableString.Invariant($"Count = {Count}, Sum = {Sum}, Min = {Min}, Max = {Max}, Mean = {Mean}, StandardDeviation = {StandardDeviation}");

    /// <summary>A summary of figures that are known.</summary>
    internal static Summary<T> Of(long count, T sum, T smallest, T largest, double squares)
    {
        if (!double.IsFinite(squares) || !T.IsFinite(sum))
        {
            // SQLite says nothing; PostgreSQL would have failed.
            throw new OverflowException("The sum, or the squared distances from the mean, left the range of double.");
        }

        return new() { Count = count, Sum = sum, Smallest = smallest, Largest = largest, _squares = squares };
    }

    /// <summary>Takes a value that stands for several.</summary>
    /// <exception cref="OverflowException">A sum would leave its type; nothing is taken.</exception>
    internal void Add(T value, long weight)
    {
        if (Count == 0)
        {
            this = Of(weight, SummarySums.Times(value, weight), value, value, squares: 0);
            return;
        }

        var distance = double.CreateChecked(value) - Center;
        var squares = _squares + (distance * distance * Shared(Count, weight));
        if (!double.IsFinite(squares))
        {
            throw new OverflowException("The squared distances from the mean are beyond Double.");
        }

        var count = checked(Count + weight);
        Sum = SummarySums.Add(Sum, weight == 1 ? value : SummarySums.Times(value, weight));
        (Count, _squares) = (count, squares);
        Smallest = value < Smallest ? value : Smallest;
        Largest = value > Largest ? value : Largest;
    }

    /// <summary>How much the squared distance of two means counts.</summary>
    private static double Shared(double left, double right) => left * right / (left + right);
}
