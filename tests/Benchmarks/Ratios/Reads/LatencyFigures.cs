using Typed.Tests.Harness.Databases;

namespace Typed.Benchmarks.Ratios.Reads;

/// <summary>Statistics of a day of a Histogram, computed by the database.</summary>
public abstract class LatencyFigures(DatabaseServer server) : ReadRatio("Stats() of 1 440 Histogram buckets", 1.2, server, repeats: 5)
{
    public override async ValueTask Ours() => await ListAsync(Latency.In(Store).Minute.For(Route).Last(Buckets).Stats());

    public override async ValueTask Theirs() => await Hand.LatencyFiguresAsync(Route, First, Last);

    protected override async Task CheckAsync() => Same(
        (await ListAsync(Latency.In(Store).Minute.For(Route).Last(Buckets).Stats())).Sum(bucket => bucket.Value.Count * (bucket.Value.Sum + bucket.Value.Min + bucket.Value.Max)),
        (await Hand.LatencyFiguresAsync(Route, First, Last)).Sum(bucket => bucket.Figures.Count * (bucket.Figures.Sum + bucket.Figures.Min + bucket.Figures.Max)));
}

public sealed class LatencyFiguresOnPostgres() : LatencyFigures(DatabaseServer.Postgres);

public sealed class LatencyFiguresOnSqlite() : LatencyFigures(DatabaseServer.Sqlite);
