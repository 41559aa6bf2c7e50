using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Streams.Following;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Consuming;

/// <summary>Consumers: what they do in their transaction is done once, whatever breaks.</summary>
public abstract class ConsumerTests(DatabaseServer server) : StoreSuite(server)
{
    private static readonly bool s_isSoak = Environment.GetEnvironmentVariable("TYPED_SOAK") == "1";

    [Fact]
    public async Task Each_event_is_handled_once_and_in_order()
    {
        await using var store = await OpenStoreAsync();
        await Followed.In(store).PutAsync(Enumerable.Range(0, 250).Select(n => new Followed(n)));
        await using var consumer = Run(store, new() { BatchSize = 100 });
        await consumer.UntilAsync(250);
        await Followed.In(store).PutAsync(new Followed(250));
        await consumer.UntilAsync(251);

        Assert.Equal(Enumerable.Range(0, 251), await HandledAsync());
        Assert.Equal([100, 100, 50, 1], consumer.Batches);
        var position = Assert.Single(await store.Consumers.ListAsync());
        Assert.Equal(("work", "followed", "default"), (position.Name, position.Stream, position.Namespace));
        Assert.Equal(251, await Followed.In(store).CountAsync());
        Assert.Equal(consumer.Last, position.Position);
    }

    [Fact]
    public async Task It_goes_on_where_another_one_ended_and_begins_where_it_is_told()
    {
        await using var store = await OpenStoreAsync();
        await Followed.In(store).PutAsync(new Followed(0));

        // It comes when no transaction of another test holds the horizon back any more, and only then it is before the end.
        await Tails.TakeAsync(Followed.In(store).Follow(), 1);
        var end = await Followed.In(store).EndPositionAsync();
        await Followed.In(store).PutAsync(new Followed(1));
        await using (var first = Run(store, new() { From = end }))
        {
            await first.UntilAsync(1);
        }

        await Followed.In(store).PutAsync(new Followed(2));
        await using (var second = Run(store, new()))
        {
            await second.UntilAsync(2);
        }

        Assert.Equal([1, 2], await HandledAsync());
    }

    [Fact]
    public async Task A_handler_that_throws_undoes_its_work_and_gets_the_events_again()
    {
        await using var store = await OpenStoreAsync();
        await Followed.In(store).PutAsync(Enumerable.Range(0, 10).Select(n => new Followed(n)));
        var failures = 3;
        List<int> attempts = [];
        await using var consumer = Run(store, new() { LongestPause = TimeSpan.FromMilliseconds(5) }, after: batch =>
        {
            attempts.Add(batch.Attempt);
            return failures-- > 0 ? throw new InvalidOperationException("not yet") : default;
        });
        await consumer.UntilAsync(10);

        Assert.Equal(Enumerable.Range(0, 10), await HandledAsync());
        Assert.Equal([1, 2, 3, 4], attempts);
    }

    [Fact]
    public async Task A_poisoned_event_does_not_stop_the_line()
    {
        await using var store = await OpenStoreAsync();
        var ids = await Followed.In(store).PutAsync(Enumerable.Range(0, 10).Select(n => new Followed(n)));
        ConcurrentQueue<PoisonedEvent<Followed>> poisoned = [];
        await using var consumer = Run(
            store,
            new()
            {
                Attempts = 2,
                LongestPause = TimeSpan.FromMilliseconds(5),
                OnPoison = async (one, token) =>
                {
                    poisoned.Enqueue(one);
                    await one.Context.Database.ExecuteSqlAsync($"insert into poisoned (n) values ({one.Event!.Body.N})", token);
                },
            },
            after: batch => batch.Events.Any(one => one.Body.N is 3 or 9) ? throw new InvalidOperationException("poison") : default);
        await consumer.UntilAsync(8);
        await Followed.In(store).PutAsync(new Followed(10));
        await consumer.UntilAsync(9);

        Assert.Equal([0, 1, 2, 4, 5, 6, 7, 8, 10], await HandledAsync());
        Assert.Equal([3, 9], await HandledAsync("poisoned"));
        Assert.Equal([ids[3], ids[9]], poisoned.Select(one => one.Id));
        Assert.All(poisoned, one => Assert.Equal((2, "poison"), (one.Attempts, one.Error.Message)));
    }

    [Fact]
    public async Task Without_anybody_to_take_it_a_poisoned_event_is_not_left_out()
    {
        await using var store = await OpenStoreAsync();
        await Followed.In(store).PutAsync(Enumerable.Range(0, 3).Select(n => new Followed(n)));
        var mends = new TaskCompletionSource();
        var failures = 0;
        await using var consumer = Run(store, new() { Attempts = 2, LongestPause = TimeSpan.FromMilliseconds(5) }, after: batch =>
            batch.Events.Any(one => one.Body.N == 1) && !mends.Task.IsCompleted && Interlocked.Increment(ref failures) > 0
                ? throw new InvalidOperationException("poison")
                : default);
        await Waiting.UntilAsync(() => Volatile.Read(ref failures) > 8);
        Assert.Equal([0], await HandledAsync());
        mends.SetResult();
        await consumer.UntilAsync(3);

        Assert.Equal([0, 1, 2], await HandledAsync());
    }

    [Fact]
    public async Task An_event_that_its_class_cannot_read_is_poisoned_too()
    {
        await using var store = await OpenStoreAsync();
        var ids = await Followed.In(store).PutAsync(Enumerable.Range(0, 4).Select(n => new Followed(n)));
        await Database.ScalarAsync($"update followed set body = '{{\"n\": \"two\"}}' where id = {IdText(ids[2])}");
        ConcurrentQueue<PoisonedEvent<Followed>> poisoned = [];
        await using var consumer = Run(store, new()
        {
            OnPoison = (one, _) =>
            {
                poisoned.Enqueue(one);
                return default;
            },
        });
        await consumer.UntilAsync(3);

        Assert.Equal([0, 1, 3], await HandledAsync());
        var broken = Assert.Single(poisoned);
        Assert.Null(broken.Event);
        Assert.Equal(ids[2], broken.Id);
        Assert.IsType<UnreadableEventException>(broken.Error);
    }

    [Fact]
    public async Task One_of_several_works_and_another_takes_over()
    {
        await using var store = await OpenStoreAsync();
        await using var other = await OpenAsync<Followed>();
        var first = Run(store, new());
        await Followed.In(store).PutAsync(new Followed(0));
        await first.UntilAsync(1);
        await using var second = Run(other, new());
        await Followed.In(store).PutAsync(new Followed(1));
        await first.UntilAsync(2);
        Assert.Empty(second.Batches);
        await first.DisposeAsync();
        await Followed.In(store).PutAsync(new Followed(2));
        await second.UntilAsync(3);

        Assert.Equal([0, 1, 2], await HandledAsync());
    }

    [Fact]
    public async Task Moved_and_reset_consumers_go_on_from_there()
    {
        await using var store = await OpenStoreAsync();
        await Followed.In(store).PutAsync(Enumerable.Range(0, 3).Select(n => new Followed(n)));
        await using var consumer = Run(store, new() { BatchSize = 1 });
        await consumer.UntilAsync(3);
        var second = consumer.Positions[1];

        Assert.True(await store.Consumers.MoveAsync("work", second));
        await Followed.In(store).PutAsync(new Followed(3));
        await consumer.UntilAsync(5);
        Assert.Equal([0, 1, 2, 2, 3], (await HandledAsync()).Order());

        Assert.True(await store.Consumers.ResetAsync("work")); // while nothing comes that would wake it
        await consumer.UntilAsync(9);
        Assert.Equal([0, 0, 1, 1, 2, 2, 2, 3, 3], (await HandledAsync()).Order());
        Assert.False(await store.Consumers.MoveAsync("nobody", second));
        await consumer.DisposeAsync();
        Assert.True(await store.Consumers.DeleteAsync("work"));
        Assert.Empty(await store.Consumers.ListAsync());
    }

    [Fact]
    public async Task Who_moves_a_consumer_waits_for_whoever_writes()
    {
        await using var store = await OpenStoreAsync();
        await Followed.In(store).PutAsync(new Followed(0));
        await using (var consumer = Run(store, new()))
        {
            await consumer.UntilAsync(1);
        }

        Task<bool> moving;
        await using (await Database.HoldAsync())
        {
            moving = Task.Run(() => store.Consumers.ResetAsync("work").AsTask());
            await Task.WhenAny(moving, Task.Delay(500));
            Assert.False(moving.IsFaulted, moving.Exception?.ToString());
        }

        Assert.True(await moving);
    }

    [Fact]
    public async Task A_name_belongs_to_one_stream_and_namespace()
    {
        await using var store = await OpenAsync(options => options.Only<Followed>().Only<FollowedText>());
        await CreateTablesAsync();
        await Followed.In(store).PutAsync(new Followed(0));
        await using (var consumer = Run(store, new()))
        {
            await consumer.UntilAsync(1);
        }

        var stream = await Assert.ThrowsAsync<InvalidOperationException>(() => store.ConsumeAsync<FollowedText>("work", static (_, _) => default));
        Assert.Contains("'followed'", stream.Message, StringComparison.Ordinal);
        var space = await Assert.ThrowsAsync<InvalidOperationException>(
            () => store.ConsumeAsync<Followed>("work", static (_, _) => default, new() { Namespace = "other" }));
        Assert.Contains("'other'", space.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => store.ConsumeAsync<Followed>("no name", static (_, _) => default));
    }

    [Fact]
    public async Task A_position_of_another_history_ends_it_with_the_reason()
    {
        await using var store = await OpenStoreAsync();
        await Followed.In(store).PutAsync(new Followed(0));
        await using (var consumer = Run(store, new()))
        {
            await consumer.UntilAsync(1);
        }

        await Database.ScalarAsync("delete from typed_follow");

        await Assert.ThrowsAsync<StreamPositionException>(() => store.ConsumeAsync<Followed>("work", static (_, _) => default));
        await store.Consumers.ResetAsync("work");
        await using var again = Run(store, new());
        await again.UntilAsync(2);
    }

    // A process that is killed between its work and its position has neither: both are one transaction.
    [Fact]
    public async Task Consumers_that_die_at_any_moment_do_everything_once()
    {
        var (count, deaths) = s_isSoak ? (20_000, 200) : (400, 12);
        await using var store = await OpenStoreAsync();
        var writing = Task.Run(async () =>
        {
            for (var n = 0; n < count; n += 20)
            {
                await Followed.In(store).PutAsync(Enumerable.Range(n, 20).Select(each => new Followed(each)));
            }
        });
        var random = new Random(1);
        for (var death = 0; death < deaths; death++)
        {
            await using var dying = await OpenAsync<Followed>();
            await using var consumer = Run(dying, new() { BatchSize = random.Next(1, 30), LongestPause = TimeSpan.FromMilliseconds(5) }, after: _ =>
                random.Next(4) == 0 ? throw new InvalidOperationException("now and then") : default);
            await Task.Delay(random.Next(1, 60));
        }

        await writing;
        await using (var last = Run(store, new()))
        {
            await Waiting.UntilAsync(async () => await Database.RowsAsync("handled") >= count);
        }

        Assert.Equal(Enumerable.Range(0, count), await HandledAsync());
    }

    protected bool IsSqlite => Database.ConnectionString.Contains("Data Source", StringComparison.Ordinal);

    private string IdText(EventId id) => IsSqlite ? $"x'{id.ToGuid():N}'" : $"'{id}'";

    private async Task<TypedStore> OpenStoreAsync()
    {
        var store = await OpenAsync<Followed>();
        await CreateTablesAsync();
        return store;
    }

    private async Task CreateTablesAsync()
    {
        var key = IsSqlite ? "integer primary key autoincrement" : "serial primary key";
        await Database.ScalarAsync($"create table handled (place {key}, n integer not null)");
        await Database.ScalarAsync($"create table poisoned (place {key}, n integer not null)");
    }

    private async Task<List<int>> HandledAsync(string table = "handled") =>
        [.. (await Database.ReadAsync($"select n from {table} order by place")).Select(text => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];

    private RunningConsumer Run(TypedStore store, ConsumerOptions<Followed> options, Func<ConsumedBatch<Followed>, ValueTask>? after = null) =>
        new(store, options, after ?? (static _ => default), () => Database.RowsAsync("handled"));

    /// <summary>A consumer that writes down what it gets, in its transaction.</summary>
    private sealed class RunningConsumer : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly ConcurrentQueue<(int Count, StreamPosition Position)> _batches = [];
        private readonly Func<Task<long>> _handled;
        private readonly Task _running;

        public RunningConsumer(TypedStore store, ConsumerOptions<Followed> options, Func<ConsumedBatch<Followed>, ValueTask> after, Func<Task<long>> handled)
        {
            _handled = handled;
            _running = Task.Run(() => store.ConsumeAsync("work", HandleAsync, options, _stop.Token));

            async ValueTask HandleAsync(ConsumedBatch<Followed> batch, CancellationToken token)
            {
                foreach (var one in batch.Events)
                {
                    await batch.Context.Database.ExecuteSqlAsync($"insert into handled (n) values ({one.Body.N})", token);
                }

                await after(batch);
                _batches.Enqueue((batch.Events.Count, batch.Events[^1].Position));
            }
        }

        /// <summary>The sizes of the batches whose handler returned.</summary>
        public IEnumerable<int> Batches => _batches.Select(batch => batch.Count);

        public StreamPosition[] Positions => [.. _batches.Select(batch => batch.Position)];

        public StreamPosition Last => _batches.Last().Position;

        /// <summary>Waits until so many events have been handled, by whatever consumer, and that is committed.</summary>
        public Task UntilAsync(int count) => Waiting.UntilAsync(async () => _running.IsFaulted || await _handled() >= count);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_running.IsFaulted)
            {
                await _running;
            }
        }
    }
}

public sealed class ConsumerTestsOnSqlite() : ConsumerTests(DatabaseServer.Sqlite);

public sealed class ConsumerTestsOnPostgres() : ConsumerTests(DatabaseServer.Postgres);
