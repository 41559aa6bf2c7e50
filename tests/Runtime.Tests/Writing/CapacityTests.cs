using System.Diagnostics;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;
using Typed.Tests.Harness.Time;

namespace Typed.Runtime.Tests.Writing;

#pragma warning disable CA2012 // Each ValueTask is used once.

/// <summary>A store that takes more than its database: what it holds is bounded, and what it accepted arrives.</summary>
public abstract class CapacityTests(DatabaseServer server) : StoreSuite(server)
{
    private static readonly TimeSpan s_never = TimeSpan.FromHours(1);

    [Fact]
    public async Task Posts_wait_for_room_and_arrive()
    {
        await using var store = await OpenAsync(WhenFull.Wait, capacity: 100);
        List<Task> waiting;
        await using (await Database.HoldAsync())
        {
            for (var i = 0; i < 100; i++)
            {
                Assert.True(LateSeries.In(store).Post("k", i).AsTask().IsCompletedSuccessfully);
            }

            // Each waits for its turn, one caller after the other.
            waiting = [.. Enumerable.Range(100, 50).Select(i => LateSeries.In(store).Post($"w{i % 3}", i).AsTask())];
            using var stop = new CancellationTokenSource();
            var cancelled = Enumerable.Range(0, 20).Select(i => LateSeries.In(store).Post("cancelled", i, cancellationToken: stop.Token).AsTask()).ToArray();
            await Task.Delay(50);
            Assert.DoesNotContain(waiting, post => post.IsCompleted);
            await stop.CancelAsync();
            foreach (var post in cancelled)
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => post.WaitAsync(TimeSpan.FromSeconds(5)));
            }
        }

        await Task.WhenAll(waiting);
        await store.FlushAsync();
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), (await LateSeries.In(store).Day.GetAsync("k")).Value);
        Assert.Equal(150, await Database.RowsAsync("late_series_points"));
    }

    [Theory]
    [InlineData(WhenFull.DropNewest)]
    [InlineData(WhenFull.DropOldest)]
    [InlineData(WhenFull.Throw)]
    public async Task A_full_store_takes_no_more_than_its_capacity(WhenFull policy)
    {
        await using var store = await OpenAsync(policy, capacity: 100);
        var refused = 0;
        await using (await Database.HoldAsync())
        {
            for (var i = 0; i < 1_000; i++)
            {
                try
                {
                    Assert.True(LateSeries.In(store).Post($"k{i % 10}", i).AsTask().IsCompletedSuccessfully);
                }
                catch (CapacityExceededException)
                {
                    refused++;
                }
            }
        }

        await store.FlushAsync();
        Assert.Equal(100, await Database.RowsAsync("late_series_points"));
        Assert.Equal(policy == WhenFull.Throw ? 900 : 0, refused);
        await LateSeries.In(store).Post("again", 1);
        await store.FlushAsync();
        Assert.Equal(101, await Database.RowsAsync("late_series_points"));
    }

    // What is dropped takes its weight with it.
    [Fact]
    public async Task The_oldest_is_dropped_with_its_weight()
    {
        await using var store = await OpenAsync(o =>
        {
            o.Only<LateHistogram>();
            (o.WhenFull, o.Capacity, o.FlushInterval) = (WhenFull.DropOldest, 4, TimeSpan.FromMilliseconds(1));
        });
        var ages = LateHistogram.In(store);
        await using (await Database.HoldAsync())
        {
            // It is under way, and takes a place.
            await ages.Post("first", 0);
            await Task.Delay(150);
            foreach (var value in Enumerable.Range(1, 6))
            {
                await ages.Post("k", value, count: value * 10);
            }
        }

        await store.FlushAsync();

        Assert.Equal([(4L, 40L), (5L, 50L), (6L, 60L)], (await ages.Day.GetAsync("k")).Value.Select(entry => (entry.Key, entry.Value)));
        Assert.Equal(1, (await ages.Day.GetAsync("first")).Value.Total);
    }

    // Nothing else would make a flush due for an hour.
    [Fact]
    public async Task A_store_that_is_full_flushes_at_once()
    {
        await using var store = await OpenAsync(WhenFull.Wait, capacity: 50, flushInterval: s_never);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 500; i++)
        {
            await LateSeries.In(store).Post($"k{i % 10}", i);
        }

        await LateSeries.In(store).InsertAsync(Enumerable.Range(0, 60).Select(i => new LateSeries("list", i)));
        Elapsed.InRange(started, 0, 10);
        await store.FlushAsync();
        Assert.Equal(560, await Database.RowsAsync("late_series_points"));
    }

    [Fact]
    public async Task A_list_larger_than_the_capacity_is_admitted_alone()
    {
        await using var store = await OpenAsync(WhenFull.Wait, capacity: 10);
        Task[] calls;
        await using (await Database.HoldAsync())
        {
            await LateSeries.In(store).Post("k", 0);
            calls =
            [
                LateSeries.In(store).InsertAsync(Enumerable.Range(1, 500).Select(i => new LateSeries("k", i))).AsTask(),
                LateSeries.In(store).InsertAsync("k", 501).AsTask(),
                LateSeries.In(store).Post("k", 502).AsTask(),
                LateSeries.In(store).InsertAsync(Enumerable.Range(503, 500).Select(i => new LateSeries("k", i))).AsTask(),
            ];
            await Task.Delay(50);
            Assert.DoesNotContain(calls, call => call.IsCompleted);
        }

        await Task.WhenAll(calls);
        await store.FlushAsync();
        var values = (await LateSeries.In(store).Day.GetAsync("k")).Value;
        Assert.Equal(Enumerable.Range(0, 501).Select(i => (long)i), values.Take(501));
        Assert.Equal(Enumerable.Range(0, 1_003).Select(i => (long)i), values.Order());
    }

    private ValueTask<TypedStore> OpenAsync(WhenFull policy, int capacity, TimeSpan? flushInterval = null) => OpenAsync(o =>
    {
        o.Only<LateSeries>().Only<LateEvent>();
        (o.WhenFull, o.Capacity, o.FlushInterval) = (policy, capacity, flushInterval ?? o.FlushInterval);
    });
}

public sealed class CapacityTestsOnSqlite() : CapacityTests(DatabaseServer.Sqlite);

public sealed class CapacityTestsOnPostgres() : CapacityTests(DatabaseServer.Postgres);
