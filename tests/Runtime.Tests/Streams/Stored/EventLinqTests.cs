using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

/// <summary>LINQ over events: members of the body, nested ones and lists included, in the database's JSON operators.</summary>
public abstract class EventLinqTests(DatabaseServer server) : StoreSuite(server)
{
    private static readonly Guid s_reference = Guid.Parse("8f14e45f-ceea-467f-a0e6-000000000001");

    [Fact]
    public async Task Members_translate()
    {
        await using var store = await PagesAsync();
        await using var db = store.CreateDbContext();
        await MembersTranslateAsync(LinqPage.In(db).AsQueryable());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Members_translate_in_a_context_of_ones_own(bool usesTyped)
    {
        await using var store = await PagesAsync();
        var options = new DbContextOptionsBuilder<Own>();
        Database.Choose(options);
        await using var db = new Own(usesTyped ? options.UseTyped().Options : options.Options);
        if (!usesTyped)
        {
            var refused = Assert.Throws<InvalidOperationException>(() => LinqPage.In(db).AsQueryable());
            Assert.Contains("needs UseTyped() in the options of Own, after the provider: options.UseNpgsql(...).UseTyped()", refused.Message, StringComparison.Ordinal);
            return;
        }

        await MembersTranslateAsync(LinqPage.In(db).AsQueryable());

        var read = (await ListAsync(LinqPage.In(store))).Select(e => System.Text.Json.JsonSerializer.Serialize(e.Body));
        Assert.Equal(read, (await LinqPage.In(db).AsQueryable().OrderBy(e => e.Id).ToListAsync()).Select(e => System.Text.Json.JsonSerializer.Serialize(e.Body)));
        Assert.Equal("b", Assert.Single(await LinqOdd.In(db).AsQueryable().ToListAsync()).Body.Map["a"]);
    }

    private static async Task MembersTranslateAsync(IQueryable<Event<LinqPage>> pages)
    {
        var (kind, before, clock) = (PageKind.Big, Noon.ToOffset(TimeSpan.FromHours(2)).AddHours(-1), new TimeOnly(12, 0));

        Assert.Equal(1, await pages.CountAsync(e => e.Body.Url.StartsWith("/home")));
        Assert.Equal(1, await pages.CountAsync(e => e.Body.Browser.Name == "Firefox" && e.Body.Browser.Version > 20 && e.Body.Browser.Vendor.City == "SF"));
        Assert.Equal(1, await pages.CountAsync(e => e.Body.Tags.Contains("a") && e.Body.Tags.Count == 2));
        Assert.Equal(1, await pages.CountAsync(e => e.Body.Numbers.Any(n => n > 2)));
        Assert.Equal(1, await pages.CountAsync(e => e.Body.Items.Any(i => i.Sku == "x" && i.Quantity > 1)));
        Assert.Equal(1, await pages.CountAsync(e => e.Body.Kind == kind));
        Assert.Equal(1, await pages.CountAsync(e => e.Body.Price == 12.5m));
        Assert.Equal(1, await pages.CountAsync(e => e.Body.Price > 2m));
        Assert.Equal(1, await pages.CountAsync(e => e.Body.Reference == s_reference));
        Assert.Equal(1, await pages.CountAsync(e => e.Body.At > before));
        Assert.Equal(1, await pages.CountAsync(e => e.Body.At == Noon));
        Assert.Equal(2, await pages.CountAsync(e => e.Body.Day.Year == 2026 && e.Body.Clock == clock));
        Assert.Equal(1, await pages.CountAsync(e => e.Body.Took == TimeSpan.FromHours(30)));
        Assert.Equal(1, await pages.CountAsync(e => e.Body.Note == null && e.Body.Missing == null && e.Body.Present != null));
        Assert.Equal(14.5m, await pages.SumAsync(e => e.Body.Price));
    }

    [Fact]
    public async Task Groups_joins_and_pages()
    {
        await using var store = await PagesAsync();
        await using var db = store.CreateDbContext();
        var pages = LinqPage.In(db).AsQueryable();

        var browsers = await pages.GroupBy(e => e.Body.Browser.Name).Select(g => new { g.Key, Views = g.Count(), Newest = g.Max(e => e.Body.Browser.Version) }).OrderBy(g => g.Key).ToListAsync();
        Assert.Equal([("Chrome", 1, 9), ("Firefox", 1, 26)], browsers.Select(b => (b.Key, b.Views, b.Newest)));
        Assert.Equal(["/cart"], await pages.OrderBy(e => e.Body.Browser.Version).Take(1).Select(e => e.Body.Url).ToListAsync());
        Assert.Equal(1, await pages.Join(LinqOdd.In(db).AsQueryable(), p => p.Body.Browser.Version, o => o.Body.N, (p, o) => o.Id).CountAsync());
    }

    [Fact]
    public async Task EF_reads_the_object_that_the_stream_reads()
    {
        await using var store = await PagesAsync();
        await using var db = store.CreateDbContext();

        var read = (await ListAsync(LinqPage.In(store))).Select(e => (e.Id, System.Text.Json.JsonSerializer.Serialize(e.Body)));
        var queried = (await LinqPage.In(db).AsQueryable().OrderBy(e => e.Id).ToListAsync()).Select(e => (e.Id, System.Text.Json.JsonSerializer.Serialize(e.Body)));

        Assert.Equal(read, queried);
    }

    [Fact]
    public async Task A_range_of_time_is_one_of_ids()
    {
        await using var store = await OpenAsync<LinqPage>();
        var page = new LinqPage("/a", new("Lynx", 2, new("X")), [], PageKind.Small, 1, Guid.Empty, Noon, new(2026, 1, 1), TimeSpan.Zero, default, Note: null, [], [], Missing: null, Present: null);
        await LinqPage.In(store).PutAsync(page, Noon.AddHours(-1));
        await LinqPage.In(store).PutAsync(page with { Url = "/b" }, Noon);
        await LinqPage.In(store).PutAsync(page with { Url = "/c" }, Noon.AddHours(1));
        await using var db = store.CreateDbContext();
        var (from, to) = (EventId.First(Noon), EventId.Last(Noon.AddMinutes(1)));

        Assert.Equal(["/b"], await LinqPage.In(db).AsQueryable().Where(e => e.Id >= from && e.Id <= to).Select(e => e.Body.Url).ToListAsync());
        Assert.Equal(["/b", "/c"], await LinqPage.In(db).AsQueryable().Where(e => e.Id >= EventId.First(Noon)).OrderBy(e => e.Id).Select(e => e.Body.Url).ToListAsync());
        Assert.Equal(["/b"], await LinqPage.In(db).AsQueryable().Where(e => e.Time >= Noon && e.Time < Noon.AddMinutes(1)).Select(e => e.Body.Url).ToListAsync());
    }

    [Fact]
    public async Task Ids_compare_as_in_memory()
    {
        await using var store = await OpenAsync<LinqPage>();
        var page = new LinqPage("/a", new("Lynx", 2, new("X")), [], PageKind.Small, 1, Guid.Empty, Noon, new(2026, 1, 1), TimeSpan.Zero, default, Note: null, [], [], Missing: null, Present: null);
        var ids = await LinqPage.In(store).PutAsync([(page, Noon.AddTicks(-1)), (page with { Url = "/b" }, Noon), (page with { Url = "/c" }, Noon.AddTicks(1))]);
        await LinqPage.In(store).PutAsync(page with { Url = "/d", Reference = ids[1] }, Noon.AddHours(1));
        await using var db = store.CreateDbContext();
        var pages = LinqPage.In(db).AsQueryable();
        var (id, guid) = (ids[1], ids[1].ToGuid());
        EventId[] list = [ids[0], ids[2]];
        Guid[] guids = [ids[0], ids[2]];

        await UrlsAsync(["/b"], pages.Where(e => e.Id == id));
        await UrlsAsync(["/b"], pages.Where(e => e.Id == guid));
        await UrlsAsync(["/b"], pages.Where(e => e.Id.Equals(id)));
        await UrlsAsync(["/a", "/c", "/d"], pages.Where(e => e.Id != id));
        await UrlsAsync(["/c", "/d"], pages.Where(e => e.Id > id));
        await UrlsAsync(["/c", "/d"], pages.Where(e => e.Id > guid));
        await UrlsAsync(["/c", "/d"], pages.Where(e => e.Id.CompareTo(id) > 0));
        await UrlsAsync(["/a", "/b"], pages.Where(e => e.Id <= id));
        await UrlsAsync(["/a", "/c"], pages.Where(e => list.Contains(e.Id)));
        await UrlsAsync(["/a", "/c"], pages.Where(e => guids.Contains(e.Id)));
        await UrlsAsync(["/b"], pages.Where(e => e.Id.ToString() == id.ToString()));
        await UrlsAsync(["/b"], pages.Where(e => pages.Any(other => other.Body.Reference == e.Id)));
        Assert.Equal(["/b /d"], await pages.Join(pages, e => e.Id.ToGuid(), e => e.Body.Reference, (e, other) => e.Body.Url + " " + other.Body.Url).ToListAsync());
        Assert.Equal(["/b /d"], await pages.Join(pages, e => (Guid)e.Id, e => e.Body.Reference, (e, other) => e.Body.Url + " " + other.Body.Url).ToListAsync());
        Assert.Equal(ids, await pages.OrderBy(e => e.Id).Take(3).Select(e => e.Id).ToListAsync());
        Assert.Equal(ids.Select(one => one.ToGuid()), await pages.OrderBy(e => e.Id).Take(3).Select(e => (Guid)e.Id).ToListAsync());
        Assert.Equal(ids.Select(one => one.ToString()), await pages.OrderBy(e => e.Id).Take(3).Select(e => e.Id.ToString()).ToListAsync());
        Assert.Equal(Noon, (await pages.Where(e => e.Id == id).Select(e => new { e.Id }).SingleAsync()).Id.Time);
        Assert.Equal(id, (await pages.SingleAsync(e => e.Id == id)).Id);
        Assert.Equal(4, await pages.Select(e => e.Id).Distinct().CountAsync());

        async Task UrlsAsync(string[] expected, IQueryable<Event<LinqPage>> found) => Assert.Equal(expected, await found.OrderBy(e => e.Id).Select(e => e.Body.Url).ToListAsync());
    }

    [Fact]
    public async Task Parts_of_times_group_events()
    {
        await using var store = await OpenAsync<LinqPage>();
        var page = new LinqPage("/a", new("Lynx", 2, new("X")), [], PageKind.Small, 1, Guid.Empty, Noon, new(2026, 1, 1), TimeSpan.Zero, default, Note: null, [], [], Missing: null, Present: null);
        await LinqPage.In(store).PutAsync(page, Noon.AddHours(-13));
        await LinqPage.In(store).PutAsync(page with { At = new(1969, 12, 31, 23, 59, 59, 400, TimeSpan.Zero) }, Noon);
        await LinqPage.In(store).PutAsync(page with { At = Noon.ToOffset(TimeSpan.FromHours(14)) }, Noon.AddHours(1));
        await using var db = store.CreateDbContext();
        var pages = LinqPage.In(db).AsQueryable();

        var days = await pages.GroupBy(e => e.Time.Date).Select(g => new { g.Key, Views = g.Count() }).OrderBy(g => g.Key).ToListAsync();
        Assert.Equal([(new DateTime(2026, 3, 20), 1), (new DateTime(2026, 3, 21), 2)], days.Select(d => (d.Key, d.Views)));
        var hours = await pages.GroupBy(e => new { e.Time.Month, e.Time.Hour }).Select(g => new { g.Key.Month, g.Key.Hour, Views = g.Count() }).OrderBy(g => g.Hour).ToListAsync();
        Assert.Equal([(3, 12, 1), (3, 13, 1), (3, 23, 1)], hours.Select(h => (h.Month, h.Hour, h.Views)));
        Assert.Equal(2, await pages.CountAsync(e => e.Time.DayOfWeek == DayOfWeek.Saturday));
        Assert.Equal(1, await pages.CountAsync(e => e.Body.At.Year == 1969 && e.Body.At.Month == 12 && e.Body.At.Day == 31 && e.Body.At.Hour == 23 && e.Body.At.Minute == 59 && e.Body.At.Second == 59));
        Assert.Equal(2, await pages.CountAsync(e => e.Body.At.Date == Noon.Date && e.Body.At.DayOfYear == 80));
    }

    [Fact]
    public async Task A_namespace_is_closed_to_queries_too()
    {
        await using var store = await PagesAsync();
        await using var db = store.CreateDbContext();

        Assert.Equal(0, await LinqPage.In(db, "other").AsQueryable().CountAsync());
    }

    [Fact]
    public async Task A_dictionary_is_read_but_not_asked_for()
    {
        await using var store = await PagesAsync();
        await using var db = store.CreateDbContext();
        var odd = LinqOdd.In(db).AsQueryable();

        Assert.Equal([26], await odd.Where(e => e.Body.N > 1).Select(e => e.Body.N).ToListAsync());
        Assert.Equal("b", Assert.Single(await odd.ToListAsync()).Body.Map["a"]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => odd.CountAsync(e => e.Body.Map.Count == 1));
        Assert.Equal("b", Assert.Single(await ListAsync(LinqOdd.In(store))).Body.Map["a"]);
    }

    private async ValueTask<TypedStore> PagesAsync()
    {
        var store = await OpenAsync(o => o.Only<LinqPage>().Only<LinqOdd>());
        var day = new DateOnly(2026, 3, 21);
        await LinqPage.In(store).PutAsync(
        [
            new LinqPage("/home", new("Firefox", 26, new("SF")), ["a", "b"], PageKind.Big, 12.50m, s_reference, Noon, day, TimeSpan.FromHours(30), new(12, 0), Note: null, [new("x", 2, 1.5m)], [1, 3], Missing: null, new("LA")),
            new LinqPage("/cart", new("Chrome", 9, new("NY")), [], PageKind.Small, 2.0m, Guid.Empty, Noon.AddDays(-1), day, TimeSpan.Zero, new(12, 0), "n", [], [], new("X"), Present: null),
        ]);
        await LinqOdd.In(store).PutAsync(new LinqOdd(26, new() { ["a"] = "b" }));
        return store;
    }

    private sealed class Chosen : DeclarationModule
    {
        public override IReadOnlyList<Generated.Declaration> Declarations => [Generated.Declarations.Stream<LinqPage>(), Generated.Declarations.Stream<LinqOdd>()];
    }

    public class Own(DbContextOptions<Own> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped(new Chosen());
    }
}

public sealed class EventLinqTestsOnSqlite() : EventLinqTests(DatabaseServer.Sqlite);

public sealed class EventLinqTestsOnPostgres() : EventLinqTests(DatabaseServer.Postgres);
