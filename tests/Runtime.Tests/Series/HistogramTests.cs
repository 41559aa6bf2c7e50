using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Histograms: counts add up, figures agree with the entries, several keys join.</summary>
public abstract class HistogramTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Statistics_of_integers()
    {
        await using var store = await OpenAsync<OfInt32>();
        var values = OfInt32.In(store);
        await values.InsertAsync([new("a", 1), new("a", 1), new("a", -4), new("b", int.MaxValue), new("b", int.MaxValue)]);

        Assert.Equal(new NumericStatistics<int, long, double>(3, -2, -4, 1, -2 / 3.0, 3 / 86_400.0), await values.Day.For("a").Last(1).StatsAsync());
        Assert.Equal(2L * int.MaxValue, (await values.Week.For("b").Last(1).StatsAsync()).Sum);
        Assert.Equal((5L, (2L * int.MaxValue) - 2, -4, int.MaxValue), await FiguresAsync());
        Assert.Equal(new NumericStatistics<int, long, double>(0, 0, null, null, null, 0), await values.Day.For("c").Last(3).StatsAsync());

        async Task<(long Count, long Sum, int? Min, int? Max)> FiguresAsync()
        {
            var stats = (await ListAsync(values.Day.For(["b", "a", "c"]).Last(1).Stats()))[0].Value;
            return (stats.Count, stats.Sum, stats.Min, stats.Max);
        }
    }

    [Fact]
    public async Task Statistics_of_longs_are_exact_beyond_a_double()
    {
        await using var store = await OpenAsync<OfInt64>();
        var values = OfInt64.In(store);
        await values.InsertAsync([new("a", long.MaxValue), new("a", -1), new("b", (1L << 53) + 1), new("b", 2)]);
        await values.InsertAsync([new("c", long.MaxValue), new("c", long.MinValue), new("c", 5)]);

        Assert.Equal(long.MaxValue - 1, (await values.Day.For("a").Last(1).StatsAsync()).Sum);
        Assert.Equal((1L << 53) + 3, (await values.Week.For("b").Last(1).StatsAsync()).Sum);
        Assert.Equal(4, (await values.Week.For("c").Last(1).StatsAsync()).Sum);
    }

    [Fact]
    public async Task Statistics_of_floats_and_doubles()
    {
        await using var store = await OpenAsync(o => o.Only<OfDouble>().Only<OfSingle>());
        await OfDouble.In(store).InsertAsync([new("a", 0.1), new("a", 0.2), new("a", -2.5)]);
        await OfSingle.In(store).InsertAsync([new("a", 0.5f), new("a", 0.25f), new("a", 0.25f)]);

        var doubles = await OfDouble.In(store).Day.For("a").Last(1).StatsAsync();
        Assert.Equal((3L, -2.5, 0.2), (doubles.Count, doubles.Min, doubles.Max));
        Assert.Equal(-2.2, doubles.Sum, 1e-12);
        Assert.Equal(-2.2 / 3, doubles.Mean!.Value, 1e-12);
        var floats = await OfSingle.In(store).Week.For("a").Last(1).StatsAsync();
        Assert.Equal((3L, 1.0, 0.25f, 0.5f, 1 / 3.0), (floats.Count, floats.Sum, floats.Min, floats.Max, floats.Mean));
    }

    [Fact]
    public async Task Statistics_of_decimals_are_exact()
    {
        await using var store = await OpenAsync<OfDecimal>();
        var values = OfDecimal.In(store);
        await values.InsertAsync(Enumerable.Repeat(new OfDecimal("a", 0.1m), 10).Append(new OfDecimal("a", 10m)).Append(new OfDecimal("a", 9m)));
        await values.InsertAsync([new("large", decimal.MaxValue), new("large", decimal.MinValue), new("large", 0.5m)]);

        Assert.Equal(new NumericStatistics<decimal, decimal, decimal>(12, 20m, 0.1m, 10m, 20m / 12, 12 / 86_400.0), await values.Day.For("a").Last(1).StatsAsync());
        Assert.Equal((0.5m, decimal.MinValue, decimal.MaxValue), await LargeAsync());

        async Task<(decimal Sum, decimal? Min, decimal? Max)> LargeAsync()
        {
            var stats = await values.Week.For("large").Last(1).StatsAsync();
            return (stats.Sum, stats.Min, stats.Max);
        }
    }

    [Fact]
    public async Task Statistics_of_temporal_values_have_ends_and_no_sum()
    {
        await using var store = await OpenAsync(o => o.Only<OfDateTimeOffset>().Only<OfDateOnly>().Only<OfTimeSpan>().Only<OfTimeOnly>());
        await OfDateTimeOffset.In(store).InsertAsync([new("a", DateTimeOffset.MinValue), new("a", Noon.ToOffset(TimeSpan.FromHours(3)))]);
        await OfDateOnly.In(store).InsertAsync([new("a", DateOnly.MinValue), new("a", new(2026, 1, 2))]);
        await OfTimeSpan.In(store).InsertAsync([new("a", TimeSpan.FromHours(25)), new("a", TimeSpan.FromHours(-30))]);
        await OfTimeOnly.In(store).InsertAsync([new("a", new(9, 0)), new("a", new(10, 0))]);

        Assert.Equal(new TemporalStatistics<DateTimeOffset>(2, DateTimeOffset.MinValue, Noon, 2 / 86_400.0), await OfDateTimeOffset.In(store).Day.For("a").Last(1).StatsAsync());
        Assert.Equal(new TemporalStatistics<DateOnly>(2, DateOnly.MinValue, new(2026, 1, 2), 2 / 604_800.0), await OfDateOnly.In(store).Week.For("a").Last(1).StatsAsync());
        Assert.Equal(new TemporalStatistics<TimeSpan>(2, TimeSpan.FromHours(-30), TimeSpan.FromHours(25), 2 / 86_400.0), await OfTimeSpan.In(store).Day.For("a").Last(1).StatsAsync());
        Assert.Equal(new TemporalStatistics<TimeOnly>(2, new(9, 0), new(10, 0), 2 / 86_400.0), await OfTimeOnly.In(store).Day.For("a").Last(1).StatsAsync());
        Assert.Equal(new TemporalStatistics<TimeOnly>(0, null, null, 0), await OfTimeOnly.In(store).Day.For("b").Last(1).StatsAsync());
    }

    [Fact]
    public async Task Statistics_of_other_values_count()
    {
        await using var store = await OpenAsync(o => o.Only<OfText>().Only<OfGuid>().Only<OfBoolean>().Only<OfByteEnum>().Only<OfBytes>());
        await OfText.In(store).InsertAsync([new("a", "x"), new("a", "x"), new("a", "y")]);
        await OfGuid.In(store).InsertAsync([new("a", Guid.NewGuid()), new("a", Guid.NewGuid())]);
        await OfBoolean.In(store).InsertAsync([new("a", true), new("a", false), new("a", true)]);
        await OfByteEnum.In(store).InsertAsync([new("a", ByteEnum.Most)]);
        await OfBytes.In(store).InsertAsync([new("a", [1]), new("a", [1])]);

        Assert.Equal(new CountStatistics(3, 3 / 86_400.0), await OfText.In(store).Day.For("a").Last(1).StatsAsync());
        Assert.Equal(2, (await OfGuid.In(store).Week.For("a").Last(1).StatsAsync()).Count);
        Assert.Equal(3, (await OfBoolean.In(store).Day.For("a").Last(1).StatsAsync()).Count);
        Assert.Equal(1, (await OfByteEnum.In(store).Day.For("a").Last(1).StatsAsync()).Count);
        Assert.Equal(2, (await OfBytes.In(store).Day.For("a").Last(1).StatsAsync()).Count);
    }

    [Fact]
    public async Task Finer_digits_are_cut_toward_the_past()
    {
        await using var store = await OpenAsync(o => o.Only<OfDateTimeOffset>().Only<OfTimeSpan>().Only<OfTimeOnly>().Only<ByDateTime>());
        var tick = TimeSpan.FromTicks(1);
        await OfDateTimeOffset.In(store).InsertAsync([new("a", DateTimeOffset.UnixEpoch + tick), new("a", DateTimeOffset.UnixEpoch), new("a", DateTimeOffset.UnixEpoch - tick)]);
        await OfTimeSpan.In(store).InsertAsync([new("a", tick), new("a", -tick)]);
        await OfTimeOnly.In(store).InsertAsync([new("a", new(19)), new("a", new(10))]);
        await ByDateTime.In(store).InsertAsync([new(DateTime.UnixEpoch + tick), new(DateTime.UnixEpoch), new(DateTime.UnixEpoch - tick)]);

        Assert.Equal([(DateTimeOffset.UnixEpoch.AddMicroseconds(-1), 1L), (DateTimeOffset.UnixEpoch, 2L)], Entries((await OfDateTimeOffset.In(store).Day.GetAsync("a")).Value));
        Assert.Equal([(TimeSpan.FromMicroseconds(-1), 1L), (TimeSpan.Zero, 1L)], Entries((await OfTimeSpan.In(store).Day.GetAsync("a")).Value));
        Assert.Equal([(new TimeOnly(10), 2L)], Entries((await OfTimeOnly.In(store).Day.GetAsync("a")).Value));
        Assert.Equal(2, (await ByDateTime.In(store).Day.GetAsync(DateTime.UnixEpoch + tick)).Value);
        Assert.Equal([DateTime.UnixEpoch.AddMicroseconds(-1), DateTime.UnixEpoch], (await ListAsync(ByDateTime.In(store).Keys())).Order().Select(key => key.Id));
    }

    [Fact]
    public async Task Equal_values_are_one_entry()
    {
        await using var store = await OpenAsync(o => o.Only<OfDecimal>().Only<OfDouble>().Only<OfDateTimeOffset>().Only<ByDecimal>());
        await OfDecimal.In(store).InsertAsync([new("a", 1.0m), new("a", 1.00m), new("a", 1m), new("a", -0m), new("a", 0.00m)]);
        await OfDecimal.In(store).InsertAsync("a", 1.000m);
        await OfDouble.In(store).InsertAsync([new("a", 0.0), new("a", -0.0)]);
        await OfDateTimeOffset.In(store).InsertAsync([new("a", Noon), new("a", Noon.ToOffset(TimeSpan.FromHours(-9)))]);
        await ByDecimal.In(store).InsertAsync([new(2.50m), new(2.5m)]);

        Assert.Equal([(0m, 2L), (1m, 4L)], Entries((await OfDecimal.In(store).Day.GetAsync("a")).Value));
        Assert.Equal([(0.0, 2L)], Entries((await OfDouble.In(store).Day.GetAsync("a")).Value));
        Assert.Equal([(Noon, 2L)], Entries((await OfDateTimeOffset.In(store).Day.GetAsync("a")).Value));
        Assert.Equal(2, (await ByDecimal.In(store).Day.GetAsync(2.500m)).Value);
    }

    [Fact]
    public async Task Percentiles_are_the_nearest_rank()
    {
        await using var store = await OpenAsync(o => o.Only<OfInt32>().Only<OfText>());
        await OfInt32.In(store).InsertAsync(Enumerable.Range(1, 100).Select(i => new OfInt32("a", i)));
        await OfText.In(store).InsertAsync([new("a", "x"), new("a", "\U0001F600"), new("a", "\uFFFD")]);

        var numbers = (await OfInt32.In(store).Day.GetAsync("a")).Value;
        Assert.Equal([1, 1, 50, 95, 96, 100, 100], new[] { 0, 0.5, 50, 95, 95.1, 99.5, 100 }.Select(p => numbers.Percentile(p)!.Value));
        Assert.Equal((100L, 100, 50.5, 0.25), (numbers.Total, numbers.Count, numbers.Mean(), numbers.Rank(25)));
        var texts = (await OfText.In(store).Day.GetAsync("a")).Value;
        Assert.Equal("\U0001F600", texts.Percentile(100));
        var empty = (await OfInt32.In(store).Day.GetAsync("b")).Value;
        Assert.True(empty.IsEmpty);
        Assert.Null(empty.Percentile(50));
        Assert.Null(empty.Mean());
        Assert.Throws<ArgumentOutOfRangeException>(() => numbers.Percentile(100.1));
    }

    private static IEnumerable<(T Value, long Count)> Entries<T>(Histogram<T> histogram) => histogram.Select(entry => (entry.Key, entry.Value));
}

public sealed class HistogramTestsOnSqlite() : HistogramTests(DatabaseServer.Sqlite);

public sealed class HistogramTestsOnPostgres() : HistogramTests(DatabaseServer.Postgres);
