using Typed.Time;
using static Typed.Runtime.Tests.Time.Times;

namespace Typed.Runtime.Tests.Time;

public class RangesTests
{
    private static readonly Interval s_hourly = Interval.Parse("hour: 1h keep 3");
    private static readonly long s_now = At("2024-05-01T12:34:56Z");

    [Fact]
    public void Last_takes_keep_and_else_one()
    {
        Assert.Equal(new BucketSpan(At("2024-05-01T10:00Z"), At("2024-05-01T12:00Z")), Ranges.Last(s_hourly, null, s_now));
        Assert.Equal(new BucketSpan(At("2024-05-01T12:00Z"), At("2024-05-01T12:00Z")), Ranges.Last(Interval.Parse("hour: 1h"), null, s_now));
        Assert.Equal(new BucketSpan(At("2024-05-01T08:00Z"), At("2024-05-01T12:00Z")), Ranges.Last(s_hourly, 5, s_now));
    }

    [Fact]
    public void Ranges_run_from_bucket_to_bucket()
    {
        var expected = new BucketSpan(At("2024-05-01T12:00Z"), At("2024-05-01T14:00Z"));
        Assert.Equal(expected, Ranges.FromTake(s_hourly, s_now, 3));
        Assert.Equal(expected, Ranges.UntilTake(s_hourly, At("2024-05-01T14:00Z"), 3));
        Assert.Equal(expected, Ranges.Between(s_hourly, s_now, At("2024-05-01T14:59Z")));
        Assert.Equal(expected, Ranges.From(s_hourly, s_now, At("2024-05-01T14:59Z")));
        Assert.Equal([expected.First, At("2024-05-01T13:00Z"), expected.Last], Ranges.Starts(s_hourly, expected));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(int.MinValue)]
    public void A_range_has_at_least_one_bucket(int n)
    {
        foreach (var range in new Func<BucketSpan>[] { () => Ranges.Last(s_hourly, n, s_now), () => Ranges.FromTake(s_hourly, s_now, n), () => Ranges.UntilTake(s_hourly, s_now, n) })
        {
            Assert.StartsWith(FormattableString.Invariant($"A range has at least 1 bucket, not {n}."), Assert.Throws<ArgumentException>(() => range()).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_reversed_range_is_refused_even_inside_a_bucket()
    {
        var message = Assert.Throws<ArgumentException>(() => Ranges.Between(s_hourly, s_now, s_now - 1)).Message;
        Assert.StartsWith("The range ends at 2024-05-01T12:34:55.999999Z, before its start 2024-05-01T12:34:56Z; give the earlier time first.", message, StringComparison.Ordinal);
        Assert.Equal(Ranges.Between(s_hourly, s_now, s_now), Ranges.Last(s_hourly, 1, s_now));
    }

    [Fact]
    public void Times_are_compared_as_they_were_given()
    {
        var now = Instant.ToDateTimeOffset(s_now);
        Assert.Throws<ArgumentException>(() => Ranges.Between(s_hourly, now.AddTicks(1), now));
        Assert.Throws<ArgumentException>(() => Ranges.From(s_hourly, now.AddTicks(1), now));
        Assert.Equal(Ranges.Last(s_hourly, 1, s_now), Ranges.Between(s_hourly, now, now.AddTicks(1)));
        Assert.Equal(Ranges.Last(s_hourly, 1, s_now), Ranges.From(s_hourly, now, now.AddTicks(1)));
    }

    [Fact]
    public void A_range_without_end_does_not_start_in_the_future()
    {
        var message = Assert.Throws<ArgumentException>(() => Ranges.From(s_hourly, s_now + 1, s_now)).Message;
        Assert.StartsWith("A range without end runs to now, 2024-05-01T12:34:56Z, and its start 2024-05-01T12:34:56.000001Z is later; say Take(n)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_that_leaves_the_years_is_refused()
    {
        var yearly = Interval.Parse("year: yearly");
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Ranges.Last(yearly, 2025, s_now));
        Assert.Equal(2025, error.ActualValue);
        Assert.StartsWith("2025 buckets of 'year' ending with 2024-01-01T00:00:00Z leave the years 1 to 9999; ask for fewer.", error.Message, StringComparison.Ordinal);
        Assert.Equal(Instant.Min, Ranges.Last(yearly, 2024, s_now).First);
        Assert.Equal(At("9999-01-01"), Ranges.FromTake(yearly, s_now, 7976).Last);
        Assert.Throws<ArgumentOutOfRangeException>(() => Ranges.FromTake(yearly, s_now, 7977));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ranges.FromTake(s_hourly, s_now, int.MaxValue));
    }

    [Fact]
    public void Dead_buckets_are_clipped_off()
    {
        var oldest = s_hourly.OldestLive(s_now);
        Assert.Equal(At("2024-05-01T10:00Z"), oldest);
        Assert.Equal(Ranges.Last(s_hourly, 3, s_now), Ranges.Clip(Ranges.Last(s_hourly, 4, s_now), oldest));
        Assert.Equal(Ranges.Last(s_hourly, 1, s_now), Ranges.Clip(Ranges.Last(s_hourly, 1, s_now), oldest));
        Assert.Equal(new BucketSpan(oldest, oldest), Ranges.Clip(new BucketSpan(oldest - Hour, oldest), oldest));
        Assert.Null(Ranges.Clip(new BucketSpan(oldest - 2 * Hour, oldest - Hour), oldest));
    }

    [Fact]
    public void Without_keep_nothing_dies()
    {
        Assert.Equal(Instant.Min, Interval.Parse("hour: 1h").OldestLive(s_now));
        Assert.Equal(Instant.Min, Interval.Parse("year: yearly keep 3000").OldestLive(s_now));
        Assert.True(s_hourly.IsLive(At("3000-01-01"), s_now));
    }

    [Fact]
    public void The_last_bucket_of_all_ends_an_enumeration()
    {
        var last = s_hourly.BucketOf(Instant.Max);
        Assert.Equal([last - Hour, last], Ranges.Starts(s_hourly, new BucketSpan(last - Hour, last)));
    }
}
