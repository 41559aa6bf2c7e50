using Typed.Cli.Output;
using Typed.Cli.Tests.Declared;
using Typed.Cli.Tests.Harness;
using Typed.Tests.Harness.Databases;

namespace Typed.Cli.Tests;

/// <summary>Export and import that are killed in the middle and started again: exact.</summary>
public abstract class KillTests(DatabaseServer server) : CliSuite(server)
{
    private const int Many = 60_000;

    [Theory]
    [InlineData("v.ndjson")]
    [InlineData("v.ndjson.zst")]
    public async Task An_export(string name)
    {
        await PutAsync();
        using (var export = new CliProcess(Database, "export", "shop.visits", PathOf(name)))
        {
            await export.UntilAsync(() => Task.FromResult(File.Exists(PathOf(name) + ".partial.state")));
            await export.KillAsync();
        }

        Assert.False(File.Exists(PathOf(name)));
        var again = await DoAsync("export", "shop.visits", PathOf(name), "--json");

        Assert.InRange(again.Json[0].GetProperty("resumed_after").GetInt32(), 1, Many - 1);
        Assert.Equal(Many, again.Json[0].GetProperty("events").GetInt32());
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(PathOf(name))!));
        await using var copy = await Server.CreateAsync();
        await using (await OpenAsync(copy))
        {
        }

        var import = await RunOnAsync(copy, "import", "shop.visits", PathOf(name), "--json");
        Assert.Equal((Many, 0), (import.Json[0].GetProperty("stored").GetInt32(), import.Json[0].GetProperty("known").GetInt32()));
        Assert.Equal((await DoAsync("get", "shop.visits")).Output, (await RunOnAsync(copy, "get", "shop.visits")).Output);
    }

    [Fact]
    public async Task An_import()
    {
        await PutAsync();
        await DoAsync("export", "shop.visits", PathOf("v.ndjson"));
        var whole = (await DoAsync("get", "shop.visits")).Output;
        await DoAsync("delete", "shop.visits", "--all", "--yes");
        using (var import = new CliProcess(Database, "import", "shop.visits", PathOf("v.ndjson")))
        {
            await import.UntilAsync(async () => await Database.RowsAsync("shop_visits") > 0);
            await import.KillAsync();
        }

        // Batches are whole.
        var stored = await Database.RowsAsync("shop_visits");
        Assert.InRange(stored, 1, Many - 1);
        var again = await DoAsync("import", "shop.visits", PathOf("v.ndjson"), "--json");

        Assert.Equal(Many, again.Json[0].GetProperty("stored").GetInt32() + again.Json[0].GetProperty("known").GetInt32());
        Assert.Equal(whole, (await DoAsync("get", "shop.visits")).Output);
    }

    [Fact]
    public async Task Control_C_ends_an_import_between_two_batches()
    {
        await PutAsync();
        await DoAsync("export", "shop.visits", PathOf("v.ndjson"));
        await DoAsync("delete", "shop.visits", "--all", "--yes");
        using var import = new CliProcess(Database, "import", "shop.visits", PathOf("v.ndjson"));
        await import.UntilAsync(async () => await Database.RowsAsync("shop_visits") > 0);

        var (code, error) = await import.InterruptAsync();

        Assert.Equal(ExitCodes.Interrupted, code);
        Assert.StartsWith("error: Interrupted.", error, StringComparison.Ordinal);
        Assert.InRange(await Database.RowsAsync("shop_visits"), 1, Many - 1);
        await DoAsync("import", "shop.visits", PathOf("v.ndjson"));
        Assert.Equal(Many, await Database.RowsAsync("shop_visits"));
    }

    private async Task PutAsync()
    {
        var long900 = new string('x', 900);
        await using var store = await OpenAsync();
        foreach (var chunk in Enumerable.Range(0, Many).Select(i => new Visit($"/{i}/{long900}", new Browser("Firefox", i % 7), ["a"])).Chunk(5_000))
        {
            await Visit.In(store).PutAsync(chunk);
        }
    }
}

public sealed class KillTestsOnSqlite() : KillTests(DatabaseServer.Sqlite);

public sealed class KillTestsOnPostgres() : KillTests(DatabaseServer.Postgres);
