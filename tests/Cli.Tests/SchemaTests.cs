using Typed.Cli.Output;
using Typed.Cli.Tests.Declared;
using Typed.Cli.Tests.Harness;
using Typed.Schema.Shapes;
using Typed.Tests.Harness.Databases;

namespace Typed.Cli.Tests;

/// <summary>The schema file from a database, and compared with one.</summary>
public abstract class SchemaTests(DatabaseServer server) : CliSuite(server)
{
    [Fact]
    public async Task What_is_pulled_is_what_the_library_infers()
    {
        string? inferred;
        await using (var store = await OpenAsync())
        {
            await Visit.In(store).PutAsync(new Visit("/", new Browser("Firefox", 1), ["a"]));
            await Visit.In(store).PutAsync(new Visit("/b", new Browser("Chrome", 2), []));
            inferred = await Visit.In(store).InferSchemaAsync(null);
        }

        var pull = await DoAsync("schema", "pull", PathOf("s.json"));

        var reading = SchemaFileReader.Read(await File.ReadAllTextAsync(PathOf("s.json")));
        Assert.Empty(reading.Problems);
        var stream = Assert.Single(reading.File.Streams);
        Assert.Equal(("shop.visits", "CamelCase", inferred), (stream.Name, stream.Naming, stream.Schema));
        Assert.Equal(["hit", "re_gauge", "re_histogram", "re_keys", "re_set", "re_summary", "re_total", "response_time", "sales", "stock", "temperature", "turnover", "upload", "visitors"], reading.File.Series.Select(series => series.Name));
        Assert.EndsWith("s.json written: 1 streams, 14 series; without an event: shop.orders, shop.payments.\n", pull.Error, StringComparison.Ordinal);
        Assert.EndsWith("s.json is as it was: 1 streams, 14 series; without an event: shop.orders, shop.payments.\n", (await DoAsync("schema", "pull", PathOf("s.json"))).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_fails_where_the_two_differ()
    {
        await using (var store = await OpenAsync())
        {
            await Visit.In(store).PutAsync(new Visit("/", new Browser("Firefox", 1), ["a"]));
        }

        await DoAsync("schema", "pull", PathOf("s.json"));
        Assert.Empty((await DoAsync("schema", "check", PathOf("s.json"))).Lines);
        await File.WriteAllTextAsync(
            PathOf("new.ndjson"), $$$"""{"id":"{{{EventId.New()}}}","body":{"url":"/","browser":{"name":"x","version":1},"tags":[],"referrer":"/"}}""");
        await DoAsync("import", "shop.visits", PathOf("new.ndjson"));

        var check = await RunAsync("schema", "check", PathOf("s.json"), "--json");

        Assert.Equal(ExitCodes.Found, check.ExitCode);
        var difference = Assert.Single(check.Json);
        Assert.Equal(("MemberUndeclared", "shop.visits", "referrer"), (difference.GetProperty("kind").GetString(), difference.GetProperty("owner").GetString(), difference.GetProperty("path").GetString()));
        Assert.Single((await DoAsync("schema", "diff", PathOf("s.json"))).Lines);

        // The newest event alone has it always.
        Assert.Contains("every stored event", (await DoAsync("schema", "diff", PathOf("s.json"), "--sample", "1")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_an_enum_the_stored_names_are_listed_and_of_a_member_how_often_it_was_seen()
    {
        await using (var store = await OpenAsync())
        {
            await File.WriteAllLinesAsync(PathOf("new.ndjson"), Enumerable.Range(0, 40).Select(i =>
                $$$"""{"id":"{{{EventId.New()}}}","body":{"url":"{{{(i % 3 == 0 ? "A" : "B")}}}","tags":["{{{i % 2}}}"]{{{(i < 15 ? ",\"browser\":{\"name\":\"x\"}" : "")}}}}}"""));
            await DoAsync("import", "shop.visits", PathOf("new.ndjson"));
        }

        await DoAsync("schema", "pull", PathOf("s.json"));
        var plain = await File.ReadAllTextAsync(PathOf("s.json"));
        Assert.Contains("\"seen\": \"37 %\"", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("\"enum\"", plain, StringComparison.Ordinal);

        // As a file from declarations says it; one name was never stored, and one is not in the file.
        var isEnum = plain.Replace("\"url\": {", "\"url\": { \"enum\": [\"A\", \"Z\"],", StringComparison.Ordinal)
            .Replace("\"items\": {", "\"items\": { \"enum\": [],", StringComparison.Ordinal);
        await File.WriteAllTextAsync(PathOf("s.json"), isEnum);
        var check = await RunAsync("schema", "check", PathOf("s.json"), "--json");
        Assert.Equal(ExitCodes.Found, check.ExitCode);
        Assert.Equal(["EnumNameUndeclared tags[]", "EnumNameUndeclared url"], check.Json.Select(one => $"{one.GetProperty("kind")} {one.GetProperty("path")}").Order(StringComparer.Ordinal));

        await DoAsync("schema", "pull", PathOf("s.json"));
        var schema = Assert.Single(SchemaFileReader.Read(await File.ReadAllTextAsync(PathOf("s.json"))).File.Streams).Schema!;
        Assert.Contains("\"url\":{\"type\":\"string\",\"enum\":[\"A\",\"B\"]}", schema, StringComparison.Ordinal);
        Assert.Contains("\"items\":{\"type\":\"string\",\"enum\":[\"0\",\"1\"]}", schema, StringComparison.Ordinal);
        Assert.Empty((await DoAsync("schema", "check", PathOf("s.json"))).Lines);
    }

    [Theory]
    [InlineData("", "(1,1): The file is empty")]
    [InlineData("{\"version\": 99}", "has the format version 99")]
    [InlineData("nonsense", "(1,1): The file is no JSON here")]
    public async Task A_broken_file(string text, string said)
    {
        await using (await OpenAsync())
        {
        }

        await File.WriteAllTextAsync(PathOf("s.json"), text);

        var check = await RunAsync("schema", "check", PathOf("s.json"));

        Assert.Equal(ExitCodes.BadInput, check.ExitCode);
        Assert.Contains(said, check.Error, StringComparison.Ordinal);
        Assert.Single(check.Error.Trim().Split('\n'));
        Assert.Equal(ExitCodes.NotFound, (await RunAsync("schema", "check", PathOf("none.json"))).ExitCode);
    }
}

public sealed class SchemaTestsOnSqlite() : SchemaTests(DatabaseServer.Sqlite);

public sealed class SchemaTestsOnPostgres() : SchemaTests(DatabaseServer.Postgres);
