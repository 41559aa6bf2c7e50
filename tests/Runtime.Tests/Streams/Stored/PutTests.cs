using System.Collections.Concurrent;
using System.Globalization;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

/// <summary>What a put stores, and what it gives back.</summary>
public abstract class PutTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Everything_comes_back()
    {
        await using var store = await OpenAsync<Dated>();
        var dated = Dated.In(store);

        var one = await dated.PutAsync(new Dated(1, At: null));
        var two = await dated.PutAsync(new Dated(2, At: null), Noon.AddTicks(7));
        var three = await dated.PutAsync(new Dated(3, Noon.AddTicks(-3).ToOffset(TimeSpan.FromHours(5))), Noon.AddDays(1));
        var more = await dated.PutAsync([(new Dated(4, At: null), Noon.AddTicks(9)), (new Dated(5, Noon.AddTicks(8)), Noon)]);

        var read = await ListAsync(dated);
        Assert.Equal([3, 1, 2, 5, 4], read.Select(found => found.Body.N));
        Assert.Equal([three, one, two, more[1], more[0]], read.Select(found => found.Id));
        Assert.Equal([-3L, 0, 7, 8, 9], read.Select(found => (found.Time - Noon).Ticks));
        Assert.All(read, found => Assert.Equal(TimeSpan.Zero, found.Time.Offset));
        Assert.Equal(TimeSpan.FromHours(5), read[0].Body.At!.Value.Offset);
    }

    [Fact]
    public async Task Ids_ascend_per_time_from_many_threads_while_the_clock_steps_back()
    {
        await using var store = await OpenAsync<Visit>();
        var visits = Visit.In(store);
        var drawn = new ConcurrentQueue<(int Thread, EventId Id, int N)>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 25; i++)
            {
                var n = (thread * 1000) + (i * 4);
                Clock.AdjustTime(Noon.AddTicks(i % 5 == 0 ? -10 : i % 3));
                var ids = await visits.PutAsync(Enumerable.Range(n, 4).Select(each => new Visit(each)));
                for (var each = 0; each < ids.Count; each++)
                {
                    drawn.Enqueue((thread, ids[each], n + each));
                }
            }
        })));

        var read = await ListAsync(visits);
        Assert.Equal(800, read.Count);
        Assert.Equal(read.Select(found => found.Id).Order(), read.Select(found => found.Id));
        Assert.Equal(drawn.ToDictionary(put => put.Id, put => put.N), read.ToDictionary(found => found.Id, found => found.Body.N));
        foreach (var same in read.GroupBy(found => (found.Time, Thread: found.Body.N / 1000)))
        {
            Assert.Equal(same.Select(found => found.Body.N).Order(), same.Select(found => found.Body.N));
        }
    }

    [Fact]
    public async Task A_put_is_all_or_nothing()
    {
        await using var store = await OpenAsync<Visit>(options => options.MaxEventBytes = 100);
        var visits = Visit.In(store);
        await visits.PutAsync(new Visit(0));

        var text = await Assert.ThrowsAsync<EventRejectedException>(async () => await visits.PutAsync([new Visit(1), new Visit(2, "a\0b"), new Visit(3)]));
        Assert.Equal((1, "text"), (text.Index, Assert.Single(text.Path)));
        var size = await Assert.ThrowsAsync<EventRejectedException>(async () => await visits.PutAsync([new Visit(1), new Visit(2, new string('x', 100))]));
        Assert.Equal(1, size.Index);
        var time = await Assert.ThrowsAsync<EventRejectedException>(async () => await visits.PutAsync([(new Visit(1), Noon), (new Visit(2), DateTimeOffset.MinValue)]));
        Assert.Equal(1, time.Index);
        Assert.Contains("0001-01-01", time.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await Assert.ThrowsAsync<EventRejectedException>(async () => await visits.PutAsync([new Visit(1), new Visit(2), null!]))).Index);
        await Assert.ThrowsAsync<ArgumentException>(async () => await visits.PutAsync([(EventId.First(Noon), new Visit(1)), (default(EventId), new Visit(2))]));
        await Assert.ThrowsAsync<DivideByZeroException>(async () => await visits.PutAsync(Enumerable.Range(0, 5).Select(n => new Visit(5 / (3 - n)))));

        Assert.Equal([0], (await ListAsync(visits)).Select(found => found.Body.N));
        Assert.Empty(await visits.PutAsync(Array.Empty<Visit>()));
    }

    [Fact]
    public async Task The_longest_body_fits_exactly()
    {
        const string Around = """{"n":1,"text":""}""";
        await using var store = await OpenAsync<Visit>(options => options.MaxEventBytes = 1000);
        var visits = Visit.In(store);

        await visits.PutAsync(new Visit(1, new string('x', 1000 - Around.Length)));
        await Assert.ThrowsAsync<EventRejectedException>(async () => await visits.PutAsync(new Visit(1, new string('x', 1001 - Around.Length))));

        Assert.Equal(1, await visits.CountAsync());
    }

    [Fact]
    public async Task A_put_under_an_id_may_be_repeated()
    {
        await using var store = await OpenAsync<Visit>();
        var (visits, elsewhere) = (Visit.In(store), Visit.In(store, "elsewhere"));
        var (first, second) = (EventId.First(Noon), EventId.Last(Noon.AddSeconds(1)));

        Assert.Equal([true, true, false], await visits.PutAsync([(second, new Visit(2)), (first, new Visit(1)), (first, new Visit(9))]));
        Assert.False(await visits.PutAsync(first, new Visit(1)));
        Assert.True(await elsewhere.PutAsync(first, new Visit(7)));

        Assert.Equal([(1, first, Noon), (2, second, Noon.AddSeconds(1))], (await ListAsync(visits)).Select(found => (found.Body.N, found.Id, found.Time)));
        Assert.Equal([7], (await ListAsync(elsewhere)).Select(found => found.Body.N));
    }

    [Fact]
    public async Task An_event_is_found_and_removed_by_its_id()
    {
        await using var store = await OpenAsync<Visit>();
        var (visits, elsewhere) = (Visit.In(store), Visit.In(store, "elsewhere"));
        var ids = await visits.PutAsync([new(1), new(2), new(3)]);
        var last = await visits.PutAsync(new(4));

        Assert.Equal((2, ids[1], Noon), await visits.GetAsync(ids[1]) is { } found ? (found.Body.N, found.Id, found.Time) : default);
        Assert.Null(await elsewhere.GetAsync(ids[1]));
        Assert.Null(await visits.GetAsync(EventId.New()));
        Assert.False(await elsewhere.DeleteAsync(ids[1]));
        Assert.True(await visits.DeleteAsync(ids[1]));
        Assert.False(await visits.DeleteAsync(ids[1]));
        Assert.Null(await visits.GetAsync(ids[1]));
        Assert.Equal([ids[0], ids[2], last], (await ListAsync(visits)).Select(left => left.Id));
    }

    // What was made first comes first, whether a put made it or the caller.
    [Fact]
    public async Task Ids_of_ones_own_order_with_those_of_puts()
    {
        await using var store = await OpenAsync<Visit>();
        var visits = Visit.In(store);
        var first = await visits.PutAsync(new Visit(1));
        var second = EventId.New(Noon);
        var third = EventId.New(Noon.ToOffset(TimeSpan.FromHours(-5)));
        var fourth = await visits.PutAsync(new Visit(4));

        Assert.True(await visits.PutAsync(third, new Visit(3)));
        Assert.Equal([true], await visits.PutAsync([(second, new Visit(2))]));

        Assert.Equal([(first, 1), (second, 2), (third, 3), (fourth, 4)], (await ListAsync(visits)).Select(found => (found.Id, found.Body.N)));
        Assert.All(await ListAsync(visits), found => Assert.Equal(Noon, found.Time));
    }

    [Fact]
    public async Task A_foreign_id_is_refused_with_the_way_out()
    {
        await using var store = await OpenAsync<Visit>();
        var visits = Visit.In(store);

        // Of the same version, but with random digits where the time within the millisecond belongs.
        foreach (var foreign in new[] { Guid.Parse("019d0fe0-9e00-7fff-bfff-ffffffffffff"), Guid.NewGuid(), Guid.Empty })
        {
            var error = Assert.Throws<ArgumentException>(() => (EventId)foreign);
            Assert.Equal(error.Message, (await Assert.ThrowsAsync<ArgumentException>(async () => await visits.PutAsync(EventId.Stored(foreign), new Visit(1)))).Message);
            Assert.False(EventId.TryFromGuid(foreign, out var known));
            Assert.Equal(default, known);
            Assert.Contains(foreign.ToString(), error.Message, StringComparison.Ordinal);
            Assert.Contains("EventId.New()", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, await visits.CountAsync());
    }

    [Fact]
    public async Task An_interrupted_stream_says_how_many_events_are_stored()
    {
        await using var store = await OpenAsync<Visit>();
        var visits = Visit.In(store);

        Assert.Equal(5_001, await visits.PutAsync(Numbers(5_001, failure: null)));
        await visits.DeleteAllAsync();

        var failed = await Assert.ThrowsAsync<PutInterruptedException>(async () => await visits.PutAsync(Numbers(12_000, new InvalidDataException("no more"))));
        Assert.Equal(10_000, failed.Stored);
        Assert.IsType<InvalidDataException>(failed.InnerException);
        Assert.Equal(10_000, await visits.CountAsync());

        var refused = await Assert.ThrowsAsync<PutInterruptedException>(async () => await visits.PutAsync(Bad(1)));
        Assert.Equal((0, 1), (refused.Stored, Assert.IsType<EventRejectedException>(refused.InnerException).Index));
        Assert.Equal(10_000, await visits.CountAsync());
        refused = await Assert.ThrowsAsync<PutInterruptedException>(async () => await visits.PutAsync(Bad(5_003)));
        Assert.Equal((5_000, 5_003), (refused.Stored, Assert.IsType<EventRejectedException>(refused.InnerException).Index));
        Assert.Contains("Event 5003 ", refused.Message, StringComparison.Ordinal);

        static async IAsyncEnumerable<Visit> Numbers(int count, Exception? failure)
        {
            for (var n = 0; n < count; n++)
            {
                yield return new Visit(n);
            }

            await Task.Yield();
            if (failure is not null)
            {
                throw failure;
            }
        }

        static async IAsyncEnumerable<Visit> Bad(int before)
        {
            for (var n = 0; n < before; n++)
            {
                yield return new Visit(n);
            }

            await Task.Yield();
            yield return new Visit(2, "\ud800");
        }
    }

    [Fact]
    public async Task Events_of_a_slow_stream_can_be_seen_and_cancelling_loses_none()
    {
        await using var store = await OpenAsync<Visit>();
        var visits = Visit.In(store);
        using var cancellation = new CancellationTokenSource();
        var goOn = new TaskCompletionSource();

        var putting = visits.PutAsync(Slow(), cancellation.Token).AsTask();
        while (await visits.CountAsync() < 3)
        {
            Assert.False(putting.IsCompleted);
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(20);
        }

        goOn.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => putting);

        Assert.Equal([0, 1, 2, 3, 4], (await ListAsync(visits)).Select(found => found.Body.N));

        async IAsyncEnumerable<Visit> Slow()
        {
            for (var n = 0; n < 5; n++)
            {
                if (n == 3)
                {
                    await goOn.Task;
                }

                yield return new Visit(n);
            }

            await cancellation.CancelAsync();
            cancellation.Token.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task The_time_column_is_for_people_and_sql()
    {
        await using var store = await OpenAsync<Visit>();
        var at = new DateTimeOffset(2026, 3, 21, 10, 11, 12, TimeSpan.Zero).AddTicks(1_234_567);
        await Visit.In(store).PutAsync(new Visit(1), at);
        await Visit.In(store, "edges").PutAsync([(new Visit(1), DateTimeOffset.UnixEpoch), (new Visit(2), DateTimeOffset.MaxValue)]);

        var micros = Database.ConnectionString.Contains("Data Source", StringComparison.Ordinal) ? "\"time\"" : "(extract(epoch from \"time\") * 1000000)::bigint";
        Assert.Equal((at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10, Number(await Database.ScalarAsync($"select {micros} from \"visit\" where \"namespace\" = 'default'")));
        Assert.Equal(0, Number(await Database.ScalarAsync($"select min({micros}) from \"visit\" where \"namespace\" = 'edges'")));
        Assert.Equal((DateTimeOffset.MaxValue.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10, Number(await Database.ScalarAsync($"select max({micros}) from \"visit\"")));

        static long Number(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_disposed_store_and_a_foreign_type_are_refused()
    {
        var store = await OpenAsync<Visit>();
        var visits = Visit.In(store);
        var foreign = Assert.Throws<InvalidOperationException>(() => Expiring.In(store));
        Assert.Contains(typeof(Expiring).FullName!, foreign.Message, StringComparison.Ordinal);

        await store.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => Visit.In(store));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await visits.PutAsync(new Visit(1)));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await visits.PutAsync(AsyncEnumerable.Empty<Visit>()));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await ListAsync(visits));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await visits.CountAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await visits.FirstOrDefaultAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await visits.From(Noon).DeleteAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await visits.DeleteAllAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await visits.InferSchemaAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.StreamsAsync());
    }
}

public sealed class PutTestsOnSqlite() : PutTests(DatabaseServer.Sqlite);

public sealed class PutTestsOnPostgres() : PutTests(DatabaseServer.Postgres);
