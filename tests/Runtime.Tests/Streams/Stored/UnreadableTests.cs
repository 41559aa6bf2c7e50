using Typed.Runtime.Tests.Series;
using Typed.Storage;
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
        Assert.Contains(ids[2].ToString("D"), error.Message, StringComparison.Ordinal);
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

    private async Task<IReadOnlyList<Guid>> BreakAsync(TypedStore store, string json)
    {
        var ids = await Visit.In(store).PutAsync(Enumerable.Range(1, 5).Select(n => (new Visit(n), Noon.AddTicks(n))));
        var third = Database.ConnectionString.Contains("Data Source", StringComparison.Ordinal) ? "body ->> 'n' = 3" : "body ->> 'n' = '3'";
        await Database.ScalarAsync($"update \"visit\" set body = '{json}' where {third}");
        return ids;
    }
}

public sealed class UnreadableTestsOnSqlite() : UnreadableTests(DatabaseServer.Sqlite);

public sealed class UnreadableTestsOnPostgres() : UnreadableTests(DatabaseServer.Postgres);
