using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

/// <summary>Stored events that their class cannot read: named exactly, and no obstacle to the others.</summary>
public abstract class UnreadableTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task One_is_named_and_reading_goes_on_after_it()
    {
        await using var store = await OpenAsync<Visit>();
        var ids = await BreakAsync(store, """{"n": "three", "text": null}""");
        var seen = new List<int>();

        var error = await Assert.ThrowsAsync<UnreadableEventException>(async () =>
        {
            await foreach (var found in Visit.In(store))
            {
                seen.Add(found.Body.N);
            }
        });

        Assert.Equal([1, 2], seen);
        Assert.Equal((ids[2], Noon.AddTicks(3), "$.n"), (error.Id, error.Time, error.Path));
        Assert.Contains("three", error.Message, StringComparison.Ordinal);
        Assert.Contains(ids[2].ToString(), error.Message, StringComparison.Ordinal);
        Assert.Contains("three", error.Json, StringComparison.Ordinal);
        Assert.Equal([4, 5], (await ListAsync(Visit.In(store).After(error.Id))).Select(found => found.Body.N));
        Assert.Equal([2, 1], (await ListAsync(Visit.In(store).Descending().After(error.Id))).Select(found => found.Body.N));
        Assert.Equal(ids[2], (await Assert.ThrowsAsync<UnreadableEventException>(async () => await Visit.In(store).From(Noon.AddTicks(3)).FirstOrDefaultAsync())).Id);
    }

    [Theory]
    [InlineData("""{"text": "x"}""", "$")]
    [InlineData("""{"n": 1.5}""", "$.n")]
    [InlineData("""{"n": 3, "text": {"deep": [1]}}""", "$.text")]
    [InlineData("null", "$")]
    [InlineData("[1]", "$")]
    public async Task A_handler_gets_the_raw_json_and_the_place(string json, string path)
    {
        await using var store = await OpenAsync<Visit>();
        var ids = await BreakAsync(store, json);
        var broken = new List<UnreadableEventException>();

        var read = await ListAsync(Visit.In(store).OnUnreadable(broken.Add));

        Assert.Equal([1, 2, 4, 5], read.Select(found => found.Body.N));
        var one = Assert.Single(broken);
        Assert.Equal((ids[2], path), (one.Id, one.Path));
        Assert.Equal(json.Replace(" ", "", StringComparison.Ordinal), one.Json.Replace(" ", "", StringComparison.Ordinal));

        // Counted as one of the events asked for, so that pages do not depend on whether a class can read them.
        Assert.Equal([1, 2], (await ListAsync(Visit.In(store).OnUnreadable(broken.Add).Take(3))).Select(found => found.Body.N));
        await Assert.ThrowsAsync<NotSupportedException>(async () => await ListAsync(Visit.In(store).OnUnreadable(_ => throw new NotSupportedException())));
    }

    [Fact]
    public async Task First_and_last_pass_over_what_a_handler_took()
    {
        await using var store = await OpenAsync<Visit>();
        await BreakAsync(store, """{"n": "three"}""");
        var broken = new List<UnreadableEventException>();
        var visits = Visit.In(store).OnUnreadable(broken.Add);

        Assert.Equal(4, (await visits.From(Noon.AddTicks(3)).FirstOrDefaultAsync())!.Body.N);
        Assert.Equal(2, (await visits.Until(Noon.AddTicks(3)).LastOrDefaultAsync())!.Body.N);
        Assert.Null(await visits.Between(Noon.AddTicks(3), Noon.AddTicks(3)).FirstOrDefaultAsync());
        Assert.Equal(3, broken.Count);
    }

    [Theory]
    [InlineData("5f0c0f5e-8a5b-4b0e-9d3c-0a1b2c3d4e5f", null)]
    [InlineData("00000000-0000-0000-0000-000000000000", null)]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff", null)]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff", "{")]
    [InlineData(null, "no JSON")]
    [InlineData(null, "")]
    [InlineData(null, """{"n": "three"}""")]
    [InlineData(null, """{"n": {"deep": 3}}""")]
    [InlineData(null, "null")]
    [InlineData(null, "[1, 2]")]
    public async Task Every_read_meets_a_row_that_cannot_be_read(string? foreignId, string? body)
    {
        var isJson = body is null or [('{' or 'n' or '['), .., ('}' or 'l' or ']')];
        if (!IsSqlite && !isJson)
        {
            return; // PostgreSQL stores JSON only.
        }

        await using var store = await OpenAsync<Visit>();
        var ids = await BreakAsync(store, body ?? """{"n": 3, "text": null}""", foreignId);
        var id = foreignId is null ? ids[2] : EventId.Stored(new Guid(foreignId));
        var visits = Visit.In(store);
        var isDescribed = foreignId is null && isJson;

        // With a handler every read goes on; without one the error has the id.
        await MeetsAsync(async events => Assert.Equal([1, 2, 4, 5], (await ListAsync(events)).Select(found => found.Body.N)));
        await MeetsAsync(async events => Assert.Equal([5, 4, 2, 1], (await ListAsync(events.Descending())).Select(found => found.Body.N)));
        await MeetsAsync(async events => Assert.Null(await events.GetAsync(id)));
        await MeetsAsync(async events => Assert.Null(await At(events).FirstOrDefaultAsync()));
        await MeetsAsync(async events => Assert.Null(await At(events).LastOrDefaultAsync()));
        if (isDescribed)
        {
            Assert.NotNull(await visits.InferSchemaAsync());
        }
        else
        {
            await MeetsAsync(async events => Assert.Contains("\"integer\"", await events.InferSchemaAsync(), StringComparison.Ordinal));
        }

        var met = new List<UnreadableEventException>();
        Assert.Equal((1, 5), ((await visits.OnUnreadable(met.Add).FirstOrDefaultAsync())!.Body.N, (await visits.OnUnreadable(met.Add).LastOrDefaultAsync())!.Body.N));
        Assert.All(met, one => Assert.Equal(id, one.Id));
        Assert.Equal(5, await visits.CountAsync());
        Assert.True(await visits.DeleteAsync(id));
        Assert.False(await visits.DeleteAsync(id));
        Assert.Equal([1, 2, 4, 5], (await ListAsync(visits)).Select(found => found.Body.N));
        Assert.Equal(5, (await visits.LastOrDefaultAsync())!.Body.N);
        Assert.NotNull(await visits.InferSchemaAsync());

        // The row alone: what follows the event before it, and one only.
        EventRange<Visit> At(EventRange<Visit> events) => foreignId switch
        {
            null => events.After(ids[1]).Take(1),
            "00000000-0000-0000-0000-000000000000" => events.Take(1),
            _ => events.After(ids[4]),
        };

        async Task MeetsAsync(Func<EventStream<Visit>, Task> read)
        {
            var handled = new List<UnreadableEventException>();
            await read(visits.OnUnreadable(handled.Add));
            var one = Assert.Single(handled);
            Assert.Equal(id, one.Id);
            Assert.Equal(foreignId is null ? Noon.AddTicks(3) : default, one.Time);
            Assert.Contains(id.ToString(), one.Message, StringComparison.Ordinal);
            Assert.Equal(id, (await Assert.ThrowsAsync<UnreadableEventException>(() => read(visits))).Id);
        }
    }

    private bool IsSqlite => Database.ConnectionString.Contains("Data Source", StringComparison.Ordinal);

    private async Task<IReadOnlyList<EventId>> BreakAsync(TypedStore store, string json, string? foreignId = null)
    {
        var ids = await Visit.In(store).PutAsync(Enumerable.Range(1, 5).Select(n => (new Visit(n), Noon.AddTicks(n))));
        var third = IsSqlite ? "body ->> 'n' = 3" : "body ->> 'n' = '3'";
        var id = foreignId is null ? "id" : IsSqlite ? $"x'{foreignId.Replace("-", "", StringComparison.Ordinal)}'" : $"'{foreignId}'";
        await Database.ScalarAsync($"update \"visit\" set body = '{json}', id = {id} where {third}");
        return ids;
    }
}

public sealed class UnreadableTestsOnSqlite() : UnreadableTests(DatabaseServer.Sqlite);

public sealed class UnreadableTestsOnPostgres() : UnreadableTests(DatabaseServer.Postgres);
