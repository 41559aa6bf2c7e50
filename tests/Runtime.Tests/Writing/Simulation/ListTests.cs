using Typed.Writing;

namespace Typed.Runtime.Tests.Writing.Simulation;

/// <summary>Lists whose keys belong to several flushers, beside backlogs of which a flush takes only a part.</summary>
public sealed class ListTests
{
    /// <summary>A flush takes four of these.</summary>
    private const long Large = 10 << 20;

    private static readonly WriteOptions s_options = new() { Writers = 2, FlushInterval = TimeSpan.FromHours(1) };

    // The list comes after more than one flush takes, so it is still in its queue when its caller goes.
    [Fact]
    public async Task A_list_whose_caller_goes_keeps_nobody_from_flushing()
    {
        var way = new TaskCompletionSource();
        var database = new SimulatedDatabase { Hold = _ => way.Task };
        var store = new SimulatedStore(database, s_options) { Lane = new("table") { ItemBytes = Large } };
        var (a, b) = (store.KeyOf(0), store.KeyOf(1));
        for (var id = 1; id <= 12; id++)
        {
            await store.PostAsync(new Item(a, id));
        }

        using var cancel = new CancellationTokenSource();
        var list = store.WriteAsync(cancel.Token, new Item(a, 100), new Item(b, 101));
        await SimulatedStore.UntilAsync(() => database.Attempts == 1);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => list);
        way.SetResult();

        await store.WriteAsync(new Item(b, 102)).WaitAsync(SimulatedStore.Patience);
        await store.PostAsync(new Item(b, 103));
        await store.FlushAsync().WaitAsync(SimulatedStore.Patience);

        Assert.Equal(Enumerable.Range(1, 12).Select(id => (long)id), database.Rows.Where(item => item.Key == a).Select(item => item.Id));
        Assert.Equal([102L, 103L], database.Rows.Where(item => item.Key == b).Select(item => item.Id));
        await store.Writer.DisposeAsync();
    }

    [Fact]
    public async Task A_list_comes_after_what_was_posted_before_it_and_before_what_is_posted_after_it()
    {
        var database = new SimulatedDatabase();
        var store = new SimulatedStore(database, s_options) { Lane = new("table") { ItemBytes = Large } };
        var (a, b) = (store.KeyOf(0), store.KeyOf(1));
        List<Task> lists = [];
        var id = 0L;
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < 11; i++)
            {
                await store.PostAsync(new Item(i % 4 == 0 ? b : a, ++id));
            }

            lists.Add(store.WriteAsync(new Item(a, ++id), new Item(b, ++id)));
        }

        await Task.WhenAll(lists).WaitAsync(SimulatedStore.Patience);
        await store.FlushAsync().WaitAsync(SimulatedStore.Patience);

        Assert.Equal(id, database.Rows.Count);
        Assert.All(database.Rows.GroupBy(item => item.Key), key => Assert.Equal(key.Select(item => item.Id).Order(), key.Select(item => item.Id)));
        await store.Writer.DisposeAsync();
    }

    // Whoever posts fills what a flush has emptied, so that there is always more than a flush takes.
    [Fact]
    public async Task A_list_is_written_beside_posts_without_end()
    {
        var database = new SimulatedDatabase { Pace = TimeSpan.FromMilliseconds(20) };
        var store = new SimulatedStore(database, s_options with { Capacity = 16, WriteTimeout = TimeSpan.FromSeconds(8) }) { Lane = new("table") { ItemBytes = Large } };
        var (a, b) = (store.KeyOf(0), store.KeyOf(1));
        using var stop = new CancellationTokenSource();
        var id = 0L;
        var posting = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await store.PostAsync(new Item(a, Interlocked.Increment(ref id)));
            }
        })).ToArray();
        await SimulatedStore.UntilAsync(() => database.Rows.Count > 0 && store.Writer.Pending >= 12);

        for (var n = 1; n <= 3; n++)
        {
            await store.WriteAsync(new Item(a, -n), new Item(b, -n));
        }

        await stop.CancelAsync();
        await Task.WhenAll(posting).WaitAsync(SimulatedStore.Patience);
        await store.Writer.DisposeAsync();
        Assert.Equal(id + 6, database.Rows.Count);
    }

    // Each list leaves at its own moment; the one that waits beside it has nobody else to wake its flusher.
    [Fact]
    public async Task Lists_that_leave_at_any_moment_leave_no_flusher_asleep()
    {
        var database = new SimulatedDatabase();
        var store = new SimulatedStore(database, s_options with { Writers = 3 });
        var (a, b, c) = (store.KeyOf(0), store.KeyOf(1), store.KeyOf(2));
        for (var round = 0; round < 3_000; round++)
        {
            using var cancel = new CancellationTokenSource();
            var first = store.WriteAsync(new Item(a, round), new Item(c, round));
            var list = Task.Run(() => store.WriteAsync(cancel.Token, new Item(a, round), new Item(b, round), new Item(c, round)), CancellationToken.None);
            var single = Task.Run(() => store.WriteAsync(new Item(round % 2 == 0 ? a : c, round)));
            Thread.SpinWait(round % 97 * 20);
            await cancel.CancelAsync();
            await Task.WhenAll(first, single).WaitAsync(SimulatedStore.Patience);
            try
            {
                await list;
            }
            catch (OperationCanceledException)
            {
                // It has left.
            }
        }

        await store.Writer.DisposeAsync();
    }
}
