using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Dead buckets: points for them are skipped and counted, reads never show them, expiring removes their rows.</summary>
public abstract class RetentionTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Points_for_dead_buckets_are_skipped_there_and_counted()
    {
        await using var store = await OpenAsync<Kept>();
        var kept = Kept.In(store);

        var result = await kept.InsertAsync(Enumerable.Range(0, 5).Select(i => new Kept("a", i) { At = Noon.AddMinutes(-i) }));

        Assert.Equal(new InsertResult(5, 2), result);
        Assert.Equal(new InsertResult(1, 1), await kept.InsertAsync("a", 9, Noon.AddMinutes(-3)));
        Assert.Equal(new InsertResult(1, 2), await kept.InsertAsync("a", 9, Noon.AddDays(-2)));
        Assert.Equal(new InsertResult(1, 0), await kept.InsertAsync("a", 9, Noon.AddDays(400)));
        Assert.Equal([2L, 1, 0], (await ListAsync(kept.Minute.For("a").Last())).Select(minute => minute.Value.Values.Single()).Select(value => (long)value));
        Assert.Equal(6, (await kept.Day.GetAsync("a")).Value.Total);
        Assert.Equal(8, (await kept.Ever.For("a").All().CollapseAsync()).Total);
    }

    [Fact]
    public async Task A_call_whose_points_are_all_dead_writes_nothing()
    {
        await using var store = await OpenAsync<Visit>();

        // Visit's day has no keep; its minute keeps an hour.
        Assert.Equal(1, (await Visit.In(store).InsertAsync("/", Noon.AddHours(-2))).Skipped);

        Assert.Equal(0, await Database.RowsAsync("visit_minute"));
        Assert.Equal(1, await Database.RowsAsync("visit_day"));
    }

    // A point is stored or not, whatever the number of its intervals; what no interval took is not stored.
    [Fact]
    public async Task A_point_that_every_interval_skipped_is_not_stored()
    {
        await using var store = await OpenAsync<OnlyKept>();
        await using var db = store.CreateDbContext();
        foreach (var kept in new SeriesHandle<OnlyKept, OnlyKept.Key, long>[] { OnlyKept.In(store), OnlyKept.In(db) })
        {
            Assert.Equal(new InsertResult(0, 3), await kept.InsertAsync(new OnlyKept("a", 1) { At = Noon.AddDays(-50) }));
            Assert.Equal(new InsertResult(1, 3), await kept.InsertAsync([new OnlyKept("a", 1) { At = Noon.AddDays(-50) }, new OnlyKept("a", 2) { At = Noon }]));
        }

        var interrupted = await Assert.ThrowsAsync<InsertInterruptedException>(async () => await OnlyKept.In(store).InsertAsync(EndsAsync()));
        Assert.Equal((5_000, new InsertResult(4_999, 3)), (interrupted.Taken, interrupted.Inserted));

        static async IAsyncEnumerable<OnlyKept> EndsAsync()
        {
            for (var i = 0; i < 5_000; i++)
            {
                yield return new OnlyKept("b", 1) { At = i == 7 ? Noon.AddDays(-50) : Noon };
            }

            await Task.Yield();
            throw new InvalidDataException("no more");
        }
    }

    // The flush is refused and split, so its rows are made again and again.
    [Fact]
    public async Task What_was_skipped_counts_once_however_often_a_flush_is_made()
    {
        await using var store = await OpenAsync<Kept>();
        var kept = Kept.In(store);
        var overflowing = Enumerable.Range(0, 6).Select(_ => Task.Run(async () => await kept.InsertAsync(new Kept("a", 1) { At = Noon.AddMinutes(-3) })));

        Assert.All(await Task.WhenAll(overflowing), result => Assert.Equal(new InsertResult(1, 1), result));
    }

    [Fact]
    public async Task Reads_never_show_what_is_still_on_disk()
    {
        await using var store = await OpenAsync<OnlyKept>();
        var kept = OnlyKept.In(store);
        await kept.InsertAsync("a", 7);
        Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(1, await Database.RowsAsync("only_kept_minute"));
        Assert.Equal(3, await Database.RowsAsync("only_kept_minute") + await Database.RowsAsync("only_kept_hour") + await Database.RowsAsync("only_kept_fine"));
        Assert.Equal(0, (await kept.Minute.GetAsync("a", Noon)).Value);
        Assert.Equal([0L, 0, 0], (await ListAsync(kept.Minute.For("a").Last())).Select(minute => minute.Value));
        Assert.Empty(await ListAsync(kept.Minute.For("a").All()));
        Assert.Empty(await ListAsync(kept.Minute.For("a").Between(Noon, Noon)));
        Assert.Empty(await ListAsync(kept.Minute.For("a").Between(Noon, Noon).Stats()));
        Assert.Equal(0, await kept.Minute.For("a").Between(Noon.AddHours(-1), Noon).CollapseAsync());
        Assert.Equal(0, (await kept.Minute.For("a").Between(Noon.AddHours(-1), Noon).StatsAsync()).Sum);
        Assert.Equal(["fine", "hour"], (await kept.PropertiesAsync("a")).Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["a"], (await ListAsync(kept.Keys())).Select(key => key.Name));

        Clock.Advance(TimeSpan.FromDays(2));
        Assert.Empty(await kept.PropertiesAsync("a"));
        Assert.Empty(await ListAsync(kept.Keys()));
        Assert.Equal(1, await Database.RowsAsync("only_kept_hour"));
    }

    [Fact]
    public async Task Expiring_removes_dead_rows_of_all_keys_and_no_others()
    {
        await using var store = await OpenAsync<Kept>();
        var kept = Kept.In(store);
        await kept.InsertAsync(from key in new[] { "a", "b" } from i in Enumerable.Range(0, 3) select new Kept(key, i) { At = Noon.AddMinutes(-i) });
        Assert.Equal((6L, 6L), (await Database.RowsAsync("kept_minute"), await Database.RowsAsync("kept_day")));
        Assert.Equal(0, await kept.ExpireAsync());

        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, await kept.ExpireAsync());
        Assert.Equal((4L, 6L), (await Database.RowsAsync("kept_minute"), await Database.RowsAsync("kept_day")));
        Assert.Equal(0, await kept.ExpireAsync());

        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(10, await kept.ExpireAsync());
        Assert.Equal((0L, 0L, 6L), (await Database.RowsAsync("kept_minute"), await Database.RowsAsync("kept_day"), await Database.RowsAsync("kept_ever")));
        Assert.Equal(6, (await kept.Ever.For(["a", "b"]).All().CollapseAsync()).Total);
    }

    [Fact]
    public async Task Where_nothing_dies_nothing_expires()
    {
        await using var store = await OpenAsync<CountOfByte>();
        var counts = CountOfByte.In(store);
        await counts.InsertAsync("k", 1, Noon.AddYears(-100));

        Assert.Equal(0, await counts.ExpireAsync("k"));
        Assert.Equal(0, await counts.ExpireAsync());
        Assert.Equal(1, await Database.RowsAsync("count_of_byte_minute"));
    }

    [Fact]
    public async Task Expiring_a_key_touches_no_other()
    {
        await using var store = await OpenAsync<Kept>();
        var kept = Kept.In(store);
        await kept.InsertAsync([new Kept("a", 1), new Kept("a", 2), new Kept("ab", 3), new Kept("A", 4)]);
        Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(2, await kept.ExpireAsync("a"));
        Assert.Equal(0, await kept.ExpireAsync("a"));

        Assert.Equal(2, await Database.RowsAsync("kept_minute"));
        Assert.Equal(2, await kept.ExpireAsync());
        Assert.Equal(4, await Database.RowsAsync("kept_day"));
    }

    [Fact]
    public async Task Several_may_expire_at_once()
    {
        await using var first = await OpenAsync<Kept>();
        await using var second = await OpenAsync<Kept>();
        await Kept.In(first).InsertAsync(Enumerable.Range(0, 2_000).Select(i => new Kept($"k{i % 20}", i)));
        Clock.Advance(TimeSpan.FromMinutes(3));

        var removed = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () => await Kept.In(i % 2 == 0 ? first : second).ExpireAsync())));

        Assert.Equal(2_000, removed.Sum());
        Assert.Equal(0, await Database.RowsAsync("kept_minute"));
    }

    [Fact]
    public async Task Keep_counts_calendar_buckets()
    {
        await using var store = await OpenAsync<KeptMonths>();
        var months = KeptMonths.In(store);
        Clock.AdjustTime(new DateTimeOffset(2026, 3, 31, 23, 59, 59, TimeSpan.Zero));
        await months.InsertAsync("a", 1, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(1, (await months.InsertAsync("a", 1, new DateTimeOffset(2025, 12, 31, 23, 59, 59, TimeSpan.Zero))).Skipped);
        Assert.Equal(1, await months.Month.For("a").Last().CollapseAsync());

        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, await months.Month.For("a").Last().CollapseAsync());
        Assert.Equal(1, await months.ExpireAsync());
    }
}

public sealed class RetentionTestsOnSqlite() : RetentionTests(DatabaseServer.Sqlite);

public sealed class RetentionTestsOnPostgres() : RetentionTests(DatabaseServer.Postgres);
