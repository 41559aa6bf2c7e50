using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Postgres;
using Typed.Tests.Harness.Time;

namespace Typed.Runtime.Tests.Series;

/// <summary>Connections that break at the wrong moment: what was committed counts once, what was not comes in when the server is back.</summary>
public class ExactlyOnceTests
{
    [Fact]
    public async Task A_commit_whose_answer_got_lost_counts_once()
    {
        await using var setup = await Setup.CreateAsync();
        var cut = setup.Proxy.CutReplyTo("INSERT INTO \"hit_day\"");

        await setup.Hits.InsertAsync("/", 3);

        Assert.True(cut.IsCompletedSuccessfully, "The connection was not cut: the test tests nothing.");
        Assert.Equal(3, (await setup.Hits.Day.GetAsync("/")).Value);
        Assert.Equal(3, (await setup.Hits.Minute.GetAsync("/")).Value);
        await setup.Hits.InsertAsync("/", 4);
        Assert.Equal(7, (await setup.Hits.Day.GetAsync("/")).Value);
        Assert.Equal(2, await setup.SequenceAsync());
    }

    [Fact]
    public async Task A_request_that_arrives_after_its_retry_was_acknowledged_adds_nothing()
    {
        await using var setup = await Setup.CreateAsync();
        var late = setup.Proxy.DeliverLate("INSERT INTO \"hit_day\"", TimeSpan.FromMilliseconds(300));

        await setup.Hits.InsertAsync("/", 3);

        Assert.False(late.IsCompleted, "The request came before its retry: the test tests nothing.");
        await late;
        Assert.Equal(3, await setup.TotalAsync());
        await setup.Hits.InsertAsync("/", 4);
        Assert.Equal(7, await setup.TotalAsync());
        Assert.Equal(2, await setup.SequenceAsync());
    }

    [Fact]
    public async Task Lost_answers_among_many_writes_never_double_or_lose_one()
    {
        await using var setup = await Setup.CreateAsync();
        var cuts = 0;

        for (var i = 1; i <= 40; i++)
        {
            // Statements are prepared after a while; then only their parameters travel.
            var cut = i % 4 == 0 ? setup.Proxy.CutReplyTo($"/page{i}") : Task.CompletedTask;
            await setup.Hits.InsertAsync([new Hit { Page = "/", Times = i }, new Hit { Page = $"/page{i}" }]);
            cuts += i % 4 == 0 && cut.IsCompletedSuccessfully ? 1 : 0;
        }

        Assert.Equal(10, cuts);
        Assert.Equal(40 * 41 / 2, (await setup.Hits.Day.GetAsync("/")).Value);
        Assert.Equal(40, await setup.SequenceAsync());
        Assert.Equal(40, await setup.Hits.Day.For(Enumerable.Range(1, 40).Select(i => (Hit.Key)$"/page{i}")).Last(1).CollapseAsync());
    }

    [Fact]
    public async Task An_answer_that_gets_lost_again_when_the_flush_is_presented_again()
    {
        await using var setup = await Setup.CreateAsync();
        Task? second = null;
        var first = setup.Proxy.CutReplyTo("INSERT INTO \"hit_day\"");
        var armed = first.ContinueWith(_ => second = setup.Proxy.CutReplyToCommit(), TaskScheduler.Default);

        await setup.Hits.InsertAsync("/", 3);

        await armed;
        Assert.True(second!.IsCompletedSuccessfully, "The connection was not cut twice: the test tests nothing.");
        Assert.Equal(3, (await setup.Hits.Day.GetAsync("/")).Value);
    }

    [Fact]
    public async Task Sessions_that_an_administrator_ends_cost_no_write()
    {
        await using var setup = await Setup.CreateAsync();
        using var stop = new CancellationTokenSource();
        var killer = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await Task.Delay(50);
                await PostgresCluster.TerminateBackendsAsync(setup.Database.Name);
            }
        });

        var writes = 0;
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(2); writes++)
        {
            await setup.Hits.InsertAsync("/", 1);
        }

        await stop.CancelAsync();
        await killer;
        Assert.Equal(writes, await setup.TotalAsync());
    }

    [Fact]
    public async Task A_server_that_stays_away_fails_the_write_in_time_and_comes_back()
    {
        await using var setup = await Setup.CreateAsync(TimeSpan.FromSeconds(1));
        await setup.Hits.InsertAsync("/", 1);
        setup.Proxy.Unplug();
        var started = Stopwatch.GetTimestamp();

        var error = await Assert.ThrowsAsync<WriteFailedException>(async () => await setup.Hits.InsertAsync("/", 10));

        Elapsed.InRange(started, 0.9, 5);
        Assert.Contains("WriteTimeout", error.Message, StringComparison.Ordinal);
        setup.Proxy.Restore();
        await setup.Hits.InsertAsync("/", 100);
        Assert.Equal(101, await setup.TotalAsync());
    }

    // The connection in the pool is the one that may have taken the write along; one that could not even be made has not.
    [Fact]
    public async Task A_write_that_found_no_connection_is_known_to_have_failed()
    {
        await using var setup = await Setup.CreateAsync(TimeSpan.FromSeconds(1));
        await setup.Hits.InsertAsync("/", 1);
        setup.Proxy.Unplug();
        await Assert.ThrowsAsync<WriteFailedException>(async () => await setup.Hits.InsertAsync("/", 10));

        var error = await Assert.ThrowsAsync<WriteFailedException>(async () => await setup.Hits.InsertAsync("/", 20));

        Assert.True(error.OutcomeKnown);
    }

    [Fact]
    public async Task One_connection_is_enough()
    {
        await using var database = await PostgresCluster.CreateDatabaseAsync("pool");
        var one = new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 1, Timeout = 5 };
        await using var store = await TypedStore.OpenAsync(o => o.Only<Hit>().UseNpgsql(one.ConnectionString));
        var hits = Hit.In(store);
        await hits.InsertAsync("/", 1);

        await foreach (var day in hits.Day.For("/").Last(2))
        {
            await hits.InsertAsync("/other", 1);
            Assert.Equal(day.Value, (await hits.Day.GetAsync("/", day.Start)).Value);
        }

        Assert.Equal(2, (await hits.Day.GetAsync("/other")).Value);
    }

    [Fact]
    public async Task A_data_source_of_the_applications_own_stays_open()
    {
        await using var database = await PostgresCluster.CreateDatabaseAsync("source");
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using (var store = await TypedStore.OpenAsync(o => o.Only<Hit>().UseNpgsql(source)))
        {
            await Hit.In(store).InsertAsync("/", 5);
        }

        await using var command = source.CreateCommand("select times from hit_day");
        Assert.Equal(5L, await command.ExecuteScalarAsync());
    }

    private sealed class Setup(TestDatabase database, BreakableProxy proxy, TypedStore store) : IAsyncDisposable
    {
        public TestDatabase Database => database;

        public BreakableProxy Proxy => proxy;

        public Hit.Handle Hits { get; } = Hit.In(store);

        public static async Task<Setup> CreateAsync(TimeSpan? writeTimeout = null)
        {
            var database = await PostgresCluster.CreateDatabaseAsync("once");
            var proxy = BreakableProxy.To(database.ConnectionString);
            var store = await TypedStore.OpenAsync(o =>
            {
                o.Only<Hit>().UseNpgsql(proxy.ConnectionString);
                o.TimeProvider = new StoppedClock(new DateTimeOffset(2026, 3, 21, 12, 34, 56, TimeSpan.Zero));
                o.WriteTimeout = writeTimeout ?? o.WriteTimeout;
            });
            return new Setup(database, proxy, store);
        }

        /// <summary>The sum of the day, asked for beside the store.</summary>
        public async Task<long> TotalAsync() => (long)(await ScalarAsync("select sum(times)::bigint from hit_day"))!;

        public async Task<long> SequenceAsync() => (long)(await ScalarAsync("select sum(seq)::bigint from typed_writers"))!;

        public async ValueTask DisposeAsync()
        {
            await store.DisposeAsync();
            await proxy.DisposeAsync();
            await database.DisposeAsync();
        }

        private async Task<object?> ScalarAsync(string sql)
        {
            await using var source = NpgsqlDataSource.Create(database.ConnectionString);
            await using var command = source.CreateCommand(sql);
            return await command.ExecuteScalarAsync();
        }
    }
}
