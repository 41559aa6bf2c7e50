using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

/// <summary>Namespaces are closed sets; listing, deletion, expiry and inference stay inside theirs.</summary>
public abstract class NamespaceTests(DatabaseServer server) : StoreSuite(server)
{
    [Fact]
    public async Task First_and_last_are_those_of_what_the_range_takes()
    {
        await using var store = await OpenAsync<Visit>();
        var visits = Visit.In(store);
        await visits.PutAsync(Enumerable.Range(1, 10).Select(n => (new Visit(n), Noon.AddTicks(n))));

        Assert.Equal((1, 10), await EndsAsync(visits));
        Assert.Equal((1, 10), await EndsAsync(visits.Descending()));
        Assert.Equal((1, 3), await EndsAsync(visits.Take(3)));
        Assert.Equal((8, 10), await EndsAsync(visits.Descending().Take(3)));
        Assert.Equal((1, 1), await EndsAsync(visits.Take(1)));
        Assert.Equal((10, 10), await EndsAsync(visits.Descending().Take(1)));
        Assert.Equal((1, 10), await EndsAsync(visits.Take(99)));
        Assert.Equal((3, 4), await EndsAsync(visits.Descending().Until(Noon.AddTicks(4)).Take(2)));
        Assert.Equal((null, null), await EndsAsync(visits.Take(0)));
        Assert.Equal((null, null), await EndsAsync(visits.From(Noon.AddTicks(11)).Take(2)));

        static async Task<(int?, int?)> EndsAsync(EventRange<Visit> range) => ((await range.FirstOrDefaultAsync())?.Body.N, (await range.LastOrDefaultAsync())?.Body.N);
    }

    [Fact]
    public async Task What_happens_in_a_namespace_stays_there()
    {
        await using var store = await OpenAsync<Visit>();
        string[] spaces = ["default", "a", "A", "a.b", "a_b", "a-b", new string('n', 200)];
        foreach (var space in spaces)
        {
            await Visit.In(store, space).PutAsync([(new Visit(space.Length), Noon), (new Visit(-1, space), Noon.AddTicks(1))]);
        }

        Assert.Equal(1, await Visit.In(store, "a").From(Noon.AddTicks(1)).DeleteAsync());
        await Visit.In(store, "a.b").DeleteAllAsync();

        Assert.Equal([1], (await ListAsync(Visit.In(store, "a"))).Select(found => found.Body.N));
        Assert.Empty(await ListAsync(Visit.In(store, "a.b")));
        Assert.Null(await Visit.In(store, "a.b").FirstOrDefaultAsync());
        Assert.All(spaces.Except(["a", "a.b"], StringComparer.Ordinal), space => Assert.Equal(2, Visit.In(store, space).CountAsync().AsTask().GetAwaiter().GetResult()));
        Assert.Equal(spaces[^1], (await Visit.In(store, spaces[^1]).LastOrDefaultAsync())!.Body.Text);
    }

    // By number: some of the texts do not survive their way to the runner.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task A_name_outside_the_grammar_is_refused(int number)
    {
        var space = new[] { "", " ", "a b", "a\n", "caf\u00e9", "\u0661", new string('n', 201) }[number];
        await using var store = await OpenAsync<Visit>();
        await using var db = store.CreateDbContext();

        Assert.Throws<ArgumentException>(() => Visit.In(store, space));
        Assert.Throws<ArgumentException>(() => Visit.In(db, space));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.StreamsAsync(space));
        Assert.Throws<ArgumentNullException>(() => Visit.In(store, null!));
    }

    [Fact]
    public async Task Lists_the_streams_that_hold_events()
    {
        await using var store = await OpenAsync(options => options.Only<Visit>().Only<OtherKind>().Only<Expiring>());
        Assert.Empty(await store.StreamsAsync());
        await Visit.In(store).PutAsync(new Visit(1));
        await OtherKind.In(store).PutAsync(new OtherKind(1));
        await Expiring.In(store, "b").PutAsync(new Expiring(1));
        _ = await ListAsync(Expiring.In(store));

        Assert.Equal(["other.kind", "visit"], await store.StreamsAsync());
        Assert.Equal(["expiring"], await store.StreamsAsync("b"));
        await Visit.In(store).DeleteAllAsync();
        Assert.Equal(["other.kind"], await store.StreamsAsync());
    }

    [Fact]
    public async Task Expiry_removes_what_is_strictly_older()
    {
        await using var store = await OpenAsync(options => options.Only<Visit>().Only<Expiring>());
        var edge = Noon.AddDays(-90);
        foreach (var space in new[] { "default", "b" })
        {
            await Expiring.In(store, space).PutAsync([(new Expiring(1), edge.AddTicks(-1)), (new Expiring(2), edge), (new Expiring(3), Noon)]);
        }

        await Visit.In(store).PutAsync(new Visit(1), DateTimeOffset.UnixEpoch);
        Assert.Equal([1, 2, 3], (await ListAsync(Expiring.In(store))).Select(found => found.Body.N));

        Assert.Equal(1, await Expiring.In(store).ExpireAsync());
        Assert.Equal(0, await Expiring.In(store).ExpireAsync());
        Assert.Equal(0, await Visit.In(store).ExpireAsync());

        Assert.Equal([2, 3], (await ListAsync(Expiring.In(store))).Select(found => found.Body.N));
        Assert.Equal(3, await Expiring.In(store, "b").CountAsync());
        Assert.Equal(1, await Visit.In(store).CountAsync());
        Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, await Expiring.In(store).ExpireAsync());
        Clock.AdjustTime(DateTimeOffset.UnixEpoch);
        Assert.Equal(0, await Expiring.In(store).ExpireAsync());
    }

    [Fact]
    public async Task Inference_looks_at_the_newest_or_at_all()
    {
        const string Old = "\"text\":{\"type\":\"string\"}";
        await using var store = await OpenAsync<Visit>();
        var visits = Visit.In(store);
        Assert.Null(await visits.InferSchemaAsync());
        await visits.PutAsync(Enumerable.Range(0, 5_200).Select(n => (new Visit(n, n == 0 ? "old" : null), Noon.AddTicks(n))));
        await Visit.In(store, "b").PutAsync(new Visit(1, "other"));

        var newest = await visits.InferSchemaAsync();
        Assert.Contains("\"text\":{\"type\":\"null\"}", newest, StringComparison.Ordinal);
        Assert.Equal(newest, await visits.InferSchemaAsync(5_199));
        var all = await visits.InferSchemaAsync(sample: null);
        Assert.Contains("\"text\":{\"type\":[\"null\",\"string\"]}", all, StringComparison.Ordinal);
        Assert.Equal(all, await visits.InferSchemaAsync(5_200));
        Assert.Contains(Old, await Visit.In(store, "b").InferSchemaAsync(1), StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await visits.InferSchemaAsync(0));
    }

    [Fact]
    public async Task A_range_is_deleted_and_never_a_stream_by_accident()
    {
        await using var store = await OpenAsync<Visit>();
        var visits = Visit.In(store);
        var ids = await visits.PutAsync(Enumerable.Range(0, 10).Select(n => (new Visit(n), Noon.AddTicks(n))));

        await Assert.ThrowsAsync<ArgumentException>(async () => await visits.DeleteAsync());
        await Assert.ThrowsAsync<ArgumentException>(async () => await visits.Descending().DeleteAsync());
        await Assert.ThrowsAsync<ArgumentException>(async () => await visits.From(Noon).Take(1).DeleteAsync());
        Assert.Equal(10, await visits.CountAsync());

        Assert.Equal(2, await visits.After(ids[7]).DeleteAsync());
        Assert.Equal(2, await visits.Descending().After(ids[2]).DeleteAsync());
        Assert.Equal(1, await visits.Between(Noon.AddTicks(3), Noon.AddTicks(3)).DeleteAsync());
        Assert.Equal(0, await visits.From(Noon.AddTicks(4)).Before(Noon.AddTicks(4)).DeleteAsync());
        Assert.Equal(1, await visits.From(Noon.AddTicks(4)).Before(Noon.AddTicks(5)).DeleteAsync());
        Assert.Equal([2, 5, 6, 7], (await ListAsync(visits)).Select(found => found.Body.N));
    }
}

public sealed class NamespaceTestsOnSqlite() : NamespaceTests(DatabaseServer.Sqlite);

public sealed class NamespaceTestsOnPostgres() : NamespaceTests(DatabaseServer.Postgres);
