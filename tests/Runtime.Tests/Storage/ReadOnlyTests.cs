using Typed.Runtime.Tests.Reading;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;
using Expiring = Typed.Runtime.Tests.Streams.Stored.Expiring;
using Visit = Typed.Runtime.Tests.Streams.Stored.Visit;

namespace Typed.Runtime.Tests.Storage;

/// <summary>A store that is opened for reading reads everything, and neither creates nor writes anything.</summary>
public abstract class ReadOnlyTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task It_reads_everything()
    {
        await FillAsync();
        await using var store = await OpenAsync(o => EveryRead.Choose(o.ReadOnly()));

        foreach (var (name, (_, read)) in EveryRead.All)
        {
            Assert.False(string.IsNullOrEmpty(await read(store, default)), name);
        }
    }

    [Fact]
    public async Task It_sees_what_another_store_writes()
    {
        await FillAsync();
        await using var store = await OpenAsync(o => EveryRead.Choose(o.ReadOnly()));
        await using var other = await OpenAsync(EveryRead.Choose);

        await Hit.In(other).InsertAsync("/", 4, EveryRead.Time);

        Assert.Equal(7, (await Hit.In(store).Day.GetAsync("/", EveryRead.Time)).Value);
    }

    [Fact]
    public async Task Every_write_is_refused_at_the_call()
    {
        await FillAsync(o => o.Only<Expiring>());
        await using var store = await OpenAsync(o => EveryRead.Choose(o.ReadOnly().Only<Expiring>()));
        var (hits, visits) = (Hit.In(store), Visit.In(store));

        await RefusedAsync(async () => await hits.InsertAsync("/", 1));
        await RefusedAsync(async () => await hits.InsertAsync(new Hit { Page = "/" }));
        await RefusedAsync(async () => await hits.InsertAsync([new Hit { Page = "/" }]));
        await RefusedAsync(async () => await hits.InsertAsync(Array.Empty<Hit>()));
        await RefusedAsync(async () => await hits.InsertAsync(AsyncEnumerable.Empty<Hit>()));
        await RefusedAsync(async () => await hits.DeleteAsync("/"));
        await RefusedAsync(async () => await hits.DeleteAllAsync());
        await RefusedAsync(async () => await hits.ExpireAsync());
        await RefusedAsync(async () => await hits.ExpireAsync("/"));
        await RefusedAsync(async () => await visits.PutAsync(new Visit(1)));
        await RefusedAsync(async () => await visits.PutAsync([new Visit(1)]));
        await RefusedAsync(async () => await visits.PutAsync(Array.Empty<Visit>()));
        await RefusedAsync(async () => await visits.PutAsync([(new Visit(1), Noon)]));
        await RefusedAsync(async () => await visits.PutAsync(EventId.New(Noon), new Visit(1)));
        await RefusedAsync(async () => await visits.PutAsync(AsyncEnumerable.Empty<Visit>()));
        await RefusedAsync(async () => await visits.DeleteAsync(EventId.New()));
        await RefusedAsync(async () => await visits.From(Noon).DeleteAsync());
        await RefusedAsync(async () => await visits.From(Noon).Before(Noon).DeleteAsync());
        await RefusedAsync(async () => await visits.DeleteAllAsync());
        await RefusedAsync(async () => await visits.ExpireAsync());
        await RefusedAsync(async () => await Expiring.In(store).ExpireAsync());
        await using var db = store.CreateDbContext();
        await RefusedAsync(async () => await Hit.In(db).InsertAsync("/", 1));
        await RefusedAsync(async () => await Visit.In(db).DeleteAllAsync());
        Assert.Equal((1L, 1L), (await Database.RowsAsync("hit_day"), await Database.RowsAsync("visit")));

        static async Task RefusedAsync(Func<Task> write) =>
            Assert.Contains("ReadOnly()", (await Assert.ThrowsAsync<InvalidOperationException>(write)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_that_are_missing_are_named()
    {
        await using (await OpenAsync<Hit>())
        {
            // The tables of hits and the store's own.
        }

        var error = await Assert.ThrowsAsync<SchemaMismatchException>(async () => await OpenAsync(o => o.ReadOnly().Only<Hit>().Only<Visit>()));

        Assert.Contains("lacks visit. ", error.Message, StringComparison.Ordinal);
        Assert.Contains("ReadOnly()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_catalog_that_is_missing_or_silent_is_an_error()
    {
        await FillAsync();
        await Database.ScalarAsync("delete from typed_catalog where name = 'hit_day'");
        Assert.Contains("typed_catalog says nothing about hit_day", (await FailAsync()).Message, StringComparison.Ordinal);
        await Database.ScalarAsync("drop table typed_catalog");
        Assert.Contains("lacks typed_catalog. ", (await FailAsync()).Message, StringComparison.Ordinal);

        Task<SchemaMismatchException> FailAsync() =>
            Assert.ThrowsAsync<SchemaMismatchException>(async () => await OpenAsync(o => EveryRead.Choose(o.ReadOnly())));
    }

    [Fact]
    public async Task A_declaration_that_does_not_fit_is_refused()
    {
        await using (await OpenAsync<Original.Changing>())
        {
            // Its tables.
        }

        await Assert.ThrowsAsync<SchemaMismatchException>(async () => await OpenAsync<OtherStep.Changing>(o => o.ReadOnly()));
    }

    // It writes nothing there, and may not be allowed to look at it.
    [Fact]
    public async Task The_table_of_writers_is_not_needed()
    {
        await FillAsync();
        await Database.ScalarAsync("drop table typed_writers");

        await using var store = await OpenAsync(o => EveryRead.Choose(o.ReadOnly()));

        Assert.Equal(3, (await Hit.In(store).Day.GetAsync("/", EveryRead.Time)).Value);
    }

    private async Task FillAsync(Action<TypedOptionsBuilder>? configure = null)
    {
        await using var store = await OpenAsync(o =>
        {
            EveryRead.Choose(o);
            configure?.Invoke(o);
        });
        await EveryRead.WriteAsync(store);
    }
}

public sealed class ReadOnlyTestsOnSqlite() : ReadOnlyTests(DatabaseServer.Sqlite);

public sealed class ReadOnlyTestsOnPostgres() : ReadOnlyTests(DatabaseServer.Postgres);
