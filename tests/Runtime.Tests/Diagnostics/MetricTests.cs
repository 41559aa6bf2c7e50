using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Runtime.Tests.Writing;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Diagnostics;

/// <summary>What a store measures, and that its counts add up.</summary>
public abstract class MetricTests(DatabaseServer server, ObservedDatabase observed) : StoreSuite(server)
{
    private static readonly (string, object) s_hit = ("typed.series", "hit");
    private static readonly (string, object) s_remark = ("typed.stream", "remark");

    [Fact]
    public async Task Items_are_counted_by_declared_type()
    {
        await using var store = await OpenBothAsync();
        using var measured = Listen();

        await Hit.In(store).InsertAsync([Point("/a"), Point("/a"), Point("/b")]);
        await Hit.In(store).InsertAsync("/c", 5);
        await Hit.In(store).Post("/d", 1);
        await Remark.In(store).PutAsync([new Remark(1, ""), new Remark(2, "")]);
        await Remark.In(store, "apart").Post(new Remark(3, ""));
        await store.FlushAsync();

        Assert.Equal((5, 5), (measured.Sum("typed.items.accepted", s_hit), measured.Sum("typed.items.committed", s_hit)));
        Assert.Equal((3, 3), (measured.Sum("typed.items.accepted", s_remark), measured.Sum("typed.items.committed", s_remark)));
        Assert.Equal(8, measured.Sum("typed.items.accepted"));
        AssertBooksBalance(measured);
    }

    [Fact]
    public async Task Every_measurement_says_which_database_and_nothing_that_has_many_values()
    {
        await using var store = await OpenBothAsync();
        using var measured = Listen();

        await Hit.In(store).InsertAsync("/secret", 1);
        await Remark.In(store, "tenant-1").PutAsync(new Remark(1, "body"));
        await Hit.In(store).Day.GetAsync("/secret");
        measured.Observe("typed.queue.length");

        HashSet<string> known = ["db.system.name", "db.namespace", "server.address", "server.port", "typed.series", "typed.stream"];
        Assert.Equal(
            ["typed.flush.duration", "typed.flush.rows", "typed.items.accepted", "typed.items.committed", "typed.queue.length", "typed.read.duration"],
            measured.All.Select(each => each.Instrument).Distinct().Order(StringComparer.Ordinal));
        Assert.All(measured.All, each =>
        {
            Assert.Subset(known, each.Tags.Keys.ToHashSet());
            Assert.All(observed.TagsOf(Database), tag => Assert.Equal(tag.Value, each.Tags.GetValueOrDefault(tag.Key)));
        });
    }

    [Fact]
    public async Task A_flush_counts_its_rows()
    {
        await using var store = await OpenBothAsync();
        using var measured = Listen();

        await Hit.In(store).InsertAsync([Point("/a"), Point("/a"), Point("/b")]);

        // A row for each key in each of two intervals.
        Assert.Equal(4, Assert.Single(measured.Of("typed.flush.rows")).Value);
        Assert.InRange(Assert.Single(measured.Of("typed.flush.duration")).Value, 1e-9, 30);
    }

    [Fact]
    public async Task Points_that_are_left_out_are_counted()
    {
        await using var store = await OpenBothAsync();
        using var measured = Listen();

        var result = await Hit.In(store).InsertAsync([Point("/", TimeSpan.FromHours(-3)), Point("/")]);

        Assert.Equal(1, result.Skipped);
        Assert.Equal(1, measured.Sum("typed.points.skipped", s_hit));
        Assert.Equal(2, measured.Sum("typed.items.committed", s_hit));
    }

    [Fact]
    public async Task Refused_items_are_counted_and_the_others_are_committed()
    {
        List<UnwrittenItem> handled = [];
        await using var store = await OpenBothAsync(options => options.OnRejected = handled.Add);
        await observed.RefuseAsync(Database);
        using var measured = Listen();

        for (var n = 0; n < 10; n++)
        {
            await Hit.In(store).Post(n == 4 ? "poison" : $"/{n}", 1);
        }

        await store.FlushAsync();
        await Assert.ThrowsAsync<WriteFailedException>(async () => await Remark.In(store).PutAsync([new Remark(1, ""), new Remark(-1, "")]));

        Assert.Single(handled);
        Assert.Equal((1, 9), (measured.Sum("typed.items.rejected", s_hit), measured.Sum("typed.items.committed", s_hit)));
        Assert.Equal((2, 0), (measured.Sum("typed.items.rejected", s_remark), measured.Sum("typed.items.committed", s_remark)));
        Assert.Contains(measured.Of("typed.flush.duration"), each => each.Tags.ContainsKey("error.type"));
        AssertBooksBalance(measured);
    }

    [Theory]
    [InlineData(WhenFull.DropNewest)]
    [InlineData(WhenFull.DropOldest)]
    public async Task Dropped_items_are_counted(WhenFull policy)
    {
        await using var store = await OpenBothAsync(options => (options.Capacity, options.WhenFull, options.FlushInterval) = (5, policy, TimeSpan.FromHours(1)));
        using var measured = Listen();

        await using (await Database.HoldAsync())
        {
            for (var n = 0; n < 8; n++)
            {
                await Hit.In(store).Post("/", 1);
            }

            // Where a flush has taken the oldest already, the new item is dropped.
            var oldest = measured.Sum("typed.items.dropped", s_hit, ("typed.dropped", "oldest"));
            Assert.Equal(3, oldest + measured.Sum("typed.items.dropped", s_hit, ("typed.dropped", "newest")));
            Assert.InRange(oldest, 0, policy == WhenFull.DropOldest ? 3 : 0);
            Assert.Equal(5 + oldest, measured.Sum("typed.items.accepted"));
            Assert.Equal(5, measured.Observe("typed.queue.length"));
        }

        await store.FlushAsync();
        Assert.Equal(0, measured.Observe("typed.queue.length"));
        Assert.Equal(5, measured.Sum("typed.items.committed", s_hit));
        AssertBooksBalance(measured);
    }

    [Fact]
    public async Task The_wait_for_room_is_measured()
    {
        await using var store = await OpenBothAsync(options => (options.Capacity, options.FlushInterval) = (2, TimeSpan.FromMilliseconds(200)));
        using var measured = Listen();

        var held = await Database.HoldAsync();
        await PostAsync();
        await PostAsync();
        Assert.Empty(measured.Of("typed.queue.wait.duration"));
        var third = PostAsync();
        await Task.Delay(100);
        await held.DisposeAsync();
        await third;

        Assert.InRange(Assert.Single(measured.Of("typed.queue.wait.duration")).Value, 0.02, 30);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Hit.In(store).InsertAsync([Point("/"), Point("/")]).AsTask()));
        Assert.True(measured.Of("typed.queue.wait.duration").Count > 1, "Nobody waited.");

        async Task PostAsync() => await Hit.In(store).Post("/", 1);
    }

    [Fact]
    public async Task Every_read_is_measured_once()
    {
        await using var store = await OpenBothAsync();
        await Hit.In(store).InsertAsync("/", 1);
        await Remark.In(store).PutAsync([new Remark(1, ""), new Remark(2, "")]);
        using var measured = Listen();

        await Hit.In(store).Day.GetAsync("/");
        await ListAsync(Hit.In(store).Day.For("/").Last(3));
        await ListAsync(Hit.In(store).Keys());
        await Remark.In(store).CountAsync();
        await ListAsync(Remark.In(store));
        await store.StreamsAsync();

        Assert.Equal(6, measured.Of("typed.read.duration").Count);
        Assert.All(measured.Of("typed.read.duration"), each => Assert.InRange(each.Value, 1e-9, 30));
    }

    [Fact]
    public async Task A_read_that_fails_says_why()
    {
        await using var store = await OpenBothAsync();
        await Database.ScalarAsync("DROP TABLE \"hit_day\"");
        using var measured = Listen();

        await Assert.ThrowsAnyAsync<Exception>(async () => await Hit.In(store).Day.GetAsync("/"));

        Assert.Equal(observed.MissingTable, Assert.Single(measured.Of("typed.read.duration")).Tags["error.type"]);
    }

    [Fact]
    public async Task Two_stores_on_one_database_are_one_line_and_a_closed_store_is_none()
    {
        using var measured = Listen();
        await using (var one = await OpenBothAsync(options => options.FlushInterval = TimeSpan.FromHours(1)))
        {
            var two = await OpenBothAsync(options => options.FlushInterval = TimeSpan.FromHours(1));
            await Hit.In(one).Post("/", 1);
            await Hit.In(two).Post("/", 1);
            await Hit.In(two).Post("/", 1);
            Assert.Equal(3, measured.Observe("typed.queue.length"));
            await two.DisposeAsync();
            Assert.Equal(1, measured.Observe("typed.queue.length"));
        }

        Assert.Null(measured.Observe("typed.queue.length"));
        Assert.Equal(3, measured.Sum("typed.items.committed"));
    }

    [Fact]
    public async Task What_a_context_writes_is_not_counted()
    {
        await using var store = await OpenBothAsync();
        await using var db = store.CreateDbContext();
        using var measured = Listen();

        await Hit.In(db).InsertAsync("/", 1);
        await Hit.In(db).Day.GetAsync("/");

        Assert.Empty(measured.All);
    }

    private Measurements Listen() => new(observed.NamespaceOf(Database));

    private ValueTask<TypedStore> OpenBothAsync(Action<TypedOptionsBuilder>? configure = null) => OpenAsync(options =>
    {
        options.Only<Hit>().Only<Remark>();
        configure?.Invoke(options);
    });

    private static Hit Point(string page, TimeSpan? ago = null) => new() { Page = page, At = ago is { } span ? Noon + span : null };

    private static void AssertBooksBalance(Measurements measured) => Assert.Equal(
        measured.Sum("typed.items.accepted"),
        measured.Sum("typed.items.committed") + measured.Sum("typed.items.rejected") + measured.Sum("typed.items.abandoned")
            + measured.Sum("typed.items.dropped", ("typed.dropped", "oldest")) + measured.Observe("typed.queue.length"));
}

[Collection(TelemetryCollection.Name)]
public sealed class MetricTestsOnSqlite() : MetricTests(DatabaseServer.Sqlite, ObservedDatabase.Sqlite);

[Collection(TelemetryCollection.Name)]
public sealed class MetricTestsOnPostgres() : MetricTests(DatabaseServer.Postgres, ObservedDatabase.Postgres);
