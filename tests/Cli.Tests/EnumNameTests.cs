using Typed.Cli.Output;
using Typed.Cli.Tests.Declared;
using Typed.Cli.Tests.Harness;
using Typed.Schema.Json;
using Typed.Schema.Shapes;
using Typed.Tests.Harness.Databases;

namespace Typed.Cli.Tests;

/// <summary>Of members that the catalog calls enums, a schema without any file lists the names that are stored.</summary>
public abstract class EnumNameTests(DatabaseServer server) : CliSuite(server)
{
    [Fact]
    public async Task A_fresh_pull_lists_the_names_wherever_an_enum_stands()
    {
        await PutAsync();

        await DoAsync("schema", "pull", PathOf("s.json"));

        Assert.Equal(
            [
                "byKey.a: Refunded", "byKey.b: Paid", "flags: any", "history[]: Paid, Refunded", "inner.state: Paid", "inners[].state: Refunded",
                "maybe: Refunded", "means.$type: any", "means.brand: Refunded", "state: Paid, Refunded", "text: any", "tree.children[].kind: Refunded", "tree.kind: Paid",
            ],
            await TextsAsync());
        Assert.Empty((await DoAsync("schema", "check", PathOf("s.json"))).Lines);
        Assert.Empty((await DoAsync("schema", "diff", PathOf("s.json"))).Lines);
    }

    // As CI has it: a new name in the database is a difference.
    [Fact]
    public async Task A_check_finds_a_name_that_the_file_does_not_have()
    {
        await PutAsync();
        await DoAsync("schema", "pull", PathOf("s.json"));
        await File.WriteAllTextAsync(
            PathOf("new.ndjson"), $$$"""{"id":"{{{EventId.New()}}}","body":{"state":"Lost","maybe":null,"inner":{"state":"Paid"},"inners":[],"history":[],"byKey":{"b":"Odd"},"tree":{"kind":"Paid","children":[]},"means":{"$type":"cash"},"flags":"C, D","text":"z"}}""");
        await DoAsync("import", "shop.payments", PathOf("new.ndjson"));

        var check = await RunAsync("schema", "check", PathOf("s.json"), "--json");

        Assert.Equal(ExitCodes.Found, check.ExitCode);
        Assert.Equal(
            ["byKey.b: Odd", "state: Lost"],
            check.Json.Where(one => one.GetProperty("kind").GetString() == "EnumNameUndeclared")
                .Select(one => one.GetProperty("text").GetString()!.Split('\'')).Select(parts => $"{parts[3]}: {parts[4].Split(' ')[4].TrimEnd(',')}").Order(StringComparer.Ordinal));
    }

    // Somebody agreed to it, or pulled before the catalog knew.
    [Fact]
    public async Task A_file_that_calls_a_member_a_text_is_obeyed()
    {
        await PutAsync();
        await DoAsync("schema", "pull", PathOf("s.json"));
        var text = await File.ReadAllTextAsync(PathOf("s.json"));
        var cut = text.IndexOf("\"state\": {", text.IndexOf("\"means\"", StringComparison.Ordinal), StringComparison.Ordinal);
        var from = text.IndexOf(',', text.IndexOf("\"type\"", cut, StringComparison.Ordinal));
        await File.WriteAllTextAsync(PathOf("s.json"), text.Remove(from, text.IndexOf(']', from) + 1 - from));

        await DoAsync("schema", "pull", PathOf("s.json"));

        var texts = await TextsAsync();
        Assert.Contains("state: any", texts);
        Assert.Contains("inner.state: Paid", texts);
    }

    // Of a catalog that knows nothing, as one of an earlier version, and of a note that is none.
    [Theory]
    [InlineData("")]
    [InlineData("\nenums: nonsense")]
    [InlineData("\nenums: {\"properties\":{\"state\":7}}")]
    [InlineData("\nenums: true")]
    public async Task Where_the_catalog_says_nothing_texts_are_texts(string note)
    {
        await PutAsync();
        var layout = (string)(await Database.ScalarAsync("select layout from typed_catalog where name = 'shop_payments'"))!;
        await Database.ScalarAsync($"update typed_catalog set layout = '{layout[..layout.IndexOf("\nenums: ", StringComparison.Ordinal)]}{note}' where name = 'shop_payments'");

        await DoAsync("schema", "pull", PathOf("s.json"));

        Assert.All(await TextsAsync(), text => Assert.EndsWith(": any", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_names_than_an_enum_has_are_texts()
    {
        await using (await OpenAsync())
        {
        }

        await File.WriteAllLinesAsync(PathOf("new.ndjson"), Enumerable.Range(0, 1500).Select(i =>
            $$$"""{"id":"{{{EventId.New()}}}","body":{"state":"N{{{i}}}","maybe":"N{{{i % 1000}}}"}}"""));
        await DoAsync("import", "shop.payments", PathOf("new.ndjson"));

        await DoAsync("schema", "pull", PathOf("s.json"));

        Assert.Equal("state: any", (await TextsAsync())[1]);
        Assert.Equal(1000, (await TextsAsync())[0].Split(", ").Length);
    }

    private async Task PutAsync()
    {
        await using var store = await OpenAsync();
        await Payment.In(store).PutAsync(
            [
                new(State.Paid, null, new(State.Paid), [new(State.Refunded)], [State.Paid, State.Refunded], new() { ["a"] = State.Refunded }, new(State.Paid, [new(State.Refunded, [])]), new Card(State.Refunded), Flags.C | Flags.D, "x"),
                new(State.Refunded, State.Refunded, new(State.Paid), [], [], new() { ["b"] = State.Paid }, new(State.Paid, []), new Cash(), Flags.C, "y"),
            ]);
    }

    /// <summary>The texts of the schema: where they are, and the names that they are if they are names.</summary>
    private async Task<List<string>> TextsAsync()
    {
        var schema = Assert.Single(SchemaFileReader.Read(await File.ReadAllTextAsync(PathOf("s.json"))).File.Streams, stream => stream.Name == "shop.payments").Schema!;
        List<string> texts = [];
        Walk(JsonSchemaParser.Parse(schema), "");
        return texts;

        void Walk(JsonSchema place, string path)
        {
            if ((place.Types & JsonTypes.String) != JsonTypes.None)
            {
                texts.Add($"{path}: {(place.Names is null ? "any" : string.Join(", ", place.Names))}");
            }

            if (place.Items is { } items)
            {
                Walk(items, path + "[]");
            }

            foreach (var member in place.Properties ?? [])
            {
                Walk(member.Value.Schema, path.Length == 0 ? member.Key : $"{path}.{member.Key}");
            }
        }
    }
}

public sealed class EnumNameTestsOnSqlite() : EnumNameTests(DatabaseServer.Sqlite);

public sealed class EnumNameTestsOnPostgres() : EnumNameTests(DatabaseServer.Postgres);
