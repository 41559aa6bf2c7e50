using System.Diagnostics;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;
using Typed.Tests.Harness.Time;

namespace Typed.Runtime.Tests.Writing;

/// <summary>The end of a store: what was accepted is written, or reported.</summary>
public abstract class ShutdownTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Disposing_writes_what_was_accepted()
    {
        var store = await OpenAsync(TimeSpan.FromSeconds(30));
        for (var i = 0; i < 3_000; i++)
        {
            await LateSeries.In(store).Post($"k{i % 10}", i);
            await LateEvent.In(store).Post(new LateEvent("e", i));
        }

        var awaited = Enumerable.Range(0, 20).Select(i => LateSeries.In(store).InsertAsync("awaited", i).AsTask()).ToArray();

        await store.DisposeAsync();

        await Task.WhenAll(awaited);
        Assert.Equal(3_020, await Database.RowsAsync("late_series_points"));
        Assert.Equal(3_000, await Database.RowsAsync("late_event"));
        await store.DisposeAsync();
    }

    [Fact]
    public async Task A_database_that_is_away_is_not_waited_for_longer_than_allowed()
    {
        var store = await OpenAsync(TimeSpan.FromSeconds(0.5));
        int unknown;
        await using (await Database.HoldAsync())
        {
            for (var i = 0; i < 1_000; i++)
            {
                await LateSeries.In(store).Post($"k{i % 10}", i, Noon);
                await LateEvent.In(store).Post(new LateEvent("e", i), Noon);
            }

            await Task.Delay(150);
            var awaited = Enumerable.Range(0, 5).Select(i => LateSeries.In(store).InsertAsync("awaited", i).AsTask()).ToArray();
            var started = Stopwatch.GetTimestamp();
            var disposing = store.DisposeAsync().AsTask();
            var again = store.DisposeAsync().AsTask();
            Assert.Throws<ObjectDisposedException>(() => { _ = LateSeries.In(store); });

            var error = await Assert.ThrowsAsync<UnwrittenItemsException>(() => disposing);

            Elapsed.InRange(started, 0.45, 3);
            await again;
            var points = error.Items.OfType<UnwrittenPoint<LateSeries.Key, long>>().ToArray();
            Assert.Equal(Enumerable.Range(0, 1_000).Select(i => ($"k{i % 10}", (long)i)), points.OrderBy(item => item.Value).Select(item => (item.Key.Name, item.Value)));
            var events = error.Items.OfType<UnwrittenEvent<LateEvent>>().ToArray();
            Assert.Equal(Enumerable.Range(0, 1_000).Select(i => (long)i), events.OrderBy(item => item.Id).Select(item => item.Body.Value));
            Assert.All(error.Items, item => Assert.Equal(Noon, item.Time));
            foreach (var call in awaited)
            {
                var failed = await Assert.ThrowsAsync<WriteFailedException>(() => call);
                Assert.Contains("ShutdownTimeout", failed.Message, StringComparison.Ordinal);
            }

            // On PostgreSQL a request that was sent may have been done.
            unknown = error.Items.Count(item => item.MayBeWritten);
        }

        await Task.Delay(300);
        var rows = await Database.RowsAsync("late_series_points") + await Database.RowsAsync("late_event");
        Assert.InRange(rows, 0, unknown);
    }

    [Fact]
    public async Task A_store_of_nothing_ends_at_once()
    {
        var store = await OpenAsync(TimeSpan.Zero);
        await LateSeries.In(store).InsertAsync("k", 1);
        await store.FlushAsync();
        await store.DisposeAsync();
        await store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.FlushAsync());
    }

    [Fact]
    public async Task Handles_of_a_store_that_is_gone()
    {
        var store = await OpenAsync(TimeSpan.FromSeconds(5));
        var (series, events) = (LateSeries.In(store), LateEvent.In(store));
        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await series.Post("k", 1));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await series.InsertAsync("k", 1));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await events.Post(new LateEvent("e", 1)));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await events.PutAsync(new LateEvent("e", 1)));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await series.DeleteAllAsync());
    }

    [Fact]
    public async Task Callers_race_with_the_end()
    {
        for (var round = 0; round < 20; round++)
        {
            var store = await OpenAsync(TimeSpan.FromSeconds(30));
            var series = LateSeries.In(store);
            var before = await Database.RowsAsync("late_series_points");
            var accepted = 0L;
            var callers = Enumerable.Range(0, 6).Select(caller => Task.Run(async () =>
            {
                try
                {
                    for (var i = 0; ; i++)
                    {
                        await (caller % 2 == 0 ? series.Post($"k{i % 10}", i) : Inserted(series.InsertAsync($"k{i % 10}", i)));
                        Interlocked.Increment(ref accepted);
                    }
                }
                catch (ObjectDisposedException)
                {
                    // The end.
                }
            })).ToArray();
            await Task.Delay(10 + round);
            await store.DisposeAsync();
            await Task.WhenAll(callers);
            Assert.Equal(before + accepted, await Database.RowsAsync("late_series_points"));
        }

        static async ValueTask Inserted(ValueTask<InsertResult> inserting) => await inserting;
    }

    private ValueTask<TypedStore> OpenAsync(TimeSpan shutdownTimeout) => OpenAsync(o =>
    {
        o.Only<LateSeries>().Only<LateEvent>();
        (o.ShutdownTimeout, o.WriteTimeout) = (shutdownTimeout, TimeSpan.FromSeconds(20));
    });
}

public sealed class ShutdownTestsOnSqlite() : ShutdownTests(DatabaseServer.Sqlite);

public sealed class ShutdownTestsOnPostgres() : ShutdownTests(DatabaseServer.Postgres);
