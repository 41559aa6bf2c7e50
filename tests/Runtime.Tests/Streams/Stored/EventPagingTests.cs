using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

/// <summary>Answers longer than a page: nothing is lost, doubled or cut where one page ends, and memory stays bounded.</summary>
public abstract class EventPagingTests(DatabaseServer server) : StoreSuite(server)
{
    private const int Events = 12_345;

    [Fact]
    public async Task Every_event_of_a_long_stream_comes_once_in_order()
    {
        await using var store = await OpenAsync<Visit>();
        var visits = Visit.In(store);

        // Several events to a tick: pages end inside one.
        await visits.PutAsync(Enumerable.Range(0, Events).Select(n => (new Visit(n), Noon.AddTicks(n / 7))));
        await Visit.In(store, "other").PutAsync(new Visit(-1), Noon.AddTicks(100));

        Assert.Equal(Enumerable.Range(0, Events), Numbers(await ListAsync(visits)));
        Assert.Equal(Enumerable.Range(0, Events).Reverse(), Numbers(await ListAsync(visits.Descending())));
        Assert.Equal(Enumerable.Range(70, 10_500), Numbers(await ListAsync(visits.Between(Noon.AddTicks(10), Noon.AddTicks(1509)))));
        Assert.Equal(Enumerable.Range(0, 5_700), Numbers(await ListAsync(visits.Take(5_700))));
        Assert.Equal(Enumerable.Range(Events - 5_700, 5_700).Reverse(), Numbers(await ListAsync(visits.Descending().Take(5_700))));
        Assert.Equal(Events, await visits.CountAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Paging_by_hand_sees_what_a_loop_sees(bool descending)
    {
        await using var store = await OpenAsync<Visit>();
        var visits = Visit.In(store);
        await visits.PutAsync(Enumerable.Range(0, Events).Select(n => (new Visit(n), Noon.AddTicks(n / 7))));
        var range = descending ? visits.Until(Noon.AddTicks(1700)).Descending() : visits.From(Noon.AddTicks(3));
        var seen = new List<EventId>();

        for (var page = await ListAsync(range.Take(1_000)); page.Count > 0; page = await ListAsync(range.After(seen[^1]).Take(1_000)))
        {
            Assert.True(page.Count == 1_000 || seen.Count + page.Count > 11_000);
            seen.AddRange(page.Select(found => found.Id));
        }

        Assert.Equal((await ListAsync(range)).Select(found => found.Id), seen);
    }

    // A page may end exactly where the range does, or one event before.
    [Theory]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(5_512)]
    [InlineData(5_513)]
    public async Task Ranges_around_the_size_of_a_page(int count)
    {
        await using var store = await OpenAsync<Visit>();
        var visits = Visit.In(store);
        await visits.PutAsync(Enumerable.Range(0, count).Select(n => new Visit(n)));

        Assert.Equal(Enumerable.Range(0, count), Numbers(await ListAsync(visits)));
        Assert.Equal(Enumerable.Range(0, count), Numbers(await ListAsync(visits.Take(count + 1))));
        Assert.Equal(Enumerable.Range(0, count - 1), Numbers(await ListAsync(visits.Take(count - 1))));
    }

    [Fact]
    public async Task Large_events_are_read_with_bounded_memory()
    {
        const int Length = 1_000_000;
        await using var store = await OpenAsync<Visit>();
        var visits = Visit.In(store);
        for (var n = 0; n < 40; n++)
        {
            await visits.PutAsync(new Visit(n, new string((char)('a' + (n % 26)), Length)));
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (seen, most) = (0, 0L);
        await foreach (var found in visits)
        {
            Assert.Equal((seen, Length), (found.Body.N, found.Body.Text!.Length));
            if (seen++ % 3 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        // All of them at once would be 80 MB of text.
        Assert.Equal(40, seen);
        Assert.InRange(most, 0, 45_000_000);
    }

    [Fact]
    public async Task An_abandoned_loop_pins_nothing()
    {
        await using var store = await OpenAsync<Visit>();
        var visits = Visit.In(store);
        await visits.PutAsync(Enumerable.Range(0, 2_000).Select(n => new Visit(n)));

        // More loops than a pool has connections, none of them disposed.
        List<IAsyncEnumerator<Event<Visit>>> abandoned = [];
        for (var i = 0; i < 150; i++)
        {
            var events = visits.GetAsyncEnumerator();
            Assert.True(await events.MoveNextAsync());
            abandoned.Add(events);
        }

        await visits.PutAsync(new Visit(2_000));
        Assert.Equal(2_001, await visits.CountAsync());
        Assert.Equal(150, abandoned.Count);
    }

    [Fact]
    public async Task Cancelling_ends_a_loop()
    {
        await using var store = await OpenAsync<Visit>();
        var visits = Visit.In(store);
        await visits.PutAsync(Enumerable.Range(0, Events).Select(n => new Visit(n)));
        using var cancellation = new CancellationTokenSource();
        var seen = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in visits.WithCancellation(cancellation.Token))
            {
                if (++seen == 5)
                {
                    await cancellation.CancelAsync();
                }
            }
        });

        Assert.Equal(5, seen);
    }

    private static IEnumerable<int> Numbers(IEnumerable<Event<Visit>> events) => events.Select(found => found.Body.N);
}

/// <summary>Memory is measured for the whole process: no other test may run beside these.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;

[Collection(nameof(AloneInTheProcess))]
public sealed class EventPagingTestsOnSqlite() : EventPagingTests(DatabaseServer.Sqlite);

[Collection(nameof(AloneInTheProcess))]
public sealed class EventPagingTestsOnPostgres() : EventPagingTests(DatabaseServer.Postgres);
