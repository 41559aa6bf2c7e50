using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Rebuilding;

/// <summary>A series that is made anew from the events that feed it equals what the events come to.</summary>
public abstract class RebuildTests(DatabaseServer server) : StoreSuite(server)
{
    private static readonly bool s_isSoak = Environment.GetEnvironmentVariable("TYPED_SOAK") == "1";

    private static readonly string[] s_tables =
    [
        "measured_count_minute", "measured_count_day", "measured_histogram_day", "measured_histogram_month", "measured_gauge_day", "measured_set_day",
        "measured_summary_day", "measured_series_points", "measured_total_day",
    ];

    [Fact]
    public async Task It_equals_what_was_fed()
    {
        await using var store = await OpenMeasuredAsync();
        foreach (var space in (string[])["default", "eu", "us"])
        {
            await Measured.In(store, space).PutAsync(Enumerable.Range(0, 700).Select(n => (new Measured($"k{n % 9}", n), Noon.AddMinutes(-n * 50))));
        }

        await MeasuredElsewhere.In(store).PutAsync([new("k1"), new("else")], Noon);
        var fed = await DumpAsync();
        foreach (var table in s_tables)
        {
            await Database.ExecuteAsync($"delete from {table} where key <> 'k3'");
        }

        await MeasuredCount.In(store).InsertAsync("by hand");
        await MeasuredHistogram.In(store).InsertAsync("k3", 1);
        await MeasuredSeries.In(store).InsertAsync(new MeasuredSeries { Key = "k3", N = 1 });
        Assert.NotEqual(fed, await DumpAsync());

        await RebuildAllAsync(store);

        Assert.Equal(fed, await DumpAsync());
        await AssertCleanAsync();

        // Once more, from nothing and to the same.
        await RebuildAllAsync(store);
        Assert.Equal(fed, await DumpAsync());
    }

    // Writers of every way, with transactions that are long and some that are rolled back, while series are rebuilt again and again.
    [Fact]
    public async Task It_equals_a_fresh_count_while_writes_go_on()
    {
        await using var store = await OpenMeasuredAsync();
        await using var other = await OpenMeasuredAsync();
        await Measured.In(store).PutAsync(Enumerable.Range(0, 3_000).Select(n => (new Measured($"k{n % 5}", n), Noon.AddMinutes(-n))));
        using var stop = new CancellationTokenSource();
        var known = new ConcurrentQueue<(EventId Id, Measured Body)>();
        var writers = Task.WhenAll(
            WriteAsync(n => Measured.In(store).PutAsync(new Measured("one", n)).AsTask()),
            WriteAsync(n => Measured.In(other, "eu").PutAsync([new("list", n), new("k1", n)]).AsTask()),
            WriteAsync(n => Measured.In(store).Post(new Measured("posted", n)).AsTask()),
            WriteAsync(async n =>
            {
                // Half of them are known already, and feed nothing.
                (EventId, Measured)[] given = [(EventId.New(Clock.GetUtcNow()), new("given", n)), .. known.TryDequeue(out var seen) ? [seen] : (ValueTuple<EventId, Measured>[])[]];
                await Measured.In(store).PutAsync(given);
                known.Enqueue(given[0]);
            }),
            WriteAsync(n => MeasuredElsewhere.In(other).PutAsync(new MeasuredElsewhere("k1")).AsTask()),
            WriteAsync(async n =>
            {
                await using var context = other.CreateDbContext();
                await using var transaction = await context.Database.BeginTransactionAsync();
                await Measured.In(context).PutAsync(new Measured("context", n));
                await Task.Delay(n % 5);
                await (n % 3 == 0 ? transaction.RollbackAsync() : transaction.CommitAsync());
            }));

        for (var round = 0; round < (s_isSoak ? 6 : 2); round++)
        {
            await RebuildAllAsync(round % 2 == 0 ? store : other);
        }

        await stop.CancelAsync();
        await writers;
        await store.FlushAsync();
        await AssertCleanAsync();
        await AssertFreshAsync(store);

        Task WriteAsync(Func<int, Task> write) => Task.Run(async () =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                await write(n);
                await Task.Delay(2);
            }
        });
    }

    // Its feeder begins again in the transaction that exchanges the rows.
    [Fact]
    public async Task What_is_fed_later_is_rebuilt_too()
    {
        await using var store = await OpenAsync(options => options.Only<MeasuredLater>().Only<LaterCount>());
        await using var other = await OpenAsync(options => options.Only<MeasuredLater>().Only<LaterCount>());
        var put = 0;
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (; !stop.IsCancellationRequested; put++)
            {
                await MeasuredLater.In(other, put % 2 == 0 ? "default" : "eu").PutAsync(new MeasuredLater("later"));
                await Task.Delay(2);
            }
        });
        for (var round = 0; round < 3; round++)
        {
            await LaterCount.In(store).InsertAsync("by hand");
            await store.RebuildAsync<LaterCount>();
        }

        await stop.CancelAsync();
        await writing;
        await store.FedAsync();
        Assert.Equal([$"at once | {put}", $"later | {put}"], await Database.ReadAsync("select key, sum(value) from later_count_day group by key order by key"));
    }

    [Fact]
    public async Task What_fails_leaves_the_series_as_it_was()
    {
        await using var store = await OpenMeasuredAsync();
        await Measured.In(store).PutAsync(Enumerable.Range(0, 20).Select(n => new Measured("k", n)));
        await MeasuredCount.In(store).InsertAsync("by hand");
        var before = await DumpAsync();
        await Database.ExecuteAsync("update measured set body = '{\"key\": 7}'");

        var unreadable = await Assert.ThrowsAsync<UnreadableEventException>(() => store.RebuildAsync<MeasuredCount>().AsTask());
        Assert.Contains("$.key", unreadable.Message, StringComparison.Ordinal);
        Assert.Equal(before, await DumpAsync());
        await AssertCleanAsync();

        await Database.ExecuteAsync($"update measured set body = '{{\"key\": \"{new string('x', 5000)}\", \"n\": 1}}'");
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => store.RebuildAsync<MeasuredCount>().AsTask());
        Assert.Contains("stream 'measured' feeds a point that cannot be stored", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await DumpAsync());
        await AssertCleanAsync();

        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.RebuildAsync<MeasuredCount>(cancelled.Token).AsTask());
        await AssertCleanAsync();
    }

    // A process that was killed has left its tables and its trigger, which fills them.
    [Fact]
    public async Task What_a_killed_process_left_is_in_nobodys_way()
    {
        await using var store = await OpenMeasuredAsync();
        var measured = Measured.In(store);
        await measured.PutAsync(Enumerable.Range(0, 20).Select(n => new Measured("k", n)));
        foreach (var sql in LeftBehind)
        {
            await Database.ExecuteAsync(sql);
        }

        await measured.PutAsync(new Measured("k", 20));
        Assert.Equal(1, await Database.RowsAsync("typed_rebuild_measured_set_from_measured"));

        await store.RebuildAsync<MeasuredSet>();

        await AssertCleanAsync();
        await AssertFreshAsync(store);
    }

    [Fact]
    public async Task One_rebuilds_a_series_at_a_time()
    {
        await using var store = await OpenMeasuredAsync();
        await using var other = await OpenMeasuredAsync();
        await Measured.In(store).PutAsync(Enumerable.Range(0, 20_000).Select(n => new Measured($"k{n}", n)));

        var all = await Task.WhenAll(new[] { store, other, store, other }.Select(async one =>
            await Record.ExceptionAsync(() => one.RebuildAsync<MeasuredCount>().AsTask())));

        Assert.Contains(all, error => error is null);
        Assert.All(all.OfType<Exception>(), error => Assert.Contains("is being rebuilt already", error.Message, StringComparison.Ordinal));
        await Task.WhenAll(store.RebuildAsync<MeasuredCount>().AsTask(), other.RebuildAsync<MeasuredSet>().AsTask(), store.RebuildAsync<MeasuredGauge>().AsTask());
        await AssertFreshAsync(store);
        await AssertCleanAsync();
    }

    [Fact]
    public async Task What_the_stream_has_forgotten_stays()
    {
        await using var store = await OpenAsync(options => options.Only<Forgotten>().Only<ForgottenCount>());
        var weeks = ForgottenCount.In(store).Week;
        await Forgotten.In(store).PutAsync(Enumerable.Range(0, 100).Select(day => (new Forgotten(day), Noon.AddDays(-day))));
        await Forgotten.In(store).ExpireAsync();
        Forgotten.Weight = 2;
        try
        {
            await store.RebuildAsync<ForgottenCount>();
        }
        finally
        {
            Forgotten.Weight = 1;
        }

        // Noon is a Saturday, so the first whole week of the 30 days begins on the Monday 26 days before.
        Assert.Equal(
            Enumerable.Range(0, 12).Select(week => week == 0 ? 12L : week <= 3 ? 14L : 7L),
            await Task.WhenAll(Enumerable.Range(0, 12).Select(async week => (await weeks.GetAsync(Noon.AddDays(-7 * week))).Value)));
    }

    [Fact]
    public async Task Who_cannot_be_rebuilt_hears_why()
    {
        await using var store = await OpenMeasuredAsync();
        var stream = await Assert.ThrowsAsync<InvalidOperationException>(() => store.RebuildAsync<Measured>().AsTask());
        Assert.Contains("is an event stream", stream.Message, StringComparison.Ordinal);
        var foreign = await Assert.ThrowsAsync<InvalidOperationException>(() => store.RebuildAsync<ForgottenCount>().AsTask());
        Assert.Contains("does not hold", foreign.Message, StringComparison.Ordinal);
        await using var alone = await OpenAsync<MeasuredSet>();
        var unfed = await Assert.ThrowsAsync<InvalidOperationException>(() => alone.RebuildAsync<MeasuredSet>().AsTask());
        Assert.Contains("[Feeds<MeasuredSet>]", unfed.Message, StringComparison.Ordinal);
        await using var reader = await OpenAsync(options => Choose(options).ReadOnly());
        await Assert.ThrowsAsync<InvalidOperationException>(() => reader.RebuildAsync<MeasuredSet>().AsTask());
    }

    /// <summary>What a rebuild of MeasuredSet makes before it reads.</summary>
    protected abstract string[] LeftBehind { get; }

    /// <summary>Counts what a rebuild has left.</summary>
    protected abstract string Leftovers { get; }

    private static TypedOptionsBuilder Choose(TypedOptionsBuilder options) => options.Only<Measured>().Only<MeasuredElsewhere>().Only<MeasuredCount>()
        .Only<MeasuredHistogram>().Only<MeasuredGauge>().Only<MeasuredSet>().Only<MeasuredSummary>().Only<MeasuredSeries>().Only<MeasuredTotal>();

    private ValueTask<TypedStore> OpenMeasuredAsync() => OpenAsync(options => Choose(options));

    private static async Task RebuildAllAsync(TypedStore store)
    {
        await store.RebuildAsync<MeasuredCount>();
        await store.RebuildAsync<MeasuredHistogram>();
        await store.RebuildAsync<MeasuredGauge>();
        await store.RebuildAsync<MeasuredSet>();
        await store.RebuildAsync<MeasuredSummary>();
        await store.RebuildAsync<MeasuredSeries>();
        await store.RebuildAsync<MeasuredTotal>();
    }

    private async Task<string> DumpAsync()
    {
        List<string> lines = [];
        foreach (var table in s_tables)
        {
            // A point's number may be another one.
            var columns = table.Contains("points", StringComparison.Ordinal) ? "key, time, n" : "*";
            lines.AddRange((await Database.ReadAsync($"select {columns} from {table}")).Select(line => $"{table}: {line}").Order(StringComparer.Ordinal));
        }

        return string.Join('\n', lines);
    }

    private async Task AssertCleanAsync() => Assert.Equal(0L, Convert.ToInt64(await Database.ScalarAsync(Leftovers), System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Compares each series with what LINQ to Objects makes of the events that are stored.</summary>
    private async Task AssertFreshAsync(TypedStore store)
    {
        List<(string Space, Measured Body)> events = [];
        foreach (var space in await store.NamespacesAsync())
        {
            events.AddRange((await ListAsync(Measured.In(store, space))).Select(one => (space, one.Body)));
        }

        var elsewhere = (await ListAsync(MeasuredElsewhere.In(store))).Select(one => one.Body.Key).ToArray();
        await AssertAsync("select key, sum(value) from measured_count_day group by key", events.Select(one => one.Body.Key).Concat(elsewhere).CountBy(key => key)
            .Select(of => $"{of.Key} | {of.Value}"));
        await AssertAsync("select key, sum(value) from measured_count_minute group by key", events.Select(one => one.Body.Key).Concat(elsewhere)
            .CountBy(key => key).Select(of => $"{of.Key} | {of.Value}"));
        await AssertAsync("select key, n, sum(count) from measured_histogram_day group by key, n", events.CountBy(one => (one.Body.Key, one.Body.N % 7))
            .Select(of => $"{of.Key.Key} | {of.Key.Item2} | {of.Value}"));
        await AssertAsync("select key, n from measured_set_day group by key, n", events.Select(one => $"{one.Body.Key} | {one.Body.N}").Distinct());
        await AssertAsync("select key, sum(count), sum(sum), min(min), max(max) from measured_summary_day group by key", events.GroupBy(one => one.Body.Key)
            .Select(of => $"{of.Key} | {of.Count()} | {of.Sum(one => (long)one.Body.N)} | {of.Min(one => one.Body.N)} | {of.Max(one => one.Body.N)}"));
        await AssertAsync("select key, n from measured_series_points", events.Where(one => one.Body.N % 2 == 0).Select(one => $"{one.Body.Key} | {one.Body.N}"));
        await AssertAsync("select namespace, key, sum(value) from measured_total_day group by namespace, key", events.Where(one => one.Body.N % 3 > 0)
            .GroupBy(one => $"{one.Space} | {one.Body.Key}").Select(of => $"{of.Key} | {of.Sum(one => one.Body.N % 3)}"));

        async Task AssertAsync(string sql, IEnumerable<string> expected) =>
            Assert.Equal(expected.Order(StringComparer.Ordinal), (await Database.ReadAsync(sql)).Order(StringComparer.Ordinal));
    }
}

public sealed class RebuildTestsOnSqlite() : RebuildTests(DatabaseServer.Sqlite)
{
    protected override string[] LeftBehind =>
    [
        "create table typed_rebuild_measured_set_day (key text)",
        "create table typed_rebuild_measured_set_from_measured (namespace text, id blob, state integer default 0)",
        "create trigger typed_rebuild_measured_set_from_measured after insert on measured begin "
            + "insert into typed_rebuild_measured_set_from_measured (namespace, id) values (new.namespace, new.id); end",
    ];

    protected override string Leftovers => "select count(*) from sqlite_master where name like 'typed_rebuild%'";
}

public sealed class RebuildTestsOnPostgres() : RebuildTests(DatabaseServer.Postgres)
{
    protected override string[] LeftBehind =>
    [
        "create table typed_rebuild_measured_set_day (key text)",
        "create table typed_rebuild_measured_set_from_measured (namespace text, id uuid, state int default 0)",
        "create function typed_rebuild_measured_set_from_measured() returns trigger language plpgsql as "
            + "$$ begin insert into typed_rebuild_measured_set_from_measured select namespace, id from added; return null; end $$",
        "create trigger typed_rebuild_measured_set_from_measured after insert on measured referencing new table as added "
            + "for each statement execute function typed_rebuild_measured_set_from_measured()",
    ];

    protected override string Leftovers =>
        "select (select count(*) from pg_class where relname like 'typed_rebuild%') + (select count(*) from pg_proc where proname like 'typed_rebuild%') "
        + "+ (select count(*) from pg_trigger where tgname like 'typed_rebuild%')";
}
