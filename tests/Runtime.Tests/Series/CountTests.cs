using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Counts add up, exactly, in memory and in the database.</summary>
public abstract class CountTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task A_point_without_a_value_adds_one()
    {
        await using var store = await OpenAsync<Visit>();
        var visits = Visit.In(store);

        await visits.InsertAsync(new Visit { Page = "/" });
        await visits.InsertAsync([new Visit { Page = "/" }, new Visit { Page = "/" }]);
        await visits.InsertAsync("/");
        await visits.InsertAsync("/", Noon.AddHours(-1));

        Assert.Equal(4, (await visits.Minute.GetAsync("/")).Value);
        Assert.Equal(5, (await visits.Day.GetAsync("/")).Value);
        Assert.Equal(0, (await visits.Day.GetAsync("/other")).Value);
    }

    [Fact]
    public async Task A_point_adds_its_value()
    {
        await using var store = await OpenAsync<Hit>();
        var hits = Hit.In(store);

        await hits.InsertAsync(new Hit { Page = "/" });
        await hits.InsertAsync([new Hit { Page = "/", Times = 10 }, new Hit { Page = "/", Times = 20 }]);
        await hits.InsertAsync("/");
        await hits.InsertAsync("/", 5);
        await hits.InsertAsync("/", 0);
        await hits.InsertAsync("/", -2);

        Assert.Equal(35, (await hits.Minute.GetAsync("/")).Value);
        Assert.Equal(35, (await hits.Day.GetAsync("/")).Value);
    }

    [Fact]
    public async Task Small_integers_add_up_as_long()
    {
        await using var store = await OpenAsync(o => o.Only<CountOfByte>().Only<CountOfSByte>().Only<CountOfInt16>().Only<CountOfUInt16>().Only<CountOfInt32>().Only<CountOfUInt32>());
        await CountOfByte.In(store).InsertAsync(Enumerable.Repeat(new CountOfByte("k", byte.MaxValue), 3));
        await CountOfSByte.In(store).InsertAsync(Enumerable.Repeat(new CountOfSByte("k", sbyte.MinValue), 3));
        await CountOfInt16.In(store).InsertAsync(Enumerable.Repeat(new CountOfInt16("k", short.MinValue), 3));
        await CountOfUInt16.In(store).InsertAsync(Enumerable.Repeat(new CountOfUInt16("k", ushort.MaxValue), 3));
        await CountOfInt32.In(store).InsertAsync(Enumerable.Repeat(new CountOfInt32("k", int.MaxValue), 3));
        await CountOfUInt32.In(store).InsertAsync(Enumerable.Repeat(new CountOfUInt32("k", uint.MaxValue), 3));

        Assert.Equal(3L * byte.MaxValue, (await CountOfByte.In(store).Day.GetAsync("k")).Value);
        Assert.Equal(3L * sbyte.MinValue, (await CountOfSByte.In(store).Day.GetAsync("k")).Value);
        Assert.Equal(3L * short.MinValue, (await CountOfInt16.In(store).Day.GetAsync("k")).Value);
        Assert.Equal(3L * ushort.MaxValue, (await CountOfUInt16.In(store).Day.GetAsync("k")).Value);
        Assert.Equal(3L * int.MaxValue, (await CountOfInt32.In(store).Day.GetAsync("k")).Value);
        Assert.Equal(3L * uint.MaxValue, (await CountOfUInt32.In(store).Day.GetAsync("k")).Value);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData((1L << 53) + 1)]
    public async Task Long_totals_are_exact(long value)
    {
        await using var store = await OpenAsync<CountOfInt64>();
        var counts = CountOfInt64.In(store);

        await counts.InsertAsync("k", value);
        await counts.InsertAsync("k", 0);

        Assert.Equal(value, (await counts.Minute.GetAsync("k")).Value);
        Assert.Equal(value, (await counts.Day.GetAsync("k")).Value);
        Assert.Equal(value, await counts.Day.For(["k", "other"]).Last(2).CollapseAsync());
        var stats = await counts.Day.For("k").Last(1).StatsAsync();
        Assert.Equal((value, value, value, value, value), (stats.Count, stats.Sum, stats.Min, stats.Max, stats.Mean));
    }

    // Totals that fit, of parts whose sum on the way does not.
    [Fact]
    public async Task A_sum_may_pass_the_ends_of_long_on_its_way()
    {
        await using var store = await OpenAsync<CountOfInt64>();
        var counts = CountOfInt64.In(store);
        await counts.InsertAsync("a", long.MaxValue, Noon);
        await counts.InsertAsync("a", 7, Noon.AddHours(1));
        await counts.InsertAsync("a", -8, Noon.AddHours(2));

        Assert.Equal(long.MaxValue - 1, (await counts.Day.GetAsync("a")).Value);
    }

    [Fact]
    public async Task A_sum_beyond_long_is_an_error_and_not_another_number()
    {
        await using var store = await OpenAsync<CountOfInt64>();
        var counts = CountOfInt64.In(store);
        await counts.InsertAsync("a", long.MaxValue, Noon);
        await counts.InsertAsync("a", 1, Noon.AddHours(1));

        await Assert.ThrowsAsync<OverflowException>(async () => await counts.Day.GetAsync("a"));
        await Assert.ThrowsAsync<OverflowException>(async () => await ListAsync(counts.Day.For("a").Last(2)));
        await Assert.ThrowsAsync<OverflowException>(async () => await counts.Minute.For("a").From(Noon).Take(120).CollapseAsync());
        await Assert.ThrowsAsync<OverflowException>(async () => await counts.Minute.For("a").From(Noon).Take(120).StatsAsync());

        Assert.Equal(long.MaxValue, (await counts.Minute.GetAsync("a", Noon)).Value);
    }

    [Fact]
    public async Task Unsigned_longs_count_as_long()
    {
        await using var store = await OpenAsync<CountOfUInt64>();
        var counts = CountOfUInt64.In(store);

        await counts.InsertAsync(new CountOfUInt64("k", long.MaxValue));

        Assert.Equal(long.MaxValue, (await counts.Day.GetAsync("k")).Value);
    }

    [Fact]
    public async Task Floats_add_up_as_double()
    {
        await using var store = await OpenAsync(o => o.Only<CountOfSingle>().Only<CountOfDouble>());
        await CountOfSingle.In(store).InsertAsync([new("k", 0.5f), new("k", 0.25f)]);
        await CountOfSingle.In(store).InsertAsync(new CountOfSingle("k", float.MaxValue));
        await CountOfDouble.In(store).InsertAsync([new("k", 0.1), new("k", 0.2)]);
        await CountOfDouble.In(store).InsertAsync("k", -0.3);

        Assert.Equal((double)float.MaxValue, (await CountOfSingle.In(store).Day.GetAsync("k")).Value);
        Assert.Equal(0.1 + 0.2 - 0.3, (await CountOfDouble.In(store).Day.GetAsync("k")).Value, 1e-18);
        Assert.Equal(double.MaxValue, await GivenAsync(double.MaxValue));

        async Task<double> GivenAsync(double value)
        {
            await CountOfDouble.In(store).InsertAsync("ends", value);
            return (await CountOfDouble.In(store).Day.GetAsync("ends")).Value;
        }
    }

    [Fact]
    public async Task Decimals_add_up_exactly()
    {
        await using var store = await OpenAsync<CountOfDecimal>();
        var counts = CountOfDecimal.In(store);
        await counts.InsertAsync(Enumerable.Repeat(new CountOfDecimal("tenths", 0.1m), 10));
        for (var i = 0; i < 10; i++)
        {
            await counts.InsertAsync("tenths", 0.1m);
        }

        await counts.InsertAsync("fine", 1.0000000000000000000000000001m, Noon);
        await counts.InsertAsync("fine", 0.0000000000000000000000000001m, Noon);
        await counts.InsertAsync("fine", 0.0000000000000000000000000001m, Noon.AddHours(-1));
        await counts.InsertAsync("large", decimal.MaxValue - 1);
        await counts.InsertAsync("large", 1m);

        Assert.Equal(2m, (await counts.Minute.GetAsync("tenths")).Value);
        Assert.Equal(1.0000000000000000000000000002m, (await counts.Minute.GetAsync("fine")).Value);
        Assert.Equal(1.0000000000000000000000000003m, (await counts.Day.GetAsync("fine")).Value);
        Assert.Equal(decimal.MaxValue, (await counts.Day.GetAsync("large")).Value);
        Assert.Equal(3.0000000000000000000000000003m, await counts.Day.For(["tenths", "fine"]).Last(1).CollapseAsync());
        var stats = await counts.Day.For("fine").Last(1).StatsAsync();
        Assert.Equal((1.0000000000000000000000000003m, 1.0000000000000000000000000003m), (stats.Sum, stats.Max));
    }

    // A sum that decimal would round is refused, like one that it has no room for: in memory, against what is stored, and on reading.
    [Fact]
    public async Task Decimals_are_exact_or_refused()
    {
        await using var store = await OpenAsync<CountOfDecimal>();
        var counts = CountOfDecimal.In(store);
        const decimal Large = 10_000_000_000_000_000_000_000_000_000m;
        Assert.Equal("Value", (await Assert.ThrowsAsync<RejectedPointException>(async () => await counts.InsertAsync([new("a", Large), new("a", 0.01m)]))).Member);
        await counts.InsertAsync("a", Large, Noon);
        Assert.True((await Assert.ThrowsAsync<WriteFailedException>(async () => await counts.InsertAsync("a", 0.01m, Noon))).OutcomeKnown);
        Assert.Equal(Large, (await counts.Minute.GetAsync("a")).Value);

        await counts.InsertAsync("a", 0.01m, Noon.AddHours(-1));
        await Assert.ThrowsAsync<OverflowException>(async () => await counts.Day.GetAsync("a"));
        await counts.InsertAsync("a", -0.01m, Noon.AddHours(-2));
        Assert.Equal(Large, (await counts.Day.GetAsync("a")).Value);
    }

    [Fact]
    public async Task Statistics_of_a_total_are_the_total()
    {
        await using var store = await OpenAsync<Hit>();
        var hits = Hit.In(store);
        await hits.InsertAsync("/", 90, Noon);
        await hits.InsertAsync("/", 30, Noon.AddHours(-2));

        var minute = Assert.Single(await ListAsync(hits.Minute.For("/").Last(1).Stats()));
        Assert.Equal(new TotalStatistics<long>(90, 90, 90, 90, 90, 1.5), minute.Value);
        var days = await ListAsync(hits.Day.For("/").Last(2).Stats());
        Assert.Equal([new(0, 0, null, null, null, 0), new TotalStatistics<long>(120, 120, 120, 120, 120, 120 / 86_400.0)], days.Select(day => day.Value));
        Assert.Equal(new TotalStatistics<long>(120, 120, 120, 120, 120, 120 / (2 * 86_400.0)), await hits.Day.For("/").Last(2).StatsAsync());
        Assert.Equal(new TotalStatistics<long>(0, 0, null, null, null, 0), await hits.Day.For("/other").Last(2).StatsAsync());
    }

    [Fact]
    public async Task A_total_of_zero_is_data()
    {
        await using var store = await OpenAsync<Hit>();
        var hits = Hit.In(store);
        await hits.InsertAsync("/", 3);
        await hits.InsertAsync("/", -3);

        Assert.Equal(0, Assert.Single(await ListAsync(hits.Day.For("/").All().SkipEmpty())).Value);
        Assert.Equal(0, (await hits.Day.For("/").Last(1).StatsAsync()).Min);
    }

    [Fact]
    public async Task The_time_of_a_point_is_its_own_or_the_inserts_or_now()
    {
        await using var store = await OpenAsync<Hit>();
        var hits = Hit.In(store);
        var before = Noon.AddMinutes(-10);
        await hits.InsertAsync([new Hit { Page = "/", At = before }, new Hit { Page = "/" }]);
        await hits.InsertAsync("/", 10, before.AddMinutes(1));
        await hits.InsertAsync("/", 20);

        var minutes = await ListAsync(hits.Minute.For("/").All().SkipEmpty());

        Assert.Equal([(before.AddSeconds(-56), 1L), (before.AddSeconds(4), 10L), (Noon.AddSeconds(-56), 21L)], minutes.Select(minute => (minute.Start, minute.Value)));
        Assert.All(minutes, minute => Assert.Equal(TimeSpan.Zero, minute.Start.Offset));
    }

    [Fact]
    public async Task An_empty_list_writes_nothing()
    {
        await using var store = await OpenAsync<Hit>();

        Assert.Equal(new InsertResult(0, 0), await Hit.In(store).InsertAsync(Array.Empty<Hit>()));

        Assert.Empty(await ListAsync(Hit.In(store).Keys()));
        Assert.Equal(0, await Database.RowsAsync("typed_writers"));
    }
}

public sealed class CountTestsOnSqlite() : CountTests(DatabaseServer.Sqlite);

public sealed class CountTestsOnPostgres() : CountTests(DatabaseServer.Postgres);
