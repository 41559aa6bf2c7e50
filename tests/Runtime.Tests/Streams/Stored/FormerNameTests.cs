using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

public record Client(string Name, [FormerName("ver"), FormerName("v")] int? Version);

public class Place
{
    [FormerName("town")]
    public string City { get; init; } = "nowhere";
}

[EventStream]
public partial record Moved([FormerName("address"), FormerName("link")] string Url, [FormerName("agent")] Client? Browser)
{
    [FormerName("labels")]
    public List<string> Tags { get; init; } = [];

    [FormerName("spots")]
    public List<Place> Places { get; init; } = [];

    [FormerName("points")]
    public int Score { get; init; } = 7;

    [FormerName("kind_of")]
    public PageKind? Kind { get; init; }

    [FormerName("numbers")]
    public Dictionary<string, int>? Counts { get; init; }
}

/// <summary>Events that have members under the names of earlier versions: reader and queries take them for the members of today.</summary>
public abstract class FormerNameTests(DatabaseServer server) : StoreSuite(server)
{
    private const string Now = """{"url":"/now","browser":{"name":"F","version":3},"tags":["t"],"places":[{"city":"Rome"}],"score":1,"kind":"Small","counts":{"x":1}}""";
    private const string Then = """{"address":"/then","agent":{"name":"F","ver":2},"labels":["t","u"],"spots":[{"town":"Oslo"},{}],"points":2,"kind_of":"Big","numbers":{"x":2}}""";
    private const string Before = """{"link":"/before","agent":{"name":"G","v":1}}""";
    private const string Mixed = """{"link":"/no","url":"/mixed","address":"/neither","browser":{"v":8,"ver":9,"name":"H"},"points":5,"score":4}""";

    [Fact]
    public async Task Readers_and_queries_see_the_names_of_today()
    {
        await using var store = await OpenAsync<Moved>();
        await using var db = store.CreateDbContext();
        string[] bodies = [Now, Then, Before, Mixed];
        await Moved.In(store).PutAsync(bodies.Select((_, i) => new Moved($"/{i}", null)));
        for (var i = 0; i < bodies.Length; i++)
        {
            await db.Database.ExecuteSqlRawAsync(Server == DatabaseServer.Postgres
                ? "UPDATE moved SET body = {0}::jsonb WHERE body ->> 'url' = {1}" : "UPDATE moved SET body = {0} WHERE body ->> '$.url' = {1}", bodies[i], $"/{i}");
        }

        var moved = Moved.In(db).AsQueryable();
        var read = await ListAsync(Moved.In(store));
        Assert.Equal(["/now", "/then", "/before", "/mixed"], read.Select(e => e.Body.Url));
        Assert.Equal([3, 2, 1, 9], read.Select(e => e.Body.Browser!.Version));
        Assert.Equal([1, 2, 7, 4], read.Select(e => e.Body.Score));
        Assert.Equal(["Rome", "Oslo,nowhere", "", ""], read.Select(e => string.Join(',', e.Body.Places.Select(place => place.City))));

        var queried = await moved.OrderBy(e => e.Id).Select(e => new
        {
            e.Body.Url, e.Body.Browser!.Name, e.Body.Browser.Version, e.Body.Tags.Count, Spots = e.Body.Places.Count, e.Body.Score, e.Body.Kind,
            X = (int?)e.Body.Counts!["x"],
        }).ToListAsync();
        Assert.Equal(
            read.Select(e => (e.Body.Url, e.Body.Browser!.Name, e.Body.Browser.Version, e.Body.Tags.Count, e.Body.Places.Count, e.Body.Score, e.Body.Kind)),
            queried.Select(e => (e.Url, e.Name, e.Version, e.Count, e.Spots, e.Score, e.Kind)));
        Assert.Equal([1, 2, null, null], queried.Select(e => e.X));
        Assert.Equal("/before", await moved.Where(e => e.Body.Browser!.Version == 1).Select(e => e.Body.Url).SingleAsync());
        Assert.Equal("/then", await moved.Where(e => e.Body.Places.Any(place => place.City == "Oslo")).Select(e => e.Body.Url).SingleAsync());
        Assert.Equal(1, await moved.CountAsync(e => e.Body.Places.Any(place => place.City == "nowhere")));
        Assert.Equal("/then", await moved.Where(e => e.Body.Tags.Contains("u")).Select(e => e.Body.Url).SingleAsync());
        Assert.Equal(2, await moved.CountAsync(e => e.Body.Kind == null));
        Assert.Equal(1, await moved.CountAsync(e => e.Body.Kind == PageKind.Big));
        Assert.Equal(14, await moved.SumAsync(e => e.Body.Score));
        Assert.Equal(["/before", "/mixed", "/now", "/then"], await moved.OrderBy(e => e.Body.Url).Select(e => e.Body.Url).ToListAsync());
        Assert.Equal([("F", 2), ("G", 1), ("H", 1)], (await moved.GroupBy(e => e.Body.Browser!.Name).Select(g => new { g.Key, Count = g.Count() }).ToListAsync())
            .Select(g => (g.Key, g.Count)).Order());
        Assert.Equal("/then", (await moved.Where(e => e.Body.Score == 2).SingleAsync()).Body.Url);
        Assert.Equal([3, 2, 1, 9], (await moved.OrderBy(e => e.Id).Select(e => e.Body.Browser).ToListAsync()).Select(browser => browser!.Version));
    }

    [Fact]
    public async Task Only_the_names_of_today_are_written()
    {
        await using var store = await OpenAsync<Moved>();
        await Moved.In(store).PutAsync(new Moved("/", new Client("F", 1)));

        var body = Assert.IsType<string>(await Database.ScalarAsync("select cast(body as text) from moved"));

        Assert.DoesNotContain("address", body, StringComparison.Ordinal);
        Assert.DoesNotContain("ver\"", body.Replace("\"version\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("url", body, StringComparison.Ordinal);
    }
}

public sealed class FormerNameTestsOnSqlite() : FormerNameTests(DatabaseServer.Sqlite);

public sealed class FormerNameTestsOnPostgres() : FormerNameTests(DatabaseServer.Postgres);
