using System.Collections;
using Typed.Series;

namespace Typed;

/// <summary>How often each distinct value occurred, ascending by value. Text is ordered by code point.</summary>
/// <typeparam name="T">The value.</typeparam>
public sealed class Histogram<T> : IReadOnlyCollection<KeyValuePair<T, long>>
{
    private readonly T[] _values;
    private readonly long[] _counts;
    private readonly Comparison<T> _compare;

    /// <summary>A histogram of values and how often each occurred.</summary>
    /// <param name="pairs">In any order; the counts of a value that comes several times are added up.</param>
    /// <exception cref="ArgumentException">A count is below 1, or a value is null.</exception>
    /// <exception cref="OverflowException">The sum of the counts is beyond <see cref="long"/>.</exception>
    public Histogram(IEnumerable<KeyValuePair<T, long>> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        _compare = HistogramOrder<T>.Compare;
        (_values, _counts) = Sorted(pairs, _compare);
        Total = Sum(_counts);
    }

    internal Histogram(T[] values, long[] counts, Comparison<T> compare)
    {
        _values = values;
        _counts = counts;
        _compare = compare;
        Total = Sum(counts);
    }

    /// <summary>The number of entries: the sum of all counts.</summary>
    public long Total { get; }

    /// <summary>The number of distinct values.</summary>
    public int Count => _values.Length;

    /// <summary>Whether there are no entries.</summary>
    public bool IsEmpty => _values.Length == 0;

    /// <summary>The distinct values, ascending.</summary>
    public IReadOnlyList<T> Values => _values;

    /// <summary>The counts, in the order of <see cref="Values"/>.</summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>How often the value occurred; 0 when it did not.</summary>
    /// <param name="value">The value.</param>
    public long this[T value] => Find(value) is var index and >= 0 ? _counts[index] : 0;

    /// <summary>The share of entries that are at most <paramref name="value"/>, 0 to 1; of nothing: null.</summary>
    /// <param name="value">The value; it need not occur.</param>
    public double? Rank(T value)
    {
        if (IsEmpty)
        {
            return null;
        }

        var index = Find(value);
        var end = index >= 0 ? index + 1 : ~index;
        var below = 0L;
        for (var i = 0; i < end; i++)
        {
            below += _counts[i];
        }

        return (double)below / Total;
    }

    /// <summary>Both histograms in one: counts are added up.</summary>
    /// <exception cref="OverflowException">A sum of counts is beyond <see cref="long"/>.</exception>
    public static Histogram<T> operator +(Histogram<T> left, Histogram<T> right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.Add(right);
    }

    /// <summary>Both histograms in one: counts are added up.</summary>
    /// <param name="other">The other one.</param>
    /// <exception cref="OverflowException">A sum of counts is beyond <see cref="long"/>.</exception>
    public Histogram<T> Add(Histogram<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Merge([this, other], _compare);
    }

    /// <summary>The values that occurred most often, the most frequent first; of equally frequent ones the smaller first.</summary>
    /// <param name="count">How many at most, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public IReadOnlyList<KeyValuePair<T, long>> Top(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);

        // A stable sort: values are ascending already.
        return [.. this.OrderByDescending(pair => pair.Value).Take(count)];
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<T, long>> GetEnumerator()
    {
        for (var i = 0; i < _values.Length; i++)
        {
            yield return new(_values[i], _counts[i]);
        }
    }

    /// <summary>The number of entries and of distinct values.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Total} entries, {Count} values");

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Counts of the same values added up.</summary>
    internal static Histogram<T> Merge(IReadOnlyList<Histogram<T>> histograms, Comparison<T> compare)
    {
        var (values, counts) = Sorted(histograms.SelectMany(histogram => histogram), compare);
        return new(values, counts, compare);
    }

    /// <summary>The first value whose cumulative count is at least that share of the total. The histogram is not empty, and the share is checked.</summary>
    internal T AtShare(double share, int whole)
    {
        var needed = NearestRank.Of(share, whole, Total);
        var seen = 0L;
        for (var i = 0; i < _values.Length; i++)
        {
            seen += _counts[i];
            if (seen >= needed)
            {
                return _values[i];
            }
        }

        return _values[^1];
    }

    private static (T[] Values, long[] Counts) Sorted(IEnumerable<KeyValuePair<T, long>> pairs, Comparison<T> compare)
    {
        List<T> values = [];
        List<long> counts = [];
        foreach (var (value, count) in pairs.OrderBy(pair => pair.Key, Comparer<T>.Create(compare)))
        {
            if (value is null || count < 1)
            {
                throw new ArgumentException(value is null ? "A value is null." : string.Create(
                    System.Globalization.CultureInfo.InvariantCulture, $"The count of {value} is {count}; a value that occurs has a count of at least 1."),
                    nameof(pairs));
            }

            if (values.Count > 0 && compare(values[^1], value) == 0)
            {
                counts[^1] = checked(counts[^1] + count);
            }
            else
            {
                values.Add(value);
                counts.Add(count);
            }
        }

        return ([.. values], [.. counts]);
    }

    private static long Sum(long[] counts)
    {
        var total = 0L;
        foreach (var count in counts)
        {
            total = checked(total + count);
        }

        return total;
    }

    private int Find(T value)
    {
        int low = 0, high = _values.Length - 1;
        while (low <= high)
        {
            var middle = (int)(((uint)low + (uint)high) >> 1);
            var order = _compare(_values[middle], value);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }
}
