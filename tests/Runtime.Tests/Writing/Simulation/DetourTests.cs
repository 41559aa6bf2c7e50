using Typed.Writing;

namespace Typed.Runtime.Tests.Writing.Simulation;

/// <summary>Calls of several keys, one of which is locked: a key's writes keep their order on the way around the lock and beside it.</summary>
public sealed class DetourTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_comes_after_a_list_that_waits_for_a_lock_comes_after_it(int writers)
    {
        var database = new SimulatedDatabase();
        var store = new SimulatedStore(database, new WriteOptions { Writers = writers });
        var (locked, free) = (store.KeyOf(0), store.KeyOf(writers - 1) + "x");
        database.Lock(locked);
        var first = store.WriteAsync(new Item(locked, 1));
        await SimulatedStore.UntilAsync(() => store.Writer.Detour.IsOpen);

        var list = store.WriteAsync(new Item(locked, 2), new Item(free, 3));
        var later = store.WriteAsync(new Item(free, 4));
        await Task.WhenAny(later, Task.Delay(TimeSpan.FromSeconds(1)));
        Assert.False(list.IsCompleted);
        database.Unlock(locked);
        await Task.WhenAll(first, list, later).WaitAsync(SimulatedStore.Patience);

        Assert.Equal([3L, 4L], database.Rows.Where(item => item.Key == free).Select(item => item.Id));
        Assert.Equal([1L, 2L], database.Rows.Where(item => item.Key == locked).Select(item => item.Id));
        await store.Writer.DisposeAsync();
    }

    // The list goes around while what came before it in its flush is under way.
    [Fact]
    public async Task What_comes_before_a_list_that_waits_for_a_lock_comes_before_it()
    {
        var under = new TaskCompletionSource();
        var before = new TaskCompletionSource();
        var database = new SimulatedDatabase();
        database.Hold = items => items.Any(item => item.Key == "other") ? under.Task : items.Any(item => item.Id == 2) ? before.Task : Task.CompletedTask;
        var store = new SimulatedStore(database, new WriteOptions { Writers = 1 });
        database.Lock("locked");
        var first = store.WriteAsync(new Item("locked", 1));
        await SimulatedStore.UntilAsync(() => store.Writer.Detour.IsOpen);

        var attempts = database.Attempts;
        var other = store.WriteAsync(new Item("other", 0));
        await SimulatedStore.UntilAsync(() => database.Attempts > attempts);
        var earlier = store.WriteAsync(new Item("free", 2));
        var list = store.WriteAsync(new Item("locked", 3), new Item("free", 4));
        var flushing = store.FlushAsync();
        under.SetResult();
        await other.WaitAsync(SimulatedStore.Patience);
        database.Unlock("locked");
        await first.WaitAsync(SimulatedStore.Patience);
        await Task.WhenAny(list, flushing, Task.Delay(TimeSpan.FromSeconds(1)));
        before.SetResult();
        await flushing.WaitAsync(SimulatedStore.Patience);

        // What was accepted before a flush was written with it.
        Assert.Equal([2L, 4L], database.Rows.Where(item => item.Key == "free").Select(item => item.Id));
        Assert.Equal([1L, 3L], database.Rows.Where(item => item.Key == "locked").Select(item => item.Id));
        await Task.WhenAll(earlier, list).WaitAsync(SimulatedStore.Patience);
        await store.Writer.DisposeAsync();
    }
}
