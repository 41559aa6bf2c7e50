using Typed.Diagnostics;
using System.Collections.Concurrent;
using System.Diagnostics;
using Typed.Storage;
using Typed.Tests.Harness.Time;
using Typed.Writing;

namespace Typed.Runtime.Tests.Writing.Simulation;

/// <summary>The writer against a database in memory whose every attempt may fail in every way: what is said to be written is stored once, and in order.</summary>
public sealed class SimulationTests
{
    private static readonly bool s_isSoak = Environment.GetEnvironmentVariable("TYPED_SOAK") == "1";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_fails_what_is_acknowledged_is_stored_once_and_in_order(int seed)
    {
        const int Callers = 12;
        var random = new Random(seed);
        var faults = Enum.GetValues<SimulatedFault>();
        var database = new SimulatedDatabase { Pace = TimeSpan.FromMilliseconds(1), Refuses = item => item.Id % 97 == 13 };
        database.Next = () => random.Next(4) == 0 ? faults[random.Next(faults.Length)] : SimulatedFault.None;
        var run = new Run(database, new WriteOptions
        {
            WriteTimeout = TimeSpan.FromMilliseconds(400), ShutdownTimeout = TimeSpan.FromSeconds(30), FlushInterval = TimeSpan.FromMilliseconds(5), Writers = 3, Capacity = 300,
        });
        using var stop = new CancellationTokenSource(s_isSoak ? TimeSpan.FromSeconds(60) : TimeSpan.FromSeconds(3));

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => run.CallAsync(new Random((seed * 100) + caller), stop.Token))));
        database.Next = static () => SimulatedFault.None;
        await run.Writer.DisposeAsync();
        await database.SettleAsync();

        run.Check();
        Assert.True(run.Acknowledged > 100, "The simulation did next to nothing.");
    }

    [Theory]
    [InlineData(SimulatedFault.NoConnection)]
    [InlineData(SimulatedFault.SlowConnection)]
    [InlineData(SimulatedFault.BreakBefore)]
    [InlineData(SimulatedFault.BreakAfter)]
    [InlineData(SimulatedFault.Late)]
    [InlineData(SimulatedFault.Undone)]
    [InlineData(SimulatedFault.Silent)]
    [InlineData(SimulatedFault.StrangeBefore)]
    [InlineData(SimulatedFault.StrangeAfter)]
    public async Task A_fault_at_the_kth_attempt_of_a_flush_that_is_split(object fault)
    {
        for (var k = 1; k <= 24; k++)
        {
            var attempt = 0;
            var database = new SimulatedDatabase { Refuses = item => item.Id == 5 };
            database.Next = () => ++attempt == k ? (SimulatedFault)fault : SimulatedFault.None;
            var run = new Run(database, new WriteOptions { WriteTimeout = TimeSpan.FromMilliseconds(400), FlushInterval = TimeSpan.FromHours(1) });

            for (var id = 0L; id < 9; id++)
            {
                await run.PostAsync(new Item($"k{id % 3}", id));
            }

            await run.Writer.FlushAsync(CancellationToken.None);
            if ((SimulatedFault)fault != SimulatedFault.StrangeBefore)
            {
                Assert.Equal([5L], run.Rejected.Select(item => item.Value));
            }

            await run.Writer.DisposeAsync();
            await database.SettleAsync();
            run.Check();
        }
    }

    // Nothing of a call may be sent after its caller was told that nothing was written.
    [Fact]
    public async Task A_call_that_timed_out_while_there_was_no_database_is_never_written()
    {
        var isAway = true;
        var database = new SimulatedDatabase();
        database.Next = () => isAway ? SimulatedFault.NoConnection : SimulatedFault.None;
        var run = new Run(database, new WriteOptions { WriteTimeout = TimeSpan.FromMilliseconds(200), FlushInterval = TimeSpan.FromMilliseconds(1) });
        await run.PostAsync(new Item("posted", 1));
        await Task.Delay(20);

        var calls = Enumerable.Range(2, 200).Select(async id =>
        {
            await Task.Delay(id % 40);
            var error = await Assert.ThrowsAsync<WriteFailedException>(async () => await run.Writer.WriteAsync(run.Write(WriteMode.Call, new Item($"k{id % 7}", id)), default));
            Assert.True(error.OutcomeKnown);
        }).ToArray();
        await Task.Delay(225);
        isAway = false; // in the middle of the callers' leaving
        await Task.WhenAny(Task.WhenAll(calls), Task.Delay(5_000));
        await run.Writer.FlushAsync(CancellationToken.None);

        foreach (var (call, id) in calls.Select((call, n) => (call, n + 2)))
        {
            // Those that were in time are written, the others are not.
            Assert.Equal(call.IsCompletedSuccessfully ? 0 : 1, database.Rows.Count(item => item.Id == id));
        }

        await run.Writer.DisposeAsync();
    }

    [Fact]
    public async Task Only_the_writes_of_a_locked_key_wait()
    {
        var database = new SimulatedDatabase { Pace = TimeSpan.FromMilliseconds(1) };
        var run = new Run(database, new WriteOptions { Writers = 2, FlushInterval = TimeSpan.FromMilliseconds(10) });
        database.Lock("k0");
        database.Lock("k1");
        var times = new ConcurrentBag<TimeSpan>();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(3));

        var calls = Enumerable.Range(0, 50).Select(caller => Task.Run(async () =>
        {
            var random = new Random(caller);
            while (!stop.IsCancellationRequested)
            {
                var started = Stopwatch.GetTimestamp();
                Item[] items = caller % 5 == 0 ? [run.Next($"k{caller}"), run.Next($"k{(caller + 1) % 50}"), run.Next($"k{random.Next(2, 50)}")] : [run.Next($"k{caller}")];
                await run.WriteAsync(WriteMode.Call, items);
                if (!items.Any(item => item.Key is "k0" or "k1"))
                {
                    times.Add(Stopwatch.GetElapsedTime(started));
                }

                await run.PostAsync(run.Next($"k{random.Next(50)}"));
                await Task.Delay(1);
            }
        })).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(2));
        Assert.Equal(0, database.Rows.Count(item => item.Key is "k0" or "k1"));
        database.Unlock("k0");
        database.Unlock("k1");
        await Task.WhenAll(calls);
        await run.Writer.FlushAsync(CancellationToken.None);

        Assert.False(run.Writer.Detour.IsOpen);
        var ordered = times.Order().ToArray();
        Assert.InRange(ordered[(int)(ordered.Length * 0.99)], TimeSpan.Zero, TimeSpan.FromSeconds(s_isSoak ? 1.5 : 3));
        await run.Writer.DisposeAsync();
        run.Check();
    }

    [Fact]
    public async Task A_locked_table_keeps_no_other_waiting()
    {
        var database = new SimulatedDatabase();
        var run = new Run(database, new WriteOptions { FlushInterval = TimeSpan.FromMilliseconds(10) });
        database.Lock("table");
        for (var id = 0; id < 3_000; id++)
        {
            await run.PostAsync(run.Next($"k{id % 300}"));
        }

        await Task.Delay(30);
        var started = Stopwatch.GetTimestamp();
        await run.Writer.WriteAsync(new SimulatedWrite(new SimulatedLane("other"), [new Item("o", -1)], WriteMode.Call, run.Writer), default);

        Elapsed.InRange(started, 0, s_isSoak ? 2.5 : 5);
        started = Stopwatch.GetTimestamp();
        await run.Writer.WriteAsync(new SimulatedWrite(new SimulatedLane("other"), [new Item("o", -2)], WriteMode.Call, run.Writer), default);
        Elapsed.InRange(started, 0, 0.5);
        var flushing = run.Writer.FlushAsync(CancellationToken.None).AsTask();
        await Task.Delay(300);
        Assert.False(flushing.IsCompleted);
        database.Unlock("table");
        await flushing;
        Assert.Equal(3_002, database.Rows.Count);
        await run.Writer.DisposeAsync();
        run.Check();
    }

    // Lists of keys of several flushers, single calls and posts of one caller, none of which waits for the one before.
    [Fact]
    public async Task A_callers_writes_of_a_key_are_done_in_the_order_of_its_calls()
    {
        var database = new SimulatedDatabase { Pace = TimeSpan.FromMilliseconds(1) };
        var run = new Run(database, new WriteOptions { Writers = 4, FlushInterval = TimeSpan.FromMilliseconds(2) });

        await Task.WhenAll(Enumerable.Range(0, 6).Select(caller => Task.Run(async () =>
        {
            var random = new Random(caller);
            List<Task> calls = [];
            for (var i = 0; i < 600; i++)
            {
                switch (random.Next(3))
                {
                    case 0:
                        calls.Add(run.WriteAsync(WriteMode.Call, run.Next($"{caller}a"), run.Next($"{caller}b"), run.Next($"{caller}c")));
                        break;
                    case 1:
                        calls.Add(run.WriteAsync(WriteMode.Call, run.Next($"{caller}{"abc"[random.Next(3)]}")));
                        break;
                    default:
                        await run.PostAsync(run.Next($"{caller}{"abc"[random.Next(3)]}"));
                        break;
                }

                if (random.Next(20) == 0)
                {
                    await Task.WhenAll(calls);
                    calls.Clear();
                }
            }

            await Task.WhenAll(calls);
        })));

        await run.Writer.DisposeAsync();
        run.Check();
        run.CheckCallOrder();
    }

    [Fact]
    public async Task Thousands_of_callers_that_cancel_at_once_are_gone_at_once()
    {
        const int Callers = 20_000;
        var database = new SimulatedDatabase { Next = static () => SimulatedFault.NoConnection };
        var run = new Run(database, new WriteOptions { Capacity = Callers / 2 });
        using var cancel = new CancellationTokenSource();
        var calls = Enumerable.Range(0, Callers).Select(id => run.Writer.WriteAsync(run.Write(WriteMode.Call, new Item($"k{id}", id)), cancel.Token).AsTask()).ToArray();
        await Task.Delay(100);
        var started = Stopwatch.GetTimestamp();

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(calls));

        Elapsed.InRange(started, 0, 3);
        database.Next = static () => SimulatedFault.None;
        await run.WriteAsync(WriteMode.Call, new Item("k", -1));
        Assert.Equal([-1L], database.Rows.Select(item => item.Id));
        Assert.Equal(0, run.Writer.Pending);
        await run.Writer.DisposeAsync();
    }

    [Fact]
    public async Task A_handler_that_throws_stops_nothing_and_is_heard_of()
    {
        var database = new SimulatedDatabase { Refuses = item => item.Id % 10 == 0 };
        var handled = 0;
        var run = new Run(database, new WriteOptions
        {
            FlushInterval = TimeSpan.FromMilliseconds(1),
            OnRejected = _ => throw new InvalidTimeZoneException($"{Interlocked.Increment(ref handled)}"),
        });
        for (var id = 1L; id <= 100; id++)
        {
            await run.PostAsync(new Item($"k{id % 3}", id));
        }

        var error = await Assert.ThrowsAsync<AggregateException>(async () => await run.Writer.FlushAsync(CancellationToken.None));

        Assert.IsType<InvalidTimeZoneException>(error.InnerException);
        Assert.Equal((90, 10), (database.Rows.Count, handled));
        await run.Writer.FlushAsync(CancellationToken.None);
        await run.Writer.WriteAsync(run.Write(WriteMode.Call, new Item("k", 1_001)), default);
        await run.PostAsync(new Item("k", 2_000));
        await Assert.ThrowsAsync<AggregateException>(async () => await run.Writer.DisposeAsync());
        await run.Writer.DisposeAsync();
    }

    [Theory]
    [InlineData(SimulatedFault.NoConnection, false)]
    [InlineData(SimulatedFault.BreakBefore, true)]
    [InlineData(SimulatedFault.Silent, true)]
    [InlineData(SimulatedFault.Undone, true)]
    public async Task A_database_that_stays_away_ends_the_store_in_time_with_all_items(object fault, bool mayBeWritten)
    {
        var database = new SimulatedDatabase { Next = () => (SimulatedFault)fault };
        if (mayBeWritten)
        {
            database.Lock("table");
        }

        List<UnwrittenItem> rejected = [];
        var run = new Run(database, new WriteOptions
        {
            ShutdownTimeout = TimeSpan.FromMilliseconds(300), WriteTimeout = TimeSpan.FromSeconds(10), FlushInterval = TimeSpan.FromMilliseconds(1), Writers = 2, Capacity = 1_005,
            OnRejected = rejected.Add,
        });
        for (var id = 1L; id <= 1_000; id++)
        {
            await run.PostAsync(new Item($"k{id % 10}", id));
        }

        await Task.Delay(50);
        var awaited = Enumerable.Range(0, 5).Select(n => run.Writer.WriteAsync(run.Write(WriteMode.Call, new Item($"a{n}", -n)), default).AsTask()).ToArray();
        var waiting = run.Writer.PostAsync(run.Lane, new Item("k0", 1_001), default).AsTask();
        var started = Stopwatch.GetTimestamp();

        var error = await Assert.ThrowsAsync<UnwrittenItemsException>(async () => await run.Writer.DisposeAsync());

        Elapsed.InRange(started, 0.25, 2);
        Assert.Equal(Enumerable.Range(1, 1_000).Select(id => (long)id), error.Items.Cast<UnwrittenPoint<string, long>>().Select(item => item.Value).Order());
        Assert.Empty(rejected);
        foreach (var call in awaited)
        {
            await Assert.ThrowsAsync<WriteFailedException>(() => call);
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        if (!mayBeWritten)
        {
            Assert.DoesNotContain(error.Items, item => item.MayBeWritten);
        }

        foreach (var written in database.Rows)
        {
            Assert.True(error.Items.Cast<UnwrittenPoint<string, long>>().Single(item => item.Value == written.Id).MayBeWritten);
        }

        await run.Writer.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await run.Writer.WriteAsync(run.Write(WriteMode.Call, new Item("k", 0)), default));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await run.Writer.PostAsync(run.Lane, new Item("k", 0), default));
    }

    /// <summary>A writer on the simulation, and what its callers were told.</summary>
    private sealed class Run
    {
        private readonly SimulatedDatabase _database;
        private readonly ConcurrentDictionary<long, string> _told = new();
        private long _id;

        public Run(SimulatedDatabase database, WriteOptions options)
        {
            _database = database;
            var withHandler = options.OnRejected is null ? options with { OnRejected = item => Rejected.Add((UnwrittenPoint<string, long>)item) } : options;
            Writer = new StoreWriter(database, new RetryPolicy(database), withHandler, TimeProvider.System)
            {
                Fence = new Sql("fence"),
                Sequence = new Sql("sequence"),
                Telemetry = new StoreTelemetry(database.Place, database.Address, loggers: null),
            };
        }

        public StoreWriter Writer { get; }

        public SimulatedLane Lane { get; } = new("table");

        public ConcurrentBag<UnwrittenPoint<string, long>> Rejected { get; } = [];

        public int Acknowledged => _told.Count(each => each.Value is "written" or "posted");

        public Item Next(string key) => new(key, Interlocked.Increment(ref _id));

        public SimulatedWrite Write(WriteMode mode, params Item[] items) => new(Lane, [.. items], mode, Writer);

        /// <summary>Writes, and keeps what was said of it.</summary>
        public async Task WriteAsync(WriteMode mode, params Item[] items)
        {
            var told = "written";
            try
            {
                await Writer.WriteAsync(Write(mode, items), CancellationToken.None);
            }
            catch (WriteFailedException error)
            {
                told = error.OutcomeKnown ? "not written" : "unknown";
            }
            catch (InvalidOperationException error) when (error.Message == "strange")
            {
                told = "not written";
            }

            Tell(told, items);
        }

        public async ValueTask PostAsync(Item item)
        {
            await Writer.PostAsync(Lane, item, default);
            Tell("posted", item);
        }

        public async Task CallAsync(Random random, CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
            {
                var key = $"k{random.Next(6)}";
                switch (random.Next(5))
                {
                    case 0:
                        await WriteAsync(WriteMode.Call, Next(key), Next(key), Next($"k{random.Next(6)}"));
                        break;
                    case 1:
                        await WriteAsync(WriteMode.Call, Next(key));
                        break;
                    case 2:
                        await CancelAsync(Next(key), random.Next(60));
                        break;
                    case 3:
                        await WriteAsync(WriteMode.Stream, Next(key), Next($"k{random.Next(6)}"), Next(key));
                        break;
                    default:
                        for (var i = random.Next(30); i > 0; i--)
                        {
                            await PostAsync(Next($"k{random.Next(6)}"));
                        }

                        break;
                }
            }
        }

        /// <summary>What was told is what is stored.</summary>
        public void Check()
        {
            var stored = _database.Rows.GroupBy(item => item.Id).ToDictionary(group => group.Key, group => group.Count());
            var rejected = Rejected.ToLookup(item => item.Value);
            foreach (var (id, told) in _told)
            {
                var times = stored.GetValueOrDefault(id);
                var reports = rejected[id].Count();
                var isRight = told switch
                {
                    "written" => times + reports == 1,
                    "posted" => times + reports == 1,
                    "not written" => times == 0,
                    _ => times <= 1,
                };
                Assert.True(isRight, $"{id} was {told}, and is stored {times} times, rejected {reports} times.");
            }

            Assert.All(stored, each => Assert.Equal(1, each.Value));
            Assert.Equal(0, Writer.Pending);
        }

        /// <summary>Ids are given in the order of calls.</summary>
        public void CheckCallOrder()
        {
            foreach (var key in _database.Rows.GroupBy(item => item.Key))
            {
                Assert.Equal(key.Select(item => item.Id).Order(), key.Select(item => item.Id));
            }
        }

        private async Task CancelAsync(Item item, int milliseconds)
        {
            using var cancel = new CancellationTokenSource(milliseconds);
            var told = "written";
            try
            {
                await Writer.WriteAsync(Write(WriteMode.Call, item), cancel.Token);
            }
            catch (OperationCanceledException)
            {
                told = "cancelled";
            }
            catch (WriteFailedException error)
            {
                told = error.OutcomeKnown ? "not written" : "unknown";
            }
            catch (InvalidOperationException error) when (error.Message == "strange")
            {
                told = "not written";
            }

            Tell(told, item);
        }

        private void Tell(string told, params Item[] items)
        {
            foreach (var item in items)
            {
                _told[item.Id] = told;
            }
        }
    }
}
