using System.Globalization;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Writing;

/// <summary>What surrounds a call must not change what it does: an ambient transaction, a culture, EF's own retries.</summary>
public abstract class SurroundingsTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task A_reported_write_outlives_a_transaction_scope()
    {
        TypedStore store;
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            store = await OpenAsync(o => o.Only<Hit>().Only<Remark>());
            await Hit.In(store).InsertAsync("/", 3);
            await Remark.In(store).PutAsync(Enumerable.Range(0, 1_500).Select(n => new Remark(n, "")));
            Assert.Equal(3, (await Hit.In(store).Day.GetAsync("/")).Value);
        }

        await using (store)
        {
            Assert.Equal(3, (await Hit.In(store).Day.GetAsync("/")).Value);
            Assert.Equal(1_500, await Remark.In(store).CountAsync());
        }
    }

    // A minus sign of another kind is no JSON and no SQL.
    [Theory]
    [InlineData("sv-SE")]
    [InlineData("fa-IR")]
    public async Task Cultures_make_no_difference(string culture)
    {
        await using var store = await OpenAsync(o => o.Only<Price>().Only<Ages>());
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            var then = new DateTimeOffset(1960, 1, 1, 12, 0, 0, TimeSpan.Zero);
            await Price.In(store).InsertAsync([new Price("a", -1.5m, then), new Price("b", 2.25m, then)]);
            await Ages.In(store).InsertAsync([new Ages("a", -3) { At = then }, new Ages("b", -4) { At = then }]);

            var prices = Price.In(store).Day.For(["a", "b"]).Between(then, then);
            Assert.Equal(0.75m, Assert.Single(await ListAsync(prices.Stats())).Value.Sum);
            Assert.Equal([-1.5m, 2.25m], await prices.CollapseAsync());
            Assert.Equal(-7, await Ages.In(store).Day.For(["a", "b"]).Between(then, then).CollapseAsync());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task A_sum_beyond_double_is_an_overflow()
    {
        await using var store = await OpenAsync<Latency>();
        await Latency.In(store).InsertAsync([new Latency("/", Tier.Free, double.MaxValue, Noon), new Latency("/", Tier.Free, double.MaxValue / 2, Noon)]);
        var day = Latency.In(store).Day.For(new Latency.Key("/", Tier.Free)).Last(1);

        await Assert.ThrowsAsync<OverflowException>(async () => await day.StatsAsync());
        await Assert.ThrowsAsync<OverflowException>(async () => await ListAsync(day.Stats()));
        Assert.Equal(2, (await ListAsync(day))[0].Value.Total);
    }
}

public sealed class SurroundingsTestsOnSqlite() : SurroundingsTests(DatabaseServer.Sqlite);

public sealed class SurroundingsTestsOnPostgres() : SurroundingsTests(DatabaseServer.Postgres)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_context_writes_inside_a_transaction_scope_is_the_scopes(bool completes)
    {
        const int Many = 1_200;
        await using var store = await OpenAsync(o => o.Only<LateSeries>().Only<LateCount>().Only<LateEvent>());
        await LateSeries.In(store).InsertAsync("old", 1);
        await LateCount.In(store).InsertAsync("old", 1);
        using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await using var db = store.CreateDbContext();
            await LateSeries.In(db).InsertAsync(Enumerable.Range(0, Many).Select(i => new LateSeries("k", i)));
            await LateEvent.In(db).PutAsync(Enumerable.Range(0, Many).Select(i => new LateEvent("e", i)));
            await LateSeries.In(db).InsertAsync("k", Many);
            await LateCount.In(db).InsertAsync([new LateCount("k", 2), new LateCount("l", 3)]);
            await LateSeries.In(db).DeleteAsync("old");
            await LateCount.In(db).DeleteAllAsync();
            await LateCount.In(db).InsertAsync("k", 5);
            Assert.Equal(Many + 1, (await LateSeries.In(db).Day.GetAsync("k")).Value.Count);
            if (completes)
            {
                scope.Complete();
            }
        }

        Assert.Equal(completes ? Many + 1 : 0, (await LateSeries.In(store).Day.GetAsync("k")).Value.Count);
        Assert.Equal(completes ? Many : 0, await LateEvent.In(store).CountAsync());
        Assert.Equal(completes ? 0 : 1, (await LateSeries.In(store).Day.GetAsync("old")).Value.Count);
        Assert.Equal(completes ? (0, 5) : (1, 0), ((await LateCount.In(store).Day.GetAsync("old")).Value, (await LateCount.In(store).Day.GetAsync("k")).Value));
        Assert.Equal(0, (await LateCount.In(store).Day.GetAsync("l")).Value);
    }

    [Fact]
    public async Task Retries_of_EF_and_those_of_the_store_get_along()
    {
        await using var store = await OpenAsync(o => o.Only<Hit>().UseNpgsql(Database.ConnectionString, npgsql => npgsql.EnableRetryOnFailure()));

        await Hit.In(store).InsertAsync("/", 3);

        await using var db = store.CreateDbContext();
        Assert.Equal(3, await Hit.In(db).Day.AsQueryable().SumAsync(row => row.Times));
    }
}
