using Microsoft.EntityFrameworkCore;
using Typed.Runtime.Tests.Series;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Streams.Stored;

[TimeSeries(Type = SeriesType.Histogram, Intervals = ["minute: 1m keep 240000", "day: daily by 1h keep 9000"])]
public partial class FedDuration
{
    [SeriesKey] public required string Route { get; init; }

    [SeriesValue] public required int Milliseconds { get; init; }
}

[TimeSeries(Type = SeriesType.Count, Intervals = ["day: daily keep 9000"], Namespaced = true)]
public partial record struct FedTag([property: SeriesKey] string Tag);

[TimeSeries(Type = SeriesType.Count, Intervals = ["hour: 1h keep 90000"])]
public partial class FedError
{
    [SeriesKey] public required string Route { get; init; }

    [SeriesTime] public DateTimeOffset At { get; init; }
}

[EventStream]
[Feeds<FedDuration>]
[Feeds<FedTag>(nameof(Tags))]
[Feeds<FedError>]
public partial record FedRequest(string Route, int Milliseconds, int Status, List<string> TagList)
{
    public static FedDuration From(FedRequest e) => new() { Route = e.Route, Milliseconds = e.Milliseconds };

    public static IEnumerable<FedTag> Tags(FedRequest e) => e.Status >= 0 ? e.TagList.Select(tag => new FedTag(tag)) : throw new FormatException("no status");

    private static FedError? ErrorOf(FedRequest e) =>
        e.Status >= 500 ? new() { Route = e.Route, At = new DateTimeOffset(2020, 1, 1, e.Status - 500, 0, 0, TimeSpan.Zero) } : null;
}

/// <summary>What events feed is written with them, each event once.</summary>
public abstract class FeedTests(DatabaseServer server) : StoreSuite(server)
{
    private ValueTask<TypedStore> OpenFedAsync(Action<TypedOptionsBuilder>? configure = null) => OpenAsync(options =>
    {
        options.Only<FedRequest>().Only<FedDuration>().Only<FedTag>().Only<FedError>();
        configure?.Invoke(options);
    });

    [Fact]
    public async Task An_event_brings_its_points()
    {
        await using var store = await OpenFedAsync();

        await FedRequest.In(store).PutAsync(new FedRequest("/home", 31, 200, ["a", "b"]), Noon);
        await FedRequest.In(store).PutAsync(new FedRequest("/home", 40, 503, ["a"]), Noon.AddSeconds(1));

        Assert.Equal([31, 40], (await FedDuration.In(store).Minute.GetAsync("/home", Noon)).Value.Values);
        Assert.Equal(2, (await FedTag.In(store).Day.GetAsync("a", Noon)).Value);
        Assert.Equal(1, (await FedTag.In(store).Day.GetAsync("b", Noon)).Value);
        Assert.Equal(1, (await FedError.In(store).Hour.GetAsync("/home", new(2020, 1, 1, 3, 0, 0, TimeSpan.Zero))).Value);
    }

    public static TheoryData<string> Ways => ["one", "list", "times", "stream", "post", "posts", "id", "ids", "post id", "context"];

    // Three events, by every way there is; a fourth and a fifth that cannot be stored leave nothing.
    [Theory]
    [MemberData(nameof(Ways))]
    public async Task By_every_way(string way)
    {
        await using var store = await OpenFedAsync();
        FedRequest[] events = [new("/", 1, 200, ["a"]), new("/", 2, 200, []), new("/", 3, 200, ["a", "b"])];

        await PutAsync(store, way, events);

        Assert.Equal(3, await FedRequest.In(store).CountAsync());
        Assert.Equal([1, 2, 3], (await FedDuration.In(store).Day.GetAsync("/")).Value.Values);
        Assert.Equal((2, 1), ((await FedTag.In(store).Day.GetAsync("a")).Value, (await FedTag.In(store).Day.GetAsync("b")).Value));

        // A key is not that long; the method of the class throws of a negative status.
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => PutAsync(store, way, [new(new string('x', 5000), 4, 200, ["a"])]));
        Assert.Contains("Route", (refused.InnerException as EventRejectedException ?? refused).Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => PutAsync(store, way, [new("/", 5, -1, ["a"])]));
        await store.FlushAsync();
        Assert.Equal(3, await FedRequest.In(store).CountAsync());
        Assert.Equal([1, 2, 3], (await FedDuration.In(store).Day.GetAsync("/")).Value.Values);
    }

    [Fact]
    public async Task A_point_that_is_refused_refuses_its_event()
    {
        await using var store = await OpenFedAsync();

        var refused = await Assert.ThrowsAsync<EventRejectedException>(
            () => FedRequest.In(store).PutAsync([new("/", 1, 200, []), new(new string('x', 5000), 2, 200, [])]).AsTask());

        Assert.Equal(1, refused.Index);
        Assert.Contains("what feeds a point that cannot be stored", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Route", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await FedRequest.In(store).CountAsync());
        Assert.True((await FedDuration.In(store).Day.GetAsync("/")).Value.IsEmpty);
    }

    // An event that is stored already has fed its points, in whatever way it comes again.
    [Fact]
    public async Task An_event_that_is_known_feeds_nothing()
    {
        await using var store = await OpenFedAsync();
        var ids = Enumerable.Range(0, 6).Select(i => EventId.New(Clock.GetUtcNow().AddSeconds(i))).ToArray();
        var requests = FedRequest.In(store);

        Assert.Equal([true, true, false], await requests.PutAsync([(ids[0], Of(0)), (ids[1], Of(1)), (ids[0], Of(0))]));
        Assert.Equal([false, true, true], await requests.PutAsync([(ids[1], Of(1)), (ids[2], Of(2)), (ids[3], Of(3))]));
        Assert.False(await requests.PutAsync(ids[0], Of(0)));
        await requests.Post(ids[3], Of(3));
        await requests.Post(ids[4], Of(4));
        await requests.Post(ids[4], Of(4));
        await FedDuration.In(store).Post(new FedDuration { Route = "/", Milliseconds = 100 });
        await store.FlushAsync();
        await using (var db = store.CreateDbContext())
        {
            Assert.Equal([false, true], await FedRequest.In(db).PutAsync([(ids[2], Of(2)), (ids[5], Of(5))]));
        }

        Assert.Equal([0, 1, 2, 3, 4, 5, 100], (await FedDuration.In(store).Day.GetAsync("/")).Value.Values);
        Assert.Equal(6, (await FedTag.In(store).Day.GetAsync("t")).Value);

        // Another body is refused, and what came with it too.
        await Assert.ThrowsAsync<EventRejectedException>(() => requests.PutAsync([(EventId.New(Clock.GetUtcNow()), Of(7)), (ids[0], Of(8))]).AsTask());
        Assert.Equal(7, (await FedDuration.In(store).Day.GetAsync("/")).Value.Count);

        static FedRequest Of(int n) => new("/", n, 200, ["t"]);
    }

    [Fact]
    public async Task Namespaces_go_along_and_a_series_without_them_takes_all()
    {
        await using var store = await OpenFedAsync();

        await FedRequest.In(store, "eu").PutAsync(new FedRequest("/", 1, 200, ["a"]));
        await FedRequest.In(store, "us").PutAsync(new FedRequest("/", 2, 200, ["a", "a"]));

        Assert.Equal([1, 2], (await FedDuration.In(store).Day.GetAsync("/")).Value.Values);
        Assert.Equal(1, (await FedTag.In(store, "eu").Day.GetAsync("a")).Value);
        Assert.Equal(2, (await FedTag.In(store, "us").Day.GetAsync("a")).Value);
        Assert.Equal(0, (await FedTag.In(store).Day.GetAsync("a")).Value);
    }

    [Fact]
    public async Task A_transaction_that_is_rolled_back_leaves_neither()
    {
        await using var store = await OpenFedAsync();
        await using (var db = store.CreateDbContext())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await FedRequest.In(db).PutAsync(new FedRequest("/", 1, 200, ["a"]));
            await FedRequest.In(db).PutAsync(EventId.New(Clock.GetUtcNow()), new FedRequest("/", 2, 200, ["a"]));
            Assert.Equal([1, 2], (await FedDuration.In(db).Day.GetAsync("/")).Value.Values);
            await transaction.RollbackAsync();
        }

        Assert.Equal(0, await FedRequest.In(store).CountAsync());
        Assert.True((await FedDuration.In(store).Day.GetAsync("/")).Value.IsEmpty);
    }

    // Callers bring the same events at the same time, through two stores.
    [Fact]
    public async Task Each_event_counts_once_whoever_brings_it()
    {
        await using var one = await OpenFedAsync();
        await using var two = await OpenFedAsync();
        var ids = Enumerable.Range(0, 200).Select(i => EventId.New(Clock.GetUtcNow().AddMilliseconds(i))).ToArray();

        var stored = await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            var count = 0;
            var requests = FedRequest.In(caller % 2 == 0 ? one : two);
            foreach (var chunk in ids.Skip(caller * 7).Concat(ids.Take(caller * 7)).Chunk(10))
            {
                count += (await requests.PutAsync(chunk.Select(id => (id, new FedRequest("/" + (id.Time.Millisecond % 5), 1, 200, ["t"]))))).Count(isNew => isNew);
                await FedDuration.In(one).InsertAsync(new FedDuration { Route = "/0", Milliseconds = 2 });
            }

            return count;
        })));

        Assert.Equal(200, stored.Sum());
        Assert.Equal(200, (await FedTag.In(one).Day.GetAsync("t")).Value);
        Assert.Equal(200 + (8 * 20), (await FedDuration.In(one).Day.For(["/0", "/1", "/2", "/3", "/4"]).Last(1).CollapseAsync()).Total);
    }

    // What is dropped takes its points along, and what stays keeps its own.
    [Fact]
    public async Task Dropped_events_feed_nothing()
    {
        await using var store = await OpenFedAsync(options =>
        {
            options.Capacity = 10;
            options.WhenFull = WhenFull.DropOldest;
            options.FlushInterval = TimeSpan.FromMinutes(5);
            options.BatchSize = 1_000;
            options.Writers = 1;
        });
        for (var n = 0; n < 40; n++)
        {
            await FedRequest.In(store).Post(new FedRequest("/", n, 200, n % 2 == 0 ? ["even"] : ["odd", "odd"]));
        }

        await store.FlushAsync();
        var kept = await ListAsync(FedRequest.In(store));
        Assert.InRange(kept.Count, 10, 40);
        Assert.Equal(kept.Select(e => e.Body.Milliseconds).Order(), (await FedDuration.In(store).Day.GetAsync("/")).Value.Values);
        Assert.Equal(kept.Count(e => e.Body.Milliseconds % 2 == 0), (await FedTag.In(store).Day.GetAsync("even")).Value);
        Assert.Equal(2 * kept.Count(e => e.Body.Milliseconds % 2 == 1), (await FedTag.In(store).Day.GetAsync("odd")).Value);
    }

    private async Task PutAsync(TypedStore store, string way, FedRequest[] events)
    {
        var requests = FedRequest.In(store);
        (EventId, FedRequest)[] WithIds() => [.. events.Select(e => (EventId.New(Clock.GetUtcNow()), e))];
        switch (way)
        {
            case "one":
                foreach (var e in events)
                {
                    await requests.PutAsync(e);
                }

                break;
            case "list":
                await requests.PutAsync(events);
                break;
            case "times":
                await requests.PutAsync(events.Select(e => (e, Clock.GetUtcNow())));
                break;
            case "stream":
                await requests.PutAsync(events.ToAsyncEnumerable());
                break;
            case "post":
                foreach (var e in events)
                {
                    await requests.Post(e);
                }

                break;
            case "posts":
                await requests.Post(events);
                break;
            case "id":
                foreach (var (id, e) in WithIds())
                {
                    await requests.PutAsync(id, e);
                }

                break;
            case "ids":
                await requests.PutAsync(WithIds());
                break;
            case "post id":
                foreach (var (id, e) in WithIds())
                {
                    await requests.Post(id, e);
                }

                break;
            default:
                await using (var db = store.CreateDbContext())
                {
                    await FedRequest.In(db).PutAsync(events);
                }

                break;
        }

        await store.FlushAsync();
    }
}

public sealed class FeedTestsOnSqlite() : FeedTests(DatabaseServer.Sqlite);

public sealed class FeedTestsOnPostgres() : FeedTests(DatabaseServer.Postgres);
