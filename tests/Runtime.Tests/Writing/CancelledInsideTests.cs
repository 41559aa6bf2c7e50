using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Writing;

/// <summary>A write that is cancelled inside the caller's transaction leaves nothing in it, and the transaction goes on.</summary>
public abstract class CancelledInsideTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public Task Upserts() => CancelsAsync<Hit>(
        async (db, token) => await Hit.In(db).InsertAsync(Enumerable.Range(0, 3_000).Select(n => new Hit { Page = $"/{n}" }), token),
        async (db, page) => await Hit.In(db).InsertAsync(page, 1),
        async store => (await ListAsync(Hit.In(store).Keys())).Select(key => key.Page));

    [Fact]
    public Task Loads() => CancelsAsync<Trade>(
        async (db, token) => await Trade.In(db).InsertAsync(Enumerable.Range(0, 30_000).Select(n => new Trade($"/{n}", n, Noon)), token),
        async (db, page) => await Trade.In(db).InsertAsync(page, 1, Noon),
        async store => (await ListAsync(Trade.In(store).Keys())).Select(key => key.Symbol));

    [Fact]
    public async Task A_token_that_is_cancelled_already()
    {
        await using var store = await OpenAsync<Trade>();
        await using var db = store.CreateDbContext();
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await Trade.In(db).InsertAsync("a", 1, Noon);
            var cancelled = new CancellationToken(canceled: true);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Trade.In(db).InsertAsync(Enumerable.Range(0, 5_000).Select(n => new Trade("b", n, Noon)), cancelled));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Trade.In(db).DeleteAllAsync(cancelled));
            await transaction.CommitAsync();
        }

        Assert.Equal("a", Assert.Single(await ListAsync(Trade.In(store).Keys())).Symbol);
    }

    private async Task CancelsAsync<T>(Func<DbContext, CancellationToken, Task> write, Func<DbContext, string, Task> writeOne, Func<TypedStore, Task<IEnumerable<string>>> keys)
    {
        await using var store = await OpenAsync<T>();
        List<string> expected = [];
        for (var attempt = 0; attempt < 20; attempt++)
        {
            await using var db = store.CreateDbContext();
            await using var transaction = await db.Database.BeginTransactionAsync();
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(attempt * 4));
            try
            {
                await writeOne(db, $"before {attempt}");
                await write(db, stop.Token);
                await transaction.RollbackAsync(CancellationToken.None); // it was faster
            }
            catch (OperationCanceledException)
            {
                await writeOne(db, $"after {attempt}");
                await transaction.CommitAsync(CancellationToken.None);
                expected.AddRange([$"before {attempt}", $"after {attempt}"]);
            }
        }

        Assert.NotEmpty(expected);
        Assert.Equal(expected.Order(StringComparer.Ordinal), (await keys(store)).Order(StringComparer.Ordinal));
    }
}

public sealed class CancelledInsideTestsOnSqlite() : CancelledInsideTests(DatabaseServer.Sqlite);

public sealed class CancelledInsideTestsOnPostgres() : CancelledInsideTests(DatabaseServer.Postgres);
