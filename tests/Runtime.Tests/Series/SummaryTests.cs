using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Summaries against figures that are computed from all values, with two passes.</summary>
public abstract class SummaryTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Every_read_of_doubles_is_that_of_all_values()
    {
        await using var store = await OpenAsync<SummaryOfDouble>();
        var summaries = SummaryOfDouble.In(store);
        var random = new Random(1);

        // Far from zero, where a sum of squares would have lost every digit of the variance.
        var points = Enumerable.Range(0, 600)
            .Select(i => (Name: i % 3 == 0 ? "a" : "b", Value: 1e9 + random.NextDouble(), At: Noon.AddMinutes(-random.Next(60 * 40))))
            .ToArray();
        foreach (var (name, value, at) in points)
        {
            await summaries.InsertAsync(name, value, at);
        }

        await foreach (var bucket in summaries.Day.For(["a", "b"]).Last(3).WithSlots())
        {
            Equal(Of(points, p => p.At >= bucket.Start && p.At < bucket.End), bucket.Value);
            foreach (var slot in bucket.Slots)
            {
                Equal(Of(points, p => p.At >= slot.Start && p.At < slot.Start.AddHours(1)), slot.Value);
            }
        }

        await foreach (var bucket in summaries.Day.For("a").Last(3))
        {
            Equal(Of(points, p => p.Name == "a" && p.At >= bucket.Start && p.At < bucket.End), bucket.Value);
        }

        await foreach (var bucket in summaries.Minute.For("b").Last(60 * 24).Resample("2h"))
        {
            Equal(Of(points, p => p.Name == "b" && p.At >= bucket.Start && p.At < bucket.End && p.At > Noon.AddDays(-1)), bucket.Value);
        }

        Equal(Of(points, _ => true), await summaries.Day.For(["a", "b"]).All().CollapseAsync());
        Equal(Of(points, p => p.Name == "b"), await summaries.Minute.For("b").All().CollapseAsync());
        var stats = await summaries.Day.For(["a", "b"]).All().StatsAsync();
        Assert.Equal((600, points.Min(p => p.Value), points.Max(p => p.Value)), (stats.Count, stats.Min, stats.Max));
        Assert.Equal(points.Average(p => p.Value), stats.Mean!.Value, 1e-3);
        await foreach (var (key, bucket) in summaries.Day.ForAll().Last(3))
        {
            Equal(Of(points, p => p.Name == key.Name && p.At >= bucket.Start && p.At < bucket.End), bucket.Value);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData((1L << 53) + 1)]
    public async Task Sums_of_integers_are_exact(long value)
    {
        await using var store = await OpenAsync<SummaryOfInt64>();
        var summaries = SummaryOfInt64.In(store);
        await summaries.InsertAsync("k", value);
        await summaries.InsertAsync("k", 0, Noon.AddHours(-1));
        await summaries.InsertAsync("k", 0);

        Assert.Equal((3, value), Figures((await summaries.Day.GetAsync("k")).Value));
        Assert.Equal((2, value), Figures((await summaries.Minute.GetAsync("k")).Value));
        Assert.Equal((3, value), Figures(await summaries.Day.For(["k", "other"]).Last(2).CollapseAsync()));
        var day = (await summaries.Day.GetAsync("k")).Value;
        Assert.Equal((Math.Min(0, value), Math.Max(0, value)), (day.Min, day.Max));

        static (long, long) Figures(Summary<long> summary) => (summary.Count, summary.Sum);
    }

    [Fact]
    public async Task Integers_of_other_types_add_up_as_long()
    {
        await using var store = await OpenAsync(o => o.Only<SummaryOfInt32>().Only<SummaryOfUInt64>().Only<SummaryOfSum>());
        await SummaryOfInt32.In(store).InsertAsync(Enumerable.Repeat(new SummaryOfInt32("k", int.MaxValue), 3));
        Assert.Equal(3L * int.MaxValue, (await SummaryOfInt32.In(store).Day.GetAsync("k")).Value.Sum);
        var refused = await Assert.ThrowsAsync<RejectedPointException>(
            async () => await SummaryOfUInt64.In(store).InsertAsync(new SummaryOfUInt64("k", ulong.MaxValue)));
        Assert.Equal("Value", refused.Member);
        await SummaryOfSum.In(store).InsertAsync([new SummaryOfSum(1.5f), new SummaryOfSum(2.5f)]);
        Assert.Equal((4.0, 2.0, 0.25), ((await SummaryOfSum.In(store).Hour.GetAsync()).Value is var s ? s.Sum : 0, s.Mean, s.Variance));
    }

    [Fact]
    public async Task Decimals_are_exact_and_compared_as_numbers()
    {
        await using var store = await OpenAsync<SummaryOfDecimal>();
        var summaries = SummaryOfDecimal.In(store);
        decimal[] values = [9.5m, 10m, -3m, -20.25m, 0.0000000000000000000000001m, 100m];
        for (var i = 0; i < values.Length; i++)
        {
            await summaries.InsertAsync("k", values[i], i % 2 == 0 ? Noon : Noon.AddHours(-1));
        }

        foreach (var summary in new[] { (await summaries.Day.GetAsync("k")).Value, await summaries.Minute.For(["k", "other"]).All().CollapseAsync() })
        {
            Assert.Equal((6, values.Sum(), -20.25m, 100m), (summary.Count, summary.Sum, summary.Min, summary.Max));
            Assert.Equal(Variance([.. values.Select(v => (double)v)]), summary.Variance!.Value, 1e-9);
        }

        var stats = await summaries.Day.For("k").Last(1).StatsAsync();
        Assert.Equal(values.Sum() / 6, stats.Mean);
    }

    [Fact]
    public async Task What_would_overflow_is_refused_and_changes_nothing()
    {
        await using var store = await OpenAsync(o => o.Only<SummaryOfInt64>().Only<SummaryOfDouble>().Only<SummaryOfDecimal>());
        var (integers, doubles, decimals) = (SummaryOfInt64.In(store), SummaryOfDouble.In(store), SummaryOfDecimal.In(store));
        await integers.InsertAsync("k", long.MaxValue);
        await doubles.InsertAsync("k", 1e200);
        await doubles.InsertAsync("sum", double.MaxValue);
        await decimals.InsertAsync("k", decimal.MaxValue);

        Assert.True((await Assert.ThrowsAsync<WriteFailedException>(async () => await integers.InsertAsync("k", 1))).OutcomeKnown);
        Assert.True((await Assert.ThrowsAsync<WriteFailedException>(async () => await integers.InsertAsync("k", 0, count: long.MaxValue))).OutcomeKnown);
        Assert.True((await Assert.ThrowsAsync<WriteFailedException>(async () => await doubles.InsertAsync("k", -1e200))).OutcomeKnown);
        Assert.True((await Assert.ThrowsAsync<WriteFailedException>(async () => await doubles.InsertAsync("sum", double.MaxValue))).OutcomeKnown);
        Assert.True((await Assert.ThrowsAsync<WriteFailedException>(async () => await decimals.InsertAsync("k", 1m))).OutcomeKnown);

        // The same inside one write.
        SummaryOfInt64[] both = [new("m", long.MinValue), new("m", -1)];
        Assert.Equal("Value", (await Assert.ThrowsAsync<RejectedPointException>(async () => await integers.InsertAsync(both))).Member);
        SummaryOfDouble[] far = [new("m", 1e200), new("m", -1e200)];
        await Assert.ThrowsAsync<RejectedPointException>(async () => await doubles.InsertAsync(far));
        await Assert.ThrowsAsync<RejectedPointException>(async () => await decimals.InsertAsync("m", decimal.MaxValue, count: 2));

        Assert.Equal((1, long.MaxValue), ((await integers.Minute.GetAsync("k")).Value is var i ? i.Count : 0, i.Sum));
        Assert.Equal((1, 1e200), ((await doubles.Minute.GetAsync("k")).Value is var d ? d.Count : 0, d.Sum));
        Assert.Equal((1, decimal.MaxValue), ((await decimals.Minute.GetAsync("k")).Value is var m ? m.Count : 0, m.Sum));
        Assert.Equal(0, (await integers.Minute.GetAsync("m")).Value.Count);
    }

    // PostgreSQL fails where a product is too small for a double.
    [Theory]
    [InlineData(double.Epsilon, 0)]
    [InlineData(double.Epsilon, 3 * double.Epsilon)]
    [InlineData(1e-200, -1e-200)]
    [InlineData(1e-160, 3e-160)]
    [InlineData(-0.0, 0)]
    [InlineData(1e153, -1e153)]
    public async Task Extreme_doubles_have_a_summary(double first, double second)
    {
        await using var store = await OpenAsync<SummaryOfDouble>();
        var summaries = SummaryOfDouble.In(store);
        foreach (var value in new[] { first, second, second })
        {
            await summaries.InsertAsync("k", value);
        }

        await summaries.InsertAsync("k", first, Noon.AddHours(-1));
        foreach (var summary in new[] { await summaries.Minute.For("k").All().CollapseAsync(), (await summaries.Day.GetAsync("k")).Value })
        {
            Assert.Equal((4, Math.Min(first, second), Math.Max(first, second)), (summary.Count, summary.Min, summary.Max));
            var expected = Variance([first, second, second, first]);
            
            // Squares that hardly have a double are 0.
            Assert.InRange(summary.Variance!.Value, Math.Max(0, (expected * (1 - 1e-9)) - 1e-299), (expected * (1 + 1e-9)) + 1e-299);
        }
    }

    [Fact]
    public async Task Equal_values_have_no_deviation()
    {
        await using var store = await OpenAsync<SummaryOfDouble>();
        var summaries = SummaryOfDouble.In(store);
        for (var i = 0; i < 50; i++)
        {
            await summaries.InsertAsync("k", 0.1, Noon.AddMinutes(-i * 7));
        }

        Assert.InRange((await summaries.Day.GetAsync("k")).Value.Variance!.Value, 0, 1e-30);
        var nothing = (await summaries.Day.GetAsync("none")).Value;
        Assert.Equal((0, 0.0, null, null), (nothing.Count, nothing.Sum, nothing.Min, nothing.Max));
        Assert.Equal((null, null, null), (nothing.Mean, nothing.Variance, nothing.StandardDeviation));
        var stats = (await summaries.Day.For("none").Last(1).StatsAsync());
        Assert.Equal((0, 0.0, null, null, null), (stats.Count, stats.Sum, stats.Min, stats.Max, stats.Mean));
    }

    [Fact]
    public async Task A_point_stands_for_several()
    {
        await using var store = await OpenAsync(o => o.Only<SummaryOfDouble>().Only<SummaryOfDecimal>().Only<OfInt32>());
        var (doubles, decimals, histogram) = (SummaryOfDouble.In(store), SummaryOfDecimal.In(store), OfInt32.In(store));
        await doubles.InsertAsync("k", 2.5, count: 20_000);
        await doubles.Post("k", 3.5, count: 3);
        await doubles.Post("k", 1);
        await decimals.InsertAsync("k", 0.1m, count: 30);
        await histogram.InsertAsync("k", 7, count: 20_000);
        await histogram.Post("k", 7);
        await histogram.Post("k", 8, count: 5, at: Noon);
        await histogram.Post("k", 9);
        await store.FlushAsync();

        var values = Enumerable.Repeat(2.5, 20_000).Concat([3.5, 3.5, 3.5, 1]).ToArray();
        var summary = (await doubles.Day.GetAsync("k")).Value;
        Assert.Equal((20_004, values.Sum(), 1.0, 3.5), (summary.Count, summary.Sum, summary.Min, summary.Max));
        Assert.Equal(Variance(values), summary.Variance!.Value, 1e-12);
        Assert.Equal((30, 3.0m), ((await decimals.Day.GetAsync("k")).Value is var d ? d.Count : 0, d.Sum));
        Assert.Equal([(7, 20_001L), (8, 5L), (9, 1L)], (await histogram.Day.GetAsync("k")).Value.Select(pair => (pair.Key, pair.Value)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public async Task A_point_stands_for_one_or_more(long count)
    {
        await using var store = await OpenAsync(o => o.Only<SummaryOfDouble>().Only<OfInt32>());
        var refused = await Assert.ThrowsAsync<RejectedPointException>(async () => await SummaryOfDouble.In(store).InsertAsync("k", 1, count));
        Assert.Equal("count", refused.Member);
        Assert.Contains(count.ToString(CultureInfo.InvariantCulture), refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RejectedPointException>(async () => await OfInt32.In(store).Post("k", 1, count));
    }

    [Fact]
    public async Task A_count_of_a_histogram_does_not_overflow()
    {
        await using var store = await OpenAsync<OfInt32>();
        var histogram = OfInt32.In(store);
        await histogram.InsertAsync("k", 7, count: long.MaxValue);
        Assert.True((await Assert.ThrowsAsync<WriteFailedException>(async () => await histogram.InsertAsync("k", 7))).OutcomeKnown);
        Assert.Equal(long.MaxValue, (await histogram.Day.GetAsync("k")).Value.Total);
    }

    [Fact]
    public async Task Rows_have_the_figures()
    {
        await using var store = await OpenAsync<SummaryOfDouble>();
        await SummaryOfDouble.In(store).InsertAsync([new SummaryOfDouble("k", 1), new SummaryOfDouble("k", 3), new SummaryOfDouble("l", 5)]);
        await using var context = store.CreateDbContext();
        var rows = await SummaryOfDouble.In(context).Minute.AsQueryable().Where(row => row.Max < 5 && row.Count > 1)
            .Select(row => new { row.Name, row.Count, row.Sum, row.Min, row.Max, row.SquaredDeviations }).ToListAsync();
        Assert.Equal(("k", 2, 4.0, 1.0, 3.0, 2.0), rows.Select(row => (row.Name, row.Count, row.Sum, row.Min, row.Max, row.SquaredDeviations)).Single());
    }

    [Fact]
    public async Task Own_reads_merge_in_memory()
    {
        await using var store = await OpenAsync<SummaryOfDouble>();
        var summaries = SummaryOfDouble.In(store);
        double[] values = [1, 2, 4, 8, 16];
        for (var i = 0; i < values.Length; i++)
        {
            await summaries.InsertAsync(i % 2 == 0 ? "a" : "b", values[i], Noon.AddHours(-i));
        }

        var merged = default(Summary<double>);
        await foreach (var bucket in summaries.Day.For(["a", "b"]).Last(2).WithSlots())
        {
            foreach (var slot in bucket.Slots)
            {
                merged += slot.Value;
            }
        }

        Assert.Equal((5, 31.0, 1.0, 16.0), (merged.Count, merged.Sum, merged.Min, merged.Max));
        Assert.Equal(Variance(values), merged.Variance!.Value, 1e-12);
    }

    private static double[] Of((string Name, double Value, DateTimeOffset At)[] points, Func<(string Name, double Value, DateTimeOffset At), bool> condition) =>
        [.. points.Where(condition).Select(point => point.Value)];

    private static void Equal(double[] values, Summary<double> summary)
    {
        Assert.Equal(values.Length, summary.Count);
        if (values.Length == 0)
        {
            Assert.Equal(default, summary);
            return;
        }

        Assert.Equal((values.Min(), values.Max()), (summary.Min, summary.Max));
        Assert.Equal(values.Sum(), summary.Sum, 1e-3);
        Assert.InRange(summary.Variance!.Value, Math.Max(0, Variance(values) - 1e-5), Variance(values) + 1e-5);
        Assert.Equal(Math.Sqrt(summary.Variance.Value), summary.StandardDeviation);
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / values.Length;
    }
}

public sealed class SummaryTestsOnSqlite() : SummaryTests(DatabaseServer.Sqlite);

public sealed class SummaryTestsOnPostgres() : SummaryTests(DatabaseServer.Postgres);
