using System.Diagnostics;
using Npgsql;
using Typed.Tests.Harness.Postgres;
using Typed.Tests.Harness.Time;

namespace Typed.Runtime.Tests.Streams.Stored;

/// <summary>Connections that break: no event is repeated or lost, neither written nor read.</summary>
public class EventFailureTests
{
    [Fact]
    public async Task A_put_whose_answer_got_lost_is_stored_once()
    {
        await using var setup = await Setup.CreateAsync();
        var cut = setup.Proxy.CutReplyTo("INSERT INTO \"visit\"");

        var ids = await setup.Visits.PutAsync([new Visit(1), new Visit(2)]);

        Assert.True(cut.IsCompletedSuccessfully, "The connection was not cut: the test tests nothing.");
        Assert.Equal([(ids[0], 1), (ids[1], 2)], await setup.ReadAsync());
    }

    // What the lost answer would have said is found out from the rows: some were known, and one somebody else puts between the two attempts.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_500)]
    public async Task A_put_under_given_ids_whose_answer_got_lost_says_what_was_new(int count)
    {
        await using var setup = await Setup.CreateAsync();
        var at = new DateTimeOffset(2026, 3, 21, 12, 0, 0, TimeSpan.Zero);
        var events = Enumerable.Range(0, count).Select(n => (EventId.First(at.AddTicks(n)), new Visit(n))).ToArray();
        foreach (var known in new[] { false, true })
        {
            if (known && count > 1)
            {
                await setup.Visits.DeleteAllAsync();
                await setup.Visits.PutAsync(events.Where(one => one.Item2.N % 3 == 1));
            }

            var cut = setup.Proxy.CutReplyTo("COMMIT\0");
            var told = await setup.Visits.PutAsync(events);

            Assert.True(cut.IsCompletedSuccessfully, "The connection was not cut: the test tests nothing.");
            Assert.Equal(events.Select(one => !known || (count > 1 && one.Item2.N % 3 != 1)), told);
            Assert.Equal(events.Select(one => (one.Item1, one.Item2.N)), await setup.ReadAsync());
        }
    }

    // So many that they are loaded, in a transaction with a COMMIT of its own.
    [Fact]
    public async Task A_load_whose_commit_got_lost_is_stored_once()
    {
        await using var setup = await Setup.CreateAsync();
        var cut = setup.Proxy.CutReplyToCommit();

        var ids = await setup.Visits.PutAsync(Enumerable.Range(0, 3_000).Select(n => new Visit(n)));

        Assert.True(cut.IsCompletedSuccessfully, "The connection was not cut: the test tests nothing.");
        Assert.Equal(ids.Select((id, n) => (id, n)), await setup.ReadAsync());
    }

    [Fact]
    public async Task A_load_whose_rows_got_lost_is_sent_again()
    {
        await using var setup = await Setup.CreateAsync();
        var cut = setup.Proxy.CutReplyTo("COPY \"visit\"");

        await setup.Visits.PutAsync(Enumerable.Range(0, 3_000).Select(n => new Visit(n)));

        Assert.True(cut.IsCompletedSuccessfully, "The connection was not cut: the test tests nothing.");
        Assert.Equal(Enumerable.Range(0, 3_000), (await setup.ReadAsync()).Select(found => found.N));
    }

    [Fact]
    public async Task A_put_that_did_not_arrive_is_sent_again()
    {
        await using var setup = await Setup.CreateAsync();
        await setup.Visits.PutAsync(new Visit(1));
        setup.Proxy.Unplug();
        var put = setup.Visits.PutAsync(new Visit(2)).AsTask();
        await Task.Delay(200);
        Assert.False(put.IsCompleted);

        setup.Proxy.Restore();

        await put;
        Assert.Equal([1, 2], (await setup.ReadAsync()).Select(found => found.N));
    }

    [Fact]
    public async Task An_enumeration_goes_on_where_its_connection_broke()
    {
        const int Events = 30_000;
        await using var setup = await Setup.CreateAsync();
        await setup.Visits.PutAsync(Enumerable.Range(0, Events).Select(n => new Visit(n)));
        var (seen, broken) = (0, 0);
        List<Task> cuts = [];

        await foreach (var found in setup.Visits)
        {
            Assert.Equal(seen++, found.Body.N);
            if (seen % 3_000 == 0)
            {
                // Between pages every session ends; in the middle of one the answer does not arrive.
                broken += await PostgresCluster.TerminateBackendsAsync(setup.Database.Name);
            }
            else if (seen % 2_500 == 0)
            {
                cuts.Add(setup.Proxy.CutReplyTo("default"));
            }
        }

        Assert.Equal(Events, seen);
        Assert.True(broken > 0 && cuts.Any(cut => cut.IsCompletedSuccessfully), "No connection was broken: the test tests nothing.");
    }

    [Fact]
    public async Task Sessions_ended_at_any_moment_cost_no_event()
    {
        const int Events = 30_000;
        await using var setup = await Setup.CreateAsync();
        await setup.Visits.PutAsync(Enumerable.Range(0, Events).Select(n => new Visit(n, new string('x', 300))));
        using var stop = new CancellationTokenSource();
        var killed = 0;
        var killer = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                // A page has to fit in between, on a busy machine too.
                await Task.Delay(Random.Shared.Next(5, 300));
                killed += await PostgresCluster.TerminateBackendsAsync(setup.Database.Name);
            }
        });

        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(2);)
        {
            Assert.Equal(Enumerable.Range(0, Events), (await setup.ReadAsync()).Select(found => found.N));
        }

        await stop.CancelAsync();
        await killer;
        Assert.True(killed > 3, "Hardly a session was ended: the test tests nothing.");
    }

    // In its second page a loop has the third one on its way: that must neither keep the connection nor be lost with the loop.
    [Theory]
    [InlineData(1)]
    [InlineData(700)]
    public async Task One_connection_is_enough(int last)
    {
        const int Events = 12_000;
        await using var setup = await Setup.CreateAsync(settings => (settings.MaxPoolSize, settings.Timeout) = (1, 5));
        await setup.Visits.PutAsync(Enumerable.Range(0, Events).Select(n => new Visit(n)));
        var seen = 0;

        await foreach (var found in setup.Visits)
        {
            Assert.Equal(seen++, found.Body.N);
            if (seen == last)
            {
                await setup.Visits.PutAsync(new Visit(found.Body.N + 100_000), DateTimeOffset.UnixEpoch);
                Assert.Equal(Events + 1, await setup.Visits.CountAsync());
                break;
            }
        }

        var abandoned = setup.Visits.GetAsyncEnumerator();
        for (seen = 0; seen < last; seen++)
        {
            Assert.True(await abandoned.MoveNextAsync());
        }

        Assert.Equal(Events + 1, (await setup.ReadAsync()).Count);
    }

    [Fact]
    public async Task A_page_on_its_way_fails_nobody_who_left_the_loop()
    {
        const int Events = 12_000;
        await using var setup = await Setup.CreateAsync();
        await setup.Visits.PutAsync(Enumerable.Range(0, Events).Select(n => new Visit(n, new string('x', 500))));
        var started = Stopwatch.GetTimestamp();
        var seen = 0;

        await foreach (var found in setup.Visits)
        {
            Assert.Equal(seen++, found.Body.N);
            if (seen == 600)
            {
                // In the second page, with the third on its way: that is tried again and again until the loop ends.
                setup.Proxy.Unplug();
            }
            else if (seen == 700)
            {
                break;
            }
        }

        Elapsed.InRange(started, 0, 20);
        setup.Proxy.Restore();
        Assert.Equal(Events, (await setup.ReadAsync()).Count);
    }

    // Ends early: the rest of a long answer is not waited for.
    [Fact]
    public async Task A_page_of_large_events_does_not_wait_for_the_rows_that_it_leaves()
    {
        await using var setup = await Setup.CreateAsync();
        var text = new string('x', 200_000);
        for (var n = 0; n < 5; n++)
        {
            await setup.Visits.PutAsync(Enumerable.Range(n * 100, 100).Select(each => new Visit(each, text)));
        }

        Assert.Equal(500, (await setup.ReadAsync()).Count);
        var started = Stopwatch.GetTimestamp();
        await foreach (var found in setup.Visits)
        {
            Assert.Equal(0, found.Body.N);
            break;
        }

        // A page is 8 of the 100 MB. Reading them all took half a second and more where this was written.
        Elapsed.InRange(started, 0, 10);
        await setup.Visits.PutAsync(new Visit(1));
        Assert.Equal(501, await setup.Visits.CountAsync());
    }

    private sealed class Setup : IAsyncDisposable
    {
        private TypedStore? _store;

        private Setup(TestDatabase database) => (Database, Proxy) = (database, BreakableProxy.To(database.ConnectionString));

        public TestDatabase Database { get; }

        public BreakableProxy Proxy { get; }

        public EventStream<Visit> Visits => Visit.In(_store!);

        public static async Task<Setup> CreateAsync(Action<NpgsqlConnectionStringBuilder>? configure = null)
        {
            var setup = new Setup(await PostgresCluster.CreateDatabaseAsync("events"));
            var settings = new NpgsqlConnectionStringBuilder(setup.Proxy.ConnectionString);
            configure?.Invoke(settings);
            setup._store = await TypedStore.OpenAsync(options =>
            {
                options.UseNpgsql(settings.ConnectionString);
                options.Only<Visit>();
            });
            return setup;
        }

        public async Task<List<(EventId Id, int N)>> ReadAsync()
        {
            List<(EventId, int)> events = [];
            await foreach (var found in Visits)
            {
                events.Add((found.Id, found.Body.N));
            }

            return events;
        }

        public async ValueTask DisposeAsync()
        {
            await _store!.DisposeAsync();
            await Proxy.DisposeAsync();
            await Database.DisposeAsync();
        }
    }
}
