using System.Data;
using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;
using Visit = Typed.Runtime.Tests.Streams.Stored.Visit;

namespace Typed.Runtime.Tests.Series;

/// <summary>A context whose migrations were not applied, and models without a declared type.</summary>
public abstract class MissingTableTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Every_way_to_a_missing_table_leads_to_migrations()
    {
        await using var db = Open<Unmigrated>();

        await ExpectAsync("hit_", async () => await Hit.In(db).InsertAsync("/"));
        await ExpectAsync("hit_day", async () => await Hit.In(db).Day.GetAsync("/"));
        await ExpectAsync("hit_day", async () => await ListAsync(Hit.In(db).Day.For("/").Last(3)));
        await ExpectAsync("hit_day", async () => await Hit.In(db).Day.AsQueryable().CountAsync());
        await ExpectAsync("hit_day", () => Task.FromResult(Hit.In(db).Day.AsQueryable().Count()));
        await ExpectAsync("hit_", async () => await Hit.In(db).DeleteAsync("/"));
        await ExpectAsync("hit_", async () => await Hit.In(db).DeleteAllAsync());
        await ExpectAsync("visit", async () => await Visit.In(db).PutAsync(new Visit(1)));
        await ExpectAsync("visit", async () => await ListAsync(Visit.In(db)));
        await ExpectAsync("visit", async () => await Visit.In(db).CountAsync());
        await ExpectAsync("visit", async () => await Visit.In(db).AsQueryable().ToListAsync());
        Assert.Equal(ConnectionState.Closed, db.Database.GetDbConnection().State);
    }

    [Fact]
    public async Task Of_other_tables_the_database_speaks_itself()
    {
        await using var db = Open<Unmigrated>();

        var error = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(async () => await db.Pages.CountAsync());

        Assert.Contains("pages", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_transaction_that_goes_on()
    {
        await using var db = Open<Unmigrated>();
        await db.Database.OpenConnectionAsync();

        await ExpectAsync("hit_day", async () => await Hit.In(db).Day.AsQueryable().CountAsync());

        Assert.Equal(ConnectionState.Open, db.Database.GetDbConnection().State);
    }

    [Fact]
    public async Task A_model_without_a_declared_type_is_refused()
    {
        await using var db = Open<Empty>();

        var error = Assert.Throws<InvalidOperationException>(() => db.Model);

        AssertEmpty(error, "modelBuilder.AddTyped(Shop.TypedModule.Instance)");
    }

    [Fact]
    public async Task So_is_a_store() =>
        AssertEmpty(await Assert.ThrowsAsync<InvalidOperationException>(async () => await OpenAsync(o => o.Include(new Nothing()))), "o.Include(Shop.TypedModule.Instance)");

    private static void AssertEmpty(InvalidOperationException error, string include)
    {
        Assert.StartsWith("No declared type is in use, and migrations of an empty model would drop every table. Looked at: Typed.Runtime.Tests (its module lists none)", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"or include the module of the assembly that declares them: {include}.", error.Message, StringComparison.Ordinal);
    }

    private static async Task ExpectAsync(string table, Func<Task> action)
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(action);

        Assert.StartsWith($"The database has no table '{table}", error.Message, StringComparison.Ordinal);
        Assert.Contains("dotnet ef migrations add ... --context Unmigrated", error.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<System.Data.Common.DbException>(error.InnerException);
    }

    private TContext Open<TContext>()
        where TContext : DbContext
    {
        var options = new DbContextOptionsBuilder<TContext>();
        Database.Choose(options);
        return (TContext)Activator.CreateInstance(typeof(TContext), options.UseTyped().Options)!;
    }

    public class Page
    {
        public int Id { get; set; }
    }

    public class Unmigrated(DbContextOptions<Unmigrated> options) : DbContext(options)
    {
        public DbSet<Page> Pages => Set<Page>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Page>().ToTable("pages");
            modelBuilder.AddTyped(new Both());
        }
    }

    public class Empty(DbContextOptions<Empty> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped(new Nothing());
    }

    private sealed class Both : DeclarationModule
    {
        public override IReadOnlyList<Generated.Declaration> Declarations => [Generated.Declarations.Series<Hit, Hit.Key, long>(), Generated.Declarations.Stream<Visit>()];
    }

    private sealed class Nothing : DeclarationModule
    {
        public override IReadOnlyList<Generated.Declaration> Declarations => [];
    }
}

public sealed class MissingTableTestsOnSqlite() : MissingTableTests(DatabaseServer.Sqlite);

public sealed class MissingTableTestsOnPostgres() : MissingTableTests(DatabaseServer.Postgres);
