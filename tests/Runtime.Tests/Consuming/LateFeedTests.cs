using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Typed.Runtime.Tests.Diagnostics;
using Typed.Runtime.Tests.Hosting;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Streams.Following;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Consuming;

[TimeSeries(Type = SeriesType.Histogram, Intervals = ["day: daily keep 9000"])]
public partial class LateDuration
{
    [SeriesKey] public required string Route { get; init; }

    [SeriesValue] public required int Milliseconds { get; init; }
}

[TimeSeries(Type = SeriesType.Count, Intervals = ["day: daily keep 9000"], Namespaced = true)]
public partial record struct LateTag([property: SeriesKey] string Tag);

[TimeSeries(Type = SeriesType.Series, Intervals = ["day: daily keep 9000"])]
public partial class LatePoint
{
    [SeriesKey] public required string Route { get; init; }

    [SeriesValue] public required int Value { get; init; }
}

[TimeSeries(Type = SeriesType.Count, Intervals = ["day: daily keep 9000"])]
public partial record struct AtOnceHit([property: SeriesKey] string Route);

[EventStream(Follow = true)]
[Feeds<AtOnceHit>]
[Feeds<LateDuration>(Later = true)]
[Feeds<LateTag>(nameof(Tags), Later = true)]
[Feeds<LatePoint>(nameof(Points), Later = true)]
public partial record LateRequest(string Route, int Milliseconds, List<string> TagList, int PointCount = 0)
{
    public static AtOnceHit From(LateRequest e) => new(e.Route);

    public static LateDuration Duration(LateRequest e) => new() { Route = e.Route, Milliseconds = e.Milliseconds };

    public static IEnumerable<LateTag> Tags(LateRequest e) =>
        e.Milliseconds >= 0 ? e.TagList.Select(tag => new LateTag(tag)) : throw new FormatException("no duration");

    private static IEnumerable<LatePoint> Points(LateRequest e) =>
        Enumerable.Range(0, e.PointCount).Select(n => new LatePoint { Route = e.Route, Value = n });
}

/// <summary>What events feed later is written once for each event, whoever stops and starts.</summary>
public abstract class LateFeedTests(DatabaseServer server) : StoreSuite(server)
{
    private static readonly bool s_isSoak = Environment.GetEnvironmentVariable("TYPED_SOAK") == "1";

    private ValueTask<TypedStore> OpenFedAsync(Action<TypedOptionsBuilder>? configure = null) => OpenAsync(options =>
    {
        Hold(options);
        configure?.Invoke(options);
    });

    /// <summary>A store that holds the stream and what it feeds at once, so that it feeds nothing later.</summary>
    private ValueTask<TypedStore> OpenUnfedAsync() => OpenAsync(options => options.Only<LateRequest>().Only<AtOnceHit>());

    private static void Hold(TypedOptionsBuilder options) => options.Only<LateRequest>().Only<AtOnceHit>().Only<LateDuration>().Only<LateTag>().Only<LatePoint>();

    [Fact]
    public async Task Points_come_after_the_event_and_those_of_others_with_it()
    {
        await (await OpenFedAsync()).DisposeAsync();
        await using (var unfed = await OpenUnfedAsync())
        {
            await LateRequest.In(unfed).PutAsync(new LateRequest("/", 31, ["a", "b"]), Noon);
            await LateRequest.In(unfed).PutAsync([new("/", 40, ["a"]), new("/", 50, [])]);
            Assert.Equal(3, (await AtOnceHit.In(unfed).Day.GetAsync("/")).Value);
        }

        Assert.Equal(0, await Database.RowsAsync("late_duration_day"));
        Assert.Equal(0, await Database.RowsAsync("late_tag_day"));
        await using var store = await OpenFedAsync();
        await store.FedAsync();

        Assert.Equal([31, 40, 50], (await LateDuration.In(store).Day.GetAsync("/", Noon)).Value.Values);
        Assert.Equal((2, 1), ((await LateTag.In(store).Day.GetAsync("a")).Value, (await LateTag.In(store).Day.GetAsync("b")).Value));
        Assert.Equal(3, (await AtOnceHit.In(store).Day.GetAsync("/")).Value);
    }

    [Fact]
    public async Task By_every_way_and_each_event_once()
    {
        await using var store = await OpenFedAsync();
        var requests = LateRequest.In(store);
        var id = EventId.New(Clock.GetUtcNow());

        await requests.PutAsync(new LateRequest("/", 0, ["t"]));
        await requests.PutAsync([new("/", 1, ["t"]), new("/", 2, ["t"])]);
        await requests.Post(new LateRequest("/", 3, ["t"]));
        Assert.True(await requests.PutAsync(id, new LateRequest("/", 4, ["t"])));
        await using (var db = store.CreateDbContext())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await LateRequest.In(db).PutAsync(new LateRequest("/", 5, ["t"]));
            await transaction.CommitAsync();
        }

        await using (var db = store.CreateDbContext())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await LateRequest.In(db).PutAsync(new LateRequest("/", 6, ["t"]));
            await transaction.RollbackAsync();
        }

        await store.FlushAsync();
        await store.FedAsync();
        Assert.False(await requests.PutAsync(id, new LateRequest("/", 4, ["t"])));
        await store.FedAsync();

        Assert.Equal([0, 1, 2, 3, 4, 5], (await LateDuration.In(store).Day.GetAsync("/")).Value.Values);
        Assert.Equal(6, (await LateTag.In(store).Day.GetAsync("t")).Value);
        Assert.Equal(6, (await AtOnceHit.In(store).Day.GetAsync("/")).Value);
    }

    // So many points at once are loaded in bulk, in the transaction of the position.
    [Fact]
    public async Task An_event_may_feed_very_many_points()
    {
        await using var store = await OpenFedAsync();
        await LateRequest.In(store).PutAsync([new("/", 1, [], PointCount: 2500), new("/other", 1, [], PointCount: 3)]);
        await store.FedAsync();

        Assert.Equal(2503, await Database.RowsAsync("late_point_points"));
    }

    [Fact]
    public async Task Each_namespace_has_a_position_of_its_own_that_is_found_when_it_appears()
    {
        await using var store = await OpenFedAsync();
        await LateRequest.In(store, "eu").PutAsync(new LateRequest("/", 1, ["a"]));
        await store.FedAsync();
        await LateRequest.In(store, "us").PutAsync(new LateRequest("/", 2, ["a", "a"]));
        await LateRequest.In(store, "eu").PutAsync(new LateRequest("/", 3, ["a"]));
        await store.FedAsync();

        Assert.Equal([1, 2, 3], (await LateDuration.In(store).Day.GetAsync("/")).Value.Values);
        Assert.Equal((2, 2), ((await LateTag.In(store, "eu").Day.GetAsync("a")).Value, (await LateTag.In(store, "us").Day.GetAsync("a")).Value));
        Assert.Equal(0, (await LateTag.In(store).Day.GetAsync("a")).Value);
        var positions = (await store.Consumers.ListAsync()).Where(one => one.Name.StartsWith("feeds/late_request/late_duration/", StringComparison.Ordinal));
        Assert.Equal(
            [("feeds/late_request/late_duration/default", "default"), ("feeds/late_request/late_duration/eu", "eu"), ("feeds/late_request/late_duration/us", "us")],
            positions.Select(one => (one.Name, one.Namespace)));
    }

    // What was stored before anybody was there to feed it counts like what was stored before a feed at once was declared: it does not.
    [Fact]
    public async Task What_is_stored_before_it_is_declared_feeds_nothing()
    {
        await using (var unfed = await OpenUnfedAsync())
        {
            await LateRequest.In(unfed).PutAsync(new LateRequest("/", 1, ["t"]));
            await LateRequest.In(unfed, "other").PutAsync(new LateRequest("/", 2, ["t"]));

            // They come when no transaction of another test holds the horizon back any more, and only then they are before the end.
            await Tails.TakeAsync(LateRequest.In(unfed).Follow(), 1);
            await Tails.TakeAsync(LateRequest.In(unfed, "other").Follow(), 1);
        }

        await (await OpenFedAsync()).DisposeAsync();
        await using (var unfed = await OpenUnfedAsync())
        {
            await LateRequest.In(unfed).PutAsync(new LateRequest("/", 3, ["t"]));
            await LateRequest.In(unfed, "other").PutAsync(new LateRequest("/", 4, ["t"]));
            await LateRequest.In(unfed, "third").PutAsync(new LateRequest("/", 5, ["t"]));
        }

        await using var store = await OpenFedAsync();
        await store.FedAsync();
        Assert.Equal([3, 4, 5], (await LateDuration.In(store).Day.GetAsync("/")).Value.Values);
    }

    [Fact]
    public async Task An_event_that_cannot_feed_is_reported_and_does_not_stop_the_line()
    {
        IReadOnlyList<EventId> ids;
        await using (var first = await OpenFedAsync(options => options.UseLoggerFactory(LogRecorder.Instance)))
        {
            ids = await LateRequest.In(first).PutAsync(
                [new("/", 1, ["t"]), new("/", 2, [new string('x', 5000)]), new("/", 3, ["t"]), new("/", -4, ["t"]), new("/", 5, ["t"])]);
            await first.FedAsync();
            Assert.Equal(3, (await LateTag.In(first).Day.GetAsync("t")).Value);
        }

        EventId broken;
        await using (var unfed = await OpenUnfedAsync())
        {
            broken = await LateRequest.In(unfed).PutAsync(new LateRequest("/", 6, ["t"]));
            await Database.ExecuteAsync($"update late_request set body = '{{\"route\": 7}}' where id = {IdText(broken)}");
            await LateRequest.In(unfed).PutAsync(new LateRequest("/", 7, ["t"]));
        }

        await using var store = await OpenFedAsync(options => options.UseLoggerFactory(LogRecorder.Instance));
        await store.FedAsync();

        // The other series take what only one cannot.
        Assert.Equal(4, (await LateTag.In(store).Day.GetAsync("t")).Value);
        Assert.Equal([-4, 1, 2, 3, 5, 7], (await LateDuration.In(store).Day.GetAsync("/")).Value.Values);
        AssertUnfed("late_tag", ids[1], "Tag");
        AssertUnfed("late_tag", ids[3], "no duration");
        AssertUnfed("late_tag", broken, "route");
        AssertUnfed("late_duration", broken, "route");

        static void AssertUnfed(string series, EventId id, string reason)
        {
            var logged = LogRecorder.Instance.Of(id.ToString()).Where(each => each.Message.Contains($"feeds/late_request/{series} ", StringComparison.Ordinal));
            var one = Assert.Single(logged);
            Assert.Equal((LogLevel.Error, "EventUnfed"), (one.Level, one.Name));
            Assert.Contains(reason, one.Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    // The position moves first, then the points fail: neither is kept. It is no fault of the event, so that it is not left out.
    [Fact]
    public async Task What_fails_between_position_and_points_is_done_again()
    {
        await using var host = new HostedStore(builder => builder.Services.AddTyped(options =>
        {
            Database.Choose(options);
            options.TimeProvider = Clock;
            Hold(options);
        }));
        await host.StartAsync();
        await LateRequest.In(host.Store).PutAsync(new LateRequest("/", 1, ["t"]));
        await host.Store.FedAsync();
        await Database.ExecuteAsync("alter table late_duration_day rename to away");
        await LateRequest.In(host.Store).PutAsync([new("/", 2, ["t"]), new("/", 3, ["t"])]);
        var database = Database.ConnectionString.Split(';').Select(part => part.Split('=')).Single(part => part[0] is "Database" or "Data Source")[1];
        await Waiting.UntilAsync(() => LogRecorder.Instance.Of(database).Count(
            each => each.Name == "ConsumerFailed" && each.Message.Contains("feeds/late_request/late_duration", StringComparison.Ordinal)) > 2);
        Assert.Equal(HealthStatus.Unhealthy, (await host.HealthAsync()).Status);
        var stuck = (await host.Store.Consumers.ListAsync()).Single(one => one.Name == "feeds/late_request/late_duration/default");
        await Database.ExecuteAsync("alter table away rename to late_duration_day");
        await host.Store.FedAsync();

        Assert.Equal([1, 2, 3], (await LateDuration.In(host.Store).Day.GetAsync("/")).Value.Values);
        Assert.Equal(3, (await LateTag.In(host.Store).Day.GetAsync("t")).Value);
        var moved = (await host.Store.Consumers.ListAsync()).Single(one => one.Name == stuck.Name);
        Assert.True(moved.Position > stuck.Position);
        await Waiting.UntilAsync(async () => await host.HealthAsync() is { Status: HealthStatus.Healthy } health
            && health.Data["consumer feeds/late_request/late_duration lag"] is TimeSpan { Ticks: 0 });
    }

    [Fact]
    public async Task Of_several_stores_one_feeds_and_another_takes_over()
    {
        var first = await OpenFedAsync();
        await using var second = await OpenFedAsync();
        for (var n = 0; n < 50; n++)
        {
            await LateRequest.In(n % 2 == 0 ? first : second).PutAsync(new LateRequest("/", n, ["t"]));
            if (n == 25)
            {
                await first.FedAsync();
                await second.FedAsync();
            }
        }

        await first.DisposeAsync();
        first = await OpenFedAsync();
        await using var _ = first;
        await second.FedAsync();
        Assert.Equal(Enumerable.Range(0, 50), (await LateDuration.In(first).Day.GetAsync("/")).Value.Values);
        Assert.Equal(50, (await LateTag.In(first).Day.GetAsync("t")).Value);
    }

    // One that is killed between the points and the position has neither: both are one transaction.
    [Fact]
    public async Task Stores_that_die_at_any_moment_feed_everything_once()
    {
        var (count, deaths) = s_isSoak ? (20_000, 200) : (400, 10);
        string[] spaces = ["default", "a", "b"];
        await using var store = await OpenUnfedAfterAsync();
        var writing = Task.Run(async () =>
        {
            for (var n = 0; n < count; n += 20)
            {
                await LateRequest.In(store, spaces[n / 20 % 3]).PutAsync(Enumerable.Range(n, 20).Select(each => new LateRequest("/", each, ["t"])));
            }
        });
        var random = new Random(1);
        for (var death = 0; death < deaths; death++)
        {
            await using var dying = await OpenFedAsync();
            await using var other = random.Next(3) == 0 ? await OpenFedAsync() : null;
            await Task.Delay(random.Next(1, 60));
        }

        await writing;
        await using var last = await OpenFedAsync();
        await last.FedAsync();

        Assert.Equal(Enumerable.Range(0, count), (await LateDuration.In(last).Day.GetAsync("/")).Value.Values);
        Assert.Equal(count, (await AtOnceHit.In(last).Day.GetAsync("/")).Value);
        var tags = 0L;
        foreach (var space in spaces)
        {
            tags += (await LateTag.In(last, space).Day.GetAsync("t")).Value;
        }

        Assert.Equal(count, tags);

        async Task<TypedStore> OpenUnfedAfterAsync()
        {
            await (await OpenFedAsync()).DisposeAsync();
            return await OpenUnfedAsync();
        }
    }

    [Fact]
    public async Task A_position_of_another_history_waits_until_somebody_moves_it()
    {
        await using (var store = await OpenFedAsync())
        {
            await LateRequest.In(store).PutAsync(new LateRequest("/", 1, ["t"]));
            await store.FedAsync();
        }

        await Database.ExecuteAsync("delete from typed_follow");
        await using var again = await OpenFedAsync();
        await LateRequest.In(again).PutAsync(new LateRequest("/", 2, ["t"]));
        await Assert.ThrowsAsync<StreamPositionException>(() => again.FedAsync().AsTask());
        await Tails.TakeAsync(LateRequest.In(again).Follow(), 2);
        var end = await LateRequest.In(again).EndPositionAsync();
        foreach (var feed in await again.Consumers.ListAsync())
        {
            Assert.True(await again.Consumers.MoveAsync(feed.Name, end));
        }

        await LateRequest.In(again).PutAsync(new LateRequest("/", 3, ["t"]));
        await again.FedAsync();
        Assert.Equal([1, 3], (await LateDuration.In(again).Day.GetAsync("/")).Value.Values);
    }

    [Fact]
    public async Task A_store_that_may_only_read_feeds_nothing()
    {
        await (await OpenFedAsync()).DisposeAsync();
        await using (var unfed = await OpenUnfedAsync())
        {
            await LateRequest.In(unfed).PutAsync(new LateRequest("/", 1, ["t"]));
        }

        await using (var reader = await OpenFedAsync(options => options.ReadOnly()))
        {
            await reader.FedAsync();
            Assert.True((await LateDuration.In(reader).Day.GetAsync("/")).Value.IsEmpty);
        }
    }

    [Fact]
    public async Task No_consumer_takes_the_name_of_a_feed()
    {
        await using var store = await OpenFedAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => store.ConsumeAsync<LateRequest>("feeds/late_request/late_tag/default", static (_, _) => default));
    }

    // The application's migrations make the tables of its model, maybe after the store is open.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_store_on_an_application_s_context_feeds_too(bool isOpenFirst)
    {
        await using var host = new HostedStore(builder =>
        {
            builder.Services.AddDbContext<FedShop>(options =>
            {
                Database.Choose(options);
                options.UseTyped();
            });
            builder.Services.AddTyped<FedShop>();
        });
        if (isOpenFirst)
        {
            await host.StartAsync();
        }

        await using (var scope = host.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<FedShop>();
            await db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript(), TestContext.Current.CancellationToken);
        }

        await host.StartAsync();
        await LateRequest.In(host.Store).PutAsync([new("/", 1, ["t"]), new("/", 2, ["t"])]);
        await host.Store.FedAsync();

        Assert.Equal([1, 2], (await LateDuration.In(host.Store).Day.GetAsync("/")).Value.Values);
    }

    private string IdText(EventId id) =>
        Database.ConnectionString.Contains("Data Source", StringComparison.Ordinal) ? $"x'{id.ToGuid():N}'" : $"'{id}'";
}

#pragma warning disable CA1812 // the container makes it
internal sealed class FedShop(DbContextOptions<FedShop> options) : DbContext(options)
#pragma warning restore CA1812
{
    private static readonly Type[] s_types = [typeof(LateRequest), typeof(AtOnceHit), typeof(LateDuration)];

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped(new Chosen());

    private sealed class Chosen : DeclarationModule
    {
        public override IReadOnlyList<Generated.Declaration> Declarations =>
            [.. TypedModule.Instance.Declarations.Where(declaration => s_types.Contains(declaration.Type))];
    }
}

public sealed class LateFeedTestsOnSqlite() : LateFeedTests(DatabaseServer.Sqlite)
{
    [Fact]
    public async Task A_database_in_memory_is_fed_too()
    {
        await using var store = await TypedStore.OpenAsync(
            options => options.Only<LateRequest>().Only<AtOnceHit>().Only<LateDuration>().UseSqlite("Data Source=:memory:"));
        await LateRequest.In(store).PutAsync([new("/", 1, []), new("/", 2, [])]);
        await store.FedAsync();

        Assert.Equal([1, 2], (await LateDuration.In(store).Day.GetAsync("/")).Value.Values);
    }
}

public sealed class LateFeedTestsOnPostgres() : LateFeedTests(DatabaseServer.Postgres);
