using Typed.Time;
using static Typed.Runtime.Tests.Time.Times;

namespace Typed.Runtime.Tests.Time;

public class GridTests
{
    [Theory]
    [InlineData("Europe/Paris", "2024-03-30T23:00Z", 23)]
    [InlineData("Europe/Paris", "2024-10-26T22:00Z", 25)]
    [InlineData("Australia/Lord_Howe", "2018-10-06T13:30Z", 23.5)]
    [InlineData("America/Sao_Paulo", "2018-11-04T03:00Z", 23)]   // 00:00 does not exist; the day starts at 01:00
    [InlineData("America/Havana", "2023-11-05T04:00Z", 25)]      // 01:00 goes back to 00:00: midnight comes twice
    [InlineData("America/St_Johns", "2006-10-28T02:30Z", 24)]    // the first midnight of the 29th ends it ...
    [InlineData("America/St_Johns", "2006-10-29T02:30Z", 25)]    // ... one minute before 00:01 goes back to 23:01
    [InlineData("Pacific/Apia", "2011-12-29T10:00Z", 24)]        // the last day before the skipped one
    public void Days_follow_the_zones_clocks(string zone, string start, double hours)
    {
        var grid = Grid("daily in " + zone);
        Assert.Equal(At(start), grid.Floor(At(start)));
        Assert.Equal(At(start), grid.Floor(At(start) + Hour));
        Assert.Equal((long)(hours * Hour), grid.End(At(start)) - At(start));
    }

    [Theory]
    [InlineData("Pacific/Apia", 20111229, 20111231)]
    [InlineData("Pacific/Fakaofo", 20111229, 20111231)]
    [InlineData("Pacific/Kiritimati", 19941230, 19950101)]
    [InlineData("Pacific/Kanton", 19941230, 19950101)]
    [InlineData("Pacific/Kwajalein", 19930820, 19930822)]
    public void A_skipped_day_is_no_bucket_and_has_no_number(string zone, int before, int after)
    {
        var grid = Grid("daily in " + zone);
        var start = At("1990-01-01");
        start = grid.Floor(start);
        while (grid.Label(start) < before)
        {
            start = grid.End(start);
        }

        Assert.Equal(before, grid.Label(start));
        Assert.Equal(after, grid.Label(grid.End(start)));
        Assert.Equal(grid.Index(start) + 1, grid.Index(grid.End(start)));
        Assert.Equal(grid.End(start), grid.StartOf(grid.Index(start) + 1));
    }

    [Fact]
    public void A_skipped_day_does_not_count_for_retention()
    {
        var interval = Interval.Parse("d: daily keep 2 in Pacific/Apia");
        Assert.Equal(At("2011-12-29T10:00Z"), interval.OldestLive(At("2011-12-30T12:00Z")));
    }

    [Theory]
    [InlineData("2005-01-01", 200453)]
    [InlineData("2008-12-29", 200901)]
    [InlineData("2010-01-03", 200953)]
    [InlineData("2026-03-21", 202612)]
    [InlineData("0001-01-01", 101)]
    [InlineData("9999-12-31", 999952)]
    [InlineData("1969-12-31", 197001)]
    public void Weeks_are_those_of_ISO_8601(string date, long label)
    {
        var grid = Grid("weekly");
        var start = grid.Floor(At(date));
        Assert.Equal(label, grid.Label(start));
        Assert.Equal(DayOfWeek.Monday, Instant.ToDateTimeOffset(start).DayOfWeek);
    }

    [Theory]
    [InlineData("7s", -1, -7, -1)]
    [InlineData("7s", -7, -7, -1)]
    [InlineData("7s", -8, -14, -2)]
    [InlineData("7s", 6, 0, 0)]
    public void Fixed_cells_floor_before_the_epoch_too(string words, long second, long start, long label)
    {
        Assert.Equal(start * Instant.PerSecond, Grid(words).Floor(second * Instant.PerSecond));
        Assert.Equal(label, Grid(words).Label(start * Instant.PerSecond));
    }

    [Theory]
    [InlineData("1s", "0001-01-01", "9999-12-31T23:59:59Z")]
    [InlineData("1w", "0001-01-04", "9999-12-30")]
    [InlineData("daily", "0001-01-01", "9999-12-31")]
    [InlineData("weekly", "0001-01-01", "9999-12-27")]
    [InlineData("monthly", "0001-01-01", "9999-12-01")]
    [InlineData("yearly", "0001-01-01", "9999-01-01")]
    [InlineData("daily in Etc/GMT+5", "0001-01-01T05:00Z", "9999-12-31T05:00Z")]
    [InlineData("daily in Etc/GMT-3", "0001-01-01T21:00Z", "9999-12-31T21:00Z")]
    [InlineData("yearly in Etc/GMT-3", "0001-12-31T21:00Z", "9999-12-31T21:00Z")]
    [InlineData("yearly in Etc/GMT+5", "0001-01-01T05:00Z", "9999-01-01T05:00Z")]
    public void The_first_and_last_bucket_of_the_years_1_to_9999(string words, string first, string last)
    {
        var grid = Grid(words);

        Assert.Equal(At(first), grid.Floor(At(first)));
        if (At(first) > Instant.Min)
        {
            Assert.Contains("starts before year 1", Assert.Throws<ArgumentOutOfRangeException>(() => grid.Floor(At(first) - 1)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(At(first), grid.StartOf(grid.Index(At(first))));
        Assert.Throws<ArgumentOutOfRangeException>(() => grid.StartOf(grid.Index(At(first)) - 1));

        Assert.Equal(At(last), grid.Floor(Instant.Max));
        Assert.False(grid.TryNext(At(last), out var none));
        Assert.Equal(0, none);
        Assert.Contains(Instant.Text(At(last)), Assert.Throws<ArgumentOutOfRangeException>(() => grid.End(At(last))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => grid.StartOf(grid.Index(Instant.Max) + 1));
    }

    [Theory]
    [InlineData("1s")]
    [InlineData("36525d")]
    [InlineData("daily")]
    [InlineData("daily in Europe/Paris")]
    [InlineData("yearly in Pacific/Apia")]
    public void Instants_outside_the_years_are_refused_by_name(string words)
    {
        var grid = Grid(words);
        foreach (var instant in new[] { Instant.Min - 1, Instant.Max + 1, long.MinValue, long.MaxValue })
        {
            Assert.Equal(instant, Assert.Throws<ArgumentOutOfRangeException>(() => grid.Floor(instant)).ActualValue);
            Assert.Equal(instant, Assert.Throws<ArgumentOutOfRangeException>(() => grid.Index(instant)).ActualValue);
            Assert.Equal(instant, Assert.Throws<ArgumentOutOfRangeException>(() => grid.Label(instant)).ActualValue);
            Assert.Equal(instant, Assert.Throws<ArgumentOutOfRangeException>(() => grid.End(instant)).ActualValue);
        }

        foreach (var index in new[] { long.MinValue, long.MaxValue, int.MinValue * 4_000_000L, int.MaxValue * 4_000_000L })
        {
            Assert.Equal(index, Assert.Throws<ArgumentOutOfRangeException>(() => grid.StartOf(index)).ActualValue);
        }
    }

    [Fact]
    public void Equal_steps_share_a_grid()
    {
        Assert.Same(Grid("60m"), Grid("1h"));
        Assert.Same(Grid("daily"), Grid("daily in UTC"));
        Assert.NotSame(Grid("daily in Europe/Paris"), Grid("daily in Europe/Berlin"));
    }

    [Theory]
    [InlineData(0, CalendarWord.None)]
    [InlineData(-1, CalendarWord.None)]
    [InlineData(StepSpec.MaxSeconds + 1, CalendarWord.None)]
    [InlineData(60, CalendarWord.Daily)]
    [InlineData(0, (CalendarWord)9)]
    public void A_step_that_is_none_is_refused(long seconds, CalendarWord word) =>
        Assert.Throws<ArgumentException>(() => Typed.Time.Grid.For(new StepSpec(seconds, word), "UTC"));

    [Fact]
    public void A_zone_that_is_none_is_refused_by_name() =>
        Assert.Contains("'Romance Standard Time'", Assert.Throws<ArgumentException>(() => Typed.Time.Grid.For(new StepSpec(0, CalendarWord.Daily), "Romance Standard Time")).Message, StringComparison.Ordinal);
}
