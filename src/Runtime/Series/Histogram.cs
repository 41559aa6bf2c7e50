using System.Collections;

namespace Typed;

/// <summary>How often each distinct value occurred, ascending by value. Text is ordered by code point.</summary>
/// <typeparam name="T">The value.</typeparam>
public sealed class Histogram<T> : IReadOnlyCollection<KeyValuePair<T, long>>
{
    private readonly T[] _values;
    private readonly long[] _counts;
    private readonly Comparison<T> _compare;

    internal Histogram(T[] values, long[] counts, Comparison<T> compare)
    {
        _values = values;
        _counts = counts;
        _compare = compare;
        foreach (var count in counts)
        {
            Total = checked(Total + count);
        }
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

    /// <summary>Nearest rank: the first value whose cumulative count is at least p/100 of the total. The histogram is not empty, and p is checked.</summary>
    internal T AtPercentile(double p)
    {
        var needed = NearestRank(p);
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

    // The decimal p is exact for what people write (99.9); a double product would round 29.000000000000004 up to rank 30.
    private long NearestRank(double p)
    {
        var exact = (decimal)p * Total / 100m;
        return Math.Max(1, (long)Math.Ceiling(exact));
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
