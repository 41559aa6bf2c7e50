using FsCheck.Fluent;
using Typed.Time;
using static Typed.Runtime.Tests.Time.Times;

namespace Typed.Runtime.Tests.Time;

/// <summary>What holds on every grid for every instant.</summary>
public class GridLaws
{
    public static TheoryData<string> Steps => Times.Steps;

    public static TheoryData<string> ZonedDays => Times.ZonedDays;

    [Theory, MemberData(nameof(Steps))]
    public void A_bucket_holds_its_instant(string words)
    {
        var grid = Grid(words);
        ForAll(Any, instant =>
        {
            var start = grid.Floor(instant);
            Assert.InRange(instant, start, grid.TryNext(start, out var next) ? next - 1 : Instant.Max);
        });
    }

    [Theory, MemberData(nameof(Steps))]
    public void A_start_is_its_own_start(string words)
    {
        var grid = Grid(words);
        ForAll(Any, instant => Assert.Equal(grid.Floor(instant), grid.Floor(grid.Floor(instant))));
    }

    [Theory, MemberData(nameof(Steps))]
    public void Buckets_tile_time(string words)
    {
        var grid = Grid(words);
        ForAll(Any, instant =>
        {
            var start = grid.Floor(instant);
            if (!grid.TryNext(start, out var next))
            {
                return;
            }

            Assert.Equal(next, grid.Floor(next));
            Assert.Equal(start, grid.Floor(next - 1));
            Assert.Equal(next, grid.End(start));
        });
    }

    [Theory, MemberData(nameof(Steps))]
    public void Labels_sort_as_starts_do(string words)
    {
        var grid = Grid(words);
        // Neighbours within a few buckets as well as any two instants.
        var pairs = from a in Any from far in Any from near in Between(-3 * Day, 3 * Day) from isNear in Gen.Elements(true, false)
                    select (a, b: isNear ? Math.Min(a + near, Instant.Max) : far);
        ForAll(pairs, pair =>
        {
            long a = grid.Floor(pair.a), b = grid.Floor(pair.b);
            Assert.Equal(a.CompareTo(b), grid.Label(a).CompareTo(grid.Label(b)));
        });
    }

    [Theory, MemberData(nameof(Steps))]
    public void Numbers_are_consecutive_and_lead_back_to_the_start(string words)
    {
        var grid = Grid(words);
        ForAll(Any, instant =>
        {
            var start = grid.Floor(instant);
            var index = grid.Index(instant);
            Assert.Equal(index, grid.Index(start));
            Assert.Equal(start, grid.StartOf(index));
            if (grid.TryNext(start, out var next))
            {
                Assert.Equal(index + 1, grid.Index(next));
            }
        });
    }

    [Theory, MemberData(nameof(Steps))]
    public void A_number_has_a_start_in_the_years_or_none(string words)
    {
        var grid = Grid(words);
        (var first, var last) = (grid.Index(Instant.Min), grid.Index(Instant.Max));
        var numbers = Gen.OneOf(Between(first - 10, last + 10), Between(-10_000_000, 10_000_000), Gen.Choose(-3, 3).Select(n => first + n), Gen.Choose(-3, 3).Select(n => last + n));
        ForAll(numbers, index =>
        {
            if (grid.TryStartOf(index, out var start))
            {
                Assert.Equal(index, grid.Index(start));
            }
            else
            {
                Assert.False(index > first && index <= last);
            }
        });
    }

    [Theory, MemberData(nameof(Steps))]
    public void Liveness_counts_the_intervals_own_buckets(string words)
    {
        var parts = words.Split(" in ");
        var cases = from now in Any from bucket in Any from near in Between(-40 * Day, 40 * Day) from isNear in Gen.Elements(true, true, false) from keep in Gen.Choose(1, 40)
                    select (now, time: isNear ? Math.Min(now + near, Instant.Max) : bucket, keep);
        ForAll(cases, c =>
        {
            var interval = Interval.Parse($"x: {parts[0]} keep {c.keep}" + (parts.Length > 1 ? " in " + parts[1] : ""));
            var bucket = interval.BucketOf(c.time);
            var live = interval.Step.Index(c.now) - interval.Step.Index(bucket) < c.keep;
            Assert.Equal(live, interval.IsLive(bucket, c.now));
            Assert.Equal(live, bucket >= interval.OldestLive(c.now));
        });
    }

    /// <summary>An oracle that knows nothing of tables: a day's label is the latest date that the zone's clocks have shown so far.</summary>
    [Theory, MemberData(nameof(ZonedDays))]
    public void A_day_is_the_latest_date_that_clocks_have_shown(string words)
    {
        var grid = Grid(words);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(words.Split(" in ")[1]);
        // Since 1973 every zone's clock changes at whole minutes.
        var instants = Gen.Where(Any, static instant => instant > At("1973-01-01") && instant < Instant.Max - 2 * Day);
        ForAll(instants, instant => Assert.Equal(Latest(zone, instant), grid.Label(grid.Floor(instant))), tries: 200);
    }

    private static long Latest(TimeZoneInfo zone, long instant)
    {
        var time = Instant.ToDateTimeOffset(instant);
        var minute = Instant.ToDateTimeOffset(instant - instant % (60 * Instant.PerSecond));
        var latest = TimeZoneInfo.ConvertTime(time, zone).Date;
        for (var i = 0; i < 26 * 60; i++)
        {
            var date = TimeZoneInfo.ConvertTime(minute.AddMinutes(-i), zone).Date;
            latest = date > latest ? date : latest;
        }

        return latest.Year * 10_000 + latest.Month * 100 + latest.Day;
    }
}
