using Typed.Runtime.Tests.Series.Declared;
using Typed.Series.Reading;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Ranges longer than a page: nothing is lost, doubled or cut where one page ends.</summary>
public abstract class PagingTests(DatabaseServer server) : StoreSuite(server)
{
    private const int Rows = BucketPageSize.Rows / 2 * 5;

    [Fact]
    public async Task Every_bucket_of_a_long_range_comes_once_in_order()
    {
        await using var store = await OpenAsync<Tick>();
        var ticks = Tick.In(store);
        var start = Noon.AddSeconds(-Rows);
        await ticks.InsertAsync(Enumerable.Range(0, Rows).Where(HasData).Select(i => new Tick("a", i) { At = start.AddSeconds(i) }));

        var all = await ListAsync(ticks.Second.For("a").Between(start, Noon.AddSeconds(-1)));
        Assert.Equal(Enumerable.Range(0, Rows).Select(i => (start.AddSeconds(i), HasData(i) ? i : 0L)), all.Select(second => (second.Start, second.Value)));
        var full = await ListAsync(ticks.Second.For("a").All().SkipEmpty());
        Assert.Equal(Enumerable.Range(0, Rows).Where(HasData).Select(i => (start.AddSeconds(i), (long)i)), full.Select(second => (second.Start, second.Value)));
        var stats = await ListAsync(ticks.Second.For("a").Between(start, Noon.AddSeconds(-1)).Stats());
        Assert.Equal(Enumerable.Range(0, Rows).Select(i => HasData(i) ? i : 0L), stats.Select(second => second.Value.Sum));

        static bool HasData(int i) => i % 7 != 3 && i is not (> BucketPageSize.Rows - 10 and < BucketPageSize.Rows + 10);
    }

    [Fact]
    public async Task Several_keys_page_together()
    {
        await using var store = await OpenAsync<Tick>();
        var ticks = Tick.In(store);
        var start = Noon.AddSeconds(-Rows);
        await ticks.InsertAsync(Enumerable.Range(0, Rows).SelectMany(i => new[] { new Tick("a", 1) { At = start.AddSeconds(i) }, new Tick("b", i) { At = start.AddSeconds(i) } }));

        var joined = await ListAsync(ticks.Second.For(["a", "b"]).From(start).Take(Rows));

        Assert.Equal(Enumerable.Range(1, Rows).Select(i => (long)i), joined.Select(second => second.Value));
    }

    // A slot is a row here: 3 600 in a bucket, so that a page ends inside one.
    [Fact]
    public async Task A_page_that_ends_inside_a_bucket_takes_it_up_again()
    {
        await using var store = await OpenAsync<Tick>();
        var ticks = Tick.In(store);
        var start = new DateTimeOffset(2026, 3, 21, 0, 0, 0, TimeSpan.Zero);
        await ticks.InsertAsync(Enumerable.Range(0, Rows).Select(i => new Tick("a", i) { At = start.AddSeconds(i) }));

        var hours = await ListAsync(ticks.Hour.For("a").From(start).Take(14).WithSlots());

        Assert.Equal(14, hours.Count);
        Assert.Equal(Enumerable.Range(0, Rows).Select(i => (start.AddSeconds(i), (long)i)), hours.SelectMany(hour => hour.Slots).Select(slot => (slot.Start, slot.Value)));
        Assert.Equal(Enumerable.Range(0, 6).Select(h => Enumerable.Range(h * 3_600, 3_600).Sum(i => (long)i)), hours.Take(6).Select(hour => hour.Value));
        Assert.Equal(Rows, hours.Sum(hour => hour.Slots.Count));
    }

    [Fact]
    public async Task A_bucket_with_more_values_than_a_page_comes_whole()
    {
        await using var store = await OpenAsync<Kept>();
        var kept = Kept.In(store);
        await kept.InsertAsync(Enumerable.Range(0, 23_456).Select(i => new Kept("a", i) { At = Noon.AddMinutes(-1) })
            .Append(new Kept("a", 1) { At = Noon }).Append(new Kept("a", 2) { At = Noon.AddMinutes(-2) }));

        var minutes = await ListAsync(kept.Minute.For("a").Last());

        Assert.Equal([1L, 23_456, 1], minutes.Select(minute => minute.Value.Total));
        Assert.Equal(Enumerable.Range(0, 23_456), minutes[1].Value.Values);
        Assert.Equal(23_456, (await kept.Minute.GetAsync("a", Noon.AddMinutes(-1))).Value.Count);
        Assert.Equal(23_458, (await kept.Day.GetAsync("a")).Value.Total);
        var slots = Assert.Single(await ListAsync(kept.Day.For("a").Last(1).WithSlots())).Slots;
        Assert.Equal(23_458, slots.Sum(slot => slot.Value.Total));
        Assert.Equal(23_458, (await ListAsync(kept.Day.For(["a", "b"]).Last(1)))[0].Value.Total);
    }

    // A page may end exactly where the range does, or one row before.
    [Theory]
    [InlineData(BucketPageSize.Rows - 1)]
    [InlineData(BucketPageSize.Rows)]
    [InlineData(BucketPageSize.Rows + 1)]
    [InlineData(2 * BucketPageSize.Rows)]
    public async Task Ranges_around_the_size_of_a_page(int rows)
    {
        await using var store = await OpenAsync<Tick>();
        var ticks = Tick.In(store);
        var start = Noon.AddSeconds(-rows);
        await ticks.InsertAsync(Enumerable.Range(0, rows).Select(i => new Tick("a", 1) { At = start.AddSeconds(i) }));

        Assert.Equal(rows, (await ListAsync(ticks.Second.For("a").From(start).Take(rows))).Sum(second => second.Value));
        Assert.Equal(rows, (await ListAsync(ticks.Second.For("a").All().SkipEmpty())).Count);
        Assert.Equal(rows + 5, (await ListAsync(ticks.Second.For("a").From(start.AddSeconds(-2)).Take(rows + 5))).Count);
    }

    [Fact]
    public async Task A_loop_over_a_range_may_read_and_write_and_stop_early()
    {
        await using var store = await OpenAsync<Tick>();
        var ticks = Tick.In(store);
        await ticks.InsertAsync(Enumerable.Range(0, 5).Select(i => new Tick("a", 1) { At = Noon.AddSeconds(-i) }));

        // More loops than a pool has connections.
        for (var i = 0; i < 150; i++)
        {
            await foreach (var second in ticks.Second.For("a").Last(5))
            {
                Assert.Equal(1, (await ticks.Second.GetAsync("a", second.Start)).Value);
                await ticks.InsertAsync("b", 1);
                break;
            }
        }

        Assert.Equal(150, (await ticks.Second.GetAsync("b")).Value);
    }

    [Fact]
    public async Task Cancelling_ends_a_loop()
    {
        await using var store = await OpenAsync<Tick>();
        var ticks = Tick.In(store);
        await ticks.InsertAsync(Enumerable.Range(0, Rows).Select(i => new Tick("a", 1) { At = Noon.AddSeconds(-i) }));
        using var cancellation = new CancellationTokenSource();
        var seen = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in ticks.Second.For("a").All().WithCancellation(cancellation.Token))
            {
                if (++seen == 5)
                {
                    await cancellation.CancelAsync();
                }
            }
        });

        Assert.Equal(5, seen);
    }
}

public sealed class PagingTestsOnSqlite() : PagingTests(DatabaseServer.Sqlite);

public sealed class PagingTestsOnPostgres() : PagingTests(DatabaseServer.Postgres);
