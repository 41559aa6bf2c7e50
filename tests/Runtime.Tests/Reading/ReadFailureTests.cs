using System.Diagnostics;
using Npgsql;
using Typed.Tests.Harness.Postgres;
using Typed.Tests.Harness.Time;
using Visit = Typed.Runtime.Tests.Streams.Stored.Visit;

namespace Typed.Runtime.Tests.Reading;

/// <summary>What becomes of each kind of read when the server, or the way to it, fails.</summary>
public class ReadFailureTests
{
    [Fact]
    public async Task A_server_that_hangs_ends_a_read_in_time()
    {
        await using var setup = await Setup.CreateAsync(o => o.ReadTimeout = TimeSpan.FromSeconds(2));
        await setup.AllAsync(); // pooled connections, to be reset
        setup.Proxy.SilenceAll();

        await Task.WhenAll(EveryRead.All.Keys.Select(async name =>
        {
            var started = Stopwatch.GetTimestamp();
            var error = await Assert.ThrowsAsync<ReadFailedException>(() => setup.ReadAsync(name));

            Elapsed.InRange(started, 1.9, 3);
            Assert.Contains("2 s (ReadTimeout)", error.Message, StringComparison.Ordinal);
            Assert.Contains(EveryRead.All[name].Asked, error.Message, StringComparison.Ordinal);
            Assert.Contains("PostgreSQL database 'typed_reads", error.Message, StringComparison.Ordinal);
            Assert.NotNull(error.InnerException);
        }));
    }

    [Fact]
    public async Task Who_cancels_a_read_of_a_server_that_hangs_need_not_wait()
    {
        await using var setup = await Setup.CreateAsync();
        await setup.AllAsync();
        setup.Proxy.SilenceAll();
        using var cancelling = new CancellationTokenSource();
        var readings = EveryRead.All.Keys.Select(name => setup.ReadAsync(name, cancelling.Token)).ToArray();
        await Task.Delay(500);
        Assert.All(readings, reading => Assert.False(reading.IsCompleted));
        var started = Stopwatch.GetTimestamp();

        // Cancelling runs what waits for the token: that must not be the driver's talk with the server.
#pragma warning disable CA1849, S6966, MA0042
        cancelling.Cancel();
#pragma warning restore CA1849, S6966, MA0042
        foreach (var reading in readings)
        {
            Assert.Equal(cancelling.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading)).CancellationToken);
        }

        Elapsed.InRange(started, 0, 1);
    }

    [Fact]
    public async Task Connections_that_fell_silent_are_given_up()
    {
        await using var setup = await Setup.CreateAsync(o => o.ReadTimeout = TimeSpan.FromSeconds(12));
        var answers = await setup.AllAsync();
        setup.Proxy.SilenceOpen();
        var (started, opened) = (Stopwatch.GetTimestamp(), setup.Proxy.Opened);

        Assert.Equal(answers, await setup.AllAsync());

        Elapsed.InRange(started, 1.5, 8);
        Assert.True(setup.Proxy.Opened > opened);
        started = Stopwatch.GetTimestamp();
        Assert.Equal(answers, await setup.AllAsync());
        Elapsed.InRange(started, 0, 1);
        await UntilAsync(() => setup.Proxy.SilentOpen <= 1, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_server_that_is_away_for_a_while_costs_time_only()
    {
        await using var setup = await Setup.CreateAsync();
        var answers = await setup.AllAsync();
        await setup.ExecuteAsync($"alter database {setup.Name} allow_connections false", outside: true);
        await PostgresCluster.TerminateBackendsAsync(setup.Name);

        // 55000 and 57P01, as from a server that starts.
        var reading = setup.AllAsync();
        await Task.Delay(700);
        Assert.False(reading.IsCompleted, reading.IsFaulted ? reading.Exception.ToString() : "It read.");
        await setup.ExecuteAsync($"alter database {setup.Name} allow_connections true", outside: true);

        Assert.Equal(answers, await reading);
    }

    // A session that ends for its idleness says so (57P05) to whoever uses it next.
    [Fact]
    public async Task No_read_hears_of_sessions_that_ended_while_they_were_idle()
    {
        await using var setup = await Setup.CreateAsync(settings: "Options=-c idle_session_timeout=1s");
        var answers = await setup.AllAsync();

        for (var time = 0; time < 3; time++)
        {
            await Task.Delay(1_200);
            Assert.Equal(answers, await setup.AllAsync());
        }
    }

    [Fact]
    public async Task No_read_hears_of_sessions_that_are_ended_all_the_time()
    {
        await using var setup = await Setup.CreateAsync();
        await Visit.In(setup.Store).PutAsync(Enumerable.Range(0, 20_000).Select(n => new Visit(n)));
        var answers = await setup.AllAsync();
        using var stop = new CancellationTokenSource();
        var killed = 0;
        var killer = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                killed += await PostgresCluster.TerminateBackendsAsync(setup.Name);
                await Task.Delay(30);
            }
        });

        try
        {
            for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(6);)
            {
                Assert.Equal(answers, await setup.AllAsync());
            }
        }
        finally
        {
            await stop.CancelAsync();
            await killer;
        }

        Assert.True(killed > 20, "Hardly a session was ended: the test tests nothing.");
    }

    [Fact]
    public async Task What_the_server_refuses_fails_at_once()
    {
        await using var setup = await Setup.CreateAsync();
        await setup.ExecuteAsync("drop table hit_day, hit_minute, paged_points_points, visit");

        await Task.WhenAll(EveryRead.All.Keys.Select(async name =>
        {
            var started = Stopwatch.GetTimestamp();
            var error = await Assert.ThrowsAsync<ReadFailedException>(() => setup.ReadAsync(name));

            Elapsed.InRange(started, 0, 2);
            Assert.Contains("refused", error.Message, StringComparison.Ordinal);
            Assert.Contains(EveryRead.All[name].Asked, error.Message, StringComparison.Ordinal);
            Assert.Equal(PostgresErrorCodes.UndefinedTable, Assert.IsType<PostgresException>(error.InnerException).SqlState);
        }));
    }

    // Errors of proxies and extensions, whose meaning nobody knows, and of a server in trouble. A sequence remembers what a failed statement took from it.
    [Theory]
    [InlineData("XX000", true)]
    [InlineData("XX001", true)]
    [InlineData("58030", true)]
    [InlineData("08P01", true)]
    [InlineData("53300", true)]
    [InlineData("53100", true)]
    [InlineData("57014", true)]
    [InlineData("40001", true)]
    [InlineData("55P03", true)]
    [InlineData("TS001", true)]
    [InlineData("P0001", false)]
    [InlineData("42501", false)]
    [InlineData("22P02", false)]
    [InlineData("0A000", false)]
    public async Task An_error_is_tried_again_unless_it_is_a_refusal(string state, bool isTriedAgain)
    {
        await using var setup = await Setup.CreateAsync();
        await setup.ExecuteAsync($"""
            create sequence tried;
            create function fail() returns boolean language plpgsql as $$
            begin if nextval('tried') < 4 then raise exception using errcode = '{state}', message = 'made up'; end if; return true; end $$;
            alter table hit_day rename to hit_day_kept;
            create view hit_day as select * from hit_day_kept where fail()
            """);

        if (isTriedAgain)
        {
            Assert.Equal("3", await setup.ReadAsync("bucket"));
        }
        else
        {
            var error = await Assert.ThrowsAsync<ReadFailedException>(() => setup.ReadAsync("bucket"));
            Assert.Equal(state, Assert.IsType<PostgresException>(error.InnerException).SqlState);
        }
    }

    // Longer than a connection may be silent: a second one is asked the same, and the first answers.
    [Fact]
    public async Task A_statement_that_takes_its_time_is_not_cut()
    {
        await using var setup = await Setup.CreateAsync(o => o.ReadTimeout = TimeSpan.FromSeconds(12));
        await setup.ExecuteAsync("""
            alter table hit_day rename to hit_day_kept;
            create view hit_day as select k.* from hit_day_kept as k, (select pg_sleep(5) offset 0) as s
            """);
        var started = Stopwatch.GetTimestamp();

        Assert.Equal("3", await setup.ReadAsync("bucket"));

        Elapsed.InRange(started, 4.9, 6.9);
        await UntilAsync(async () => await setup.ScalarAsync("select count(*) from pg_stat_activity where datname = current_database() and query ~ 'hit_day' and state = 'active' and pid <> pg_backend_pid()") is 0L,
            TimeSpan.FromSeconds(4));
    }

    // More than four slow statements are not asked twice, so that a slow server does not get slower.
    [Fact]
    public async Task Few_slow_statements_are_asked_twice()
    {
        await using var setup = await Setup.CreateAsync(o => o.ReadTimeout = TimeSpan.FromSeconds(6));
        await setup.ExecuteAsync("""
            alter table hit_day rename to hit_day_kept;
            create view hit_day as select k.* from hit_day_kept as k, (select pg_sleep(3) offset 0) as s
            """);

        var readings = Enumerable.Range(0, 10).Select(_ => setup.ReadAsync("bucket")).ToArray();
        await Task.Delay(2_300);
        var active = await setup.ScalarAsync("select count(*) from pg_stat_activity where datname = current_database() and query ~ 'hit_day' and state = 'active' and pid <> pg_backend_pid()");

        Assert.Equal(14L, active);
        Assert.All(await Task.WhenAll(readings), answer => Assert.Equal("3", answer));
    }

    // The clock of the store stands still; waiting goes on.
    [Fact]
    public async Task Nothing_waits_for_a_clock_that_stands_still()
    {
        await using var setup = await Setup.CreateAsync(o =>
        {
            o.TimeProvider = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(EveryRead.Time);
            (o.ReadTimeout, o.WriteTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        });
        await PostgresCluster.TerminateBackendsAsync(setup.Name);
        Assert.Equal("3", await setup.ReadAsync("bucket"));
        setup.Proxy.SilenceAll();

        await Assert.ThrowsAsync<ReadFailedException>(() => setup.ReadAsync("bucket"));
    }

    [Fact]
    public async Task A_limit_of_the_connection_string_ends_an_attempt()
    {
        await using var setup = await Setup.CreateAsync(o => o.ReadTimeout = TimeSpan.FromSeconds(4), "Command Timeout=1");
        await setup.ExecuteAsync("""
            alter table hit_day rename to hit_day_kept;
            create view hit_day as select k.* from hit_day_kept as k, (select pg_sleep(100) offset 0) as s
            """);

        var error = await Assert.ThrowsAsync<ReadFailedException>(() => setup.ReadAsync("bucket"));

        Assert.IsType<TimeoutException>(Assert.IsType<NpgsqlException>(error.InnerException).InnerException);
    }

    [Fact]
    public void A_timeout_that_no_timer_takes_is_refused_at_once()
    {
        var options = new TypedOptionsBuilder();

        Assert.Contains("ReadTimeout", Assert.Throws<ArgumentOutOfRangeException>(() => options.ReadTimeout = TimeSpan.MaxValue).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.ReadTimeout = TimeSpan.Zero);
        options.ReadTimeout = TimeSpan.FromDays(24);
        Assert.Equal(TimeSpan.FromSeconds(30), new TypedOptionsBuilder().ReadTimeout);
    }

    private static Task UntilAsync(Func<bool> condition, TimeSpan limit) => UntilAsync(() => Task.FromResult(condition()), limit);

    private static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan limit)
    {
        for (var started = Stopwatch.GetTimestamp(); !await condition(); await Task.Delay(50))
        {
            Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, limit);
        }
    }

    private sealed class Setup(TestDatabase database, SilentProxy proxy, TypedStore store) : IAsyncDisposable
    {
        public string Name => database.Name;

        public SilentProxy Proxy => proxy;

        public TypedStore Store => store;

        public static async Task<Setup> CreateAsync(Action<TypedOptionsBuilder>? configure = null, string settings = "")
        {
            var database = await PostgresCluster.CreateDatabaseAsync("reads");
            var proxy = new SilentProxy(database.ConnectionString);
            var store = await TypedStore.OpenAsync(o =>
            {
                EveryRead.Choose(o);
                o.UseNpgsql($"{proxy.ConnectionString};{settings}");
                o.TimeProvider = new StoppedClock(EveryRead.Time);
                configure?.Invoke(o);
            });
            await EveryRead.WriteAsync(store);
            return new Setup(database, proxy, store);
        }

        /// <summary>All reads at once: the answers by name.</summary>
        public async Task<Dictionary<string, string>> AllAsync() => (await Task.WhenAll(EveryRead.All.Keys.Select(async name => (name, await ReadAsync(name)))))
            .ToDictionary(answer => answer.name, answer => answer.Item2, StringComparer.Ordinal);

        public Task<string> ReadAsync(string name, CancellationToken cancellationToken = default) => EveryRead.All[name].Read(store, cancellationToken);

        public async Task ExecuteAsync(string sql, bool outside = false) => await RunAsync(sql, outside);

        public Task<object?> ScalarAsync(string sql) => RunAsync(sql, outside: false);

        public async ValueTask DisposeAsync()
        {
            await store.DisposeAsync();
            await proxy.DisposeAsync();
            await database.DisposeAsync();
        }

        private async Task<object?> RunAsync(string sql, bool outside)
        {
            await using var source = NpgsqlDataSource.Create(outside ? await PostgresCluster.GetConnectionStringAsync() : database.ConnectionString);
            await using var command = source.CreateCommand(sql);
            return await command.ExecuteScalarAsync();
        }
    }
}
