using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Runtime.Tests.Streams.Stored;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Storage;

/// <summary>Names in the database that EFCore.NamingConventions decides: those of a store, and those of an application's own context.</summary>
public abstract class NamingTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task A_store_takes_the_convention_of_its_options()
    {
        for (var opened = 1; opened <= 2; opened++)
        {
            // The second time everything is there, and has to be found again under its names.
            await using var store = await OpenAsync(o => o.Only<Hit>().Only<Trade>().Only<Tailed>().UseUpperCaseNamingConvention());
            await Hit.In(store).InsertAsync("/", 2);
            await Trade.In(store).InsertAsync([new Trade("x", 1.5m, Noon)]);
            await Tailed.In(store).PutAsync(new Tailed(opened));

            Assert.Equal(2 * opened, (await Hit.In(store).Day.GetAsync("/")).Value);
            Assert.Equal(Enumerable.Repeat(1.5m, opened), (await Trade.In(store).Day.GetAsync("x")).Value);
            Assert.Equal(Enumerable.Range(1, opened), (await ListAsync(Tailed.In(store))).Select(found => found.Body.N));
            await using var db = store.CreateDbContext();
            Assert.Equal(opened, await Tailed.In(db).AsQueryable().CountAsync(e => e.Body.N > 0));
            Assert.Equal(2 * opened, await Hit.In(db).Day.AsQueryable().SumAsync(row => row.Times));
        }

        Assert.Equal(1, await Database.RowsAsync("HIT_DAY"));
        Assert.Equal(2, await Database.RowsAsync("TAILED"));
        Assert.Equal(4, await Database.RowsAsync("typed_catalog"));
    }

    [Fact]
    public async Task A_changed_declaration_is_found_under_the_names_of_the_convention()
    {
        await using (await OpenAsync(o => o.Only<Tailed>().UseUpperCaseNamingConvention()))
        {
            // Only made.
        }

        var error = await Assert.ThrowsAsync<SchemaMismatchException>(async () => await OpenAsync(o => o.Only<NoLongerTailed>().UseUpperCaseNamingConvention()));
        Assert.Contains("TAILED", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_applications_context_takes_its_own(bool upper)
    {
        var options = new DbContextOptionsBuilder<Shop>();
        Database.Choose(options);
        options = upper ? options.UseUpperSnakeCaseNamingConvention() : options.UseSnakeCaseNamingConvention();
        await using var db = new Shop(options.UseTyped().Options);
        await db.Database.EnsureCreatedAsync();

        await Hit.In(db).InsertAsync("/", 2);
        await Trade.In(db).InsertAsync([new Trade("x", 1.5m, DateTimeOffset.UtcNow)]);
        await Tailed.In(db).PutAsync([new Tailed(1, "a"), new Tailed(2, "b")]);

        Assert.Equal(2, (await Hit.In(db).Day.GetAsync("/")).Value);
        Assert.Equal([1.5m], (await Trade.In(db).Day.GetAsync("x")).Value);
        Assert.Equal(["a", "b"], (await ListAsync(Tailed.In(db))).Select(found => found.Body.Text));
        Assert.Equal(["b"], await Tailed.In(db).AsQueryable().Where(e => e.Body.N == 2).Select(e => e.Body.Text).ToListAsync());
        Assert.Equal("a", (await Tailed.In(db).AsQueryable().OrderBy(e => e.Body.N).FirstAsync()).Body.Text);
        Assert.Equal(1, await Database.RowsAsync(upper ? "HIT_DAY" : "hit_day"));
        Assert.Equal(2, await Database.RowsAsync(upper ? "TAILED" : "tailed"));
    }

    private sealed class Chosen : DeclarationModule
    {
        public override IReadOnlyList<Generated.Declaration> Declarations =>
        [
            Generated.Declarations.Series<Hit, Hit.Key, long>(),
            Generated.Declarations.Series<Trade, Trade.Key, decimal>(),
            Generated.Declarations.Stream<Tailed>(),
        ];
    }

    public class Shop(DbContextOptions<Shop> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped(new Chosen());
    }
}

public sealed class NamingTestsOnSqlite() : NamingTests(DatabaseServer.Sqlite);

public sealed class NamingTestsOnPostgres() : NamingTests(DatabaseServer.Postgres);
