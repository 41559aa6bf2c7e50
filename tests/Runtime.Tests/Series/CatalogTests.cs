using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>A changed declaration never silently reads or writes old data.</summary>
public abstract class CatalogTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public Task A_changed_step() => RefusesAsync<OtherStep.Changing>("interval 'hour'", "was '1h'", "is now '30m'");

    [Fact]
    public Task A_changed_resolution() => RefusesAsync<OtherResolution.Changing>("interval 'day'", "by 1h", "by 2h");

    [Fact]
    public Task A_changed_zone() => RefusesAsync<OtherZone.Changing>("interval 'day'", "Europe/Paris", "Asia/Tokyo");

    [Fact]
    public Task A_changed_type() => RefusesAsync<OtherType.Changing>("type", "'Count'", "'Histogram'");

    [Fact]
    public Task A_changed_key() => RefusesAsync<OtherKey.Changing>("keys", "Name String", "Name Int32");

    [Fact]
    public Task A_further_key() => RefusesAsync<MoreKeys.Changing>("keys", "'Name String'", "'Name String, Region String'");

    [Fact]
    public Task Namespaces_that_come() => RefusesAsync<Namespaced.Changing>("keys", "'Name String'", "'Namespace String, Name String'");

    [Fact]
    public async Task Namespaces_that_go()
    {
        await using (var store = await OpenAsync<Namespaced.Changing>())
        {
            await Namespaced.Changing.In(store, "x").InsertAsync("a", 1);
        }

        var error = await Assert.ThrowsAsync<SchemaMismatchException>(async () => await OpenAsync<Original.Changing>());
        Assert.Contains("keys was 'Namespace String, Name String' and is now 'Name String'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_changed_value() => RefusesAsync<OtherValue.Changing>("value", "Value Int64", "Value Double");

    // The same column would read what is stored as other numbers.
    [Fact]
    public async Task A_value_of_another_type_in_the_same_column()
    {
        await using (var store = await OpenAsync<Original.Signed>())
        {
            await Original.Signed.In(store).InsertAsync(-1);
        }

        var error = await Assert.ThrowsAsync<SchemaMismatchException>(async () => await OpenAsync<OtherValue.Signed>());

        Assert.Contains("value was 'Value Int64' and is now 'Value UInt64'", error.Message, StringComparison.Ordinal);
    }

    // A Series keeps its points in a table of its own.
    [Fact]
    public async Task A_type_that_has_other_tables()
    {
        await WriteOriginalAsync();

        var error = await Assert.ThrowsAsync<SchemaMismatchException>(async () => await OpenAsync<PointsInstead.Changing>());

        Assert.Contains("changing_hour", error.Message, StringComparison.Ordinal);
        Assert.Contains("type was 'Count' and is now 'Series'", error.Message, StringComparison.Ordinal);
        await Database.ScalarAsync("drop table \"changing_hour\"");
        await Database.ScalarAsync("drop table \"changing_day\"");
        await using (var store = await OpenAsync<PointsInstead.Changing>())
        {
            await PointsInstead.Changing.In(store).InsertAsync("a", 1);
        }

        error = await Assert.ThrowsAsync<SchemaMismatchException>(async () => await OpenAsync<Original.Changing>());
        Assert.Contains("type was 'Series' and is now 'Count'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keep_may_change()
    {
        await WriteOriginalAsync();

        await using var store = await OpenAsync<OtherKeep.Changing>();

        Assert.Equal(3, (await OtherKeep.Changing.In(store).Hour.GetAsync("a")).Value);
        Assert.Equal(7, await OtherKeep.Changing.In(store).Day.For("a").All().CollapseAsync());
        Assert.Equal(24, (await ListAsync(OtherKeep.Changing.In(store).Hour.For("a").Last())).Count);
        Assert.Single(await ListAsync(OtherKeep.Changing.In(store).Day.For("a").Last()));
    }

    // The command line reads it without the declarations.
    [Fact]
    public async Task What_intervals_keep_is_noted()
    {
        await WriteOriginalAsync();
        Assert.Equal("\nintervals: hour: 1h", await NoteAsync("changing_hour"));
        Assert.Equal("\nintervals: day: daily by 1h keep 7 in Europe/Paris", await NoteAsync("changing_day"));

        await (await OpenAsync<OtherKeep.Changing>()).DisposeAsync();

        Assert.Equal("\nintervals: hour: 1h keep 24", await NoteAsync("changing_hour"));
        Assert.Equal("\nintervals: day: daily by 1h in Europe/Paris", await NoteAsync("changing_day"));

        async Task<string> NoteAsync(string table)
        {
            var layout = Assert.IsType<string>(await Database.ScalarAsync($"select layout from typed_catalog where name = '{table}'"));
            return layout[layout.IndexOf("\nintervals: ", StringComparison.Ordinal)..];
        }
    }

    // Notes bind nothing: who cannot write them opens all the same, and at once.
    [Fact]
    public async Task Notes_that_cannot_be_written_keep_nobody_out()
    {
        await WriteOriginalAsync();
        var forbid = Server == DatabaseServer.Sqlite
            ? "create trigger forbidden before update on typed_catalog begin select raise(abort, 'forbidden'); end"
            : "create function forbid() returns trigger language plpgsql as 'begin raise exception ''forbidden''; end'; "
                + "create trigger forbidden before update on typed_catalog for each row execute function forbid()";
        await Database.ScalarAsync(forbid);

        await using var store = await OpenAsync<OtherKeep.Changing>();

        Assert.Equal(3, (await OtherKeep.Changing.In(store).Hour.GetAsync("a")).Value);
    }

    [Fact]
    public async Task An_interval_may_be_added_and_starts_empty()
    {
        await WriteOriginalAsync();

        await using var store = await OpenAsync<MoreIntervals.Changing>();
        var series = MoreIntervals.Changing.In(store);
        await series.InsertAsync("a", 10);

        Assert.Equal((10L, 13L), ((await series.Month.GetAsync("a")).Value, (await series.Hour.GetAsync("a")).Value));
        await using var again = await OpenAsync<MoreIntervals.Changing>();
        Assert.Equal(10, (await MoreIntervals.Changing.In(again).Month.GetAsync("a")).Value);
    }

    // 60m is 1h; an int and a long are the same total.
    [Fact]
    public async Task Other_words_for_the_same_are_no_change_and_an_interval_may_go()
    {
        await WriteOriginalAsync();

        await using var store = await OpenAsync<FewerIntervals.Changing>();

        Assert.Equal(3, (await FewerIntervals.Changing.In(store).Hour.GetAsync("a")).Value);
    }

    [Fact]
    public async Task A_dropped_table_is_made_anew_as_declared()
    {
        await WriteOriginalAsync();
        await Database.ScalarAsync("drop table \"changing_hour\"");

        await using var store = await OpenAsync<OtherStep.Changing>();

        Assert.Equal(0, (await OtherStep.Changing.In(store).Hour.GetAsync("a")).Value);
        Assert.Equal(7, await OtherStep.Changing.In(store).Day.For("a").All().CollapseAsync());
        await Assert.ThrowsAsync<SchemaMismatchException>(async () => await OpenAsync<Original.Changing>());
    }

    [Fact]
    public async Task All_that_changed_is_named_at_once()
    {
        await WriteOriginalAsync();

        var error = await Assert.ThrowsAsync<SchemaMismatchException>(async () => await OpenAsync<OtherType.Changing>());

        Assert.Contains("changing_hour", error.Message, StringComparison.Ordinal);
        Assert.Contains("changing_day", error.Message, StringComparison.Ordinal);
    }

    private async Task RefusesAsync<T>(params string[] named)
    {
        await WriteOriginalAsync();

        var error = await Assert.ThrowsAsync<SchemaMismatchException>(async () => await OpenAsync<T>());

        Assert.All(named, text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
        Assert.Contains(typeof(T).FullName!, error.Message, StringComparison.Ordinal);
        Assert.Contains("rename", error.Message, StringComparison.Ordinal); // what can be done

        // Nothing was changed: the old program still starts, and its data is there.
        await using var store = await OpenAsync<Original.Changing>();
        Assert.Equal(3, (await Original.Changing.In(store).Hour.GetAsync("a")).Value);
        Assert.Equal(2, await Database.RowsAsync("typed_catalog"));
    }

    private async Task WriteOriginalAsync()
    {
        await using var store = await OpenAsync<Original.Changing>();
        await Original.Changing.In(store).InsertAsync("a", 3);
        await Original.Changing.In(store).InsertAsync("a", 4, Noon.AddDays(-1));
    }
}

public sealed class CatalogTestsOnSqlite() : CatalogTests(DatabaseServer.Sqlite);

public sealed class CatalogTestsOnPostgres() : CatalogTests(DatabaseServer.Postgres);
