using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

/// <summary>Its members stand in typed.schema.json, beside the project.</summary>
[EventStream(Name = "from.schema", FromSchema = true, Naming = JsonNaming.SnakeCaseLower)]
public partial record SchemaView
{
    public string Title { get; init; } = "none";
}

/// <summary>A class that has its members from the schema file is put, read and queried like any other.</summary>
public abstract class SchemaClassTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Put_read_and_query()
    {
        await using var store = await OpenAsync<SchemaView>();
        await using var db = store.CreateDbContext();
        SchemaView[] views =
        [
            new() { PageUrl = "/a", Lines = [new() { Price = 1.5 }, new() { Price = 2 }], SecondsSpent = 7, Browser = new() { Name = "F", Version = 3 } },
            new() { PageUrl = "/b", Lines = [], Title = "t", Odd = System.Text.Json.JsonDocument.Parse("\"x\"").RootElement },
        ];
        await SchemaView.In(store).PutAsync(views);

        var read = await ListAsync(SchemaView.In(store));
        Assert.Equal(["/a", "/b"], read.Select(e => e.Body.PageUrl));
        Assert.Equal([1.5, 2], read[0].Body.Lines.Select(line => line.Price));
        Assert.Equal(("F", 3d, 7L, "none"), (read[0].Body.Browser!.Name, read[0].Body.Browser!.Version, read[0].Body.SecondsSpent, read[0].Body.Title));
        Assert.Equal((null, "t", "x"), (read[1].Body.Browser, read[1].Body.Title, read[1].Body.Odd?.GetString()));
        var events = SchemaView.In(db).AsQueryable();
        Assert.Equal("/a", await events.Where(e => e.Body.Browser!.Name == "F" && e.Body.SecondsSpent > 6).Select(e => e.Body.PageUrl).SingleAsync());
        Assert.Equal("/a", await events.Where(e => e.Body.Lines.Any(line => line.Price == 2)).Select(e => e.Body.PageUrl).SingleAsync());
        Assert.Contains("\"page url\"", await SchemaView.In(store).InferSchemaAsync(), StringComparison.Ordinal);
        Assert.Contains("\"seconds_spent\"", await SchemaView.In(store).InferSchemaAsync(), StringComparison.Ordinal);
    }
}

public sealed class SchemaClassTestsOnSqlite() : SchemaClassTests(DatabaseServer.Sqlite);

public sealed class SchemaClassTestsOnPostgres() : SchemaClassTests(DatabaseServer.Postgres);
