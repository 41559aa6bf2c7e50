using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

public record NullableItem(string Sku, int? Quantity, List<string>? Labels);

[EventStream]
public partial record NullableLists(string Name, List<string>? Tags, List<int>? Numbers, List<NullableItem>? Items, NullableItem? Item);

/// <summary>Lists and objects that are null in JSON, in queries: they have no elements, and they are null.</summary>
public abstract class EventNullTests(DatabaseServer server) : StoreSuite(server)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lists_and_objects_that_are_null(bool own)
    {
        await using var store = await OpenAsync<NullableLists>();
        await NullableLists.In(store).PutAsync(
        [
            new NullableLists("null", null, null, null, null),
            new NullableLists("empty", [], [], [], new("a", null, [])),
            new NullableLists("full", ["x", "y"], [1, 2], [new("b", 2, ["l"]), new("c", null, null)], new("d", 4, ["l"])),
        ]);
        var options = new DbContextOptionsBuilder<Own>();
        Database.Choose(options);
        await using DbContext db = own ? new Own(options.UseTyped().Options) : store.CreateDbContext();
        var events = NullableLists.In(db).AsQueryable();

        Assert.Equal(["full"], await NamesAsync(e => e.Body.Tags!.Any()));
        Assert.Equal(["full"], await NamesAsync(e => e.Body.Tags!.Contains("x")));
        Assert.Equal(["full"], await NamesAsync(e => e.Body.Tags!.Count > 1));
        Assert.Equal(["full"], await NamesAsync(e => e.Body.Tags!.Any(tag => tag == "y")));
        Assert.Equal(["full"], await NamesAsync(e => e.Body.Tags![1] == "y"));
        Assert.Equal(["null"], await NamesAsync(e => e.Body.Tags == null));
        Assert.Equal(["empty", "full"], await NamesAsync(e => e.Body.Tags != null));
        Assert.Equal(["full"], await NamesAsync(e => e.Body.Numbers!.Sum() == 3));
        Assert.Equal(["full"], await NamesAsync(e => e.Body.Numbers!.Any(n => n > 1)));
        Assert.Equal(["full"], await NamesAsync(e => e.Body.Items!.Any()));
        Assert.Equal(["full"], await NamesAsync(e => e.Body.Items!.Count == 2));
        Assert.Equal(["full"], await NamesAsync(e => e.Body.Items!.Any(item => item.Quantity == 2)));
        Assert.Equal(["full"], await NamesAsync(e => e.Body.Items!.Any(item => item.Labels!.Contains("l"))));
        Assert.Equal(["full"], await NamesAsync(e => e.Body.Items!.Any(item => item.Labels == null)));
        Assert.Equal(["full"], await NamesAsync(e => e.Body.Item!.Labels!.Contains("l")));
        Assert.Equal(["null"], await NamesAsync(e => e.Body.Item == null));
        Assert.Equal(["empty", "full"], await NamesAsync(e => e.Body.Item != null));
        Assert.Equal([null, 0, 2], (await events.OrderBy(e => e.Id).Select(e => e.Body.Tags).ToListAsync()).Select(tags => tags?.Count));
        Assert.Equal([null, 0, 2], (await events.OrderBy(e => e.Id).ToListAsync()).Select(e => e.Body.Items?.Count));

        async Task<List<string>> NamesAsync(System.Linq.Expressions.Expression<Func<Event<NullableLists>, bool>> where) =>
            await events.Where(where).OrderBy(e => e.Id).Select(e => e.Body.Name).ToListAsync();
    }

    private sealed class Chosen : DeclarationModule
    {
        public override IReadOnlyList<Generated.Declaration> Declarations => [Generated.Declarations.Stream<NullableLists>()];
    }

    public class Own(DbContextOptions<Own> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped(new Chosen());
    }
}

public sealed class EventNullTestsOnSqlite() : EventNullTests(DatabaseServer.Sqlite);

public sealed class EventNullTestsOnPostgres() : EventNullTests(DatabaseServer.Postgres);
