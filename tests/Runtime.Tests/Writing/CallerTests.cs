using System.Collections.Concurrent;
using System.Diagnostics;
using System.Transactions;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Writing;

#pragma warning disable CA2012 // Each ValueTask is used once.

/// <summary>What a caller has around it stays with the caller: the writer works for others too, and longer.</summary>
public abstract class CallerTests(DatabaseServer server) : StoreSuite(server)
{
    private static readonly AsyncLocal<string?> s_local = new();

    [Fact]
    public async Task A_callers_ambient_transaction_ends_with_the_caller()
    {
        await using var store = await OpenAsync<LateCount>(o => o.FlushInterval = TimeSpan.FromMilliseconds(30));
        Task<InsertResult> insert;
        using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await LateCount.In(store).Post("k");
            insert = LateCount.In(store).InsertAsync("k", 10).AsTask();
            scope.Complete();
            await Task.Delay(100, CancellationToken.None); // a flush begins while the scope is complete and not disposed
        }

        await insert;
        await LateCount.In(store).Post("k", 100);
        await store.FlushAsync();
        for (var i = 0; i < 5; i++)
        {
            // The timer of the first post serves the others.
            await LateCount.In(store).Post("k", 1_000);
            await Task.Delay(50);
        }

        await store.FlushAsync();
        Assert.Equal(5_111, (await LateCount.In(store).Day.GetAsync("k")).Value);
    }

    // Its Complete was called, so that whatever asks for the ambient transaction gets an exception, until it is disposed.
    [Fact]
    public async Task A_callers_scope_that_is_complete_harms_nobody()
    {
        ConcurrentBag<UnwrittenItem> rejected = [];
        await using var store = await OpenAsync<LateCount>(o => (o.Writers, o.FlushInterval, o.OnRejected) = (1, TimeSpan.FromHours(1), rejected.Add));
        await LateCount.In(store).InsertAsync("warm", 1);
        for (var i = 0; i < 10; i++)
        {
            await LateCount.In(store).Post($"p{i}");
        }

        Exception? thrown = null;
        var read = 0L;
        var thread = new Thread(() =>
        {
            using var scope = new TransactionScope();
            scope.Complete();
            thrown = Record.Exception(() =>
            {
                LateCount.In(store).InsertAsync("mine", 1).AsTask().Wait();
                read = LateCount.In(store).Day.GetAsync("mine").AsTask().Result.Value;
            });
        });
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromSeconds(30)), "The caller waits for ever.");
        await store.FlushAsync();

        Assert.Null(thrown);
        Assert.Equal(1, read);
        Assert.Empty(rejected);
        Assert.Equal(12, await LateCount.In(store).Day.For([.. Enumerable.Range(0, 10).Select(i => (LateCount.Key)$"p{i}"), "mine", "warm"]).Last(1).CollapseAsync());
    }

    [Fact]
    public async Task A_callers_locals_and_activity_do_not_reach_the_writer()
    {
        var seen = new ConcurrentQueue<(string? Local, Activity? Activity)>();
        await using var store = await OpenAsync<LateCount>(o =>
        {
            o.FlushInterval = TimeSpan.FromMilliseconds(20);
            o.OnRejected = _ => seen.Enqueue((s_local.Value, Activity.Current));
        });
        await LateCount.In(store).InsertAsync("full", long.MaxValue);
        using (var activity = new Activity("mine").Start())
        {
            s_local.Value = "mine";
            await LateCount.In(store).Post("full");
            _ = LateCount.In(store).InsertAsync("other", 1).AsTask();
        }

        await store.FlushAsync();
        await LateCount.In(store).Post("full");
        await Task.Delay(100);
        await store.FlushAsync();
        s_local.Value = null;

        Assert.Equal(2, seen.Count);
        Assert.All(seen, each => Assert.Equal((null, null), each));
    }

    [Fact]
    public async Task A_caller_that_blocks_on_its_only_thread_is_not_waited_for()
    {
        await using var store = await OpenAsync(o => o.Only<LateCount>().Only<LateEvent>());
        var thread = new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new Deaf());
            for (var i = 0; i < 20; i++)
            {
                LateCount.In(store).InsertAsync("k", 1).AsTask().Wait();
                LateCount.In(store).InsertAsync([new LateCount("k", 1), new LateCount("l", 1)]).AsTask().Wait();
                LateEvent.In(store).PutAsync(new LateEvent("e", i)).AsTask().Wait();
                LateCount.In(store).Post("k").AsTask().Wait();
                store.FlushAsync().AsTask().Wait();
            }
        });
        thread.Start();

        Assert.True(thread.Join(TimeSpan.FromSeconds(30)), "The caller waits for ever.");
        Assert.Equal(60, (await LateCount.In(store).Day.GetAsync("k")).Value);
        await Task.Run(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new Deaf());
            Assert.True(store.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(30)));
        });
    }

    [Fact]
    public async Task No_exception_is_left_unobserved()
    {
        var unobserved = new ConcurrentQueue<Exception>();
        void Keep(object? sender, UnobservedTaskExceptionEventArgs args)
        {
            if (args.Exception.ToString().Contains("Typed.Writing", StringComparison.Ordinal))
            {
                unobserved.Enqueue(args.Exception);
            }
        }

        TaskScheduler.UnobservedTaskException += Keep;
        try
        {
            await MakeErrorsAsync();
            for (var i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                await Task.Delay(50);
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Keep;
        }

        Assert.Empty(unobserved);
    }

    [Fact]
    public async Task Posts_that_nobody_awaits_arrive()
    {
        await using var store = await OpenAsync<LateCount>(o => o.Capacity = 100);
        List<Task> posts = [];
        await using (await Database.HoldAsync())
        {
            for (var i = 0; i < 5_000; i++)
            {
                posts.Add(LateCount.In(store).Post($"k{i % 10}").AsTask());
            }
        }

        await Task.WhenAll(posts);

        await store.FlushAsync();
        Assert.Equal(5_000, await LateCount.In(store).Day.For(Enumerable.Range(0, 10).Select(i => (LateCount.Key)$"k{i}")).Last(1).CollapseAsync());
    }

    private async Task MakeErrorsAsync()
    {
        var store = await OpenAsync<LateCount>(o => (o.WriteTimeout, o.ShutdownTimeout) = (TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(200)));
        await LateCount.In(store).InsertAsync("full", long.MaxValue);
        await Assert.ThrowsAsync<WriteFailedException>(async () => await LateCount.In(store).InsertAsync("full", 1));
        await using (await Database.HoldAsync())
        {
            using var cancel = new CancellationTokenSource(50);
            var calls = Enumerable.Range(0, 50).Select(i => LateCount.In(store).InsertAsync($"k{i}", 1, cancellationToken: i % 2 == 0 ? cancel.Token : default).AsTask()).ToArray();
            foreach (var call in calls)
            {
                Assert.NotNull(await Record.ExceptionAsync(() => call));
            }

            await LateCount.In(store).Post("k");
            await Assert.ThrowsAsync<UnwrittenItemsException>(async () => await store.DisposeAsync());
        }

        await Task.Delay(500);
    }

    /// <summary>Never runs what it is given.</summary>
    private sealed class Deaf : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
            // As the only thread of a program's window, while it waits.
        }
    }
}

public sealed class CallerTestsOnSqlite() : CallerTests(DatabaseServer.Sqlite);

public sealed class CallerTestsOnPostgres() : CallerTests(DatabaseServer.Postgres);
