using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Storage;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Writing;

/// <summary>What is fenced off is never applied, and what was applied is found out.</summary>
public abstract class FenceTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task A_fenced_flush_that_comes_late_changes_nothing()
    {
        await using var store = await OpenAsync<Hit>();
        await Hit.In(store).InsertAsync("/", 1);
        var (writer, id) = (store.Scope.Writer!, Guid.NewGuid());
        var stamp = new WriterStamp(id, 5, TimeSpan.FromSeconds(1));

        Assert.False(await InSessionAsync(store, session => session.FenceAsync(writer.Fence, writer.Sequence, stamp, default)));
        Assert.Equal(6L, await Database.ScalarAsync("select seq from typed_writers order by seq desc limit 1"));
        Assert.False(await InSessionAsync(store, session => session.ApplyAsync(stamp, [], late: null, mayBeApplied: true, default)));

        // One that was applied says so, and is not undone.
        var next = stamp with { Sequence = 7 };
        Assert.True(await InSessionAsync(store, session => session.ApplyAsync(next, [], late: null, mayBeApplied: false, default)));
        Assert.True(await InSessionAsync(store, session => session.FenceAsync(writer.Fence, writer.Sequence, next, default)));
    }

    /// <summary>As flushes do it: the lock first.</summary>
    private static async Task<T> InSessionAsync<T>(TypedStore store, Func<Session, ValueTask<T>> work)
    {
        await using var session = await store.Scope.Database.OpenWriteAsync(default);
        session.Lock();
        return await work(session);
    }
}

public sealed class FenceTestsOnSqlite() : FenceTests(DatabaseServer.Sqlite);

public sealed class FenceTestsOnPostgres() : FenceTests(DatabaseServer.Postgres);
