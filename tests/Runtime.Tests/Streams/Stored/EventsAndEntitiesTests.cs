using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

#pragma warning disable MA0132 // Queries are written so.
namespace Typed.Runtime.Tests.Streams.Stored;

[EventStream]
public partial record Shipped(int N, string Customer, Guid Order, DateTime Made, DateTimeOffset At, TimeSpan Took, TimeOnly Clock, DateOnly Day, decimal Price, PageKind Kind, byte[] Raw, List<Guid> Others, Dictionary<string, int> Map);

/// <summary>Events and an application's own entities in one context: they are compared as in memory, and EF's queries of entities are those without <c>UseTyped()</c>.</summary>
public abstract class EventsAndEntitiesTests(DatabaseServer server) : StoreSuite(server)
{
    private static readonly Guid[] s_references = [.. Enumerable.Range(0, 5).Select(n => new Guid(n + 0xabc, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11))];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Joins_by_values_of_every_type(bool snake)
    {
        await using var db = await FilledAsync(snake);
        var events = Shipped.In(db).AsQueryable();

        await JoinedAsync(db.Purchases.Join(events, p => p.Reference, e => e.Body.Order, (p, e) => new Pair(p.Id, e.Body.N)));
        await JoinedAsync(db.Purchases.Join(events, p => p.Made, e => e.Body.Made, (p, e) => new Pair(p.Id, e.Body.N)));
        await JoinedAsync(db.Purchases.Join(events, p => p.At, e => e.Body.At, (p, e) => new Pair(p.Id, e.Body.N)));
        await JoinedAsync(db.Purchases.Join(events, p => p.At, e => e.Time, (p, e) => new Pair(p.Id, e.Body.N)));
        await JoinedAsync(db.Purchases.Join(events, p => p.Took, e => e.Body.Took, (p, e) => new Pair(p.Id, e.Body.N)));
        await JoinedAsync(db.Purchases.Join(events, p => p.Clock, e => e.Body.Clock, (p, e) => new Pair(p.Id, e.Body.N)));
        await JoinedAsync(db.Purchases.Join(events, p => p.Day, e => e.Body.Day, (p, e) => new Pair(p.Id, e.Body.N)));
        await JoinedAsync(db.Purchases.Join(events, p => p.Price, e => e.Body.Price, (p, e) => new Pair(p.Id, e.Body.N)));
        await JoinedAsync(db.Purchases.Join(events, p => p.Raw, e => e.Body.Raw, (p, e) => new Pair(p.Id, e.Body.N)));
        await JoinedAsync(db.Purchases.Join(events, p => p.Customer, e => e.Body.Customer, (p, e) => new Pair(p.Id, e.Body.N)));
        Assert.Equal(2, await db.Purchases.CountAsync(p => events.Any(e => e.Body.Kind == p.Kind && e.Body.N == p.Id && e.Body.Kind == PageKind.Big)));
        Assert.Equal([2, 3, 4], await events.Where(e => db.Purchases.Where(p => p.Id > 1).Select(p => p.Reference).Contains(e.Body.Order)).OrderBy(e => e.Id).Select(e => e.Body.N).ToListAsync());
        Assert.Equal([3, 2, 1, 0], await db.Purchases.Where(p => p.Id < 4).OrderByDescending(p => p.Id).Select(p => events.Count(e => e.Body.Made < p.Made)).ToListAsync());
        Assert.Equal(5, await db.Purchases.CountAsync(p => events.Any(e => e.Body.Order == p.Reference && e.Body.Made <= p.Made && e.Body.Made.AddHours(1) > p.Made)));

        static async Task JoinedAsync(IQueryable<Pair> pairs) => Assert.Equal([(0, 0), (1, 1), (2, 2), (3, 3), (4, 4)], (await pairs.ToListAsync()).Select(pair => (pair.Id, pair.N)).Order());
    }

    [Fact]
    public async Task Names_of_enums_in_a_column_are_no_numbers()
    {
        await using var db = await FilledAsync();

        var error = await Record.ExceptionAsync(() => Shipped.In(db).AsQueryable().Join(db.Purchases, e => e.Body.Kind, p => p.Named, (e, p) => p.Id).ToListAsync());

        Assert.Contains(Server == DatabaseServer.Postgres ? "operator does not exist" : "give the column no converter", error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entities_and_whole_events()
    {
        await using var db = await FilledAsync();
        var events = Shipped.In(db).AsQueryable();

        var joined = await db.Purchases.Include(p => p.Parts).Join(events, p => p.Reference, e => e.Body.Order, (p, e) => new { Purchase = p, Event = e }).OrderBy(x => x.Purchase.Id).ToListAsync();
        Assert.Equal([0, 1, 2, 3, 4], joined.Select(x => x.Event.Body.Map["n"]));
        Assert.All(joined, x => Assert.Equal("kept", Assert.Single(x.Purchase.Parts).Name));
        Assert.Equal([3, 4], await events.Where(e => !db.Purchases.Any(p => p.Id == e.Body.N && p.Id < 3)).OrderBy(e => e.Id).Select(e => e.Body.N).ToListAsync());
        if (Server == DatabaseServer.Postgres) // SQLite has no lateral joins.
        {
            var each = await db.Purchases.OrderBy(p => p.Id).Select(p => new { p.Customer, Events = events.Where(e => e.Body.Order == p.Reference).ToList() }).ToListAsync();
            Assert.Equal([0, 1, 2, 3, 4], each.Select(x => Assert.Single(x.Events).Body.Map["n"]));
        }
    }

    [Fact]
    public async Task Raw_sql_is_a_stream_too()
    {
        await using var db = await FilledAsync();
        var rows = db.Set<Event<Shipped>>(db.Model.GetEntityTypes().Single(entity => entity.ClrType == typeof(Event<Shipped>)).Name).FromSqlRaw("SELECT * FROM shipped").AsNoTracking();

        Assert.Equal([2], await rows.Where(e => e.Body.Took == TimeSpan.FromHours(20) && e.Body.Price == 2.50m).Select(e => e.Body.N).ToListAsync());
    }

    [Fact]
    public async Task Events_are_deleted_and_not_updated()
    {
        await using var db = await FilledAsync();
        await Shipped.In(db, "other").PutAsync(Make(1));
        var events = Shipped.In(db).AsQueryable();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => events.ExecuteUpdateAsync(set => set.SetProperty(e => e.Body.Took, TimeSpan.Zero)));
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => events.ExecuteUpdateAsync(set => set.SetProperty(e => e.Time, Noon)));
        Assert.Equal(5, (await events.ToListAsync()).Count);

        Assert.Equal(1, await db.Purchases.Where(p => events.Any(e => e.Body.Order == p.Reference && e.Body.N == 2)).ExecuteUpdateAsync(set => set.SetProperty(p => p.Customer, "two")));
        Assert.Equal(2, await events.Where(e => e.Body.N == 1 || e.Body.Took == TimeSpan.FromHours(30)).ExecuteDeleteAsync());
        Assert.Equal([0, 2, 4], await events.OrderBy(e => e.Id).Select(e => e.Body.N).ToListAsync());
        Assert.Equal(1, await Shipped.In(db, "other").CountAsync());
    }

    [Fact]
    public async Task Compiled_queries_and_pooled_contexts()
    {
        await using (await FilledAsync())
        {
        }

        var compiled = EF.CompileAsyncQuery((Own db, int n, TimeSpan took) => Shipped.In(db, "default").AsQueryable().Where(e => e.Body.N >= n && e.Body.Took <= took).OrderBy(e => e.Id).Select(e => e.Body));
        await using var services = new ServiceCollection().AddDbContextPool<Own>(
            options =>
            {
                Database.Choose(options);
                options.UseTyped();
            },
            poolSize: 2).BuildServiceProvider();

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 12).Select(async n =>
        {
            await using var scope = services.CreateAsyncScope();
            return (n % 5, await ListAsync(compiled(scope.ServiceProvider.GetRequiredService<Own>(), n % 5, TimeSpan.FromHours(30))));
        })), found => Assert.Equal(Enumerable.Range(0, 4).Where(n => n >= found.Item1), found.Item2.Select(body => body.Map["n"])));
    }

    [Fact]
    public async Task Queries_of_entities_are_those_of_EF()
    {
        await using var typed = Context(snake: false, usesTyped: true);
        await using var untyped = Context(snake: false, usesTyped: false);

        Same(db => db.Purchases.Where(p => p.Detail.Notes.Contains("a") && p.Detail.Notes[0] == "b" && p.Detail.Notes.Count > 0).Select(p => new { p.Detail.Fee, p.Detail.Notes }));
        Same(db => db.Purchases.Where(p => p.Detail.Notes.Any(note => note.Length > 1) && p.Numbers.Contains(2) && p.Numbers[0] == 1).Select(p => p.Id));
        Same(db => db.Purchases.Where(p => p.Price * 2 > 3).OrderBy(p => p.Price).Select(p => Math.Max(p.Price, 3m)));
        Same(db => db.Purchases.Where(p => p.Made < DateTime.UtcNow && p.Made.AddDays(1) > p.Made).GroupBy(p => p.Kind).Select(g => new { g.Key, Count = g.Count() }));
        Same(db => db.Purchases.Include(p => p.Parts).Where(p => p.Reference == s_references[0] && p.Raw.Length == 3));
        Same(db => db.Purchases.Where(p => p.Id < 2).RightJoin(db.Parts, p => p.Id, part => part.PurchaseId, (p, part) => part.Name));
        Same(db => db.Purchases.Where(p => p.Reference.ToString().StartsWith("ab") && p.Price == p.Id && p.At == p.Made && p.Weight == 0.1 && p.Share == 0.1f));
        Same(db => db.Purchases.Select(p => p.At).Concat(db.Purchases.Select(p => p.At)).Select(at => new { at, Now = DateTimeOffset.UtcNow }));
        Same(db => db.Purchases.Select(p => new { Ends = p.Made + p.Took, Took = p.Made - p.Made, Text = p.Customer + p.Kind }));
        Same(db => db.Purchases.Where(p => EF.Functions.Like(p.Customer, "a%") || p.Customer.StartsWith("be")).GroupBy(p => new { p.Kind, p.Day }).Where(g => g.Count() > 1).Select(g => new { g.Key, Sum = g.Sum(p => p.Weight) }));
        Same(db => db.Purchases.Join(db.Parts, p => new { p.Id, Name = p.Customer }, part => new { Id = part.PurchaseId, part.Name }, (p, part) => part.Name));
        Same(db => db.Purchases.SelectMany(p => p.Parts, (p, part) => new { p.Id, part.Name }).Where(x => x.Name != "kept"));
        Same(db => db.Purchases.Where(p => p.Detail.Fee > 1 && p.Detail.Notes.Count == 2 && !p.Detail.Notes.Contains("a")).OrderBy(p => p.Detail.Fee));
        Same(db => db.Purchases.Where(p => s_references.Contains(p.Reference) && p.Took == TimeSpan.FromHours(-30) && p.At.Equals(Noon)));

        void Same<T>(Func<Own, IQueryable<T>> query) => Assert.Equal(query(untyped).ToQueryString(), query(typed).ToQueryString());
    }

    private static Shipped Make(int n) => new(
        n, $"c{n}", s_references[n], Noon.AddHours(n).UtcDateTime, Noon.AddHours(n).ToOffset(TimeSpan.FromHours(-n)), TimeSpan.FromHours(n * 10), new(n, 30), new(2026, 1, n + 1), n * 1.25m, n % 2 == 0 ? PageKind.Small : PageKind.Big,
        [(byte)n, 200], [s_references[0]], new() { ["n"] = n });

    private async Task<Own> FilledAsync(bool snake = false)
    {
        var db = Context(snake, usesTyped: true);
        await db.Database.EnsureCreatedAsync();
        await Shipped.In(db).PutAsync(Enumerable.Range(0, 5).Select(n => (Make(n), Noon.AddHours(n))));
        db.Purchases.AddRange(Enumerable.Range(0, 5).Select(n => new Purchase
        {
            Id = n, Customer = $"c{n}", Reference = s_references[n], Made = Noon.AddHours(n).UtcDateTime, At = Noon.AddHours(n), Took = TimeSpan.FromHours(n * 10), Clock = new(n, 30), Day = new(2026, 1, n + 1), Price = n * 1.25m,
            Kind = n % 2 == 0 ? PageKind.Small : PageKind.Big, Named = PageKind.Big, Raw = [(byte)n, 200], Numbers = [n], Parts = [new() { Name = "kept" }, new() { Name = "gone", IsDeleted = true }],
        }));
        db.Purchases.Add(new() { Id = 9, Customer = "c1", IsDeleted = true });
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        return db;
    }

    private Own Context(bool snake, bool usesTyped)
    {
        var options = new DbContextOptionsBuilder<Own>();
        Database.Choose(options);
        _ = snake ? options.UseSnakeCaseNamingConvention() : options;
        return new(usesTyped ? options.UseTyped().Options : options.Options);
    }

    private sealed record Pair(int Id, int N);

    public class Purchase
    {
        public int Id { get; set; }

        public string Customer { get; set; } = "";

        public Guid Reference { get; set; }

        public DateTime Made { get; set; } = Noon.UtcDateTime;

        public DateTimeOffset At { get; set; }

        public TimeSpan Took { get; set; }

        public TimeOnly Clock { get; set; }

        public DateOnly Day { get; set; }

        public decimal Price { get; set; }

        public PageKind Kind { get; set; }

        public PageKind Named { get; set; }

        public byte[] Raw { get; set; } = [];

        public double Weight { get; set; }

        public float Share { get; set; }

        public bool IsDeleted { get; set; }

        public List<int> Numbers { get; set; } = [];

        public Detail Detail { get; set; } = new();

        public List<Part> Parts { get; set; } = [];
    }

    public class Detail
    {
        public decimal Fee { get; set; }

        public List<string> Notes { get; set; } = [];
    }

    public class Part
    {
        public int Id { get; set; }

        public int PurchaseId { get; set; }

        public string Name { get; set; } = "";

        public bool IsDeleted { get; set; }
    }

    private sealed class Chosen : DeclarationModule
    {
        public override IReadOnlyList<Generated.Declaration> Declarations => [Generated.Declarations.Stream<Shipped>()];
    }

    public class Own(DbContextOptions<Own> options) : DbContext(options)
    {
        public DbSet<Purchase> Purchases => Set<Purchase>();

        public DbSet<Part> Parts => Set<Part>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Purchase>(purchase =>
            {
                purchase.Property(p => p.Id).ValueGeneratedNever();
                purchase.Property(p => p.Named).HasConversion<string>();
                purchase.ComplexProperty(p => p.Detail, detail => detail.ToJson());
                purchase.HasQueryFilter(p => !p.IsDeleted);
            });
            modelBuilder.Entity<Part>().HasQueryFilter(part => !part.IsDeleted);
            modelBuilder.AddTyped(new Chosen());
        }
    }
}

public sealed class EventsAndEntitiesTestsOnSqlite() : EventsAndEntitiesTests(DatabaseServer.Sqlite);

public sealed class EventsAndEntitiesTestsOnPostgres() : EventsAndEntitiesTests(DatabaseServer.Postgres);
