using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Runtime.Tests.Writing;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Diagnostics;

/// <summary>What OpenTelemetry's SDK gets: an activity per call and per flush, and who belongs to whom.</summary>
public abstract class TraceTests(DatabaseServer server, ObservedDatabase observed) : StoreSuite(server)
{
    private static readonly ActivitySource s_app = new("Typed.Tests.App");

    private readonly SafeList _exported = [];

    private string Namespace => observed.NamespaceOf(Database);

    [Fact]
    public async Task A_call_is_its_callers_child_and_linked_with_its_flush()
    {
        await using var store = await OpenBothAsync();
        ActivityContext caller;
        using (Trace())
        {
            using var app = s_app.StartActivity("request");
            caller = app!.Context;
            await Hit.In(store).InsertAsync([new Hit { Page = "/a" }, new Hit { Page = "/b" }]);
            Assert.Same(app, Activity.Current);
        }

        var (call, flush) = (Assert.Single(Exported("insert")), Assert.Single(Exported("flush")));
        Assert.Equal((caller.TraceId, caller.SpanId), (call.TraceId, call.ParentSpanId));
        Assert.Equal(default, flush.ParentSpanId);
        Assert.NotEqual(caller.TraceId, flush.TraceId);
        Assert.Equal(call.Context, Assert.Single(flush.Links).Context);
        Assert.Equal(flush.Context, Assert.Single(call.Links).Context);
        Assert.Equal((ActivityKind.Client, ActivityKind.Client), (call.Kind, flush.Kind));
        Assert.Equal(("insert hit", "flush"), (call.DisplayName, flush.DisplayName));
    }

    [Fact]
    public async Task Activities_carry_the_tags_of_the_conventions()
    {
        await using var store = await OpenBothAsync();
        using (Trace())
        {
            await Hit.In(store).InsertAsync([new Hit { Page = "/secret" }, new Hit { Page = "/b" }]);
            await Remark.In(store, "tenant").PutAsync(new Remark(1, "secret"));
            await Hit.In(store).Day.GetAsync("/secret");
            await Hit.In(store).DeleteAllAsync();
        }

        var place = observed.TagsOf(Database).Where(tag => tag.Value is not null).Append(new("db.namespace", Namespace)).ToArray();
        KeyValuePair<string, object?>[] hit = [new("db.operation.name", "insert"), new("db.operation.batch.size", 2), new("typed.series", "hit")];
        KeyValuePair<string, object?>[] remark = [new("db.operation.name", "insert"), new("typed.stream", "remark")];
        KeyValuePair<string, object?>[] flush =
            [new("db.operation.name", "flush"), new("typed.flush.items", 2), new("typed.flush.rows", 4), new("typed.flush.attempts", 1)];
        AssertTags([.. place, .. hit], Exported("insert")[0]);
        AssertTags([.. place, .. remark], Exported("insert")[1]);
        AssertTags([.. place, .. flush], Exported("flush")[0]);
        AssertTags([.. place, new("db.operation.name", "read")], Assert.Single(Exported("read")));
        AssertTags([.. place, new("db.operation.name", "delete")], Assert.Single(Exported("delete")));
    }

    [Fact]
    public async Task Callers_that_share_a_flush_are_all_linked_with_it()
    {
        await using var outage = observed.OutageOf(Database);
        await using var store = await OpenBothAsync(options =>
        {
            outage.Choose(options);
            options.Writers = 1;
        });
        using (Trace())
        {
            // What comes while the first flush is under way shares the second one.
            outage.Begin();
            var calls = Enumerable.Range(0, 10).Select(async n =>
            {
                using var app = s_app.StartActivity("request");
                await Hit.In(store).InsertAsync($"/{n}", 1);
            }).ToArray();
            outage.End();
            await Task.WhenAll(calls);
        }

        var (inserts, flushes) = (Exported("insert"), Exported("flush"));
        Assert.Equal(10, inserts.Count);
        Assert.InRange(flushes.Count, 1, 9);
        Assert.All(flushes, flush => Assert.Equal(default, flush.ParentSpanId));
        Assert.Equal(inserts.Select(call => call.SpanId.ToHexString()).Order(), flushes.SelectMany(flush => flush.Links).Select(link => link.Context.SpanId.ToHexString()).Order());
        Assert.All(inserts, call => Assert.Contains(Assert.Single(call.Links).Context, flushes.Select(flush => flush.Context)));
    }

    [Fact]
    public async Task Posted_items_have_a_flush_that_is_nobodys_child()
    {
        await using var store = await OpenBothAsync(options => options.FlushInterval = TimeSpan.FromMilliseconds(20));
        ActivityTraceId trace;
        using (Trace())
        {
            using (var app = s_app.StartActivity("request"))
            {
                trace = app!.TraceId;
                await Hit.In(store).Post("/", 1);
            }

            await EventuallyAsync(() => Exported("flush").Count == 1);
            await Hit.In(store).Post("/", 1);
            await EventuallyAsync(() => Exported("flush").Count == 2);
        }

        Assert.Empty(Exported("insert"));
        Assert.All(Exported("flush"), flush => Assert.Equal((default, false, 0), (flush.ParentSpanId, flush.TraceId == trace, flush.Links.Count())));
    }

    // What hangs on the caller's context would reach every later flush: its activity, its log scopes, anything in an AsyncLocal.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_flush_runs_in_a_callers_context(bool isTraced)
    {
        var local = new AsyncLocal<string?>();
        var seen = new ConcurrentQueue<(string? Local, Activity? Activity)>();
        await using var store = await OpenBothAsync(options =>
        {
            options.FlushInterval = TimeSpan.FromMilliseconds(20);
            options.OnRejected = _ => seen.Enqueue((local.Value, Activity.Current));
        });
        await observed.RefuseAsync(Database);
        using var tracing = isTraced ? Trace() : null;
        using var app = new Activity("request").Start();
        local.Value = "the caller's";

        // The first starts the timer, the second runs on the caller's own thread, the third is what a timer started by the first runs.
        await Hit.In(store).Post("poison", 1);
        await EventuallyAsync(() => seen.Count == 1);
        await Hit.In(store).InsertAsync(Stream());
        Assert.Equal(2, seen.Count);
        await Hit.In(store).Post("poison", 1);
        await EventuallyAsync(() => seen.Count == 3);

        Assert.All(seen, each => Assert.Equal((null, null), each));
        Assert.Equal(("the caller's", app), (local.Value, Activity.Current));

        static async IAsyncEnumerable<Hit> Stream()
        {
            await Task.CompletedTask;
            yield return new Hit { Page = "poison" };
        }
    }

    [Fact]
    public async Task What_fails_says_so()
    {
        await using var store = await OpenBothAsync();
        await observed.RefuseAsync(Database);
        using (Trace())
        {
            await Assert.ThrowsAsync<WriteFailedException>(async () => await Hit.In(store).InsertAsync("poison", 1));
            await Database.ScalarAsync("DROP TABLE \"remark\"");
            await Assert.ThrowsAnyAsync<Exception>(async () => await Remark.In(store).CountAsync());
        }

        foreach (var failed in (Activity[])[Assert.Single(Exported("insert")), Assert.Single(Exported("flush")), Assert.Single(Exported("read"))])
        {
            Assert.Equal(ActivityStatusCode.Error, failed.Status);
            Assert.False(string.IsNullOrEmpty(failed.StatusDescription));
            Assert.NotNull(failed.GetTagItem("error.type"));
        }

        Assert.Equal(observed.MissingTable, Exported("read")[0].GetTagItem("error.type"));
    }

    [Fact]
    public async Task Attempts_that_failed_are_events_of_the_flush()
    {
        await using var outage = observed.OutageOf(Database);
        await using var store = await OpenBothAsync(outage.Choose);
        using (Trace())
        {
            outage.Begin();
            var insert = Hit.In(store).InsertAsync("/", 1).AsTask();
            await Task.Delay(300);
            outage.End();
            await insert;
        }

        var flush = Assert.Single(Exported("flush"));
        Assert.Equal(ActivityStatusCode.Unset, flush.Status);
        Assert.NotEmpty(flush.Events);
        Assert.All(flush.Events, retry => Assert.Equal(("retry", "error.type"), (retry.Name, Assert.Single(retry.Tags).Key)));
        Assert.Equal(flush.Events.Count() + 1, flush.GetTagItem("typed.flush.attempts"));
    }

    [Fact]
    public async Task OpenTelemetry_exports_the_metrics()
    {
        List<Metric> exported = [];
        await using var store = await OpenBothAsync();
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter("Typed").AddInMemoryExporter(exported).Build();

        await Hit.In(store).InsertAsync([new Hit { Page = "/a" }, new Hit { Page = "/b" }]);
        provider.ForceFlush();

        var committed = exported.Single(metric => metric.Name == "typed.items.committed");
        Assert.Equal(("{item}", MetricType.LongSum), (committed.Unit, committed.MetricType));
        Assert.Equal(2, Points(committed).Sum(point => point.GetSumLong()));
        var duration = exported.Single(metric => metric.Name == "typed.flush.duration");
        Assert.Equal(("s", MetricType.Histogram), (duration.Unit, duration.MetricType));
        Assert.Equal(1, Points(duration).Sum(point => point.GetHistogramCount()));
        Assert.Equal(0, Points(exported.Single(metric => metric.Name == "typed.queue.length")).Sum(point => point.GetSumLong()));
    }

    private List<MetricPoint> Points(Metric metric)
    {
        List<MetricPoint> points = [];
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            foreach (var tag in point.Tags)
            {
                if (tag.Key == "db.namespace" && Equals(tag.Value, Namespace))
                {
                    points.Add(point);
                }
            }
        }

        return points;
    }

    private TracerProvider Trace() => Sdk.CreateTracerProviderBuilder().AddSource("Typed", s_app.Name).AddInMemoryExporter(_exported).Build();

    /// <summary>The activities of the test's database, in the order in which they ended.</summary>
    private List<Activity> Exported(string name) =>
        [.. _exported.All.Where(activity => activity.OperationName == name && Equals(activity.GetTagItem("db.namespace"), Namespace))];

    private ValueTask<TypedStore> OpenBothAsync(Action<TypedOptionsBuilder>? configure = null) => OpenAsync(options =>
    {
        options.Only<Hit>().Only<Remark>();
        configure?.Invoke(options);
    });

    private static void AssertTags(KeyValuePair<string, object?>[] expected, Activity activity) => Assert.Equal(
        expected.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal),
        activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));

    private static async Task EventuallyAsync(Func<bool> holds)
    {
        for (var started = Stopwatch.GetTimestamp(); !holds(); await Task.Delay(10))
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>The exporter adds while tests look.</summary>
    private sealed class SafeList : System.Collections.ObjectModel.Collection<Activity>
    {
        private readonly Lock _sync = new();

        public IReadOnlyList<Activity> All
        {
            get
            {
                lock (_sync)
                {
                    return [.. this];
                }
            }
        }

        protected override void InsertItem(int index, Activity item)
        {
            lock (_sync)
            {
                base.InsertItem(Count, item);
            }
        }
    }
}

[Collection(TelemetryCollection.Name)]
public sealed class TraceTestsOnSqlite() : TraceTests(DatabaseServer.Sqlite, ObservedDatabase.Sqlite);

[Collection(TelemetryCollection.Name)]
public sealed class TraceTestsOnPostgres() : TraceTests(DatabaseServer.Postgres, ObservedDatabase.Postgres);
