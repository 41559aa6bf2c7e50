using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Series;

/// <summary>Declared types in an application's own context: its migrations, its connection, its transaction, its names.</summary>
public abstract class OwnContextTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Writes_are_part_of_the_transaction()
    {
        await using var db = await ShopAsync();
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            db.Add(new Page { Route = "/a", Title = "A" });
            await db.SaveChangesAsync();
            await Latency.In(db).InsertAsync(new Latency("/a", Tier.Free, 5, Now));
            Assert.Equal(1, (await Latency.In(db).Day.GetAsync(new("/a", Tier.Free))).Value.Total);
            await transaction.RollbackAsync();
        }

        Assert.Equal(0, (await Latency.In(db).Day.GetAsync(new("/a", Tier.Free))).Value.Total);
        await Latency.In(db).InsertAsync(new Latency("/a", Tier.Free, 5, Now));
        await Latency.In(db).InsertAsync(new Latency("/a", Tier.Free, 5, Now));
        Assert.Equal(2, (await Latency.In(db).Day.GetAsync(new("/a", Tier.Free))).Value[5]);
    }

    [Fact]
    public async Task A_refused_write_leaves_the_transaction_usable()
    {
        await using var db = await ShopAsync();
        await Hit.In(db).InsertAsync("/a", long.MaxValue);
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await Hit.In(db).InsertAsync("/b", 1);
            var refused = await Assert.ThrowsAsync<WriteFailedException>(async () => await Hit.In(db).InsertAsync("/a", 1));
            Assert.True(refused.OutcomeKnown);
            await Hit.In(db).InsertAsync("/b", 1);
            await transaction.CommitAsync();
        }

        Assert.Equal(2, (await Hit.In(db).Day.GetAsync("/b")).Value);
        Assert.Equal(long.MaxValue, (await Hit.In(db).Day.GetAsync("/a")).Value);
    }

    [Fact]
    public async Task Joins_the_applications_own_entities()
    {
        await using var db = await ShopAsync();
        db.AddRange(new Page { Route = "/a", Title = "First" }, new Page { Route = "/b", Title = "Second" });
        await db.SaveChangesAsync();
        await Latency.In(db).InsertAsync([new Latency("/a", Tier.Free, 5, Now), new Latency("/a", Tier.Paid, 50, Now), new Latency("/b", Tier.Free, 7, Now)]);

        var slow = await Latency.In(db).Day.AsQueryable()
            .Join(db.Pages, row => row.Route, page => page.Route, (row, page) => new { page.Title, row.Milliseconds, row.Count })
            .GroupBy(row => row.Title)
            .Select(group => new { group.Key, Worst = group.Max(row => row.Milliseconds) })
            .OrderBy(row => row.Key)
            .ToListAsync();

        Assert.Equal([("First", 50.0), ("Second", 7.0)], slow.Select(row => (row.Key, row.Worst)));
        Assert.Equal(["/a"], await Latency.In(db).Day.AsQueryable().Where(row => row.Route.StartsWith("/a")).Select(row => row.Route).Distinct().ToListAsync());
    }

    // SQLite's LIKE takes a for A. That of declared types does not; that of the application's own entities stays as EF has it, whatever Typed reads beside it.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Patterns_mind_case_for_declared_types_only(bool usesTyped)
    {
        await using var db = await ShopAsync<Shop>(usesTyped);
        db.AddRange(new Page { Route = "/a", Title = "First" }, new Page { Route = "/b", Title = "second" });
        await db.SaveChangesAsync();
        var own = db.Pages.Where(page => page.Title.StartsWith("fi"));
        var (sql, before) = (own.ToQueryString(), await own.CountAsync());
        await Latency.In(db).InsertAsync([new Latency("/a", Tier.Free, 5, Now), new Latency("/A", Tier.Paid, 50, Now)]);
        if (!usesTyped)
        {
            Assert.Contains("needs UseTyped() in the options of Shop", Assert.Throws<InvalidOperationException>(() => Latency.In(db).Day.AsQueryable()).Message, StringComparison.Ordinal);
            return;
        }

        var rows = Latency.In(db).Day.AsQueryable();

        Assert.Equal((sql, before), (own.ToQueryString(), await own.CountAsync()));
        Assert.Equal(IsSqlite ? 1 : 0, before);
        Assert.Equal(1, await rows.CountAsync(row => row.Route.StartsWith("/a")));
        Assert.Equal(IsSqlite ? 1 : 0, await rows.Join(db.Pages, row => row.Route, page => page.Route, (row, page) => page.Title).CountAsync(title => title.StartsWith("fi")));
    }

    [Fact]
    public async Task Migrations_see_exactly_the_declared_tables()
    {
        await using var db = await ShopAsync();
        var model = db.GetService<IDesignTimeModel>().Model.GetRelationalModel();
        var tables = db.GetService<IMigrationsModelDiffer>().GetDifferences(source: null, model).OfType<CreateTableOperation>().Select(table => table.Name).Order();

        Assert.Equal(
            ["hit_day", "hit_minute", "latency_day", "latency_minute", "level_day", "level_hour", "pages", "trade_points"],
            tables);
        Assert.Empty(db.GetService<IMigrationsModelDiffer>().GetDifferences(model, model));
    }

    // The columns are the same; without it old and new buckets would mix in one table, and nobody would know.
    [Fact]
    public void Migrations_show_a_changed_interval()
    {
        using var original = new Changed<Original.Changing, Original.Changing.Key>(Database);
        using var step = new Changed<OtherStep.Changing, OtherStep.Changing.Key>(Database);
        using var keep = new Changed<OtherKeep.Changing, OtherKeep.Changing.Key>(Database);
        var differ = original.GetService<IMigrationsModelDiffer>();

        var change = Assert.IsType<AlterTableOperation>(Assert.Single(differ.GetDifferences(original.Designed, step.Designed)));

        Assert.Equal("changing_hour", change.Name);
        Assert.Equal("type: Count; keys: Name String; value: Value Int64; interval: 1h", change.OldTable.Comment);
        Assert.Equal("type: Count; keys: Name String; value: Value Int64; interval: 30m", change.Comment);
        Assert.Empty(differ.GetDifferences(original.Designed, keep.Designed));
        Assert.DoesNotContain("ef_temp", string.Concat(original.GetService<IMigrationsSqlGenerator>().Generate([change]).Select(command => command.CommandText)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Points_have_their_layout_as_a_comment_too_and_a_stores_own_tables_have_a_catalog()
    {
        await using var db = await ShopAsync();
        await using var store = await OpenAsync<Trade>();
        await using var own = store.CreateDbContext();

        Assert.Equal("type: Series; keys: Symbol String; value: Price Decimal", Comment(db, "trade_points"));
        Assert.Null(Comment(own, "trade_points"));

        static string? Comment(DbContext context, string table) => context.GetService<IDesignTimeModel>().Model.FindEntityType(table)!.GetComment();
    }

    [Fact]
    public async Task A_context_may_rename_everything()
    {
        await using var db = await ShopAsync<LoudShop>();
        Assert.Equal("LATENCY_DAY", db.Model.FindEntityType("latency_day")!.GetTableName());

        await Latency.In(db).InsertAsync([new Latency("/a", Tier.Free, 5, Now), new Latency("/a", Tier.Free, 5, Now)]);
        await Trade.In(db).InsertAsync([new Trade("x", 1.5m, Now), new Trade("x", 2.5m, Now)]);
        await Level.In(db).InsertAsync("t", 5);

        Assert.Equal(2, (await Latency.In(db).Day.GetAsync(new("/a", Tier.Free))).Value[5]);
        Assert.Equal([2L], await Latency.In(db).Day.AsQueryable().Select(row => row.Count).ToListAsync());
        Assert.Equal([1.5m, 2.5m], (await Trade.In(db).Day.GetAsync("x")).Value);
        Assert.Equal(5, (await Level.In(db).Day.GetAsync("t")).Value);
        Assert.Equal(1, await Level.In(db).Hour.AsQueryable().CountAsync());
    }

    [Fact]
    public async Task A_type_that_the_model_lacks_is_named()
    {
        await using var db = await ShopAsync();

        var error = Assert.Throws<InvalidOperationException>(() => Visitor.In(db));

        Assert.Contains(typeof(Visitor).FullName!, error.Message, StringComparison.Ordinal);
        Assert.Contains("AddTyped", error.Message, StringComparison.Ordinal);
    }

    private static DateTimeOffset Now => DateTimeOffset.UtcNow;

    private bool IsSqlite => ReferenceEquals(Server, DatabaseServer.Sqlite);

    private Task<Shop> ShopAsync() => ShopAsync<Shop>();

    private async Task<TContext> ShopAsync<TContext>(bool usesTyped = true)
        where TContext : DbContext
    {
        var options = new DbContextOptionsBuilder<TContext>();
        Database.Choose(options);
        _ = usesTyped ? options.UseTyped() : options;
        var db = (TContext)Activator.CreateInstance(typeof(TContext), options.Options)!;
        await db.Database.EnsureCreatedAsync();
        return db;
    }

    private sealed class Chosen : DeclarationModule
    {
        public override IReadOnlyList<Generated.Declaration> Declarations =>
        [
            Generated.Declarations.Series<Latency, Latency.Key, double>(),
            Generated.Declarations.Series<Hit, Hit.Key, long>(),
            Generated.Declarations.Series<Level, Level.Key, int>(),
            Generated.Declarations.Series<Trade, Trade.Key, decimal>(),
        ];
    }

    private sealed class Changed<TPoint, TKey>(EmptyDatabase database) : DbContext
        where TPoint : Generated.ITimeSeries<TPoint, TKey, long>
        where TKey : struct, Typed.Generated.ISeriesKey<TKey>
    {
        public IRelationalModel Designed => this.GetService<IDesignTimeModel>().Model.GetRelationalModel();

        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => database.Choose(optionsBuilder);

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped(new Module());

        private sealed class Module : DeclarationModule
        {
            public override IReadOnlyList<Generated.Declaration> Declarations => [Generated.Declarations.Series<TPoint, TKey, long>()];
        }
    }

    public class Page
    {
        public int Id { get; set; }

        public required string Route { get; set; }

        public required string Title { get; set; }
    }

    public class Shop(DbContextOptions<Shop> options) : DbContext(options)
    {
        public DbSet<Page> Pages => Set<Page>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Page>().ToTable("pages");
            modelBuilder.AddTyped(new Chosen());
        }
    }

    /// <summary>Another schema where the database has them, and every name in capitals.</summary>
    public class LoudShop(DbContextOptions<LoudShop> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            if (Database.IsNpgsql())
            {
                modelBuilder.HasDefaultSchema("metrics");
            }

            modelBuilder.AddTyped(new Chosen());
        }

        protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.Conventions.Add(_ => new Capitals());
    }

    private sealed class Capitals : IModelFinalizingConvention
    {
        public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
        {
            foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
            {
                entity.Builder.ToTable(entity.GetTableName()!.ToUpperInvariant());
                foreach (var property in entity.GetProperties())
                {
                    property.Builder.HasColumnName($"{property.Name.ToUpperInvariant()}_");
                }
            }
        }
    }
}

public sealed class OwnContextTestsOnSqlite() : OwnContextTests(DatabaseServer.Sqlite);

public sealed class OwnContextTestsOnPostgres() : OwnContextTests(DatabaseServer.Postgres);
