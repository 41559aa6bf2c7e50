using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Runtime.Tests.Writing;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Diagnostics;

/// <summary>What a store logs, and how often.</summary>
public abstract class LogTests(DatabaseServer server, ObservedDatabase observed) : StoreSuite(server)
{
    private IReadOnlyList<Logged> Logged => LogRecorder.Instance.Of(observed.NamespaceOf(Database));

    [Fact]
    public async Task An_opened_store_is_logged_where_the_options_say()
    {
        await using (await OpenBothAsync())
        {
            Assert.Equal((LogLevel.Information, 100, "StoreOpened"), Single());
        }

        Assert.Single(Logged);
    }

    [Fact]
    public async Task The_applications_container_gives_the_logger_too()
    {
        await using (await OpenAsync(options => options.Only<Hit>().UseApplicationServiceProvider(new Container())))
        {
            Assert.Equal((LogLevel.Information, 100, "StoreOpened"), Single());
        }
    }

    [Theory]
    [InlineData(true, LogLevel.Warning)]
    [InlineData(false, LogLevel.Error)]
    public async Task A_refused_item_is_logged_with_its_key_and_not_with_its_value(bool isHandled, LogLevel level)
    {
        await using var store = await OpenBothAsync(options => options.OnRejected = isHandled ? _ => { } : null);
        await observed.RefuseAsync(Database);

        await Hit.In(store).Post("poison", 8_765_309);
        await Remark.In(store).Post(new Remark(-1, "secret"));
        await store.FlushAsync();

        var rejected = Logged.Where(each => each.Id == 300).ToArray();
        Assert.Equal(2, rejected.Length);
        Assert.All(rejected, each => Assert.Equal((level, "ItemRejected"), (each.Level, each.Name)));
        Assert.Contains(rejected, each => each.Message.Contains("Hit poison: ", StringComparison.Ordinal));
        Assert.Contains(rejected, each => each.Message.Contains("Remark ", StringComparison.Ordinal));

        // The server's detail has the row: tests ask Npgsql for it, which leaves it out by default.
        Assert.DoesNotContain(rejected, each => each.Message.Split("DETAIL")[0] is var said && (said.Contains("8765309", StringComparison.Ordinal) || said.Contains("secret", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_handler_that_throws_is_logged_and_the_store_goes_on()
    {
        var calls = 0;
        await using var store = await OpenBothAsync(options => options.OnRejected = _ =>
        {
            calls++;
            throw new InvalidOperationException("the handler's own");
        });
        await observed.RefuseAsync(Database);

        await Hit.In(store).Post("poison", 1);
        await Hit.In(store).Post("poison", 1);
        await Hit.In(store).Post("/", 1);
        await Assert.ThrowsAsync<AggregateException>(async () => await store.FlushAsync());

        Assert.Equal(2, calls);
        Assert.Equal([LogLevel.Error, LogLevel.Error], Logged.Where(each => (each.Id, each.Name) == (303, "HandlerFailed")).Select(each => each.Level));
        Assert.Equal(1, (await Hit.In(store).Day.GetAsync("/")).Value);
        await Hit.In(store).InsertAsync("/", 1);
        Assert.Equal(2, (await Hit.In(store).Day.GetAsync("/")).Value);
    }

    [Fact]
    public async Task A_flood_of_refused_items_is_counted()
    {
        await using (var store = await OpenBothAsync())
        {
            await observed.RefuseAsync(Database);
            await Hit.In(store).Post(Enumerable.Range(0, 150).Select(_ => new Hit { Page = "poison" }));
            await store.FlushAsync();
            Assert.Equal(100, Logged.Count(each => each.Id == 300));
        }

        Assert.Equal((LogLevel.Error, "MoreItemsRejected"), Logged.Where(each => each.Id == 301).Select(each => (each.Level, each.Name)).Single());
        Assert.EndsWith(" refused 50 more items.", Logged.Single(each => each.Id == 301).Message, StringComparison.Ordinal);
        Assert.Equal((LogLevel.Warning, "FlushSplit"), Logged.Where(each => each.Id == 202).Select(each => (each.Level, each.Name)).First());
        Assert.InRange(Logged.Count(each => each.Id == 202), 1, 3);
    }

    [Fact]
    public async Task Dropped_items_are_counted()
    {
        await using (var store = await OpenBothAsync(options =>
            (options.Capacity, options.WhenFull, options.FlushInterval) = (1, WhenFull.DropNewest, TimeSpan.FromHours(1))))
        {
            await using (await Database.HoldAsync())
            {
                await Hit.In(store).Post(Enumerable.Range(0, 1_001).Select(_ => new Hit { Page = "/" }));
            }
        }

        var dropped = Logged.Where(each => each.Id == 302).ToArray();
        Assert.All(dropped, each => Assert.Equal((LogLevel.Warning, "ItemsDropped"), (each.Level, each.Name)));
        Assert.Contains(" 1 posted items were dropped", dropped[0].Message, StringComparison.Ordinal);
        Assert.Contains(" 999 posted items were dropped", Assert.Single(dropped[1..]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outage_is_logged_once_in_ten_seconds_and_its_end_too()
    {
        await using var outage = observed.OutageOf(Database);
        await using (var store = await OpenBothAsync(outage.Choose))
        {
            using var measured = new Measurements(observed.NamespaceOf(Database));
            outage.Begin();
            var insert = Hit.In(store).InsertAsync("/", 1).AsTask();
            await Task.Delay(6_000);
            var retried = Logged.Where(each => each.Id == 200).ToArray();
            Assert.Equal((LogLevel.Warning, "FlushRetried"), (Assert.Single(retried).Level, retried[0].Name));
            outage.End();
            await insert;

            Assert.True(measured.Sum("typed.flush.retries") > 2);
            Assert.All(measured.Of("typed.flush.retries"), each => Assert.NotNull(each.Tags["error.type"]));
            Assert.Equal((LogLevel.Information, "FlushRecovered"), Logged.Where(each => each.Id == 201).Select(each => (each.Level, each.Name)).Single());
            Assert.Equal((LogLevel.Warning, "FlushSlow"), Logged.Where(each => each.Id == 203).Select(each => (each.Level, each.Name)).Single());
        }

        Assert.Equal(2, Logged.Count(each => each.Id == 200));
    }

    [Fact]
    public async Task What_is_left_at_the_end_is_logged_and_counted()
    {
        await using var outage = observed.OutageOf(Database);
        var store = await OpenBothAsync(options =>
        {
            outage.Choose(options);
            options.ShutdownTimeout = TimeSpan.FromMilliseconds(300);
        });
        using var measured = new Measurements(observed.NamespaceOf(Database));
        outage.Begin();
        await Hit.In(store).Post("/", 1);
        await Hit.In(store).Post("/", 1);
        var insert = Hit.In(store).InsertAsync("/", 1).AsTask();

        var error = await Assert.ThrowsAsync<UnwrittenItemsException>(async () => await store.DisposeAsync());
        await Assert.ThrowsAsync<WriteFailedException>(() => insert);
        outage.End();

        Assert.Equal(2, error.Items.Count);
        Assert.Equal((LogLevel.Error, "ItemsUnwritten"), Logged.Where(each => each.Id == 101).Select(each => (each.Level, each.Name)).Single());
        Assert.Contains(" 2 posted items", Logged.Single(each => each.Id == 101).Message, StringComparison.Ordinal);
        Assert.Equal((3, 3), (measured.Sum("typed.items.accepted"), measured.Sum("typed.items.abandoned")));
    }

    [Fact]
    public async Task A_call_that_was_given_up_is_counted()
    {
        await using var outage = observed.OutageOf(Database);
        await using var store = await OpenBothAsync(outage.Choose);
        using var measured = new Measurements(observed.NamespaceOf(Database));
        outage.Begin();
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Hit.In(store).InsertAsync("/", 1, cancellationToken: cancellation.Token));

        for (var started = Stopwatch.GetTimestamp(); measured.Sum("typed.items.abandoned") < 1; await Task.Delay(10))
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30));
        }

        outage.End();
        Assert.Equal(1, measured.Sum("typed.items.accepted"));
    }

    protected ValueTask<TypedStore> OpenBothAsync(Action<TypedOptionsBuilder>? configure = null) => OpenAsync(options =>
    {
        options.Only<Hit>().Only<Remark>().UseLoggerFactory(LogRecorder.Instance);
        configure?.Invoke(options);
    });

    private (LogLevel, int, string?) Single() => Assert.Single(Logged) is var logged ? (logged.Level, logged.Id, logged.Name) : default;

    private sealed class Container : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(ILoggerFactory) ? LogRecorder.Instance : null;
    }
}

[Collection(TelemetryCollection.Name)]
public sealed class LogTestsOnSqlite() : LogTests(DatabaseServer.Sqlite, ObservedDatabase.Sqlite);

[Collection(TelemetryCollection.Name)]
public sealed class LogTestsOnPostgres() : LogTests(DatabaseServer.Postgres, ObservedDatabase.Postgres)
{
    [Fact]
    public async Task A_write_that_waits_for_a_lock_is_logged_at_both_ends()
    {
        await using var store = await OpenBothAsync();
        await Hit.In(store).InsertAsync("/", 1);
        await using var other = new NpgsqlConnection(Database.ConnectionString);
        await other.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("SELECT 1 FROM hit_day FOR UPDATE", other, transaction))
        {
            await command.ExecuteNonQueryAsync();
        }

        var insert = Hit.In(store).InsertAsync("/", 1).AsTask();
        await Task.Delay(1_500);
        await transaction.RollbackAsync();
        await insert;
        await store.FlushAsync();

        var name = new NpgsqlConnectionStringBuilder(Database.ConnectionString).Database!;
        Assert.Equal(
            [(LogLevel.Warning, 210, "DetourOpened"), (LogLevel.Information, 211, "DetourClosed")],
            LogRecorder.Instance.Of(name).Where(each => each.Id is 210 or 211).Select(each => (each.Level, each.Id, each.Name!)));
    }

    // A store's statements are children of the store's activities.
    [Fact]
    public async Task The_drivers_activities_belong_to_the_flush_and_the_read()
    {
        await using var store = await OpenBothAsync();
        var name = new NpgsqlConnectionStringBuilder(Database.ConnectionString).Database!;
        var ended = new System.Collections.Concurrent.ConcurrentQueue<Activity>();
        using (var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is "Typed" or "Npgsql",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        })
        {
            ActivitySource.AddActivityListener(listener);
            using var app = new Activity("request").Start();
            await Hit.In(store).InsertAsync("/", 1);
            await Hit.In(store).Day.GetAsync("/");
        }

        var own = ended.Where(activity => Equals(activity.GetTagItem("db.namespace"), name)).ToArray();
        var owners = own.Where(activity => activity.Source.Name == "Typed").ToDictionary(activity => activity.SpanId);
        var statements = own.Where(activity => activity.Source.Name == "Npgsql").ToArray();
        Assert.True(statements.Length >= 2, "Npgsql traced nothing.");
        Assert.Equal(["flush", "read"], statements.Select(statement => owners[statement.ParentSpanId].OperationName).Distinct());
    }
}
