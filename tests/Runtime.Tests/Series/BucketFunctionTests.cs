using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

[EventStream]
public partial record Bucketed(int N, DateTimeOffset At, DateTimeOffset? Maybe = null);

/// <summary>The start of a cell in queries of series and of events, against local dates.</summary>
public abstract class BucketFunctionTests(DatabaseServer server) : StoreSuite(server)
{
    /// <summary>Times with offsets and digits, across changes of clocks at midnight, and before 1970.</summary>
    private static readonly DateTimeOffset[] s_times =
    [
        .. Enumerable.Range(0, 96).Select(i => new DateTimeOffset(2026, 10, 30, 0, 17, 0, TimeSpan.Zero).AddMinutes(i * 47)),
        .. Enumerable.Range(0, 24).Select(i => new DateTimeOffset(2006, 10, 28, 20, 0, 0, TimeSpan.Zero).AddMinutes(i * 30)),
        .. Enumerable.Range(0, 24).Select(i => new DateTimeOffset(1969, 12, 31, 20, 0, 0, TimeSpan.FromHours(-4)).AddMinutes(i * 21)),
        new(1926, 5, 1, 0, 0, 0, TimeSpan.Zero), new(1899, 12, 31, 23, 59, 59, TimeSpan.Zero), new(2150, 7, 1, 4, 0, 0, TimeSpan.Zero),
    ];

    [Fact]
    public async Task Rows_of_series()
    {
        await using var store = await OpenAsync(o => o.Only<Tick>().Only<PagedPoints>());
        await Tick.In(store).InsertAsync(s_times.Select((at, i) => new Tick("a", i) { At = at }));
        await PagedPoints.In(store).InsertAsync(s_times.Select((at, i) => new PagedPoints("a", i, at)));
        await using var db = store.CreateDbContext();
        var rows = Tick.In(db).Second.AsQueryable();

        Same("15m", at => at.AddTicks(-(((at.UtcTicks % (15 * TimeSpan.TicksPerMinute)) + (15 * TimeSpan.TicksPerMinute)) % (15 * TimeSpan.TicksPerMinute))),
            await rows.GroupBy(r => TypedFunctions.Bucket(r.Bucket, "15m")).Select(g => new Found(g.Key, g.Sum(r => r.Value))).ToListAsync());
        Same("daily", at => new(at.UtcDateTime.Date, TimeSpan.Zero), await rows.GroupBy(r => TypedFunctions.Bucket(r.Bucket, "daily")).Select(g => new Found(g.Key, g.Sum(r => r.Value))).ToListAsync());
        Same("monthly", at => new(at.UtcDateTime.Year, at.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero), await rows.GroupBy(r => TypedFunctions.Bucket(r.Bucket, "monthly")).Select(g => new Found(g.Key, g.Sum(r => r.Value))).ToListAsync());
        foreach (var zone in new[] { "Europe/Paris", "America/Havana", "America/St_Johns", "Asia/Tokyo" })
        {
            // Variables too.
            Same($"daily in {zone}", at => TypedFunctions.Bucket(at, "daily", zone), await rows.GroupBy(r => TypedFunctions.Bucket(r.Bucket, "daily", zone)).Select(g => new Found(g.Key, g.Sum(r => r.Value))).ToListAsync());
            Same($"yearly in {zone}", at => TypedFunctions.Bucket(at, "yearly", zone), await PagedPoints.In(db).Day.AsQueryable().GroupBy(r => TypedFunctions.Bucket(r.Time, "yearly", zone)).Select(g => new Found(g.Key, g.Sum(r => (long)r.Value))).ToListAsync());
        }

        var day = new DateTimeOffset(2026, 10, 30, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(s_times.Count(at => at.UtcDateTime.Date == day.Date), await rows.CountAsync(r => TypedFunctions.Bucket(r.Bucket, "daily") == day));
        Assert.Equal(s_times.Select(at => TypedFunctions.Bucket(at, "weekly in Europe/Paris")).Order(), await rows.Select(r => TypedFunctions.Bucket(r.Bucket, "weekly in Europe/Paris")).OrderBy(at => at).ToListAsync());
        Assert.Equal(s_times.Select(at => TypedFunctions.Bucket(at, "2h").AddHours(1)).Distinct().Order(), await rows.Select(r => TypedFunctions.Bucket(r.Bucket, "2h").AddHours(1)).Distinct().OrderBy(at => at).ToListAsync());

        // A part of a composite key of a join.
        Assert.Equal(s_times.Length, await rows.Join(
            rows, r => new { At = TypedFunctions.Bucket(r.Bucket, "1h"), r.Value }, r => new { At = TypedFunctions.Bucket(r.Bucket, "60m"), r.Value }, (r, _) => r).CountAsync());
    }

    [Fact]
    public async Task Events_and_their_bodies()
    {
        await using var store = await OpenAsync<Bucketed>();
        for (var i = 0; i < s_times.Length; i++)
        {
            if (s_times[i].Year > 1970)
            {
                await Bucketed.In(store).PutAsync(new Bucketed(i, s_times[i].AddTicks(i), i % 3 == 0 ? s_times[i] : null), s_times[i]);
            }
        }

        await using var db = store.CreateDbContext();
        var events = Bucketed.In(db).AsQueryable();
        foreach (var (grid, zone) in new[] { ("15m", null), ("daily", null), ("daily", "Europe/Paris"), ("daily", "America/Havana"), ("weekly", "America/St_Johns"), ("monthly", "Asia/Tokyo"), ("1w", null) })
        {
            var ofTimes = zone is null
                ? await events.GroupBy(e => TypedFunctions.Bucket(e.Time, grid)).Select(g => new Found(g.Key, g.Sum(e => (long)e.Body.N))).ToListAsync()
                : await events.GroupBy(e => TypedFunctions.Bucket(e.Time, grid, zone)).Select(g => new Found(g.Key, g.Sum(e => (long)e.Body.N))).ToListAsync();
            var ofBodies = zone is null
                ? await events.GroupBy(e => TypedFunctions.Bucket(e.Body.At, grid)).Select(g => new Found(g.Key, g.Sum(e => (long)e.Body.N))).ToListAsync()
                : await events.GroupBy(e => TypedFunctions.Bucket(e.Body.At, grid, zone)).Select(g => new Found(g.Key, g.Sum(e => (long)e.Body.N))).ToListAsync();
            Same($"{grid} {zone}", at => zone is null ? TypedFunctions.Bucket(at, grid) : TypedFunctions.Bucket(at, grid, zone), ofTimes, after: 1971);
            Same($"{grid} {zone}", at => zone is null ? TypedFunctions.Bucket(at, grid) : TypedFunctions.Bucket(at, grid, zone), ofBodies, after: 1971);
        }

        Assert.Equal(s_times.Where((at, i) => at.Year > 1970 && i % 3 == 0).Select(at => TypedFunctions.Bucket(at, "daily", "Europe/Paris")).Distinct().Order(),
            await events.Where(e => e.Body.Maybe != null).Select(e => TypedFunctions.Bucket(e.Body.Maybe!.Value, "daily", "Europe/Paris")).Distinct().OrderBy(at => at).ToListAsync());
        Assert.Equal(s_times.Count(at => at.Year > 1970), await events.CountAsync(e => TypedFunctions.Bucket(e.Time, "1h") == TypedFunctions.Bucket(e.Body.At, "1h")));
    }

    [Fact]
    public async Task In_memory_and_wrong_grids()
    {
        Assert.Equal(new DateTimeOffset(2026, 3, 20, 23, 0, 0, TimeSpan.Zero), TypedFunctions.Bucket(Noon, "daily", "Europe/Paris"));
        Assert.Equal(TypedFunctions.Bucket(Noon, "daily", "Europe/Paris"), TypedFunctions.Bucket(Noon, "daily in Europe/Paris"));
        Assert.Contains("no grid", Assert.Throws<ArgumentException>(() => TypedFunctions.Bucket(Noon, "hourly")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TypedFunctions.Bucket(Noon, "1h", "Europe/Paris"));
        Assert.Throws<ArgumentException>(() => TypedFunctions.Bucket(Noon, "daily", "Europe/Pariss"));
        Assert.Throws<ArgumentNullException>(() => TypedFunctions.Bucket(Noon, "daily", null!));

        await using var store = await OpenAsync<Tick>();
        await using var db = store.CreateDbContext();
        await Assert.ThrowsAsync<ArgumentException>(() => Tick.In(db).Second.AsQueryable().GroupBy(r => TypedFunctions.Bucket(r.Bucket, "7x")).CountAsync());
    }

    private sealed record Found(DateTimeOffset Start, long Sum);

    private static void Same(string grid, Func<DateTimeOffset, DateTimeOffset> start, List<Found> found, int after = 0)
    {
        var expected = s_times.Select((at, i) => (at, i)).Where(p => p.at.Year >= after).GroupBy(p => start(p.at)).OrderBy(g => g.Key).Select(g => $"{grid} {g.Key.UtcDateTime:O} {g.Sum(p => p.i)}");
        Assert.Equal(expected, found.OrderBy(f => f.Start).Select(f => $"{grid} {f.Start.UtcDateTime:O} {f.Sum}"));
    }
}

public sealed class BucketFunctionTestsOnSqlite() : BucketFunctionTests(DatabaseServer.Sqlite);

public sealed class BucketFunctionTestsOnPostgres() : BucketFunctionTests(DatabaseServer.Postgres);
