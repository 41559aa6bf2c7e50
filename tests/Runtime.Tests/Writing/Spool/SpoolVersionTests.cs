#pragma warning disable TYP1019, TYP2013 // versions of one declaration, of which a store holds one at a time
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Writing.Spool;

/// <summary>Spools that an earlier version of the program has left.</summary>
public abstract class SpoolVersionTests(DatabaseServer server) : SpoolSuite(server)
{
    [Fact]
    public async Task Points_of_a_narrower_type_are_read()
    {
        await LeaveChangingAsync(store => FewerIntervals.Changing.In(store).Post("k", 7, Noon), o => o.Only<FewerIntervals.Changing>());

        await using var store = await OpenAsync(o => o.Only<Original.Changing>().Spool = Folder);
        await store.FlushAsync();

        Assert.Equal(7, (await Original.Changing.In(store).Hour.GetAsync("k", Noon)).Value);
        Assert.False(Directory.Exists(Path.Combine(Folder, "aside")));
    }

    [Fact]
    public async Task Points_of_another_key_are_set_aside()
    {
        await LeaveChangingAsync(store => Original.Changing.In(store).Post("k", 7, Noon), o => o.Only<Original.Changing>());

        await using var store = await OpenAsync(o => o.Only<MoreKeys.Changing>().Spool = Folder);
        await store.FlushAsync();

        var line = Assert.Single(await File.ReadAllLinesAsync(Assert.Single(Directory.GetFiles(Path.Combine(Folder, "aside")))));
        Assert.Contains("keys: Name String, Region String", line, StringComparison.Ordinal);
        Assert.Equal(0, await Database.RowsAsync("changing_hour"));
    }

    [Fact]
    public async Task Events_of_an_earlier_version_are_stored_as_they_were_posted()
    {
        await LeaveChangingAsync(store => SpooledBefore.Note.In(store).Post(new("old")), o => o.Only<SpooledBefore.Note>());

        await using var store = await OpenAsync(o => o.Only<SpooledAfter.Note>().Spool = Folder);
        await store.FlushAsync();

        Assert.Equal(new SpooledAfter.Note("old", null), Assert.Single(await ListAsync(SpooledAfter.Note.In(store).All())).Body);
    }

    /// <summary>Leaves an item in the spool, and a database whose tables a later version makes anew.</summary>
    private async Task LeaveChangingAsync(Func<TypedStore, ValueTask> post, Action<TypedOptionsBuilder> configure)
    {
        var store = await OpenAsync(o =>
        {
            configure(o);
            (o.Spool, o.ShutdownTimeout) = (Folder, TimeSpan.FromSeconds(0.2));
        });
        await using (await Database.HoldAsync())
        {
            await post(store);
            await store.DisposeAsync();
        }

        foreach (var table in (string[])["changing_hour", "changing_day", "spooled_note"])
        {
            await Database.ScalarAsync($"drop table if exists {table}");
        }

        await Database.ScalarAsync("delete from typed_catalog");
    }
}

public static partial class SpooledBefore
{
    [EventStream(Name = "spooled.note")]
    public partial record Note(string Text);
}

public static partial class SpooledAfter
{
    [EventStream(Name = "spooled.note")]
    public partial record Note(string Text, string? Author);
}

public sealed class SpoolVersionTestsOnSqlite() : SpoolVersionTests(DatabaseServer.Sqlite);

public sealed class SpoolVersionTestsOnPostgres() : SpoolVersionTests(DatabaseServer.Postgres);
