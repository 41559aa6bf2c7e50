using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

public record UnmappedPart(string Name, Dictionary<string, int> Inside);

[EventStream]
public partial record UnmappedParts(
    int N, Dictionary<string, int> Map, JsonElement Any, List<UnmappedPart> Parts, UnmappedPart Part, IReadOnlyList<UnmappedPart> Frozen);

/// <summary>What EF cannot map is refused with the words of the rule; what a query returns has it all the same.</summary>
public abstract class UnmappedMemberTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task A_query_for_one_is_refused_as_the_rule_says()
    {
        await using var store = await OpenAsync<UnmappedParts>();
        await using var db = store.CreateDbContext();

        Refused(db, e => e.Body.Map.Count > 1, "Map", "it is a dictionary");
        Refused(db, e => e.Body.Map == null, "Map", "it is a dictionary");
        Refused(db, e => e.Body.Map.ContainsKey("a"), "Map", "it is a dictionary");
        Refused(db, e => e.Body.Any.GetRawText() == "1", "Any", "it is a JsonElement");
        Refused(db, e => e.Body.Part.Inside.Count > 1, "Inside", "it is a dictionary");
        Refused(db, e => e.Body.Parts.Any(part => part.Inside.Count > 1), "Inside", "it is a dictionary");
        Refused(db, e => e.Body.Parts.Where(part => part.Name == "x").Any(part => part.Inside.Count > 1), "Inside", "it is a dictionary");
        Refused(db, e => e.Body.Frozen.Any(part => part.Name == "x"), "Frozen", "its objects are in neither a List<T> nor an array");
        Refuse(() => UnmappedParts.In(db).AsQueryable().OrderBy(e => e.Body.Map.Count).ToQueryString(), "Map", "it is a dictionary");
        Refuse(() => UnmappedParts.In(db).AsQueryable().Select(e => e.Body).Where(body => body.Map.Count > 1).ToQueryString(), "Map", "it is a dictionary");
        Refuse(() => UnmappedParts.In(db).AsQueryable().GroupBy(e => e.Body.Map.Count).Select(group => group.Key).ToQueryString(), "Map", "it is a dictionary");
    }

    [Fact]
    public async Task What_a_query_returns_has_them()
    {
        await using var store = await OpenAsync<UnmappedParts>();
        await using var db = store.CreateDbContext();
        var part = new UnmappedPart("x", new() { ["i"] = 3 });
        await UnmappedParts.In(store).PutAsync(new UnmappedParts(1, new() { ["a"] = 2 }, JsonDocument.Parse("[1]").RootElement, [part], part, [part]));
        var all = UnmappedParts.In(db).AsQueryable();

        Assert.Equal([2], (await all.Select(e => e.Body.Map).ToListAsync()).Select(map => map["a"]));
        Assert.Equal([1], await all.Select(e => e.Body.Map.Count).ToListAsync());
        Assert.Equal([2], await all.Where(e => e.Body.Map["a"] == 2).Select(e => e.Body.Map["a"]).ToListAsync());
        Assert.Equal([3], (await all.Select(e => e.Body.Part).ToListAsync()).Select(read => read.Inside["i"]));
        Assert.Equal([3], (await all.Where(e => e.Body.Parts.Any(one => one.Name == "x")).Select(e => e.Body.Frozen).ToListAsync()).Select(frozen => frozen[0].Inside["i"]));
    }

    private static void Refused(DbContext db, Expression<Func<Event<UnmappedParts>, bool>> where, string member, string reason) =>
        Refuse(() => UnmappedParts.In(db).AsQueryable().Where(where).ToQueryString(), member, reason);

    private static void Refuse(Func<string> query, string member, string reason)
    {
        var error = Assert.Throws<InvalidOperationException>(query);

        Assert.StartsWith($"The query could not be translated: {member} is stored, but cannot be used in queries: {reason} (in ", error.Message, StringComparison.Ordinal);
    }
}

public sealed class UnmappedMemberTestsOnSqlite() : UnmappedMemberTests(DatabaseServer.Sqlite);

public sealed class UnmappedMemberTestsOnPostgres() : UnmappedMemberTests(DatabaseServer.Postgres);
