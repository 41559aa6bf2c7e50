using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Runtime.Tests.Streams.Stored;
using Typed.Runtime.Tests.Writing;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Storage;

[EventStream]
public partial record Conventional(string Text, decimal Price, Guid Id, bool Flag, DateTime When, DateTimeOffset At, PageKind Kind, List<decimal> Prices, List<string> Texts, List<PageKind> Kinds);

/// <summary>What an application says of all its properties of a type does not change how points and events are stored.</summary>
public abstract class ConventionTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Values_are_stored_as_they_are()
    {
        var options = new DbContextOptionsBuilder<Strict>();
        Database.Choose(options);
        await using var db = new Strict(options.UseTyped().Options);
        await db.Database.EnsureCreatedAsync();
        var at = new DateTimeOffset(2026, 3, 21, 12, 34, 56, 789, TimeSpan.Zero).AddMicroseconds(123);
        var one = new Everything(
            true, 1, 2, 3, 1.5f, 2.5, 1.23456789m, "key text", Guid.NewGuid(), at, new(2026, 3, 21), new(12, 0), TimeSpan.FromMicroseconds(7), [1], Int64Enum.One, 9)
        { At = at };

        await Everything.In(db).InsertAsync([one]);
        await Sale.In(db).InsertAsync([new Sale { Shop = "s", Price = 1.23456m }, new Sale { Shop = "s", Price = 0.00001m }, new Sale { Shop = "S", Price = 12345678901234567.123456789m }]);
        await Remark.In(db).PutAsync(new Remark(1, "text"), at);
        var body = new Conventional("a long text", 1.23456m, one.Guid, true, at.UtcDateTime, at, PageKind.Big, [1.23456m], ["a long text"], [PageKind.Big]);
        await Conventional.In(db).PutAsync(body);

        var row = await Everything.In(db).Day.AsQueryable().SingleAsync(row => row.Text == "key text" && row.Flag && row.Guid == one.Guid && row.Decimal == one.Decimal);
        Assert.Equal((one.Decimal, one.Guid, one.Instant, at), (row.Decimal, row.Guid, row.Instant, row.Time));
        Assert.Equal(1.23457m, (await Sale.In(db).Hour.GetAsync("s")).Value);
        Assert.Equal(12345678901234567.123456789m, (await Sale.In(db).Hour.GetAsync("S")).Value);
        Assert.Equal(2, (await ListAsync(Sale.In(db).Keys())).Count);
        Assert.Equal([1.23457m], await Sale.In(db).Hour.AsQueryable().Where(sale => sale.Shop == "s").Select(sale => sale.Price).ToListAsync());
        Assert.Equal(1, await Conventional.In(db).AsQueryable().CountAsync(e =>
            e.Body.Text == body.Text && e.Body.Price == 1.23456m && e.Body.Id == one.Guid && e.Body.Flag && e.Body.When == at.UtcDateTime && e.Body.At == at && e.Body.Kind == PageKind.Big
            && e.Body.Prices.Contains(1.23456m) && e.Body.Texts.Contains(body.Text) && e.Body.Kinds.Contains(PageKind.Big)));
        Assert.Equal(1.23456m, await Conventional.In(db).AsQueryable().Select(e => e.Body.Price).SingleAsync());
        Assert.Equal(at, (await Remark.In(db).AsQueryable().SingleAsync(e => e.Body.Text == "text")).Time);
    }

    private sealed class Chosen : DeclarationModule
    {
        public override IReadOnlyList<Generated.Declaration> Declarations =>
        [
            Generated.Declarations.Series<Everything, Everything.Key, int>(),
            Generated.Declarations.Series<Sale, Sale.Key, decimal>(),
            Generated.Declarations.Stream<Remark>(),
            Generated.Declarations.Stream<Conventional>(),
        ];
    }

    public class Strict(DbContextOptions<Strict> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped(new Chosen());

        protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
        {
            configurationBuilder.Properties<decimal>().HavePrecision(18, 2).HaveColumnType("decimal(18,4)");
            configurationBuilder.Properties<string>().UseCollation(options.Extensions.Any(e => e is Microsoft.EntityFrameworkCore.Sqlite.Infrastructure.Internal.SqliteOptionsExtension) ? "NOCASE" : "de-x-icu");
            configurationBuilder.Properties<DateTime>().HaveColumnType("timestamp without time zone");
            configurationBuilder.Properties<PageKind>().HaveConversion<byte>();
            configurationBuilder.Properties<DateTimeOffset>().HavePrecision(0);
            configurationBuilder.Properties<Guid>().HaveConversion<string>();
            configurationBuilder.Properties<bool>().HaveConversion<int>();
            configurationBuilder.Properties<string>().HaveMaxLength(3);
            configurationBuilder.Properties<Int64Enum>().HaveConversion<string>();
        }
    }
}

public sealed class ConventionTestsOnSqlite() : ConventionTests(DatabaseServer.Sqlite);

public sealed class ConventionTestsOnPostgres() : ConventionTests(DatabaseServer.Postgres);
