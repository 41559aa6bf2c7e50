using Typed.Cli.Output;
using Typed.Cli.Tests.Declared;
using Typed.Cli.Tests.Harness;
using Typed.Tests.Harness.Databases;

namespace Typed.Cli.Tests;

/// <summary>Events of Kronos and tables of kairos.</summary>
public abstract class MigrationTests(DatabaseServer server) : CliSuite(server)
{
    [Fact]
    public async Task Events_of_Kronos_keep_order_and_time_and_are_stored_once()
    {
        await using (await OpenAsync())
        {
        }

        // Two events of one time: the random bits order them.
        var first = KronosId(new(2014, 3, 1, 0, 0, 0, TimeSpan.Zero), 1, "8000-00000000000a");
        var second = KronosId(new(2014, 3, 1, 0, 0, 0, TimeSpan.Zero), 1, "8000-00000000000b");
        var ticks = (new DateTime(2014, 3, 1, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks + 1;
        await File.WriteAllTextAsync(
            PathOf("kronos.json"),
            $$$"""
            {"@id": "{{{second}}}", "@time": {{{ticks}}}, "@library": {"name": "pykronos"}, "url": "/b", "browser": {"name": "x", "version": 2}, "tags": []}
            {"@id": "{{{first}}}", "@time": {{{ticks}}}, "url": "/a", "browser": {"name": "x", "version": 1}, "tags": ["é"]}
            """);

        await DoAsync("import", "shop.visits", PathOf("kronos.json"), "--from", "kronos");
        var again = await DoAsync("import", "shop.visits", PathOf("kronos.json"), "--from", "kronos");

        Assert.Equal("0 events stored, 2 were there already.\n", again.Error);
        var events = (await DoAsync("get", "shop.visits")).Json;
        Assert.Equal(["/a", "/b"], events.Select(one => one.GetProperty("body").GetProperty("url").GetString()));
        Assert.All(events, one => Assert.Equal("2014-03-01T00:00:00.0000001Z", one.GetProperty("time").GetString()));
        Assert.False(events[1].GetProperty("body").TryGetProperty("@library", out _));
        await using var store = await OpenAsync();
        var read = await Visit.In(store).From(DateTimeOffset.UnixEpoch).FirstOrDefaultAsync();
        Assert.Equal("é", Assert.Single(read!.Body.Tags));
    }

    [Theory]
    [InlineData("{\"url\":\"/\"}", "it has no @id, or one that is no UUID")]
    [InlineData("{\"@id\":\"8c1b3a5e-9d2f-4e6a-b1c3-1234567890ab\"}", "8c1b3a5e-9d2f-4e6a-b1c3-1234567890ab is not an id of Kronos")]
    [InlineData("{\"@id\":\"KRONOS\",\"@time\":5}", "its @time is not that of its @id")]
    [InlineData("[]", "it is no JSON object")]
    public async Task Lines_that_are_no_events_of_Kronos(string line, string reason)
    {
        await using (await OpenAsync())
        {
        }

        var id = KronosId(new(2014, 3, 1, 0, 0, 0, TimeSpan.Zero), 1, "8000-00000000000a");
        await File.WriteAllTextAsync(PathOf("kronos.json"), line.Replace("KRONOS", id, StringComparison.Ordinal));

        var result = await RunAsync("import", "shop.visits", PathOf("kronos.json"), "--from", "kronos");

        Assert.Equal(ExitCodes.BadInput, result.ExitCode);
        Assert.StartsWith($"error: Line 1 does not fit: {reason}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_of_kairos()
    {
        await using (await OpenAsync())
        {
        }

        await using var kairos = await Server.CreateAsync();
        await kairos.ScalarAsync(
            "create table histogram (name text, interval text, insert_time bigint, i_time bigint, r_time bigint, value double precision, count bigint)");

        // 2026-03-21T12:34 is minute 29568274 and hour 492804; a row without a resolution may be there twice.
        await kairos.ScalarAsync(
            "insert into histogram values ('/', 'minute', 0, 29568274, null, 1.5, 2), ('/', 'minute', 0, 29568274, null, 1.5, 1), "
            + "('/', 'day', 0, 20260321, 492804, 1.5, 3), ('/b', 'day', 0, 20260321, 492804, 2, 1), ('/b', 'other', 0, 1, 1, 2, 1)");

        var first = await DoAsync("import", "response_time", kairos.ConnectionString, "--from", "kairos-sql");
        await DoAsync("import", "response_time", kairos.ConnectionString, "--from", "kairos-sql");

        Assert.Equal("3 rows of kairos read; those that were there already stayed as they were.\n", first.Error);
        Assert.Equal((1, 2), (await Database.RowsAsync("response_time_minute"), await Database.RowsAsync("response_time_day")));
        Assert.Equal(3L, Convert.ToInt64(await Database.ScalarAsync("select count from response_time_minute"), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(
            "2026-03-21T12:34:00Z",
            (await DoAsync("show", "response_time", "--interval", "day", "--from", "2026-03-21", "--until", "2026-03-22", "--json")).ExitCode == 0
                ? await MinuteAsync() : "");
        Assert.Equal(ExitCodes.BadInput, (await RunAsync("import", "sales", kairos.ConnectionString, "--from", "kairos-sql")).ExitCode);
    }

    private async Task<string> MinuteAsync()
    {
        var sql = Server == DatabaseServer.Sqlite
            ? "select strftime('%Y-%m-%dT%H:%M:%SZ', bucket / 1000000, 'unixepoch') from response_time_minute"
            : "select to_char(bucket at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from response_time_minute";
        return (string)(await Database.ScalarAsync(sql))!;
    }

    /// <summary>An id as Kronos makes it, from its description: a UUID of version 1 with the time in units of 100 ns since 1582-10-15.</summary>
    private static string KronosId(DateTimeOffset time, long ticks, string rest)
    {
        var since = (time - new DateTimeOffset(1582, 10, 15, 0, 0, 0, TimeSpan.Zero)).Ticks + ticks;
        return FormattableString.Invariant($"{since & 0xFFFFFFFF:x8}-{since >> 32 & 0xFFFF:x4}-1{since >> 48 & 0xFFF:x3}-{rest}");
    }
}

public sealed class MigrationTestsOnSqlite() : MigrationTests(DatabaseServer.Sqlite);

public sealed class MigrationTestsOnPostgres() : MigrationTests(DatabaseServer.Postgres);
