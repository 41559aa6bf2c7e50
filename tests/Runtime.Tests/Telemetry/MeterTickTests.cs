using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Typed.Runtime.Tests.Series;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Telemetry;
using Typed.Telemetry.Meters;
using Typed.Tests.Harness.Databases;

namespace Typed.Runtime.Tests.Telemetry;

/// <summary>When measurements are written: at whole multiples of the interval, and into the buckets in which they were made.</summary>
public abstract class MeterTickTests(DatabaseServer server) : StoreSuite(server)
{
    private readonly string _name = $"ticks-{Guid.NewGuid():N}";

    [Fact]
    public async Task Measurements_count_for_the_minute_in_which_they_were_made()
    {
        using var meter = new Meter(_name);
        var (orders, open) = (meter.CreateCounter<int>("orders"), meter.CreateUpDownCounter<int>("open"));
        var clock = new FakeTimeProvider(Noon);
        await using var store = await OpenAsync(o => o.Only<Hit>().Include(TelemetryModules.Meters).TimeProvider = clock);
        using (var recorder = new MeterRecorder(new TypedMeterOptions().Add(_name), new MeterSeries(store), clock, new(NullLoggerFactory.Instance)))
        {
            for (var minute = 1; minute <= 3; minute++)
            {
                orders.Add(minute);
                open.Add(minute);
                while (clock.GetUtcNow().Second != 0)
                {
                    clock.Advance(TimeSpan.FromSeconds(1));
                }

                orders.Add(10 * minute);
                clock.Advance(TimeSpan.FromSeconds(56));
            }

            recorder.Stop();
            orders.Add(1_000);
        }

        await store.FlushAsync(TestContext.Current.CancellationToken);
        var key = new MeterCount.Key(_name, "orders", MeterTags.None);
        Assert.Equal([1.0, 12, 23, 30], (await ListAsync(MeterCount.In(store).Minute.For(key).Last(4))).Select(bucket => bucket.Value));
        var level = new MeterGauge.Key(_name, "open", MeterTags.None);
        Assert.Equal([1, 3, 6, 6], (await ListAsync(MeterGauge.In(store).Minute.For(level).Last(4))).Select(bucket => bucket.Value));
    }

    [Fact]
    public async Task A_measurement_under_tags_that_were_met_allocates_nothing()
    {
        using var meter = new Meter(_name);
        var (orders, sizes, heat) = (meter.CreateCounter<int>("orders"), meter.CreateHistogram<double>("sizes"), meter.CreateGauge<long>("heat"));
        await using var store = await OpenAsync(o => o.Only<Hit>().Include(TelemetryModules.Meters));
        using var recorder = new MeterRecorder(new TypedMeterOptions().Add(_name), new MeterSeries(store), Clock, new(NullLoggerFactory.Instance));

        await Allocations.AssertNoneAsync(
            () =>
            {
                for (var i = 0; i < 1_000; i++)
                {
                    orders.Add(1, new KeyValuePair<string, object?>("shop", "rue-x"));
                    sizes.Record(i % 10, new("shop", "rue-x"), new("till", "left"));
                    heat.Record(i);
                }
            },
            () => ValueTask.CompletedTask);
    }

    [Fact]
    public async Task Meters_that_are_gone_are_written_once_more_and_forgotten()
    {
        var clock = new FakeTimeProvider(Noon);
        await using var store = await OpenAsync(o => o.Only<Hit>().Include(TelemetryModules.Meters).TimeProvider = clock);
        using var recorder = new MeterRecorder(new TypedMeterOptions().Add(_name), new MeterSeries(store), clock, new(NullLoggerFactory.Instance));
        for (var i = 0; i < 3; i++)
        {
            using (var meter = new Meter(_name))
            {
                meter.CreateCounter<int>("orders").Add(1);
            }

            clock.Advance(TimeSpan.FromSeconds(10));
        }

        await store.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, (await MeterCount.In(store).Day.GetAsync(new(_name, "orders", MeterTags.None))).Value);
        Assert.Equal(0, recorder.Count);
    }
}

public sealed class MeterTickTestsOnSqlite() : MeterTickTests(DatabaseServer.Sqlite);

public sealed class MeterTickTestsOnPostgres() : MeterTickTests(DatabaseServer.Postgres);
