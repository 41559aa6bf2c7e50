#pragma warning disable TYP2013 // versions of one declaration, of which a store holds one at a time
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

/// <summary>The same stream, as three versions of a program declare it.</summary>
public static partial class FirstProgram
{
    [EventStream(Name = "versions")]
    public partial record Sale(string Customer, double Price);
}

public static partial class SecondProgram
{
    [EventStream(Name = "versions", Version = 2)]
    public partial record Sale(string Customer, Money Price)
    {
        [Upcast]
        public static Sale From(SaleV1 old) => new(old.Customer, new Money((decimal)old.Price, "USD"));
    }

    public record SaleV1(string Customer, double Price);

    public record Money(decimal Amount, string Currency);
}

public static partial class ThirdProgram
{
    [EventStream(Name = "versions", Version = 3)]
    public partial class Sale
    {
        public required string First { get; init; }

        public required string Last { get; init; }

        public required decimal Cents { get; init; }

        [JsonExtensionData]
        public Dictionary<string, JsonElement>? More { get; set; }

        [Upcast]
        internal static Sale From(SaleV2 old) => new() { First = old.Customer.Split(' ')[0], Last = old.Customer.Split(' ')[^1], Cents = old.Price.Amount * 100 };
    }

    public class SaleV2
    {
        public required string Customer { get; init; }

        public required SecondProgram.Money Price { get; init; }

        [Upcast]
        internal static SaleV2 From(SecondProgram.SaleV1 old) => new() { Customer = old.Customer, Price = new((decimal)old.Price, "USD") };
    }
}

/// <summary>Events say the version that wrote them, and older ones are read through the chain of upcasts.</summary>
public abstract class VersionTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Each_version_reads_those_before_it_and_refuses_those_after()
    {
        await using (var store = await OpenAsync<FirstProgram.Sale>())
        {
            await FirstProgram.Sale.In(store).PutAsync(new FirstProgram.Sale("Ada Lovelace", 1.5));
        }

        await using (var store = await OpenAsync<SecondProgram.Sale>())
        {
            await SecondProgram.Sale.In(store).PutAsync(new SecondProgram.Sale("Alan Turing", new(2, "GBP")));
            Assert.Equal(
                [new SecondProgram.Sale("Ada Lovelace", new(1.5m, "USD")), new SecondProgram.Sale("Alan Turing", new(2, "GBP"))],
                (await ListAsync(SecondProgram.Sale.In(store))).Select(e => e.Body));
        }

        await using (var store = await OpenAsync<ThirdProgram.Sale>())
        {
            await ThirdProgram.Sale.In(store).PutAsync(new ThirdProgram.Sale { First = "Grace", Last = "Hopper", Cents = 300 });
            var sales = await ListAsync(ThirdProgram.Sale.In(store));
            Assert.Equal(["Ada Lovelace 150", "Alan Turing 200", "Grace Hopper 300"], sales.Select(e => $"{e.Body.First} {e.Body.Last} {e.Body.Cents:0}"));
            Assert.All(sales, e => Assert.Null(e.Body.More)); // the version is no member that the class does not know
            await using var db = store.CreateDbContext();
            Assert.Equal(["Lovelace", "Turing", "Hopper"], (await ThirdProgram.Sale.In(db).AsQueryable().OrderBy(e => e.Id).ToListAsync()).Select(e => e.Body.Last));
            Assert.Equal("Hopper", await ThirdProgram.Sale.In(db).AsQueryable().Where(e => e.Body.Cents == 300).Select(e => e.Body.Last).SingleAsync());
        }

        await using (var store = await OpenAsync<SecondProgram.Sale>())
        {
            var error = await Assert.ThrowsAsync<UnreadableEventException>(async () => await ListAsync(SecondProgram.Sale.In(store)));
            Assert.Contains("version 3", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_version_is_in_the_JSON_and_in_its_schema()
    {
        await using var store = await OpenAsync<SecondProgram.Sale>();
        await SecondProgram.Sale.In(store).PutAsync(new SecondProgram.Sale("A", new(2, "GBP")));

        Assert.Equal("2", (await Database.ScalarAsync(Server == DatabaseServer.Postgres ? "select body ->> '$version' from versions" : "select body ->> '$.\"$version\"' from versions"))?.ToString());
        Assert.Equal(SecondProgram.Sale.JsonSchema.Replace("\"number\"", "\"integer\"", StringComparison.Ordinal), await SecondProgram.Sale.In(store).InferSchemaAsync());
    }
}

public sealed class VersionTestsOnSqlite() : VersionTests(DatabaseServer.Sqlite);

public sealed class VersionTestsOnPostgres() : VersionTests(DatabaseServer.Postgres);
