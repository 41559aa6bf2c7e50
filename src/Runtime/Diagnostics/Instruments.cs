using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using Numbers = System.Diagnostics.Metrics.Histogram<long>;
using Seconds = System.Diagnostics.Metrics.Histogram<double>;

namespace Typed.Diagnostics;

/// <summary>
/// The meter and the source of activities, both called <c>Typed</c>: one of each per process, as those of drivers are, so that they need no container. Stores
/// are told apart by tags.
/// </summary>
internal static class Instruments
{
    public const string Name = "Typed";

    private static readonly string? s_version = typeof(Instruments).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    private static readonly Meter s_meter = new(Name, s_version);

    private static readonly InstrumentAdvice<double> s_seconds = new() { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60] };

    private static readonly InstrumentAdvice<long> s_rows = new()
    {
        HistogramBucketBoundaries = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000],
    };

    private static readonly List<StoreTelemetry> s_stores = [];

    static Instruments()
    {
        s_meter.CreateObservableUpDownCounter("typed.queue.length", QueueLengths, "{item}", "Points and events that the store holds and has not written yet.");
        s_meter.CreateObservableUpDownCounter("typed.spool.size", SpoolSizes, "By", "Bytes of the store's spool, while something in it is not written yet.");
        s_meter.CreateObservableGauge("typed.consumer.lag", Lags, "s", "For how long there has been something that a consumer has not handled.");
        s_meter.CreateObservableGauge(
            "typed.spool.age", SpoolAges, "s", "How long ago the oldest item in the store's spool was posted that is not written yet.");
    }

    public static ActivitySource Activities { get; } = new(Name, s_version);

    public static Counter<long> Accepted { get; } = Items("typed.items.accepted", "Points and events that were taken in to be written.");

    public static Counter<long> Committed { get; } = Items("typed.items.committed", "Points and events that are committed.");

    public static Counter<long> Rejected { get; } = Items("typed.items.rejected", "Points and events that the database refused.");

    public static Counter<long> Dropped { get; } = Items("typed.items.dropped", "Posted points and events that were dropped because the store was full.");

    public static Counter<long> Abandoned { get; } = Items(
        "typed.items.abandoned", "Points and events that nobody waited for any longer: the caller had gone, or the store's time to shut down was up.");

    public static Counter<long> Skipped { get; } = s_meter.CreateCounter<long>(
        "typed.points.skipped", "{bucket}", "Times that a committed point was left out of an interval, because its bucket is past retention.");

    public static Counter<long> Retries { get; } = s_meter.CreateCounter<long>(
        "typed.flush.retries", "{attempt}", "Attempts to write a flush that failed and were followed by another one.");

    public static Counter<long> TornRecords { get; } = s_meter.CreateCounter<long>(
        "typed.spool.torn", "{record}", "Ends of spools that a loss of power had torn and that were cut off.");

    public static Counter<long> Consumed { get; } = s_meter.CreateCounter<long>(
        "typed.consumer.events", "{event}", "Events that consumers have handled.");

    public static Counter<long> ConsumerFailures { get; } = s_meter.CreateCounter<long>(
        "typed.consumer.failures", "{attempt}", "Times that a consumer failed, and tries again.");

    public static Counter<long> Poisoned { get; } = s_meter.CreateCounter<long>(
        "typed.consumer.poisoned", "{event}", "Events that a consumer could not handle, and that OnPoison took.");

    public static Seconds FlushDuration { get; } = s_meter.CreateHistogram(
        "typed.flush.duration", "s", "From the first attempt of a flush until its outcome.", tags: null, s_seconds);

    public static Numbers FlushRows { get; } = s_meter.CreateHistogram(
        "typed.flush.rows", "{row}", "Rows of a committed flush, all tables together.", tags: null, s_rows);

    public static Seconds WaitDuration { get; } = s_meter.CreateHistogram(
        "typed.queue.wait.duration", "s", "How long writes waited for room, because the store was full. Those that found room at once are not in it.",
        tags: null, s_seconds);

    public static Seconds ReadDuration { get; } = s_meter.CreateHistogram(
        "typed.read.duration", "s", "How long reads took, retries included: buckets, statistics, counts, each page of a loop.", tags: null, s_seconds);

    /// <summary>Reports the length of a store's queue from now on.</summary>
    public static void Watch(StoreTelemetry store)
    {
        lock (s_stores)
        {
            s_stores.Add(store);
        }
    }

    public static void Forget(StoreTelemetry store)
    {
        lock (s_stores)
        {
            s_stores.Remove(store);
        }
    }

    private static Counter<long> Items(string name, string description) => s_meter.CreateCounter<long>(name, "{item}", description);

    private static Measurement<long>[] SpoolSizes()
    {
        lock (s_stores)
        {
            return [.. s_stores.Where(store => store.Spool is not null).Select(store => new Measurement<long>(store.Spool!().Bytes, store.Tags))];
        }
    }

    private static Measurement<double>[] SpoolAges()
    {
        lock (s_stores)
        {
            return [.. s_stores.Where(store => store.Spool is not null).Select(store => new Measurement<double>(store.Spool!().Age.TotalSeconds, store.Tags))];
        }
    }

    private static Measurement<double>[] Lags()
    {
        lock (s_stores)
        {
            return
            [
                .. s_stores.SelectMany(store => store.Consumers).Where(static consumer => !consumer.IsStandby)
                    .Select(static consumer => new Measurement<double>(consumer.Lag.TotalSeconds, consumer.Tags)),
            ];
        }
    }

    // Two stores on one database have the same tags, and are one line.
    private static Measurement<long>[] QueueLengths()
    {
        lock (s_stores)
        {
            return
            [
                .. s_stores.GroupBy(store => store.Place).Select(same => new Measurement<long>(same.Sum(store => store.QueueLength), same.First().Tags)),
            ];
        }
    }
}
