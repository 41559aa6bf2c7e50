using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Telemetry;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Telemetry;

/// <summary>What meters measured is in the series of the package, exactly.</summary>
public abstract class MeterTests(DatabaseServer server) : StoreSuite(server)
{
    private RecordedHost Recorded => new(Database, Clock);

    // Listeners hear the meters of the whole process, those of other tests too.
    private readonly string _name = $"meters-{Guid.NewGuid():N}";

    [Fact]
    public async Task Counters_of_every_type_add_up()
    {
        using var meter = new Meter(_name);
        await Recorded.RunAsync(services => services.AddMeters(_name), _ =>
        {
            meter.CreateCounter<byte>("byte").Add(1);
            meter.CreateCounter<short>("short").Add(2);
            meter.CreateCounter<int>("int").Add(3);
            meter.CreateCounter<long>("long").Add(1L << 40);
            meter.CreateCounter<float>("float").Add(0.5f);
            meter.CreateCounter<double>("double").Add(0.25);
            meter.CreateCounter<decimal>("decimal").Add(1.5m);
            return Task.CompletedTask;
        });

        await using var store = await Recorded.ReadAsync(TelemetryModules.Meters);
        var found = await ListAsync(MeterCount.In(store).Day.ForAll(_name).Last(1));
        Assert.Equal(
            [("byte", 1), ("decimal", 1.5), ("double", 0.25), ("float", 0.5), ("int", 3), ("long", 1L << 40), ("short", 2)],
            found.Select(each => (each.Key.Instrument, each.Bucket.Value)));
        Assert.All(found, each => Assert.Equal(MeterTags.None, each.Key.Tags));
    }

    [Fact]
    public async Task Every_measurement_of_many_threads_counts()
    {
        using var meter = new Meter(_name);
        var (orders, sizes) = (meter.CreateCounter<long>("orders"), meter.CreateHistogram<double>("size"));
        await Recorded.RunAsync(services => services.AddMeters(o => o.Add(_name).Interval = TimeSpan.FromMilliseconds(100)), async _ =>
        {
            var until = DateTime.UtcNow.AddMilliseconds(300);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
            {
                for (var i = 0; i < 20_000 || (DateTime.UtcNow < until && i < 1_000_000); i++)
                {
                    if (i < 20_000)
                    {
                        orders.Add(1, new KeyValuePair<string, object?>("shop", thread % 2 == 0 ? "rue-x" : "rue-y"));
                        sizes.Record(i % 10, new("a", 1), new("b", thread));
                    }
                }
            })));
        });

        await using var store = await Recorded.ReadAsync(TelemetryModules.Meters);
        var counts = MeterCount.In(store).Day;
        Assert.Equal(40_000, (await counts.GetAsync(Key("orders", ("shop", "rue-x")))).Value);
        Assert.Equal(40_000, (await counts.GetAsync(Key("orders", ("shop", "rue-y")))).Value);
        for (var thread = 0; thread < 4; thread++)
        {
            var size = (await MeterHistogram.In(store).Day.GetAsync(new(_name, "size", MeterTags.Text(("a", 1), ("b", thread))))).Value;
            Assert.Equal(Enumerable.Range(0, 10).Select(value => ((double)value, 2_000L)), size.Select(pair => (pair.Key, pair.Value)));
        }
    }

    [Fact]
    public async Task Tags_in_any_order_are_one_set()
    {
        using var meter = new Meter(_name);
        var orders = meter.CreateCounter<int>("orders");
        await Recorded.RunAsync(services => services.AddMeters(_name), _ =>
        {
            for (var i = 0; i < 3; i++)
            {
                orders.Add(1, new("a", 1), new("b", "x"));
                orders.Add(10, new("b", "x"), new("a", 1));
            }

            return Task.CompletedTask;
        });

        await using var store = await Recorded.ReadAsync(TelemetryModules.Meters);
        Assert.Equal(33, (await MeterCount.In(store).Minute.GetAsync(new(_name, "orders", """{"a":1,"b":"x"}"""))).Value);
    }

    [Fact]
    public async Task Gauges_keep_the_last_value_and_up_down_counters_their_level()
    {
        using var meter = new Meter(_name);
        await Recorded.RunAsync(services => services.AddMeters(o => o.Add(_name).Instance = "web-1"), _ =>
        {
            var gauge = meter.CreateGauge<int>("heat");
            gauge.Record(5);
            gauge.Record(0);
            var open = meter.CreateUpDownCounter<long>("open");
            open.Add(7);
            open.Add(-3);
            meter.CreateObservableGauge("free", () => 0.5);
            meter.CreateObservableUpDownCounter("used", () => 12);
            return Task.CompletedTask;
        });

        await using var store = await Recorded.ReadAsync(TelemetryModules.Meters);
        var found = await ListAsync(MeterGauge.In(store).Day.ForAll(_name).Last(1));
        Assert.Equal([("free", 0.5), ("heat", 0), ("open", 4), ("used", 12)], found.Select(each => (each.Key.Instrument, each.Bucket.Value!.Value)));
        Assert.All(found, each => Assert.Equal("""{"service.instance.id":"web-1"}""", each.Key.Tags));
    }

    [Fact]
    public async Task Observable_counters_count_what_their_total_grew_by()
    {
        using var meter = new Meter(_name);
        var total = 0L;
        meter.CreateObservableCounter("ticks", () => Interlocked.Read(ref total));
        meter.CreateObservableCounter("broken", long () => throw new InvalidOperationException("not today"));
        await Recorded.RunAsync(services => services.AddMeters(o => o.Add(_name).Interval = TimeSpan.FromMilliseconds(100)), async host =>
        {
            Interlocked.Exchange(ref total, 100);
            await UntilAsync(host, 100);
            Interlocked.Exchange(ref total, 130);
            await UntilAsync(host, 130);
            Interlocked.Exchange(ref total, 4); // begun anew
        });

        await using var store = await Recorded.ReadAsync(TelemetryModules.Meters);
        Assert.Equal(134, (await MeterCount.In(store).Day.GetAsync(Key("ticks"))).Value);

        async Task UntilAsync(Hosting.HostedStore host, double value)
        {
            while ((await host.Services.GetRequiredService<MeterCount.Handle>().Day.GetAsync(Key("ticks"))).Value < value)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
    }

    [Fact]
    public async Task Sets_of_tags_beyond_their_number_share_one()
    {
        using var meter = new Meter(_name);
        var orders = meter.CreateCounter<int>("orders");
        await Recorded.RunAsync(services => services.AddMeters(o => o.Add(_name).MostTagSets = 3), _ =>
        {
            for (var round = 0; round < 2; round++)
            {
                for (var user = 0; user < 10; user++)
                {
                    orders.Add(1, new KeyValuePair<string, object?>("user", user));
                }
            }

            return Task.CompletedTask;
        });

        await using var store = await Recorded.ReadAsync(TelemetryModules.Meters);
        var found = await ListAsync(MeterCount.In(store).Day.ForAll(_name).Last(1));
        Assert.Equal(
            [(MeterTags.Overflow, 14), ("""{"user":0}""", 2), ("""{"user":1}""", 2), ("""{"user":2}""", 2)],
            found.Select(each => (each.Key.Tags, each.Bucket.Value)));
    }

    [Fact]
    public async Task What_cannot_be_stored_harms_nobody()
    {
        using var meter = new Meter(_name);
        var (orders, heat, size) = (meter.CreateCounter<double>("orders"), meter.CreateGauge<double>("heat"), meter.CreateHistogram<double>(new('n', 255)));
        await Recorded.RunAsync(services => services.AddMeters(_name), _ =>
        {
            orders.Add(double.NaN);
            heat.Record(double.PositiveInfinity);
            size.Record(double.MaxValue);
            orders.Add(1, new KeyValuePair<string, object?>("tag", new Silent()));
            orders.Add(2, new KeyValuePair<string, object?>("nul\0", "lone \ud800"), new("long", new string('ü', 5_000)));
            orders.Add(4, [.. Enumerable.Range(0, 100).Select(i => new KeyValuePair<string, object?>($"tag{i}", new string('x', 90)))]);
            return Task.CompletedTask;
        });

        await using var store = await Recorded.ReadAsync(TelemetryModules.Meters);
        var found = await ListAsync(MeterCount.In(store).Day.ForAll(_name).Last(1));
        Assert.Equal([2, 4], found.Select(each => each.Bucket.Value).Order());
        Assert.Empty(await ListAsync(MeterGauge.In(store).Day.ForAll(_name).Last(1)));
    }

    [Fact]
    public async Task Names_choose_meters()
    {
        using var first = new Meter($"{_name}.First");
        using var second = new Meter($"{_name}.Second");
        using var third = new Meter($"{_name}Third");
        await Recorded.RunAsync(services => services.AddMeters($"{_name}.*"), _ =>
        {
            foreach (var meter in new[] { first, second, third })
            {
                meter.CreateCounter<int>("orders").Add(1);
            }

            return Task.CompletedTask;
        });

        await using var store = await Recorded.ReadAsync(TelemetryModules.Meters);
        Assert.Equal([first.Name, second.Name], (await ListAsync(MeterCount.In(store).Day.ForAll(_name).Last(1))).Select(each => each.Key.Meter));
    }

    // The clock of the test stands still, so that all of it is before the next tick.
    [Fact]
    public async Task The_stores_own_meter_is_stored_only_where_it_is_named_in_full()
    {
        await Recorded.RunAsync(services => services.AddMeters("*"), async host => await host.Services.GetRequiredService<Hit.Handle>().InsertAsync("/", 1));
        await using (var store = await Recorded.ReadAsync(TelemetryModules.Meters))
        {
            Assert.Empty(await ListAsync(MeterCount.In(store).Day.ForAll("Typed").Last(1)));
        }

        await Recorded.RunAsync(services => services.AddMeters("Typed"), async host => await host.Services.GetRequiredService<Hit.Handle>().InsertAsync("/", 1));
        await using (var store = await Recorded.ReadAsync(TelemetryModules.Meters))
        {
            Assert.Contains(await ListAsync(MeterCount.In(store).Day.ForAll("Typed").Last(1)), each => each.Key.Instrument == "typed.items.accepted");
        }
    }

    // A full store gives way to the application: what was counted waits in memory, and is stored when there is room again.
    [Fact]
    public async Task A_store_that_is_full_keeps_no_count_from_being_stored()
    {
        using var meter = new Meter(_name);
        var orders = meter.CreateCounter<int>("orders");
        await Recorded.RunAsync(
            services => services.AddMeters(o => o.Add(_name).Interval = TimeSpan.FromMilliseconds(100)),
            async host =>
            {
                await using (await Database.HoldAsync())
                {
                    await host.Services.GetRequiredService<Hit.Handle>().Post("/", 1);
                    orders.Add(5);
                    await Task.Delay(350, TestContext.Current.CancellationToken);
                    Assert.Equal(1, host.Store.Scope.Writer!.Pending);
                }

                await host.Store.FlushAsync(TestContext.Current.CancellationToken);
            },
            o => o.Capacity = 2);

        await using var store = await Recorded.ReadAsync(TelemetryModules.Meters);
        Assert.Equal(5, (await MeterCount.In(store).Day.GetAsync(Key("orders"))).Value);
    }

    [Fact]
    public async Task Nothing_is_stored_where_it_is_not_asked_for()
    {
        await Recorded.RunAsync(_ => { }, _ => Task.CompletedTask);

        await Assert.ThrowsAnyAsync<Exception>(() => Database.RowsAsync("meter_count_day"));
        Assert.Equal(0L, await Database.RowsAsync("hit_day"));
    }

    private MeterCount.Key Key(string instrument, params ReadOnlySpan<(string, object?)> tags) => new(_name, instrument, MeterTags.Text(tags));

    private sealed class Silent
    {
        public override string ToString() => throw new InvalidOperationException("no text");
    }
}

public sealed class MeterTestsOnSqlite() : MeterTests(DatabaseServer.Sqlite);

public sealed class MeterTestsOnPostgres() : MeterTests(DatabaseServer.Postgres);
