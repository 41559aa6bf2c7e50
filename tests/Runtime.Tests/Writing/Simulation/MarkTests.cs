using Typed.Writing;

namespace Typed.Runtime.Tests.Writing.Simulation;

/// <summary>FlushAsync: it ends when what was accepted before it is done, whatever is beside it.</summary>
public sealed class MarkTests
{
    [Fact]
    public async Task Those_who_flush_wait_for_what_can_be_written_beside_a_table_that_is_missing()
    {
        var way = new TaskCompletionSource();
        var database = new SimulatedDatabase { Missing = "gone", Hold = items => items.Any(item => item.Id == 1) ? way.Task : Task.Delay(50) };
        List<UnwrittenItem> rejected = [];
        var store = new SimulatedStore(database, new WriteOptions { Writers = 1, FlushInterval = TimeSpan.FromHours(1), OnRejected = rejected.Add });
        SimulatedLane gone = new("gone"), good = new("good");

        // Something is under way, so that what follows shares a flush.
        var first = store.WriteAsync(good, CancellationToken.None, new Item("k", 1));
        await SimulatedStore.UntilAsync(() => database.Attempts == 1);
        await store.Writer.PostAsync(gone, new Item("g", 2), default);
        var early = StoredAfterFlushAsync();
        await store.Writer.PostAsync(good, new Item("k", 3), default);
        var flushes = Enumerable.Range(0, 2).Select(_ => StoredAfterFlushAsync()).ToArray();
        way.SetResult();

        foreach (var flush in flushes)
        {
            Assert.Contains(3, await flush.WaitAsync(SimulatedStore.Patience));
        }

        await early.WaitAsync(SimulatedStore.Patience);
        await first;
        Assert.Equal(2, Assert.Single(rejected.Cast<UnwrittenPoint<string, long>>()).Value);
        Assert.Equal(0, store.Writer.Pending);
        await store.Writer.DisposeAsync();

        async Task<long[]> StoredAfterFlushAsync()
        {
            await store.FlushAsync();
            return [.. database.Rows.Select(item => item.Id)];
        }
    }

    [Fact]
    public async Task Whoever_flushes_while_the_store_ends_hears_of_it()
    {
        for (var round = 0; round < 400; round++)
        {
            var store = new SimulatedStore(new SimulatedDatabase(), new WriteOptions { Writers = 4 });
            var flushing = Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
            {
                while (true)
                {
                    await store.FlushAsync();
                }
            })).ToArray();
            Thread.SpinWait(round * 50);

            await store.Writer.DisposeAsync().AsTask().WaitAsync(SimulatedStore.Patience);

            foreach (var flush in flushing)
            {
                await Assert.ThrowsAsync<ObjectDisposedException>(() => flush.WaitAsync(SimulatedStore.Patience));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task What_was_not_sent_in_time_is_known_not_to_be_written(int writers)
    {
        var way = new TaskCompletionSource();
        var database = new SimulatedDatabase { Hold = _ => way.Task };
        var store = new SimulatedStore(database, new WriteOptions
        {
            Writers = writers, FlushInterval = TimeSpan.FromHours(1), ShutdownTimeout = TimeSpan.FromMilliseconds(100),
        });
        var key = store.KeyOf(0);
        var sent = store.WriteAsync(new Item(key, 1));
        await SimulatedStore.UntilAsync(() => database.Attempts == 1);
        for (var id = 2; id <= 100; id++)
        {
            await store.PostAsync(new Item(key, id));
        }

        var call = store.WriteAsync(new Item(key, 101));
        var error = await Assert.ThrowsAsync<UnwrittenItemsException>(async () => await store.Writer.DisposeAsync());
        way.SetResult();

        Assert.Equal(Enumerable.Range(2, 99).Select(id => (long)id), error.Items.Cast<UnwrittenPoint<string, long>>().Select(item => item.Value));
        Assert.DoesNotContain(error.Items, item => item.MayBeWritten);
        Assert.True((await Assert.ThrowsAsync<WriteFailedException>(() => call)).OutcomeKnown);
        Assert.False((await Assert.ThrowsAsync<WriteFailedException>(() => sent)).OutcomeKnown);
        await SimulatedStore.UntilAsync(() => database.Rows.Count > 0); // the one that was sent
        await Task.Delay(200);
        Assert.Equal((1, 1L), (database.Attempts, Assert.Single(database.Rows).Id));
    }
}
