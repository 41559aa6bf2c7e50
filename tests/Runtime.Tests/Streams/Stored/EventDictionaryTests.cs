using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

#pragma warning disable MA0132 // Queries are written so.
namespace Typed.Runtime.Tests.Streams.Stored;

public record MappedInside(string Name, Dictionary<string, string> Labels);

[EventStream]
public partial record Mapped(
    int N, Dictionary<string, string> Labels, Dictionary<string, int> Counts, IReadOnlyDictionary<string, decimal> Prices, Dictionary<string, DateTimeOffset> Times, Dictionary<string, bool>? Flags, MappedInside Inside, MappedInside? Other);

/// <summary>Values in dictionaries are paths in the stored JSON.</summary>
public abstract class EventDictionaryTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Values_by_their_keys()
    {
        await using var store = await OpenAsync<Mapped>();
        await Mapped.In(store).PutAsync(Enumerable.Range(1, 3).Select(n => new Mapped(
            n, new() { ["x"] = $"v{n}", ["a.b \"c\" $d 1"] = "odd", ["7"] = "seven" }, new() { ["n"] = n }, new Dictionary<string, decimal> { ["p"] = n * 1.50m }, new() { ["t"] = Noon.AddHours(n).ToOffset(TimeSpan.FromHours(n)) },
            n == 1 ? null : new() { ["f"] = n == 2 }, new("i", new() { ["y"] = $"w{n}" }), n == 1 ? null : new("o", new() { ["z"] = "z" }))).ToArray());
        await using var db = store.CreateDbContext();
        var events = Mapped.In(db).AsQueryable();
        var (key, odd, seven, time) = ("x", "a.b \"c\" $d 1", "7", Noon.AddHours(2));

        Assert.Equal([2], await events.Where(e => e.Body.Labels["x"] == "v2").Select(e => e.Body.N).ToListAsync());
        Assert.Equal([3], await events.Where(e => e.Body.Labels[key] == "v3").Select(e => e.Body.N).ToListAsync());
        Assert.Equal(3, await events.CountAsync(e => e.Body.Labels[odd] == "odd" && e.Body.Labels["a.b \"c\" $d 1"] == "odd" && e.Body.Labels[seven] == "seven" && e.Body.Labels["7"] == "seven"));
        Assert.Equal(3, await events.CountAsync(e => e.Body.Labels["none"] == null));
        Assert.Equal([2, 3], await events.Where(e => e.Body.Counts["n"] > 1).OrderBy(e => e.Body.Counts["n"]).Select(e => e.Body.Counts["n"]).ToListAsync());
        Assert.Equal([3m], await events.Where(e => e.Body.Prices["p"] == 3m).Select(e => e.Body.Prices["p"]).ToListAsync());
        Assert.Equal(1, await events.CountAsync(e => e.Body.Times["t"] > time));
        Assert.Equal([2], await events.Where(e => e.Body.Flags!["f"]).Select(e => e.Body.N).ToListAsync());
        Assert.Equal([1], await events.Where(e => e.Body.Inside.Labels["y"] == "w1").Select(e => e.Body.N).ToListAsync());
        Assert.Equal(2, await events.CountAsync(e => e.Body.Other!.Labels["z"] == "z"));
        Assert.Equal(["v1", "v2", "v3"], await events.GroupBy(e => e.Body.Labels["x"]).Select(g => g.Key).OrderBy(k => k).ToListAsync());
        Assert.Equal(3, (await events.Select(e => new { e.Body, X = e.Body.Labels["x"] }).ToListAsync()).Count(x => x.X == x.Body.Labels["x"]));
    }
}

public sealed class EventDictionaryTestsOnSqlite() : EventDictionaryTests(DatabaseServer.Sqlite);

public sealed class EventDictionaryTestsOnPostgres() : EventDictionaryTests(DatabaseServer.Postgres);
