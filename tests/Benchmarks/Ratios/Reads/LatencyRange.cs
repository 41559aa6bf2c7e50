using Typed.Tests.Harness.Databases;

namespace Typed.Benchmarks.Ratios.Reads;

/// <summary>A day of a Histogram: ten rows per bucket.</summary>
public abstract class LatencyRange(DatabaseServer server) : ReadRatio("read 1 440 Histogram buckets", 1.2, server, repeats: 5)
{
    public override async ValueTask Ours() => await ListAsync(Latency.In(Store).Minute.For(Route).Last(Buckets));

    public override async ValueTask Theirs() => await Hand.LatenciesAsync(Route, First, Last);

    protected override async Task CheckAsync() => Same(
        (await ListAsync(Latency.In(Store).Minute.For(Route).Last(Buckets))).Sum(bucket => bucket.Start.Minute * bucket.Value.Sum(pair => pair.Key * pair.Value)),
        (await Hand.LatenciesAsync(Route, First, Last)).Sum(bucket => bucket.Start.Minute * bucket.Latencies.Values.Zip(bucket.Latencies.Counts, (value, count) => value * count).Sum()));
}

public sealed class LatencyRangeOnPostgres() : LatencyRange(DatabaseServer.Postgres);

public sealed class LatencyRangeOnSqlite() : LatencyRange(DatabaseServer.Sqlite);
