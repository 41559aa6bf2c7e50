using System.IO.Compression;
using Typed.Cli.Output;
using Typed.Cli.Tests.Declared;
using Typed.Cli.Tests.Harness;
using Typed.Tests.Harness.Databases;

namespace Typed.Cli.Tests;

/// <summary>Export and import: what comes out goes in, once.</summary>
public abstract class TransferTests(DatabaseServer server) : CliSuite(server)
{
    private const int Many = 12_345;

    private static readonly DateTimeOffset s_noon = new(2026, 3, 21, 12, 34, 56, TimeSpan.Zero);

    [Theory]
    [InlineData("visits.ndjson")]
    [InlineData("visits.ndjson.gz")]
    [InlineData("visits.ndjson.zst")]
    public async Task A_stream_goes_into_another_database(string name)
    {
        await PutAsync(Many);
        await using var copy = await CopyAsync();

        await DoAsync("export", "shop.visits", PathOf(name));
        var import = await RunOnAsync(copy, "import", "shop.visits", PathOf(name), "--json");

        Assert.Equal((ExitCodes.Done, Many), (import.ExitCode, import.Json[0].GetProperty("stored").GetInt32()));
        await AssertSameAsync(copy, "shop.visits");
        Assert.Equal([name], FilesBeside(name));
    }

    [Fact]
    public async Task An_import_may_be_repeated()
    {
        await PutAsync(Many);
        await DoAsync("export", "shop.visits", PathOf("v.ndjson"));

        var again = await DoAsync("import", "shop.visits", PathOf("v.ndjson"), "--json");

        Assert.Equal((0, Many), (again.Json[0].GetProperty("stored").GetInt32(), again.Json[0].GetProperty("known").GetInt32()));
        Assert.Equal(Many, await Database.RowsAsync("shop_visits"));
    }

    [Fact]
    public async Task An_import_into_a_stream_that_has_some_of_it()
    {
        await PutAsync(Many);
        await DoAsync("export", "shop.visits", PathOf("v.ndjson"));
        var before = (await DoAsync("get", "shop.visits")).Output;
        var ids = (await DoAsync("get", "shop.visits")).Json.Select(line => line.GetProperty("id").GetString()).ToArray();
        await DoAsync("delete", "shop.visits", "--after", ids[4_000]!, "--yes");

        var import = await DoAsync("import", "shop.visits", PathOf("v.ndjson"), "--json");

        Assert.Equal((Many - 4_001, 4_001), (import.Json[0].GetProperty("stored").GetInt32(), import.Json[0].GetProperty("known").GetInt32()));
        Assert.Equal(before, (await DoAsync("get", "shop.visits")).Output);
    }

    [Fact]
    public async Task All_namespaces_of_a_stream_with_a_commit_order()
    {
        await using (var store = await OpenAsync())
        {
            await Order.In(store).PutAsync(new Order(1, 0.10m), s_noon);
            await Order.In(store, "eu").PutAsync([new Order(2, 12.50m), new Order(3, 1m)], s_noon);
        }

        await using var copy = await CopyAsync();
        await DoAsync("export", "shop.orders", PathOf("o.ndjson"), "--all-namespaces");
        var import = await RunOnAsync(copy, "import", "shop.orders", PathOf("o.ndjson"));

        Assert.Equal((ExitCodes.Done, "3 events stored.\n"), (import.ExitCode, import.Error));
        foreach (var space in new[] { "default", "eu" })
        {
            Assert.Equal((await DoAsync("get", "shop.orders", "-n", space)).Output, (await RunOnAsync(copy, "get", "shop.orders", "-n", space)).Output);
        }

        // The library reads them too.
        await using var other = await OpenAsync(copy);
        Assert.Equal(2, await Order.In(other, "eu").From(s_noon).CountAsync());
    }

    [Fact]
    public async Task A_bad_line_has_a_number_and_a_reason_and_nothing_of_its_batch_is_stored()
    {
        await PutAsync(10);
        await DoAsync("export", "shop.visits", PathOf("v.ndjson"));
        await DoAsync("delete", "shop.visits", "--all", "--yes");
        var lines = await File.ReadAllLinesAsync(PathOf("v.ndjson"));
        lines[6] = lines[6].Replace("\"body\":{", "\"body\":[{", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(PathOf("v.ndjson"), lines);

        var refused = await RunAsync("import", "shop.visits", PathOf("v.ndjson"));

        Assert.Equal(ExitCodes.BadInput, refused.ExitCode);
        Assert.Equal(
            "error: Line 7 does not fit: its body is no JSON object. Nothing of its batch is stored. Mend it, or leave such lines out with --skip-bad.\n", refused.Error);
        Assert.Equal(0, await Database.RowsAsync("shop_visits"));

        var skipped = await RunAsync("import", "shop.visits", PathOf("v.ndjson"), "--skip-bad");

        Assert.Equal(ExitCodes.BadInput, skipped.ExitCode);
        Assert.Equal("Line 7 does not fit: its body is no JSON object.\n9 events stored, 1 lines did not fit.\n", skipped.Error);
        Assert.Equal(9, await Database.RowsAsync("shop_visits"));
    }

    [Theory]
    [InlineData("", "it is no JSON")]
    [InlineData("[1]", "it is no JSON object")]
    [InlineData("{\"body\":{}}", "it has no id")]
    [InlineData("{\"id\":\"ID\"}", "it has no body")]
    [InlineData("{\"id\":\"ID\",\"body\":{},\"more\":1}", "it has a member 'more', which no export writes")]
    [InlineData("{\"id\":\"8c1b3a5e-9d2f-4e6a-b1c3-1234567890ab\",\"body\":{}}", "'8c1b3a5e-9d2f-4e6a-b1c3-1234567890ab' is no id of an event")]
    [InlineData("{\"id\":\"ID\",\"time\":\"2020-01-01T00:00:00Z\",\"body\":{}}", "its time is not that of its id")]
    [InlineData("{\"id\":\"ID\",\"body\":{\"a\":\"\\u0000\"}}", "its body has text with U+0000")]
    [InlineData("{\"id\":\"ID\",\"body\":{\"a\":\"\\ud800\"}}", "it has text that is no Unicode")]
    [InlineData("{\"id\":\"ID\",\"namespace\":\"a b\",\"body\":{}}", "'a b' is no namespace")]
    [InlineData("{\"id\":\"ID\",\"version\":0,\"body\":{}}", "its version is no number above 0")]
    [InlineData("{\"id\":\"ID\",\"body\":{}} {}", "it is no JSON: '{' is invalid after a single JSON value")]
    public async Task Every_kind_of_bad_line(string line, string reason)
    {
        await PutAsync(1);
        var id = (await DoAsync("get", "shop.visits")).Json[0].GetProperty("id").GetString();
        var text = line.Length == 0 ? "{\"id\":" : line.Replace("ID", id, StringComparison.Ordinal);
        await File.WriteAllTextAsync(PathOf("bad.ndjson"), "\n" + text + "\n");

        var result = await RunAsync("import", "shop.visits", PathOf("bad.ndjson"));

        Assert.Equal(ExitCodes.BadInput, result.ExitCode);
        Assert.StartsWith($"error: Line 2 does not fit: {reason}", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Trim().Split('\n'));
        Assert.Equal(1, await Database.RowsAsync("shop_visits"));
    }

    [Fact]
    public async Task Another_body_under_a_known_id_is_refused()
    {
        await PutAsync(3);
        await DoAsync("export", "shop.visits", PathOf("v.ndjson"));
        var lines = await File.ReadAllLinesAsync(PathOf("v.ndjson"));
        await File.WriteAllLinesAsync(PathOf("v.ndjson"), [lines[0], lines[1].Replace("/1", "/other", StringComparison.Ordinal), lines[2]]);

        var refused = await RunAsync("import", "shop.visits", PathOf("v.ndjson"));

        Assert.Equal(ExitCodes.BadInput, refused.ExitCode);
        Assert.StartsWith("error: Line 2 does not fit: another body is stored under its id.", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_body_in_other_words_is_the_same()
    {
        await PutAsync(1);
        var line = (await DoAsync("get", "shop.visits")).Json[0];
        var body = "{ \"tags\": [\"a\"], \"browser\": {\"version\": 0, \"name\": \"Firefox\"}, \"url\": \"\\u002f0\" }";
        await File.WriteAllTextAsync(PathOf("v.ndjson"), "\uFEFF" + $$"""{"body": {{body}}, "id": "{{line.GetProperty("id")}}"}""" + "\r\n\r\n");

        var import = await DoAsync("import", "shop.visits", PathOf("v.ndjson"));

        Assert.Equal("0 events stored, 1 were there already.\n", import.Error);
    }

    [Fact]
    public async Task A_damaged_file()
    {
        await PutAsync(100);
        await DoAsync("export", "shop.visits", PathOf("v.ndjson.gz"));
        await using (var file = File.OpenWrite(PathOf("v.ndjson.gz")))
        {
            file.SetLength(file.Length / 2);
            file.Seek(0, SeekOrigin.Begin);
            file.Write([0x1F, 0x8B, 0x08, 0xFF, 0xFF]);
        }

        var result = await RunAsync("import", "shop.visits", PathOf("v.ndjson.gz"));

        Assert.Equal(ExitCodes.BadInput, result.ExitCode);
        Assert.Contains("v.ndjson.gz is damaged", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_replaced()
    {
        await PutAsync(1);
        await File.WriteAllTextAsync(PathOf("v.ndjson"), "mine");

        var refused = await RunAsync("export", "shop.visits", PathOf("v.ndjson"));

        Assert.Equal(ExitCodes.BadInput, refused.ExitCode);
        Assert.Equal("mine", await File.ReadAllTextAsync(PathOf("v.ndjson")));
        await DoAsync("export", "shop.visits", PathOf("v.ndjson"), "--force");
        Assert.StartsWith("{\"id\":", await File.ReadAllTextAsync(PathOf("v.ndjson")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Buckets_as_csv()
    {
        await using (var store = await OpenAsync())
        {
            await Sales.In(store).InsertAsync(new("f,r", 1), 10.50m, s_noon);
            await Sales.In(store).InsertAsync(new("de", 2), 3m, s_noon);
        }

        await DoAsync("export", "sales", PathOf("sales.csv.gz"));

        using var reader = new StreamReader(new GZipStream(File.OpenRead(PathOf("sales.csv.gz")), CompressionMode.Decompress));
        Assert.Equal(
            "country,shop,bucket,amount\nde,2,2026-03-21T12:00:00Z,3\n\"f,r\",1,2026-03-21T12:00:00Z,10.5\n",
            (await reader.ReadToEndAsync()).Replace("3.0", "3", StringComparison.Ordinal).Replace("10.50", "10.5", StringComparison.Ordinal));
        Assert.Equal(2, (await DoAsync("export", "sales", "-", "--key", "de", "2")).Lines.Count);
    }

    private async Task PutAsync(int count)
    {
        await using var store = await OpenAsync();
        var visits = Enumerable.Range(0, count).Select(i => new Visit($"/{i}", new Browser("Firefox", i % 7), ["a"]));
        foreach (var (chunk, i) in visits.Chunk(4_000).Select((chunk, i) => (chunk, i)))
        {
            await Visit.In(store).PutAsync(chunk, s_noon.AddSeconds(i));
        }
    }

    private async Task<EmptyDatabase> CopyAsync()
    {
        var copy = await Server.CreateAsync();
        await using var store = await OpenAsync(copy);
        return copy;
    }

    private async Task AssertSameAsync(EmptyDatabase copy, string stream)
    {
        var there = await RunOnAsync(copy, "get", stream);
        Assert.Equal((await DoAsync("get", stream)).Output, there.Output);
        Assert.Equal(Many, there.Lines.Count);
    }

    private IEnumerable<string?> FilesBeside(string name) => Directory.GetFiles(Path.GetDirectoryName(PathOf(name))!).Select(Path.GetFileName);
}

public sealed class TransferTestsOnSqlite() : TransferTests(DatabaseServer.Sqlite);

public sealed class TransferTestsOnPostgres() : TransferTests(DatabaseServer.Postgres);
