using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Writing;

#pragma warning disable CA2012 // Each ValueTask is used once.

/// <summary>Points and events that nobody waits for: they arrive once, and in order.</summary>
public abstract class PostTests(DatabaseServer server) : StoreSuite(server)
{
    private static readonly TimeSpan s_never = TimeSpan.FromHours(1);

    [Fact]
    public async Task All_types_and_events_arrive()
    {
        const int Each = 1_500;
        await using var store = await OpenLateAsync();
        for (var i = 0; i < Each; i++)
        {
            await LateCount.In(store).Post($"k{i % 5}", 2);
            await LateHistogram.In(store).Post(new LateHistogram("k", i % 10));
            await LateSet.In(store).Post("k", i);
            await LateGauge.In(store).Post("k", i);
            await LateSeries.In(store).Post("k", i);
            await LateEvent.In(store).Post(new LateEvent("k", i));
            await LateEvent.In(store, "apart").Post(new LateEvent("k", -i), Noon);
        }

        await store.FlushAsync();

        for (var k = 0; k < 5; k++)
        {
            Assert.Equal(Each / 5 * 2, (await LateCount.In(store).Day.GetAsync($"k{k}")).Value);
        }

        Assert.Equal(Each, (await LateHistogram.In(store).Minute.GetAsync("k")).Value.Total);
        Assert.Equal(Each, (await LateSet.In(store).Day.GetAsync("k")).Value.Count);
        Assert.Equal(Each - 1, (await LateGauge.In(store).Day.GetAsync("k")).Value);
        Assert.Equal(Enumerable.Range(0, Each).Select(i => (long)i), (await LateSeries.In(store).Day.GetAsync("k")).Value);
        Assert.Equal(Enumerable.Range(0, Each).Select(i => (long)i), (await ListAsync(LateEvent.In(store))).Select(found => found.Body.Value));
        Assert.Equal(Each, await LateEvent.In(store, "apart").CountAsync());
    }

    [Fact]
    public async Task What_was_posted_before_a_deletion_is_deleted()
    {
        await using var store = await OpenLateAsync();
        for (var i = 0; i < 100; i++)
        {
            await LateCount.In(store).Post($"k{i}");
            await LateSeries.In(store).Post("k", i);
            await LateEvent.In(store).Post(new LateEvent("k", i), Noon);
        }

        await LateCount.In(store).DeleteAllAsync();
        await LateSeries.In(store).DeleteAsync("k");
        await LateEvent.In(store).From(Noon).DeleteAsync();
        await store.FlushAsync();

        Assert.Equal(0, (await LateCount.In(store).Day.GetAsync("k7")).Value);
        Assert.Empty((await LateSeries.In(store).Day.GetAsync("k")).Value);
        Assert.Equal(0, await LateEvent.In(store).CountAsync());
    }

    [Fact]
    public async Task Writes_of_a_key_keep_their_order_whatever_their_kind()
    {
        await using var store = await OpenLateAsync(o => o.Writers = 4);
        var series = LateSeries.In(store);
        var gauge = LateGauge.In(store);
        var random = new Random(3);
        List<Task> calls = [];
        for (var i = 0L; i < 400; i++)
        {
            switch (random.Next(4))
            {
                case 0:
                    calls.Add(series.InsertAsync("k", i).AsTask());
                    calls.Add(gauge.InsertAsync("k", i).AsTask());
                    break;
                case 1:
                    calls.Add(series.InsertAsync([new LateSeries("other", i), new LateSeries("k", i), new LateSeries("third", i)]).AsTask());
                    calls.Add(gauge.InsertAsync([new LateGauge("other", i), new LateGauge("k", i), new LateGauge("third", i)]).AsTask());
                    break;
                default:
                    await series.Post("k", i);
                    await gauge.Post("k", i);
                    break;
            }

            if (i % 50 == 0)
            {
                await Task.WhenAll(calls);
            }
        }

        await Task.WhenAll(calls);
        await store.FlushAsync();

        Assert.Equal(Enumerable.Range(0, 400).Select(i => (long)i), (await series.Day.GetAsync("k")).Value);
        Assert.Equal(399, (await gauge.Day.GetAsync("k")).Value);
        Assert.Equal(399, (await gauge.Minute.GetAsync("k")).Value);
    }

    [Fact]
    public async Task Posted_items_wait_for_the_interval_or_for_a_batch()
    {
        await using var store = await OpenLateAsync(o => (o.FlushInterval, o.BatchSize, o.Writers) = (s_never, 10, 1));
        for (var i = 0; i < 9; i++)
        {
            await LateCount.In(store).Post("k");
        }

        await Task.Delay(200);
        Assert.Equal(0, await Database.RowsAsync("late_count_day"));
        await LateCount.In(store).Post("k");
        await UntilAsync(async () => await SumAsync() == 10);
        await LateCount.In(store).Post("k");
        await LateCount.In(store).InsertAsync("k", 100); // takes along what waits
        Assert.Equal(111, await SumAsync());
        await using (var other = await OpenLateAsync(o => o.FlushInterval = TimeSpan.FromMilliseconds(50)))
        {
            await LateCount.In(other).Post("k", 1_000);
            await UntilAsync(async () => await SumAsync() == 1_111);
        }

        await LateCount.In(store).Post("k", 10_000);
        await store.DisposeAsync();
        Assert.Equal(11_111, await SumAsync());
    }

    [Fact]
    public async Task Posts_while_flushes_run_are_neither_lost_nor_doubled()
    {
        await using var store = await OpenLateAsync(o => (o.FlushInterval, o.BatchSize, o.Capacity) = (TimeSpan.Zero, 50, 400));
        var posters = Enumerable.Range(0, 6).Select(poster => Task.Run(async () =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                await LateCount.In(store).Post($"k{i % 7}");
                if (i % 100 == 0)
                {
                    await LateCount.In(store).InsertAsync([new LateCount($"k{i % 7}", 1_000_000), new LateCount($"k{(i + 1) % 7}", 1_000_000)]);
                    await store.FlushAsync();
                }
            }
        }));

        await Task.WhenAll(posters);
        await store.FlushAsync();

        Assert.Equal((6 * 2_000) + (6 * 20 * 2_000_000L), await SumAsync());
    }

    [Fact]
    public async Task The_parts_of_a_key_with_several_members_may_be_posted()
    {
        await using var store = await OpenAsync(o => o.Only<Latency>().Only<Visit>());
        await Latency.In(store).Post("/", Tier.Paid, 2.5, Noon);
        await Latency.In(store).Post(new Latency.Key("/", Tier.Paid), 3.5, Noon);
        await Latency.In(store).Post([new Latency("/", Tier.Paid, 3.5, Noon), new Latency("/", Tier.Free, 1, Noon)]);
        await Visit.In(store).Post("/");
        await store.FlushAsync();

        Assert.Equal(3, (await Latency.In(store).Day.GetAsync(new Latency.Key("/", Tier.Paid), Noon)).Value.Total);
        Assert.Equal(1, (await Visit.In(store).Day.GetAsync("/")).Value);
    }

    [Fact]
    public async Task What_cannot_be_stored_is_refused_at_the_post()
    {
        await using var store = await OpenLateAsync();
        var error = await Assert.ThrowsAsync<RejectedPointException>(async () => await LateCount.In(store).Post([new LateCount("k", 1), new LateCount("\0", 1), new LateCount("k", 4)]));
        Assert.Equal(1, error.Index);
        var refused = await Assert.ThrowsAsync<EventRejectedException>(async () => await LateEvent.In(store).Post([new LateEvent("k", 1), new LateEvent("\0", 1)]));
        Assert.Equal(1, refused.Index);
        await Assert.ThrowsAsync<RejectedPointException>(async () => await LateCount.In(store).Post((LateCount)null!));
        await store.FlushAsync();
        Assert.Equal(1, await SumAsync());
        Assert.Equal(1, await LateEvent.In(store).CountAsync());
    }

    [Fact]
    public async Task A_handle_of_a_context_posts_nothing()
    {
        await using var store = await OpenLateAsync();
        await using var db = store.CreateDbContext();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await LateCount.In(db).Post("k"));
        Assert.Contains("InsertAsync", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await LateEvent.In(db).Post(new LateEvent("k", 1)));
    }

    // A flush that is made again, or split, combines its points again.
    [Fact]
    public async Task Skipped_pairs_are_counted_once_when_a_flush_is_split()
    {
        await using var store = await OpenAsync<Kept>();
        await using var hold = await Database.HoldAsync();
        var first = Kept.In(store).InsertAsync("first", 1, Noon.AddDays(-1)).AsTask();
        var dead = Enumerable.Range(0, 4).Select(n => Kept.In(store).InsertAsync($"k{n}", n, Noon.AddHours(-1)).AsTask()).ToArray();
        var gone = new CancellationTokenSource(50);
        var cancelled = Kept.In(store).InsertAsync("gone", 1, cancellationToken: gone.Token).AsTask();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await hold.DisposeAsync();

        Assert.Equal(new InsertResult(1, 2), await first);
        Assert.All(await Task.WhenAll(dead), result => Assert.Equal(new InsertResult(1, 1), result));
    }

    protected async Task<long> SumAsync() =>
        Convert.ToInt64(await Database.ScalarAsync("select sum(value) from late_count_day") ?? 0L, System.Globalization.CultureInfo.InvariantCulture);

    private ValueTask<TypedStore> OpenLateAsync(Action<TypedOptionsBuilder>? configure = null) => OpenAsync(o =>
    {
        o.Only<LateCount>().Only<LateHistogram>().Only<LateSet>().Only<LateGauge>().Only<LateSeries>().Only<LateEvent>();
        configure?.Invoke(o);
    });

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            Assert.True(tries < 100, "It does not come.");
            await Task.Delay(50);
        }
    }
}

public sealed class PostTestsOnSqlite() : PostTests(DatabaseServer.Sqlite);

public sealed class PostTestsOnPostgres() : PostTests(DatabaseServer.Postgres);
