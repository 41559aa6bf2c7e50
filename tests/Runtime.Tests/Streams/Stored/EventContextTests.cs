using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

/// <summary>Streams in the connection and transaction of a context.</summary>
public abstract class EventContextTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Puts_are_part_of_the_transaction()
    {
        await using var store = await OpenAsync<Visit>();
        await using var db = store.CreateDbContext();
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await Visit.In(db).PutAsync([new Visit(1), new Visit(2)]);
            Assert.Equal(2, await Visit.In(db).CountAsync());
            Assert.Equal(0, await Visit.In(store).CountAsync());
            await transaction.RollbackAsync();
        }

        Assert.Equal(0, await Visit.In(db).CountAsync());
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await Visit.In(db).PutAsync([new Visit(1), new Visit(2)]);
            Assert.Equal(1, await Visit.In(db).Until(Noon).After(EventId.First(Noon)).Take(1).CountAsync());
            await transaction.CommitAsync();
        }

        Assert.Equal([1, 2], (await ListAsync(Visit.In(store))).Select(found => found.Body.N));
        Assert.Equal([1, 2], (await ListAsync(Visit.In(db))).Select(found => found.Body.N));
    }

    [Fact]
    public async Task A_refused_put_leaves_the_transaction_usable()
    {
        await using var store = await OpenAsync<Visit>();
        await using var db = store.CreateDbContext();
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await Visit.In(db).PutAsync(new Visit(1));
            await Assert.ThrowsAsync<EventRejectedException>(async () => await Visit.In(db).PutAsync([new Visit(2), new Visit(3, "\0")]));
            await Visit.In(db).PutAsync(new Visit(4));
            await transaction.CommitAsync();
        }

        Assert.Equal([1, 4], (await ListAsync(Visit.In(store))).Select(found => found.Body.N));
    }

    [Fact]
    public async Task Deletion_and_reading_take_part_too()
    {
        await using var store = await OpenAsync<Visit>();
        await Visit.In(store).PutAsync(Enumerable.Range(0, 1_000).Select(n => (new Visit(n), Noon.AddTicks(n))));
        await using var db = store.CreateDbContext();
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            Assert.Equal(400, await Visit.In(db).Before(Noon.AddTicks(400)).DeleteAsync());
            var seen = 400;

            // Other work on the one connection, in the middle of a loop.
            await foreach (var found in Visit.In(db))
            {
                Assert.Equal(seen++, found.Body.N);
                if (seen % 250 == 0)
                {
                    Assert.Equal(600, await Visit.In(db).CountAsync());
                }
            }

            Assert.Equal(1_000, seen);
            await transaction.RollbackAsync();
        }

        Assert.Equal(1_000, await Visit.In(store).CountAsync());
    }

    [Fact]
    public async Task An_applications_own_context_and_its_clock()
    {
        var options = new DbContextOptionsBuilder<Shop>();
        Database.Choose(options);
        await using var shop = new Shop(options.Options);
        await shop.Database.EnsureCreatedAsync();

        var before = DateTimeOffset.UtcNow;
        await Visit.In(shop, "mine").PutAsync(new Visit(1));
        await Visit.In(shop, "mine").PutAsync(EventId.First(before.AddYears(-1)), new Visit(0));

        var read = await ListAsync(Visit.In(shop, "mine"));
        Assert.Equal([0, 1], read.Select(found => found.Body.N));
        Assert.InRange(read[1].Time, before, DateTimeOffset.UtcNow);
        var missing = Assert.Throws<InvalidOperationException>(() => Expiring.In(shop));
        Assert.Contains("AddTyped", missing.Message, StringComparison.Ordinal);
    }

    private sealed class Chosen : DeclarationModule
    {
        public override IReadOnlyList<Generated.Declaration> Declarations => [Generated.Declarations.Stream<Visit>()];
    }

    public class Shop(DbContextOptions<Shop> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped(new Chosen());
    }
}

public sealed class EventContextTestsOnSqlite() : EventContextTests(DatabaseServer.Sqlite);

public sealed class EventContextTestsOnPostgres() : EventContextTests(DatabaseServer.Postgres);
