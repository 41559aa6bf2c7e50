using Typed.Tests.Harness.Databases;

namespace Typed.Benchmarks.Ratios.Reads;

/// <summary>One bucket of a Histogram.</summary>
public abstract class LatencyBucket(DatabaseServer server) : ReadRatio("GetAsync of a Histogram bucket", 1.3, server, repeats: 500)
{
    private static readonly DateTimeOffset s_bucket = Last.AddMinutes(-17);

    public override async ValueTask Ours() => await Latency.In(Store).Minute.GetAsync(Route, s_bucket);

    public override async ValueTask Theirs() => await Hand.LatenciesAtAsync(Route, s_bucket);

    protected override async Task CheckAsync() =>
        Same((await Latency.In(Store).Minute.GetAsync(Route, s_bucket)).Value.Sum(pair => pair.Key * pair.Value), Sum(await Hand.LatenciesAtAsync(Route, s_bucket)));

    private static double Sum(Distribution latencies) => latencies.Values.Zip(latencies.Counts, (value, count) => value * count).Sum();
}

public sealed class LatencyBucketOnPostgres() : LatencyBucket(DatabaseServer.Postgres);

public sealed class LatencyBucketOnSqlite() : LatencyBucket(DatabaseServer.Sqlite);
