using Typed.Tests.Harness.Databases;

namespace Typed.Benchmarks.Ratios.Reads;

/// <summary>Percentiles of a day of a Histogram with a hundred rows per bucket: found by the database, or among the entries that were read.</summary>
public abstract class LatencyPercentiles(DatabaseServer server) : ReadRatio("percentiles of 1 440 buckets x 100 values", 0.7, server, repeats: 1)
{
    private const int Values = 100;

    public override async ValueTask Ours() => await ListAsync(Range.Percentiles(50, 95, 99));

    public override async ValueTask Theirs() => await RankedAsync();

    protected override Task FillAsync() => Store.InsertDayAsync(First, Buckets, Values, [Route]);

    protected override async Task CheckAsync() => Same(
        (await ListAsync(Range.Percentiles(50, 95, 99))).Sum(bucket => bucket.Start.Minute * (bucket.Value[0] + (3 * bucket.Value[1]) + (5 * bucket.Value[2]))),
        (await RankedAsync()).Sum(bucket => bucket.Start.Minute * (bucket.P50 + (3 * bucket.P95) + (5 * bucket.P99))));

    private BucketRange<Histogram<double>, NumericStatistics<double, double, double>> Range => Latency.In(Store).Minute.For(Route).Last(Buckets);

    private async ValueTask<List<(DateTimeOffset Start, double? P50, double? P95, double? P99)>> RankedAsync()
    {
        List<(DateTimeOffset, double?, double?, double?)> ranked = [];
        await foreach (var bucket in Range)
        {
            ranked.Add((bucket.Start, bucket.Value.Percentile(50), bucket.Value.Percentile(95), bucket.Value.Percentile(99)));
        }

        return ranked;
    }
}

public sealed class LatencyPercentilesOnPostgres() : LatencyPercentiles(DatabaseServer.Postgres);

public sealed class LatencyPercentilesOnSqlite() : LatencyPercentiles(DatabaseServer.Sqlite);
