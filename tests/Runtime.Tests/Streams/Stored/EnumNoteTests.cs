#pragma warning disable TYP1019, TYP2013 // versions of one declaration, of which a store holds one at a time
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

/// <summary>The catalog says where enums stand in events, for those who read them without the declarations.</summary>
public abstract class EnumNoteTests(DatabaseServer server) : StoreSuite(server)
{
    private const string Place = """{"type":"string","enum":[]}""";
    private const string KindIs = $"\"kind\":{Place}";
    private const string SizeIs = $"\"size\":{Place}";

    [Fact]
    public async Task A_store_notes_where_enums_stand()
    {
        await (await OpenAsync<WithKinds.Noted>()).DisposeAsync();

        Assert.Equal(Of(KindIs), await NoteAsync());
        Assert.EndsWith("\nretain: 864000\nenums: " + Of(KindIs), await LayoutAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_without_enums_has_no_note()
    {
        await (await OpenAsync<WithTexts.Noted>()).DisposeAsync();

        Assert.Null(await NoteAsync());
    }

    // The catalog of an earlier version, or of a program whose class had texts.
    [Fact]
    public async Task What_the_catalog_lacks_is_added()
    {
        await (await OpenAsync<WithTexts.Noted>()).DisposeAsync();
        await (await OpenAsync<WithKinds.Noted>()).DisposeAsync();

        Assert.Equal(Of(KindIs), await NoteAsync());
    }

    [Fact]
    public async Task Programs_with_other_classes_keep_what_each_knows_and_write_once()
    {
        await (await OpenAsync<WithKinds.Noted>()).DisposeAsync();
        await (await OpenAsync<WithSizes.Noted>()).DisposeAsync();
        Assert.Equal(Of(KindIs + "," + SizeIs), await NoteAsync());

        await CountWritesAsync();
        await (await OpenAsync<WithKinds.Noted>()).DisposeAsync();
        await (await OpenAsync<WithSizes.Noted>()).DisposeAsync();
        Assert.Equal(0, await WritesAsync());

        // That the trigger is there.
        await (await OpenAsync<WithTexts.Noted>()).DisposeAsync();
        Assert.Equal(1, await WritesAsync());
        Assert.Equal(Of(KindIs + "," + SizeIs), await NoteAsync());
    }

    [Fact]
    public async Task A_store_for_reading_writes_nothing()
    {
        await (await OpenAsync<WithKinds.Noted>()).DisposeAsync();
        await CountWritesAsync();

        await using var store = await OpenAsync<WithSizes.Noted>(options => options.ReadOnly());

        Assert.Empty(await ListAsync(WithSizes.Noted.In(store)));
        Assert.Equal((0L, Of(KindIs)), (await WritesAsync(), await NoteAsync()));
    }

    [Fact]
    public async Task A_table_made_anew_is_noted_anew()
    {
        await (await OpenAsync<WithKinds.Noted>()).DisposeAsync();
        await Database.ScalarAsync("drop table noted");
        await (await OpenAsync<WithSizes.Noted>()).DisposeAsync();

        Assert.Equal(Of(SizeIs), await NoteAsync());
    }

    [Fact]
    public async Task A_note_that_nobody_can_read_is_written_anew()
    {
        await (await OpenAsync<WithKinds.Noted>()).DisposeAsync();
        await Database.ScalarAsync("update typed_catalog set layout = replace(layout, 'enums: {', 'enums: nonsense {')");

        await (await OpenAsync<WithKinds.Noted>()).DisposeAsync();

        Assert.Equal(Of(KindIs), await NoteAsync());
    }

    private static string Of(string members) => $$"""{"type":"object","properties":{{{members}}},"required":[]}""";

    private async Task<string> LayoutAsync() => (string)(await Database.ScalarAsync("select layout from typed_catalog where name = 'noted'"))!;

    private async Task<string?> NoteAsync() =>
        Array.Find((await LayoutAsync()).Split('\n'), line => line.StartsWith("enums: ", StringComparison.Ordinal))?["enums: ".Length..];

    /// <summary>Has the writes of the catalog counted.</summary>
    private Task CountWritesAsync() => Database.ScalarAsync(Server == DatabaseServer.Sqlite
        ? "create table written (n integer); create trigger counted after update on typed_catalog begin insert into written values (1); end"
        : "create table written (n integer); create function written() returns trigger language plpgsql as 'begin insert into written values (1); return null; end'; "
            + "create trigger counted after update on typed_catalog for each row execute function written()");

    private async Task<long> WritesAsync() => await Database.RowsAsync("written");
}

public sealed class EnumNoteTestsOnSqlite() : EnumNoteTests(DatabaseServer.Sqlite);

public sealed class EnumNoteTestsOnPostgres() : EnumNoteTests(DatabaseServer.Postgres);

public static partial class WithKinds
{
    [EventStream(Name = "noted", Retain = "10d")]
    public partial record Noted(NotedKind Kind);
}

public static partial class WithSizes
{
    [EventStream(Name = "noted", Retain = "10d")]
    public partial record Noted(NotedKind? Size, string? Text);
}

public static partial class WithTexts
{
    [EventStream(Name = "noted")]
    public partial record Noted(string Kind);
}

public enum NotedKind
{
    Small,
    Big,
}
