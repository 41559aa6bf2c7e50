using System.Collections.Concurrent;
using System.Diagnostics;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;
using Typed.Tests.Harness.Time;

namespace Typed.Runtime.Tests.Writing;

/// <summary>Writes that the database refuses, among others that it takes: those alone fail.</summary>
public abstract class PoisonTests(DatabaseServer server) : StoreSuite(server)
{
    private readonly ConcurrentQueue<UnwrittenItem> _rejected = new();

    [Fact]
    public async Task One_of_a_thousand_posted_points()
    {
        await using var store = await OpenPoisonedAsync();
        for (var i = 0; i < 1_000; i++)
        {
            await LateCount.In(store).Post(i == 617 ? "poison" : $"k{i % 10}", i == 617 ? 9 : 1, Noon);
        }

        await store.FlushAsync();

        Assert.Equal(999, await SumAsync());
        var rejected = Assert.IsType<UnwrittenPoint<LateCount.Key, long>>(Assert.Single(_rejected));
        Assert.Equal(("poison", 9L, Noon, typeof(LateCount), false), (rejected.Key.Name, rejected.Value, rejected.Time, rejected.Type, rejected.MayBeWritten));
        Assert.True(Assert.IsType<WriteFailedException>(rejected.Error).OutcomeKnown);
    }

    [Fact]
    public async Task One_of_a_thousand_posted_events()
    {
        await using var store = await OpenPoisonedAsync();
        for (var i = 0; i < 1_500; i++)
        {
            await LateEvent.In(store).Post(new LateEvent(i == 617 ? "poison" : "event", i), Noon);
        }

        await store.FlushAsync();

        Assert.Equal(Enumerable.Range(0, 1_500).Where(i => i != 617).Select(i => (long)i), (await ListAsync(LateEvent.In(store))).Select(found => found.Body.Value));
        var rejected = Assert.IsType<UnwrittenEvent<LateEvent>>(Assert.Single(_rejected));
        Assert.Equal((new LateEvent("poison", 617), Noon), (rejected.Body, rejected.Time));
        Assert.NotNull(rejected.Id);
    }

    [Fact]
    public async Task One_of_a_hundred_awaited_lists()
    {
        await using var store = await OpenPoisonedAsync();
        Task<InsertResult>[] lists;
        await using (await Database.HoldAsync())
        {
            lists = [.. Enumerable.Range(0, 100).Select(list => LateCount.In(store).InsertAsync(
                Enumerable.Range(0, 10).Select(i => new LateCount(list == 42 && i == 7 ? "poison" : $"list{list}", 1))).AsTask())];
            await Task.Delay(50);
        }

        var error = await Assert.ThrowsAsync<WriteFailedException>(() => lists[42]);
        Assert.True(error.OutcomeKnown);
        await Task.WhenAll(lists.Where((_, list) => list != 42));
        for (var list = 0; list < 100; list++)
        {
            Assert.Equal(list == 42 ? 0 : 10, (await LateCount.In(store).Day.GetAsync($"list{list}")).Value);
        }

        Assert.Empty(_rejected);
    }

    [Fact]
    public async Task A_total_that_would_overflow()
    {
        await using var store = await OpenPoisonedAsync();
        await LateCount.In(store).InsertAsync("full", long.MaxValue - 10);
        for (var i = 0; i < 20; i++)
        {
            await LateCount.In(store).Post("full", i == 3 ? 100 : 0);
            await LateCount.In(store).Post("other", 1);
        }

        var together = Task.WhenAll(
            LateCount.In(store).InsertAsync("full", 5).AsTask(),
            LateCount.In(store).InsertAsync([new LateCount("other", 1_000), new LateCount("full", 5)]).AsTask());
        await together;
        await Assert.ThrowsAsync<WriteFailedException>(async () => await LateCount.In(store).InsertAsync([new LateCount("other", 1), new LateCount("full", 1)]));
        await store.FlushAsync();

        Assert.Equal(long.MaxValue, (await LateCount.In(store).Day.GetAsync("full")).Value);
        Assert.Equal(1_020, (await LateCount.In(store).Day.GetAsync("other")).Value);
        Assert.Equal(100, Assert.IsType<UnwrittenPoint<LateCount.Key, long>>(Assert.Single(_rejected)).Value);
    }

    [Fact]
    public async Task Numbers_that_overflow_only_together()
    {
        await using var store = await OpenPoisonedAsync(o => o.Writers = 1);
        Task<InsertResult>[] calls;
        await using (await Database.HoldAsync())
        {
            var first = LateCount.In(store).InsertAsync("first", 1).AsTask();
            calls = [first, .. Enumerable.Range(0, 3).Select(_ => LateCount.In(store).InsertAsync("big", long.MaxValue / 2).AsTask())];
            for (var i = 0; i < 10; i++)
            {
                await LateCount.In(store).Post("posted", i < 3 ? long.MaxValue / 2 : 0);
            }

            await Task.Delay(50);
        }

        await calls[0];
        var refused = 0;
        foreach (var call in calls.Skip(1))
        {
            refused += await Record.ExceptionAsync(() => call) is null ? 0 : 1;
        }

        await store.FlushAsync();
        Assert.Equal(1, refused);
        Assert.Equal(long.MaxValue - 1, (await LateCount.In(store).Day.GetAsync("big")).Value);
        Assert.Equal(long.MaxValue - 1, (await LateCount.In(store).Day.GetAsync("posted")).Value);
        Assert.Single(_rejected);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_async_stream(bool isHandled)
    {
        await using var store = await OpenPoisonedAsync(isHandled: isHandled);
        var points = LateCount.In(store).InsertAsync(PointsAsync()).AsTask();
        var events = LateEvent.In(store).PutAsync(EventsAsync()).AsTask();
        if (isHandled)
        {
            Assert.Equal(12_000 - 3, (await points).Stored);
            Assert.Equal(12_000 - 3, await events);
            Assert.Equal(12_000 - 3, await SumAsync());
            Assert.Equal(12_000 - 3, await LateEvent.In(store).CountAsync());
            Assert.Equal(6, _rejected.Count);
        }
        else
        {
            Assert.Equal(5_000, (await Assert.ThrowsAsync<InsertInterruptedException>(() => points)).Inserted.Stored);
            Assert.Equal(5_000, (await Assert.ThrowsAsync<PutInterruptedException>(() => events)).Stored);
            Assert.Equal(5_000, await SumAsync());
            Assert.Equal(5_000, await LateEvent.In(store).CountAsync());
        }

        static async IAsyncEnumerable<LateCount> PointsAsync()
        {
            for (var i = 0; i < 12_000; i++)
            {
                yield return new LateCount(i is 7_001 or 11_000 ? "poison" : i == 9_000 ? "\0" : $"k{i % 50}", 1);
            }

            await Task.CompletedTask;
        }

        static async IAsyncEnumerable<LateEvent> EventsAsync()
        {
            for (var i = 0; i < 12_000; i++)
            {
                yield return new LateEvent(i is 7_001 or 11_000 ? "poison" : i == 9_000 ? "\0" : "k", i);
            }

            await Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_handler_that_throws_ends_an_async_stream_that_says_how_many_are_in()
    {
        await using var store = await OpenPoisonedAsync(o => o.OnRejected = _ => throw new InvalidTimeZoneException("mine"));
        var error = await Assert.ThrowsAsync<InsertInterruptedException>(async () => await LateCount.In(store).InsertAsync(PointsAsync()));

        Assert.IsType<InvalidTimeZoneException>(error.InnerException);
        Assert.Equal((4_999, 5_000), (error.Inserted.Stored, error.Taken));
        Assert.Equal(4_999, await SumAsync());

        static async IAsyncEnumerable<LateCount> PointsAsync()
        {
            for (var i = 0; i < 12_000; i++)
            {
                yield return new LateCount(i == 617 ? "poison" : $"k{i % 50}", 1);
            }

            await Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_table_that_is_gone_costs_its_own_type_only()
    {
        await using var store = await OpenPoisonedAsync();
        await Database.ScalarAsync("drop table late_histogram_day");
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 2_000; i++)
        {
            await LateHistogram.In(store).Post($"k{i % 100}", 1);
            await LateCount.In(store).Post($"k{i % 100}", 1);
        }

        await store.FlushAsync();

        Elapsed.InRange(started, 0, 5);
        Assert.Equal(2_000, await SumAsync());
        Assert.Equal(2_000, _rejected.Count);
        Assert.All(_rejected, item => Assert.Equal(typeof(LateHistogram), item.Type));
        Assert.Equal(0, await Database.RowsAsync("late_histogram_minute"));
    }

    protected ValueTask<TypedStore> OpenTypesAsync(Action<TypedOptionsBuilder>? configure, bool isHandled) => OpenAsync(o =>
    {
        o.Only<LateCount>().Only<LateHistogram>().Only<LateEvent>();
        o.OnRejected = isHandled ? _rejected.Enqueue : null;
        configure?.Invoke(o);
    });

    protected abstract Task RefuseAsync();

    private async Task<TypedStore> OpenPoisonedAsync(Action<TypedOptionsBuilder>? configure = null, bool isHandled = true)
    {
        var store = await OpenTypesAsync(configure, isHandled);
        await RefuseAsync();
        return store;
    }

    private async Task<long> SumAsync() =>
        Convert.ToInt64(await Database.ScalarAsync("select sum(value) from late_count_day") ?? 0L, System.Globalization.CultureInfo.InvariantCulture);
}

public sealed class PoisonTestsOnSqlite() : PoisonTests(DatabaseServer.Sqlite)
{
    protected override async Task RefuseAsync()
    {
        await Database.ScalarAsync("CREATE TRIGGER refuse BEFORE INSERT ON late_count_day WHEN NEW.name = 'poison' BEGIN SELECT RAISE(ABORT, 'poison'); END");
        await Database.ScalarAsync("CREATE TRIGGER refuse_event BEFORE INSERT ON late_event WHEN NEW.body ->> 'name' = 'poison' BEGIN SELECT RAISE(ABORT, 'poison'); END");
    }
}

public sealed class PoisonTestsOnPostgres() : PoisonTests(DatabaseServer.Postgres)
{
    protected override async Task RefuseAsync()
    {
        await Database.ScalarAsync("ALTER TABLE late_count_day ADD CHECK (name <> 'poison')");
        await Database.ScalarAsync("ALTER TABLE late_event ADD CHECK (body ->> 'name' <> 'poison')");
    }
}
