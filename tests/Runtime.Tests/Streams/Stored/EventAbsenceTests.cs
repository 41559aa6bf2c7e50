using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

public class AgedPart
{
    public int Rank { get; set; } = 5;

    public string? Name { get; set; }
}

[EventStream]
public partial record Aged(string Url, int Retries = 2, PageKind Kind = PageKind.Big, string Currency = "USD", decimal Fee = 1.5m)
{
    public const int Usual = 3;

    public int Priority { get; init; } = Usual;

    public bool Flag { get; init; }

    public bool On { get; init; } = true;

    public double Ratio { get; set; } = 1;

    public long? Maybe { get; init; }

    public DateTimeOffset Seen { get; init; }

    public TimeSpan Took { get; init; }

    public Guid Reference { get; init; }

    public string Text { get; init; } = "";

    public List<string> Tags { get; init; } = [];

    public List<AgedPart> Parts { get; init; } = [];

    public AgedPart Part { get; init; } = new();

    public AgedPart? Other { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Count { get; init; }
}

/// <summary>Members that the JSON of an event lacks, because it is older or because they are left out: queries take them for what a reader makes of them.</summary>
public abstract class EventAbsenceTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task Queries_and_readers_see_the_same()
    {
        await using var store = await OpenAsync<Aged>();
        await Aged.In(store).PutAsync([new Aged("/old"), new Aged("/older"), new Aged("/new", 9, PageKind.Small, "EUR", 0) { Priority = 1, Flag = true, On = false, Tags = ["t"], Count = 7, Seen = Noon, Parts = [new()], Other = new() { Rank = 8 } }]);
        await using var db = store.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync(Server == DatabaseServer.Postgres
            ? """UPDATE aged SET body = '{{"url": "/old", "parts": [{{}}, {{"name": "n"}}], "other": {{"name": "o"}}}}' WHERE body ->> 'url' <> '/new'"""
            : """UPDATE aged SET body = '{{"url": "/old", "parts": [{{}}, {{"name": "n"}}], "other": {{"name": "o"}}}}' WHERE body ->> '$.url' <> '/new'""");
        var aged = Aged.In(db).AsQueryable();

        Assert.Equal(2, await aged.CountAsync(e => e.Body.Priority == 3));
        Assert.Equal(1, await aged.CountAsync(e => e.Body.Priority != 3));
        Assert.Equal(7, await aged.SumAsync(e => e.Body.Priority));
        Assert.Equal([1, 3, 3], await aged.OrderBy(e => e.Body.Priority).Select(e => e.Body.Priority).ToListAsync());
        Assert.Equal([1, 2], (await aged.GroupBy(e => e.Body.Priority).Select(g => new { g.Key, Count = g.Count() }).OrderBy(g => g.Key).ToListAsync()).Select(g => g.Count));
        Assert.Equal(2, await aged.CountAsync(e => !e.Body.Flag));
        Assert.Equal(2, await aged.CountAsync(e => e.Body.On));
        Assert.Equal(2, await aged.CountAsync(e => e.Body.Tags.Count == 0));
        Assert.Equal(2, await aged.CountAsync(e => !e.Body.Tags.Any()));
        Assert.Equal(2, await aged.CountAsync(e => !e.Body.Tags.Contains("t")));
        Assert.Equal(2, await aged.CountAsync(e => e.Body.Retries == 2 && e.Body.Kind == PageKind.Big && e.Body.Currency == "USD" && e.Body.Fee == 1.5m));
        Assert.Equal(2, await aged.CountAsync(e => e.Body.Kind > PageKind.Small));
        Assert.Equal(3, await aged.CountAsync(e => e.Body.Ratio == 1 && e.Body.Text == "" && e.Body.Maybe == null && e.Body.Reference == Guid.Empty));
        Assert.Equal(2, await aged.CountAsync(e => e.Body.Seen == default && e.Body.Took == TimeSpan.Zero));
        Assert.Equal(2, await aged.CountAsync(e => e.Body.Count == 0));
        Assert.Equal(2, await aged.CountAsync(e => e.Body.Other!.Rank == 5));
        Assert.Equal(1, await aged.CountAsync(e => e.Body.Other!.Rank == 8));
        Assert.Equal(2, await aged.CountAsync(e => e.Body.Parts.Any(part => part.Name == "n")));
        Assert.Equal([0, 0, 7], await aged.OrderBy(e => e.Body.Count).Select(e => new { e.Id, e.Body.Count }).Select(x => x.Count).ToListAsync());
        Assert.Equal(["/newSmall 00:00:00", "/oldBig 00:00:00", "/oldBig 00:00:00"], (await aged.Select(e => e.Body.Url + e.Body.Kind + " " + e.Body.Took).ToListAsync()).Order(StringComparer.Ordinal));
        var read = (await ListAsync(Aged.In(store))).Select(e => (e.Body.Priority, e.Body.Flag, e.Body.Kind, e.Body.Fee, e.Body.Currency, e.Body.Tags.Count, e.Body.Other?.Rank));
        var queried = await aged.OrderBy(e => e.Id)
            .Select(e => new { e.Body.Priority, e.Body.Flag, e.Body.Kind, e.Body.Fee, e.Body.Currency, e.Body.Tags.Count, Rank = e.Body.Other == null ? (int?)null : e.Body.Other.Rank }).ToListAsync();
        Assert.Equal(read, queried.Select(q => (q.Priority, q.Flag, q.Kind, q.Fee, q.Currency, q.Count, q.Rank)));
    }

    // What a subquery hands on is a body too; what an outer join did not find is none.
    [Fact]
    public async Task Subqueries_groups_and_joins_see_the_same()
    {
        await using var store = await OpenAsync<Aged>();
        await Aged.In(store).PutAsync([new Aged("/old"), new Aged("/new", 9, PageKind.Small) { Priority = 1, On = false, Part = new() { Rank = 7 }, Other = new() { Rank = 8 } }]);
        await using var db = store.CreateDbContext();
        await db.Database.ExecuteSqlRawAsync(Server == DatabaseServer.Postgres
            ? """UPDATE aged SET body = '{{"url": "/old", "other": {{"name": "o"}}}}' WHERE body ->> 'url' = '/old'"""
            : """UPDATE aged SET body = '{{"url": "/old", "other": {{"name": "o"}}}}' WHERE body ->> '$.url' = '/old'""");
        var aged = Aged.In(db).AsQueryable();
        var first = aged.OrderBy(e => e.Id).Take(9);

        Assert.Equal(4, await first.SumAsync(e => e.Body.Priority));
        Assert.Equal(1, await first.CountAsync(e => e.Body.On && e.Body.Kind == PageKind.Big && e.Body.Fee == 1.5m && e.Body.Priority == 3));
        Assert.Equal(2, await first.CountAsync(e => e.Body.Tags.Count == 0));
        Assert.Equal([5, 8], (await first.Select(e => e.Body.Other!.Rank).ToListAsync()).Order());
        Assert.Equal([5, 7], (await first.Select(e => e.Body.Part).Select(part => part.Rank).ToListAsync()).Order());
        Assert.Equal(["/new 1", "/old 3"], (await aged.GroupBy(e => e.Body.Url).Select(g => new { g.Key, Sum = g.Sum(e => e.Body.Priority) }).ToListAsync()).Select(g => $"{g.Key} {g.Sum}").Order(StringComparer.Ordinal));
        Assert.Equal(1, await aged.GroupBy(e => e.Body.Url).CountAsync(g => g.Count(e => e.Body.On) == 1));
        Assert.Equal([3], await aged.GroupBy(e => e.Body.On).Where(g => g.Key).Select(g => g.OrderByDescending(e => e.Id).Select(e => e.Body.Priority).First()).ToListAsync());
        Assert.Equal([1, 3], (await aged.Join(aged, e => e.Body.Url, e => e.Body.Url, (a, b) => b.Body.Priority).ToListAsync()).Order());
        Assert.Equal(2, await aged.Join(first, e => e.Body.Retries, e => e.Body.Retries, (a, b) => new { a, b }).CountAsync(x => x.a.Body.Priority == x.b.Body.Priority));
        Assert.Equal([null, 1], (await aged.LeftJoin(aged.Where(e => e.Body.Priority == 1), e => e.Body.Url, e => e.Body.Url, (a, b) => (int?)b!.Body.Priority).ToListAsync()).Order());
        Assert.Equal(1, await first.Where(e => e.Body.Priority == 3).ExecuteDeleteAsync());
        Assert.Equal(1, await aged.CountAsync());
    }
}

public sealed class EventAbsenceTestsOnSqlite() : EventAbsenceTests(DatabaseServer.Sqlite);

public sealed class EventAbsenceTestsOnPostgres() : EventAbsenceTests(DatabaseServer.Postgres);
