using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

public enum Level { Low = -1, Medium, High = 10, [JsonStringEnumMemberName("it's top")] Top }

[Flags]
public enum Rights
{
    None = 0,
    Read = 1,
    Write = 2,
    Read_Write = 3,
    Admin = 8,
}

[EventStream]
public partial record Grant(int N, Level Level, Level? Maybe, Rights Rights, List<Rights> All, List<GrantPart> Parts);

public record GrantPart(Level Level, Rights Rights);

/// <summary>Enums are texts in JSON, and compare as the numbers that they are.</summary>
public abstract class EventEnumTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Levels_have_an_order()
    {
        await using var store = await GrantsAsync();
        await using var db = store.CreateDbContext();
        var grants = Grant.In(db).AsQueryable();
        var (low, medium) = (Level.Low, Level.Medium);

        Assert.Equal([2, 3, 4], await grants.Where(e => e.Body.Level >= medium).OrderBy(e => e.Body.N).Select(e => e.Body.N).ToListAsync());
        Assert.Equal([2, 3, 4], await grants.Where(e => e.Body.Level >= Level.Medium).OrderBy(e => e.Body.N).Select(e => e.Body.N).ToListAsync());
        Assert.Equal([Level.Low, Level.Medium, Level.High, Level.Top], await grants.OrderBy(e => e.Body.Level).Select(e => e.Body.Level).ToListAsync());
        Assert.Equal(Level.Top, await grants.MaxAsync(e => e.Body.Level));
        Assert.Equal(Level.High, await grants.Where(e => e.Body.Level != Level.Top).MaxAsync(e => e.Body.Level));
        Assert.Equal([-1, 0, 10, 11], await grants.OrderBy(e => e.Body.N).Select(e => (int)e.Body.Level).ToListAsync());
        Assert.Equal(1, await grants.CountAsync(e => e.Body.Maybe == low));
        Assert.Equal(3, await grants.CountAsync(e => e.Body.Maybe == null));
        Assert.Equal(4, await grants.GroupBy(e => e.Body.Level).CountAsync());
        Assert.Equal(1, await grants.CountAsync(e => e.Body.Parts.Any(part => part.Level > Level.Medium)));
    }

    [Fact]
    public async Task Flags_are_asked_by_their_bits()
    {
        await using var store = await GrantsAsync();
        await using var db = store.CreateDbContext();
        var grants = Grant.In(db).AsQueryable();
        var write = Rights.Write;

        Assert.Equal([2, 3], await grants.Where(e => e.Body.Rights.HasFlag(Rights.Write)).OrderBy(e => e.Body.N).Select(e => e.Body.N).ToListAsync());
        Assert.Equal([2, 3], await grants.Where(e => e.Body.Rights.HasFlag(write)).OrderBy(e => e.Body.N).Select(e => e.Body.N).ToListAsync());
        Assert.Equal([2, 3], await grants.Where(e => (e.Body.Rights & Rights.Write) != Rights.None).OrderBy(e => e.Body.N).Select(e => e.Body.N).ToListAsync());
        Assert.Equal([0, 3, 10, 64], await grants.OrderBy(e => e.Body.N).Select(e => (int)e.Body.Rights).ToListAsync());
        Assert.Equal([Rights.None, Rights.Read | Rights.Write, Rights.Write | Rights.Admin, (Rights)64], await grants.OrderBy(e => e.Body.N).Select(e => e.Body.Rights).ToListAsync());
        Assert.Equal(1, await grants.CountAsync(e => e.Body.Rights == (Rights.Admin | Rights.Write)));
        Assert.Equal(1, await grants.CountAsync(e => e.Body.All.Contains(Rights.Admin | Rights.Read)));
        Assert.Equal(1, await grants.CountAsync(e => e.Body.All.Any(r => r.HasFlag(Rights.Admin))));
        Assert.Equal(1, await grants.CountAsync(e => e.Body.Parts.Any(part => part.Rights.HasFlag(Rights.Admin))));
    }

    private async Task<TypedStore> GrantsAsync()
    {
        var store = await OpenAsync<Grant>();
        await Grant.In(store).PutAsync(
        [
            new Grant(1, Level.Low, null, Rights.None, [], []),
            new Grant(2, Level.Medium, Level.Low, Rights.Read | Rights.Write, [Rights.Admin | Rights.Read], [new(Level.High, Rights.Admin | Rights.Write)]),
            new Grant(3, Level.High, null, Rights.Write | Rights.Admin, [Rights.Read], [new(Level.Low, Rights.Read)]),
            new Grant(4, Level.Top, null, (Rights)64, [], []),
        ]);
        return store;
    }
}

public sealed class EventEnumTestsOnSqlite() : EventEnumTests(DatabaseServer.Sqlite);

public sealed class EventEnumTestsOnPostgres() : EventEnumTests(DatabaseServer.Postgres);
