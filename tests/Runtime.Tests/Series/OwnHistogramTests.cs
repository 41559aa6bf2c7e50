namespace Typed.Runtime.Tests.Series;

/// <summary>Histograms made by hand: sorted, merged, asked.</summary>
public class OwnHistogramTests
{
    [Fact]
    public void Pairs_are_sorted_and_equal_values_merged()
    {
        var made = new Histogram<int>([new(5, 2), new(-1, 1), new(5, 3)]);

        Assert.Equal([(-1, 1L), (5, 5)], Entries(made));
        Assert.Equal((6L, 2, false, 5L, 0L), (made.Total, made.Count, made.IsEmpty, made[5], made[4]));
        Assert.True(new Histogram<int>([]).IsEmpty);
        Assert.Equal([(1.0m, 3L)], Entries(new Histogram<decimal>([new(1.0m, 1), new(1.00m, 2)])));
        Assert.Equal(["\uFFFD", "\U0001F600"], new Histogram<string>([new("\U0001F600", 1), new("\uFFFD", 1)]).Values);
        Assert.Equal([([1, 2], 3L), ([2], 1)], Entries(new Histogram<byte[]>([new([2], 1), new([1, 2], 1), new([1, 2], 2)])));
    }

    [Fact]
    public void Wrong_pairs_are_refused()
    {
        Assert.Contains("The count of 7 is 0", Assert.Throws<ArgumentException>(() => new Histogram<int>([new(7, 0)])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Histogram<string>([new("a", 1), new(null!, 1)]));
        Assert.Throws<ArgumentNullException>(() => new Histogram<int>(null!));
        Assert.Throws<OverflowException>(() => new Histogram<int>([new(1, long.MaxValue), new(2, 1)]));
        Assert.Throws<OverflowException>(() => new Histogram<int>([new(1, long.MaxValue), new(1, 1)]));
    }

    [Fact]
    public void Histograms_add_up()
    {
        var left = new Histogram<string>([new("b", 1), new("a", 2)]);
        var right = new Histogram<string>([new("c", 1), new("b", 4)]);

        Assert.Equal([("a", 2L), ("b", 5), ("c", 1)], Entries(left + right));
        Assert.Equal(Entries(left + right), Entries(right.Add(left)));
        Assert.Equal(Entries(left), Entries(left + new Histogram<string>([])));
        Assert.Throws<ArgumentNullException>(() => left + null!);
        Assert.Throws<ArgumentNullException>(() => null! + left);
        Assert.Throws<OverflowException>(() => new Histogram<int>([new(1, long.MaxValue)]) + new Histogram<int>([new(1, 1)]));
    }

    [Fact]
    public void The_most_frequent_values_come_first()
    {
        var made = new Histogram<string>([new("rare", 1), new("b", 5), new("a", 5), new("most", 9)]);

        Assert.Equal([("most", 9L), ("a", 5), ("b", 5)], made.Top(3).Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(4, made.Top(10).Count);
        Assert.Empty(new Histogram<int>([]).Top(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => made.Top(0));
    }

    [Fact]
    public void A_quantile_is_a_percentile_of_one()
    {
        var made = new Histogram<int>(Enumerable.Range(1, 100).Select(i => KeyValuePair.Create(i, 1L)));

        Assert.Equal([1, 29, 95, 100, 100], new[] { 0, 0.29, 0.95, 0.991, 1 }.Select(q => made.Quantile(q)!.Value));
        foreach (var q in Enumerable.Range(0, 1_001).Select(i => i / 1000m))
        {
            Assert.Equal(made.Percentile((double)(q * 100)), made.Quantile((double)q));
        }

        Assert.Null(new Histogram<int>([]).Quantile(0.5));
        Assert.Null(new Histogram<string>([]).Quantile(0.5));
        Assert.Equal("a", new Histogram<string>([new("a", 1)]).Quantile(1));
        Assert.Contains("Percentile", Assert.Throws<ArgumentOutOfRangeException>(() => made.Quantile(95)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => made.Quantile(double.NaN));
    }

    [Fact]
    public void Ranks_are_exact_for_the_largest_totals()
    {
        var made = new Histogram<int>([new(1, long.MaxValue / 2), new(2, 1), new(3, long.MaxValue / 2)]);

        // The rank of the median of an odd total is the one in the middle.
        Assert.Equal([1, 2, 3], new[] { 49.999999999999, 50, 50.000000000001 }.Select(p => made.Percentile(p)!.Value));
        var tiny = 1e-300;
        Assert.Equal((1, 3), (made.Percentile(tiny)!.Value, made.Percentile(100)!.Value));
    }

    private static IEnumerable<(T, long)> Entries<T>(Histogram<T> histogram) => histogram.Select(pair => (pair.Key, pair.Value));
}
