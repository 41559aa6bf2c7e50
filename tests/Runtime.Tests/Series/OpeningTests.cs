using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Opening, choosing types, and closing.</summary>
public abstract class OpeningTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Eight_may_open_a_fresh_database_at_once()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => OpenAsync(o => o.Only<Hit>().Only<Kept>()).AsTask())));

        await Task.WhenAll(stores.Select(store => Task.Run(async () => await Hit.In(store).InsertAsync("/"))));

        Assert.All(await Task.WhenAll(stores.Select(async store => (await Hit.In(store).Day.GetAsync("/")).Value)), total => Assert.Equal(8, total));
        Assert.Equal(5, await Database.RowsAsync("typed_catalog"));
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Opening_again_changes_nothing()
    {
        await using (var store = await OpenAsync<Hit>())
        {
            await Hit.In(store).InsertAsync("/", 3);
        }

        await using var again = await OpenAsync<Hit>();
        Assert.Equal(3, (await Hit.In(again).Day.GetAsync("/")).Value);
        Assert.Equal(2, await Database.RowsAsync("typed_catalog"));
    }

    [Fact]
    public async Task A_store_holds_the_types_it_was_opened_with()
    {
        await using var store = await OpenAsync<Hit>();

        var error = Assert.Throws<InvalidOperationException>(() => Kept.In(store));

        Assert.Contains(typeof(Kept).FullName!, error.Message, StringComparison.Ordinal);
        Assert.Contains(typeof(Hit).FullName!, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_that_is_not_declared_is_refused()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await OpenAsync<string>());

        Assert.Contains("System.String", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_types_of_one_name_are_refused()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await OpenAsync(o => o.Only<Original.Changing>().Only<OtherStep.Changing>()));

        Assert.Contains("changing_hour", error.Message, StringComparison.Ordinal);
        Assert.Contains(typeof(Original.Changing).FullName!, error.Message, StringComparison.Ordinal);
        Assert.Contains(typeof(OtherStep.Changing).FullName!, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_may_join_later()
    {
        await using (var first = await OpenAsync<Hit>())
        {
            await Hit.In(first).InsertAsync("/", 3);
        }

        await using var store = await OpenAsync(o => o.Only<Hit>().Only<Visit>());
        await Visit.In(store).InsertAsync("/");

        Assert.Equal((3L, 1L), ((await Hit.In(store).Day.GetAsync("/")).Value, (await Visit.In(store).Day.GetAsync("/")).Value));
    }

    [Fact]
    public async Task Names_longer_than_the_database_allows()
    {
        await using var store = await OpenAsync<AVeryLongNameThatNoDatabaseWouldTakeAsTheNameOfATableAndThatIsThereforeCutShort>();
        var series = AVeryLongNameThatNoDatabaseWouldTakeAsTheNameOfATableAndThatIsThereforeCutShort.In(store);

        await series.InsertAsync("a", 1);
        await series.InsertAsync("a", 2, Noon.AddDays(-1));

        Assert.Equal((1L, 3L), ((await series.OneDay.GetAsync("a")).Value, (await series.OneYear.GetAsync("a")).Value));
    }

    [Fact]
    public async Task A_disposed_store_says_so()
    {
        var store = await OpenAsync<Hit>();
        var hits = Hit.In(store);
        var range = hits.Day.For("/").Last(1);
        await hits.InsertAsync("/", 1);

        await store.DisposeAsync();
        await store.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => Hit.In(store));
        Assert.Throws<ObjectDisposedException>(() => store.CreateDbContext());
        await DisposedAsync(async () => await hits.InsertAsync("/", 1));
        await DisposedAsync(async () => await hits.InsertAsync([new Hit { Page = "/" }]));
        await DisposedAsync(async () => await hits.Day.GetAsync("/"));
        await DisposedAsync(async () => await ListAsync(range));
        await DisposedAsync(async () => await range.CollapseAsync());
        await DisposedAsync(async () => await range.StatsAsync());
        await DisposedAsync(async () => await ListAsync(hits.Keys()));
        await DisposedAsync(async () => await hits.PropertiesAsync("/"));
        await DisposedAsync(async () => await hits.DeleteAsync("/"));
        await DisposedAsync(async () => await hits.DeleteAllAsync());
        await DisposedAsync(async () => await hits.ExpireAsync());

        static Task DisposedAsync(Func<Task> work) => Assert.ThrowsAsync<ObjectDisposedException>(work);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_ends()
    {
        await using var store = await OpenAsync<Hit>();
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Hit.In(store).InsertAsync("/", 1, cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Hit.In(store).Day.GetAsync("/", cancellationToken: cancelled));

        Assert.Equal(0, await Database.RowsAsync("hit_day"));
        await Hit.In(store).InsertAsync("/", 1);
        Assert.Equal(1, (await Hit.In(store).Day.GetAsync("/")).Value);
    }

    [Fact]
    public async Task Each_flush_moves_the_sequence_of_its_writer()
    {
        await using var first = await OpenAsync<Hit>();
        await using var second = await OpenAsync<Hit>();
        Assert.Equal(0, await Database.RowsAsync("typed_writers"));

        await Hit.In(first).InsertAsync("/", 1);
        Assert.Equal(1L, await SequenceAsync("max"));
        await Hit.In(first).InsertAsync([new Hit { Page = "/" }, new Hit { Page = "/" }]);
        Assert.Equal(2L, await SequenceAsync("max"));
        await Hit.In(second).InsertAsync("/", 1);

        Assert.Equal(2, await Database.RowsAsync("typed_writers"));
        Assert.Equal((1L, 2L), (await SequenceAsync("min"), await SequenceAsync("max")));

        async Task<long> SequenceAsync(string which) => (long)(await Database.ScalarAsync($"select {which}(seq) from typed_writers"))!;
    }

    [Fact]
    public async Task Writers_that_are_gone_are_forgotten()
    {
        await using (var store = await OpenAsync<Hit>())
        {
            await Hit.In(store).InsertAsync("/", 1);
        }

        // A process whose clock is wrong forgets nobody.
        Clock.Advance(TimeSpan.FromDays(1000));
        await OpenAndExpectAsync(1);
        await AgeAsync(29);
        await OpenAndExpectAsync(1);
        await AgeAsync(31);
        await OpenAndExpectAsync(0);

        async Task AgeAsync(int days) => await Database.ScalarAsync($"update typed_writers set updated_at = {DaysAgo(days)}");

        async Task OpenAndExpectAsync(int rows)
        {
            await using var store = await OpenAsync<Hit>();
            Assert.Equal(rows, await Database.RowsAsync("typed_writers"));
        }
    }

    // The store's clock says March 2026, or whatever the process believes.
    [Fact]
    public async Task A_flush_is_dated_by_the_database()
    {
        await using var store = await OpenAsync<Hit>();
        await Hit.In(store).InsertAsync("/", 1);

        Assert.Equal(1L, await Database.ScalarAsync($"select count(*) from typed_writers where updated_at >= {DaysAgo(1)} and updated_at <= {DaysAgo(0)}"));
    }

    private string DaysAgo(int days) => ReferenceEquals(Server, DatabaseServer.Postgres)
        ? $"now() - interval '{days} days'"
        : $"(unixepoch() - {days} * 86400) * 1000000";
}

public sealed class OpeningTestsOnSqlite() : OpeningTests(DatabaseServer.Sqlite);

public sealed class OpeningTestsOnPostgres() : OpeningTests(DatabaseServer.Postgres);
