using System.Globalization;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

/// <summary>Tables of streams: their columns and indexes, and declarations that do not fit them.</summary>
public abstract class StreamTableTests(DatabaseServer server) : StoreSuite(server)
{
    private bool IsSqlite => Database.ConnectionString.Contains("Data Source", StringComparison.Ordinal);

    [Fact]
    public async Task A_followed_stream_has_a_commit_order()
    {
        await using var store = await OpenAsync<Tailed>();
        var tailed = Tailed.In(store);

        // Later puts of earlier times: the order of commits is not that of ids.
        for (var n = 0; n < 4; n++)
        {
            await tailed.PutAsync([new Tailed(n), new Tailed(n)], Noon.AddSeconds(-n));
        }

        List<long> positions = [];
        for (var n = 0; n < 4; n++)
        {
            positions.Add(Convert.ToInt64(
                await Database.ScalarAsync($"select {(IsSqlite ? "max(tx)" : "max(tx::text::bigint)")} from \"tailed\" where {Body(n)}"), CultureInfo.InvariantCulture));
        }

        Assert.Equal(positions.Distinct().Order(), positions);
        Assert.Equal(IsSqlite ? [] : ["namespace", "tx", "id"], await IndexedAsync("tailed")); // SQLite's rows stand in that order
    }

    [Fact]
    public async Task A_stream_that_nobody_follows_does_not_pay_for_it()
    {
        await using var store = await OpenAsync<Visit>();

        Assert.Empty(await IndexedAsync("visit"));
        Assert.Equal("body,id,namespace,time,version", await ColumnsAsync("visit"));
    }

    [Fact]
    public async Task Bodies_are_stored_in_the_format_declared()
    {
        await using var store = await OpenAsync(options => options.Only<Tailed>().Only<Visit>());
        await Tailed.In(store).PutAsync(new Tailed(1, "a\u00e9"));
        await Visit.In(store).PutAsync(new Visit(1, "a\u00e9"));

        Assert.Equal("""{"n":1,"text":"a\u00E9"}""", await Database.ScalarAsync(IsSqlite ? "select body from tailed" : "select body::text from tailed"));
        if (!IsSqlite)
        {
            Assert.Equal("json", await Database.ScalarAsync("select pg_typeof(body)::text from tailed"));
            Assert.Equal("jsonb", await Database.ScalarAsync("select pg_typeof(body)::text from visit"));
        }

        Assert.Equal("a\u00e9", Assert.Single(await ListAsync(Tailed.In(store))).Body.Text);
        Assert.Equal("a\u00e9", Assert.Single(await ListAsync(Visit.In(store))).Body.Text);
    }

    [Fact]
    public async Task A_declaration_that_does_not_fit_the_table_is_refused()
    {
        await (await OpenAsync<Tailed>()).DisposeAsync();

        var follow = await Assert.ThrowsAsync<SchemaMismatchException>(async () => await OpenAsync<NoLongerTailed>());
        Assert.Contains("follow was 'True' and is now 'False'", follow.Message, StringComparison.Ordinal);
        Assert.Contains(typeof(NoLongerTailed).FullName!, follow.Message, StringComparison.Ordinal);
        Assert.Contains("declare a new stream under another Name", follow.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("interval", follow.Message, StringComparison.Ordinal);
        var body = await Assert.ThrowsAsync<SchemaMismatchException>(async () => await OpenAsync<TailedInJsonb>());
        Assert.Contains("body was 'Json' and is now 'Jsonb'", body.Message, StringComparison.Ordinal);
        await (await OpenAsync<OtherKind>()).DisposeAsync();
        var name = await Assert.ThrowsAsync<SchemaMismatchException>(async () => await OpenAsync<SameTable>());
        Assert.Contains("stream was 'other.kind' and is now 'other-kind'", name.Message, StringComparison.Ordinal);

        await (await OpenAsync<Tailed>()).DisposeAsync();
    }

    // Members of what is stored would not be found any more: those that may be missing would read as null without a word.
    [Fact]
    public async Task Another_naming_is_refused()
    {
        await using (var store = await OpenAsync<Person>())
        {
            await Person.In(store).PutAsync(new Person("Ada"));
        }

        var error = await Assert.ThrowsAsync<SchemaMismatchException>(async () => await OpenAsync<PersonInSnakeCase>());

        Assert.Contains("naming was 'CamelCase' and is now 'SnakeCaseLower'", error.Message, StringComparison.Ordinal);
        await using var again = await OpenAsync<Person>();
        Assert.Equal("Ada", Assert.Single(await ListAsync(Person.In(again))).Body.FirstName);
    }

    [Fact]
    public async Task A_catalog_that_says_nothing_of_names_is_completed()
    {
        await (await OpenAsync<Person>()).DisposeAsync();
        await Database.ScalarAsync("update typed_catalog set layout = replace(layout, 'naming: CamelCase', '')");
        await Database.ScalarAsync("update typed_catalog set layout = substr(layout, 1, length(layout) - 1)"); // the line's end
        Assert.EndsWith("follow: False", Assert.IsType<string>(await Database.ScalarAsync("select layout from typed_catalog")), StringComparison.Ordinal);

        await (await OpenAsync<PersonInSnakeCase>()).DisposeAsync();

        Assert.EndsWith("\nnaming: SnakeCaseLower", Assert.IsType<string>(await Database.ScalarAsync("select layout from typed_catalog")), StringComparison.Ordinal);
        await Assert.ThrowsAsync<SchemaMismatchException>(async () => await OpenAsync<Person>());
    }

    [Fact]
    public async Task Two_types_with_one_stream_or_one_table_are_refused()
    {
        var stream = await Assert.ThrowsAsync<InvalidOperationException>(async () => await OpenAsync(options => options.Only<Tailed>().Only<TailedInJsonb>()));
        Assert.Contains(typeof(Tailed).FullName!, stream.Message, StringComparison.Ordinal);
        Assert.Contains(typeof(TailedInJsonb).FullName!, stream.Message, StringComparison.Ordinal);
        var table = await Assert.ThrowsAsync<InvalidOperationException>(async () => await OpenAsync(options => options.Only<OtherKind>().Only<SameTable>()));
        Assert.Contains("other_kind", table.Message, StringComparison.Ordinal);
    }

    private string Body(int n) => IsSqlite ? $"body ->> 'n' = {n.ToString(CultureInfo.InvariantCulture)}" : $"body ->> 'n' = '{n.ToString(CultureInfo.InvariantCulture)}'";

    /// <summary>The columns of the index beside the primary key.</summary>
    private async Task<string[]> IndexedAsync(string table) => await Database.ScalarAsync(IsSqlite
        ? $"select group_concat(i.name) from pragma_index_list('{table}') l join pragma_index_info(l.name) i where l.origin = 'c' and l.\"unique\" = 0"
        : $"""
            select string_agg(a.attname, ',' order by a.attnum)
            from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam and m.amname = 'btree' join pg_attribute a on a.attrelid = i.indexrelid
            where i.indrelid = '{table}'::regclass and not i.indisprimary
            """) is string { Length: > 0 } columns ? columns.Split(',') : [];

    private async Task<object?> ColumnsAsync(string table) => await Database.ScalarAsync(IsSqlite
        ? $"select group_concat(name) from (select name from pragma_table_info('{table}') order by name)"
        : $"select string_agg(column_name, ',' order by column_name) from information_schema.columns where table_name = '{table}'");
}

public sealed class StreamTableTestsOnSqlite() : StreamTableTests(DatabaseServer.Sqlite);

public sealed class StreamTableTestsOnPostgres() : StreamTableTests(DatabaseServer.Postgres);
