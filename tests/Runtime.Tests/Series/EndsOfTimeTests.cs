using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Points and reads at the ends of the years 1 to 9999, which the drivers would take for infinities.</summary>
public abstract class EndsOfTimeTests(DatabaseServer server) : StoreSuite(server)
{
    /// <summary>The last day of the last year with an end: later points have no whole bucket of a year.</summary>
    private static readonly DateTimeOffset s_last = new(9998, 12, 31, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset s_limit = s_last.AddDays(1).AddTicks(-1);

    [Fact]
    public async Task The_first_and_the_last_instant_are_instants()
    {
        await using var store = await OpenAsync<Ages>();
        var ages = Ages.In(store);

        await ages.InsertAsync([new Ages("a", 1) { At = DateTimeOffset.MinValue }, new Ages("a", 2) { At = s_limit }, new Ages("a", 4) { At = DateTimeOffset.UnixEpoch.AddTicks(-1) }]);

        Assert.Equal((1L, 2L, 4L), (await DayAsync(DateTimeOffset.MinValue), await DayAsync(s_limit), await DayAsync(new(1969, 12, 31, 5, 0, 0, TimeSpan.Zero))));
        Assert.Equal(7, await ages.Day.For("a").All().CollapseAsync());
        Assert.Equal([DateTimeOffset.MinValue, new(1969, 12, 31, 0, 0, 0, TimeSpan.Zero), s_last], (await ListAsync(ages.Day.For("a").All().SkipEmpty())).Select(day => day.Start));
        Assert.Equal(new BucketExtent(DateTimeOffset.MinValue, s_last), (await ages.PropertiesAsync("a"))["day"]);
        Assert.Equal([DateTimeOffset.MinValue, new(1969, 1, 1, 0, 0, 0, TimeSpan.Zero), new(9998, 1, 1, 0, 0, 0, TimeSpan.Zero)], (await ListAsync(ages.Year.For("a").All().SkipEmpty())).Select(year => year.Start));
        var slots = (await ListAsync(ages.Year.For("a").Between(s_limit, s_limit).WithSlots()))[0].Slots;
        Assert.Equal([new DateTimeOffset(9998, 12, 1, 0, 0, 0, TimeSpan.Zero)], slots.Select(slot => slot.Start));

        async Task<long> DayAsync(DateTimeOffset at) => (await ages.Day.GetAsync("a", at)).Value;
    }

    [Fact]
    public async Task The_last_bucket_has_no_end_and_a_length()
    {
        await using var store = await OpenAsync<Ages>();
        var ages = Ages.In(store);
        await ages.InsertAsync("a", 86_400, s_limit);

        var last = await ages.Day.GetAsync("a", DateTimeOffset.MaxValue);
        Assert.Equal((new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero), 99991231L, 0L), (last.Start, last.Label, last.Value));
        Assert.Throws<ArgumentOutOfRangeException>(() => last.End);
        Assert.Equal(0, (await ages.Day.For("a").Between(DateTimeOffset.MaxValue, DateTimeOffset.MaxValue).StatsAsync()).Rate);
        Assert.Equal(1, (await ages.Day.For("a").Between(s_limit, s_limit).StatsAsync()).Rate, 1e-6);
    }

    [Fact]
    public async Task Ranges_end_where_time_does()
    {
        await using var store = await OpenAsync<Ages>();
        var ages = Ages.In(store);
        await ages.InsertAsync("a", 1, DateTimeOffset.MinValue);
        await ages.InsertAsync("a", 2, s_limit);

        Assert.Equal([0L, 2], (await ListAsync(ages.Day.For("a").Until(s_limit).Take(2))).Select(day => day.Value));
        Assert.Equal([0L, 0], (await ListAsync(ages.Day.For("a").Until(DateTimeOffset.MaxValue).Take(2))).Select(day => day.Value));
        Assert.Equal([1L, 0], (await ListAsync(ages.Day.For("a").From(DateTimeOffset.MinValue).Take(2))).Select(day => day.Value));
        Assert.Equal(3, await ages.Year.For("a").Between(DateTimeOffset.MinValue, DateTimeOffset.MaxValue).CollapseAsync());
        Assert.Equal(9_999, (await ListAsync(ages.Year.For("a").Between(DateTimeOffset.MinValue, DateTimeOffset.MaxValue))).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => ages.Day.For("a").Until(DateTimeOffset.MinValue).Take(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ages.Day.For("a").From(DateTimeOffset.MaxValue).Take(2));
    }

    // 1 January of year 1 in Tokyo began in a year that does not exist in UTC.
    [Fact]
    public async Task A_bucket_that_would_start_before_time_is_an_error_and_nothing_is_written()
    {
        await using var store = await OpenAsync<TokyoDays>();
        var days = TokyoDays.In(store);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await days.InsertAsync([new TokyoDays("a", 1), new TokyoDays("a", 1) { At = DateTimeOffset.MinValue }]));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await days.Day.GetAsync("a", DateTimeOffset.MinValue));

        Assert.Equal((0L, 0L), (await Database.RowsAsync("tokyo_days_day"), await Database.RowsAsync("tokyo_days_hour")));
        await days.InsertAsync("a", 1);
        Assert.Equal(new DateTimeOffset(2026, 3, 20, 15, 0, 0, TimeSpan.Zero), (await days.Day.GetAsync("a")).Start);
    }

    [Fact]
    public async Task The_clock_may_stand_at_either_end()
    {
        await using var store = await OpenAsync<OnlyKept>();
        Clock.AdjustTime(DateTimeOffset.MinValue);
        await OnlyKept.In(store).InsertAsync("a", 1);
        Assert.Equal(1, (await OnlyKept.In(store).Minute.GetAsync("a")).Value);
        Assert.Equal(0, await OnlyKept.In(store).ExpireAsync());

        Clock.AdjustTime(new(9999, 12, 30, 23, 59, 59, TimeSpan.Zero));
        await OnlyKept.In(store).InsertAsync("a", 2);
        Assert.Equal(2, await OnlyKept.In(store).Minute.For("a").Last().CollapseAsync());
        Assert.Equal(3, await OnlyKept.In(store).ExpireAsync());

        Clock.AdjustTime(DateTimeOffset.MaxValue);
        Assert.Equal("at", (await Assert.ThrowsAsync<RejectedPointException>(async () => await OnlyKept.In(store).InsertAsync("a", 3))).Member);
        Assert.Equal(0, (await OnlyKept.In(store).Minute.GetAsync("a")).Value);
        Assert.Equal(2, await OnlyKept.In(store).Fine.For("a").Last().CollapseAsync());
        Assert.Equal(2, await OnlyKept.In(store).ExpireAsync());
    }
}

public sealed class EndsOfTimeTestsOnSqlite() : EndsOfTimeTests(DatabaseServer.Sqlite);

public sealed class EndsOfTimeTestsOnPostgres() : EndsOfTimeTests(DatabaseServer.Postgres);
