using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

[EventStream(Naming = JsonNaming.SnakeCaseLower)]
public partial record SnakeNamed(string UserName, int LoginCount, List<string> UserTags, SnakeAgent UserAgent, List<SnakeAgent> AllAgents);

public record SnakeAgent(string FullName, int MajorVersion);

[EventStream(Naming = JsonNaming.KebabCaseLower)]
public partial record KebabNamed(string UserName, int? LoginCount);

[EventStream]
public partial record EscapedNames(
    [property: JsonPropertyName("it's")] string Quote, [property: JsonPropertyName("a\"b")] int Double, [property: JsonPropertyName("$.x")] int Path, [property: JsonPropertyName("größe [m]")] int Size,
    [property: JsonPropertyName("back\\slash")] int Slash);

/// <summary>Names in JSON that are not plain words: queries find them on both databases.</summary>
public abstract class EventNameTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Snake_case()
    {
        await using var store = await OpenAsync<SnakeNamed>();
        await SnakeNamed.In(store).PutAsync(
        [
            new SnakeNamed("ada", 3, ["a", "b"], new("Firefox", 140), [new("Lynx", 2)]),
            new SnakeNamed("bob", 5, [], new("Chrome", 9), [new("Lynx", 2), new("Chrome", 9)]),
        ]);
        await using var db = store.CreateDbContext();
        var events = SnakeNamed.In(db).AsQueryable();

        Assert.Equal(["ada"], await events.Where(e => e.Body.UserName == "ada").Select(e => e.Body.UserName).ToListAsync());
        Assert.Equal(8, await events.SumAsync(e => e.Body.LoginCount));
        Assert.Equal(["bob", "ada"], await events.OrderByDescending(e => e.Body.LoginCount).Select(e => e.Body.UserName).ToListAsync());
        Assert.Equal(1, await events.CountAsync(e => e.Body.UserTags.Contains("b")));
        Assert.Equal(1, await events.CountAsync(e => e.Body.UserTags.Any(tag => tag == "a")));
        Assert.Equal(1, await events.CountAsync(e => e.Body.UserTags.Count == 2));
        Assert.Equal("b", await events.Where(e => e.Body.UserTags.Count > 0).Select(e => e.Body.UserTags[1]).SingleAsync());
        Assert.Equal(1, await events.CountAsync(e => e.Body.UserAgent.FullName == "Firefox" && e.Body.UserAgent.MajorVersion > 100));
        Assert.Equal(1, await events.CountAsync(e => e.Body.AllAgents.Any(agent => agent.FullName == "Chrome" && agent.MajorVersion == 9)));
        Assert.Equal(2, await events.CountAsync(e => e.Body.AllAgents[0].MajorVersion == 2));
        Assert.Equal([("Chrome", 1), ("Firefox", 1)], (await events.GroupBy(e => e.Body.UserAgent.FullName).Select(g => new { g.Key, Count = g.Count() }).OrderBy(g => g.Key).ToListAsync()).Select(g => (g.Key, g.Count)));
        Assert.Equal("Chrome", (await events.SingleAsync(e => e.Body.UserName == "bob")).Body.AllAgents[1].FullName);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_applications_context_finds_them_or_says_what_it_needs(bool uses)
    {
        var options = new DbContextOptionsBuilder<Own>();
        Database.Choose(options);
        await using var db = new Own(uses ? options.UseTyped().Options : options.Options);
        await db.Database.EnsureCreatedAsync();
        await KebabNamed.In(db).PutAsync([new KebabNamed("ada", 3), new KebabNamed("bob", 5)]);

        if (!uses)
        {
            var error = Assert.Throws<InvalidOperationException>(() => KebabNamed.In(db).AsQueryable());
            Assert.Contains("UseTyped()", error.Message, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(5, await KebabNamed.In(db).AsQueryable().Where(e => e.Body.UserName == "bob").SumAsync(e => e.Body.LoginCount));
    }

    [Fact]
    public void The_database_comes_first() => Assert.Throws<InvalidOperationException>(() => new DbContextOptionsBuilder().UseTyped());

    [Fact]
    public async Task Kebab_case_and_nulls()
    {
        await using var store = await OpenAsync<KebabNamed>();
        await KebabNamed.In(store).PutAsync([new KebabNamed("ada", null), new KebabNamed("bob", 5)]);
        await using var db = store.CreateDbContext();

        Assert.Equal("ada", await KebabNamed.In(db).AsQueryable().Where(e => e.Body.LoginCount == null).Select(e => e.Body.UserName).SingleAsync());
        Assert.Equal("bob", await KebabNamed.In(db).AsQueryable().Where(e => e.Body.LoginCount > 1).Select(e => e.Body.UserName).SingleAsync());
    }

    [Fact]
    public async Task Names_that_have_to_be_escaped()
    {
        await using var store = await OpenAsync<EscapedNames>();
        await EscapedNames.In(store).PutAsync(new EscapedNames("q", 1, 2, 3, 4));
        await using var db = store.CreateDbContext();
        var events = EscapedNames.In(db).AsQueryable();

        Assert.Equal(1, await events.CountAsync(e => e.Body.Quote == "q"));
        Assert.Equal(1, await events.CountAsync(e => e.Body.Double == 1));
        Assert.Equal(1, await events.CountAsync(e => e.Body.Path == 2));
        Assert.Equal(1, await events.CountAsync(e => e.Body.Size == 3));
        Assert.Equal(1, await events.CountAsync(e => e.Body.Slash == 4));
    }

    private sealed class Chosen : DeclarationModule
    {
        public override IReadOnlyList<Generated.Declaration> Declarations => [Generated.Declarations.Stream<KebabNamed>()];
    }

    public class Own(DbContextOptions<Own> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped(new Chosen());
    }
}

public sealed class EventNameTestsOnSqlite() : EventNameTests(DatabaseServer.Sqlite);

public sealed class EventNameTestsOnPostgres() : EventNameTests(DatabaseServer.Postgres);
