using Microsoft.Extensions.Logging;
using Typed.Storage;
using Typed.Writing;

namespace Typed.Runtime.Tests.Writing.Simulation;

/// <summary>Errors of the store's own work, which nobody can foresee: a logger that throws, here. Nothing is lost without a word, and nothing waits for ever.</summary>
public sealed class UnforeseenTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Posted_items_of_a_flush_that_failed_come_back_at_the_end(int writers)
    {
        var database = new SimulatedDatabase { Refuses = item => item.Id == 5 };
        var store = new SimulatedStore(
            database, new WriteOptions { Writers = writers, FlushInterval = TimeSpan.FromHours(1), OnRejected = static _ => { } }, new BrokenLog());
        var (key, other) = (store.KeyOf(0), store.KeyOf(writers - 1) + "x");
        for (var id = 1; id <= 20; id++)
        {
            await store.PostAsync(new Item(key, id));
        }

        var error = await Assert.ThrowsAsync<AggregateException>(() => store.FlushAsync().WaitAsync(SimulatedStore.Patience));
        Assert.Equal("the log's disk is full", error.InnerException!.Message);
        Assert.Equal(0, store.Writer.Pending);

        // Others go on.
        await store.WriteAsync(new Item(key, 101), new Item(other, 102)).WaitAsync(SimulatedStore.Patience);
        await store.PostAsync(new Item(key, 103));
        await store.FlushAsync().WaitAsync(SimulatedStore.Patience);
        var unwritten = await Assert.ThrowsAsync<UnwrittenItemsException>(() => store.Writer.DisposeAsync().AsTask().WaitAsync(SimulatedStore.Patience));

        var stored = database.Rows.Select(item => item.Id).Order().ToArray();
        var returned = unwritten.Items.Cast<UnwrittenPoint<string, long>>().Select(item => item.Value).Order().ToArray();
        Assert.Equal([101L, 102L, 103L], stored.Where(id => id > 100));
        Assert.Equal(Enumerable.Range(1, 20).Select(id => (long)id), stored.Where(id => id <= 20).Union(returned).Order());
        Assert.Equal(stored.Distinct(), stored);
        Assert.All(unwritten.Items.Cast<UnwrittenPoint<string, long>>(), item => Assert.True(item.MayBeWritten));
        Assert.Equal(0, store.Writer.Pending);
    }

    [Fact]
    public async Task A_call_of_a_flush_that_failed_hears_of_it()
    {
        var database = new SimulatedDatabase { Refuses = item => item.Id == 5 };
        var store = new SimulatedStore(database, new WriteOptions { Writers = 1, FlushInterval = TimeSpan.FromHours(1) }, new BrokenLog());
        await store.PostAsync(new Item("k", 5));
        await store.PostAsync(new Item("k", 6));

        await Assert.ThrowsAsync<InvalidOperationException>(() => store.WriteAsync(new Item("k", 7)).WaitAsync(SimulatedStore.Patience));

        Assert.Equal(0, store.Writer.Pending);
        await store.WriteAsync(new Item("k", 8)).WaitAsync(SimulatedStore.Patience);
        await Assert.ThrowsAsync<UnwrittenItemsException>(() => store.Writer.DisposeAsync().AsTask().WaitAsync(SimulatedStore.Patience));
        Assert.Contains(8, database.Rows.Select(item => item.Id));
    }

    // A part of a posted write waits for a lock elsewhere when the rest of its flush fails: it is written later, and its memory serves nobody else until then.
    [Fact]
    public async Task Parts_that_wait_for_a_lock_give_their_room_back_once()
    {
        var database = new SimulatedDatabase { Refuses = item => item.Id == 5 };
        var log = new BrokenLog { Breaks = static _ => false };
        var store = new SimulatedStore(database, new WriteOptions { Writers = 1, FlushInterval = TimeSpan.FromHours(1), OnRejected = static _ => { } }, log);
        database.Lock("locked");
        await store.PostAsync(new Item("locked", 0));
        var flushing = store.FlushAsync();
        await SimulatedStore.UntilAsync(() => store.Writer.Detour.IsOpen);
        for (var id = 1; id <= 8; id++)
        {
            await store.PostAsync(new Item(id == 2 ? "locked" : "k", id));
        }

        log.Breaks = static text => text.Contains(nameof(Failure.Refused), StringComparison.Ordinal); // not where the item that waits is tried again
        var call = store.WriteAsync(new Item("k", 9));
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.WaitAsync(SimulatedStore.Patience));
        log.Breaks = static _ => false;
        Assert.Equal(1, store.Writer.Pending);
        for (var id = 11; id <= 20; id++)
        {
            await store.PostAsync(new Item("k", id));
        }

        database.Unlock("locked");
        await Record.ExceptionAsync(() => flushing.WaitAsync(SimulatedStore.Patience));
        await Record.ExceptionAsync(() => store.FlushAsync().WaitAsync(SimulatedStore.Patience));
        Assert.Equal(0, store.Writer.Pending);
        for (var id = 21; id <= 30; id++)
        {
            await store.PostAsync(new Item("k", id));
        }

        var unwritten = await Assert.ThrowsAsync<UnwrittenItemsException>(() => store.Writer.DisposeAsync().AsTask().WaitAsync(SimulatedStore.Patience));
        Assert.Equal(0, store.Writer.Pending);
        var stored = database.Rows.Select(item => item.Id).ToArray();
        Assert.Equal(stored.Distinct(), stored);
        Assert.Equal(Enumerable.Range(11, 20).Where(id => id is not 10).Select(id => (long)id), stored.Where(id => id > 10).Order());
        Assert.Equal([0L, 2L], database.Rows.Where(item => item.Key == "locked").Select(item => item.Id));
        Assert.Equal(Enumerable.Range(0, 9).Select(id => (long)id), unwritten.Items.Cast<UnwrittenPoint<string, long>>().Select(item => item.Value).Union(stored).Where(id => id < 9).Distinct().Order());
    }

    private sealed class BrokenLog : ILoggerFactory, ILogger
    {
        public Func<string, bool> Breaks { get; set; } = static _ => true;

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
            // It is its own.
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (Breaks(formatter(state, exception)))
            {
                throw new InvalidOperationException("the log's disk is full");
            }
        }

        public void Dispose()
        {
            // The test's.
        }
    }
}
