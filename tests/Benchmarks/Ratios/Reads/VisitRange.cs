using Typed.Tests.Harness.Databases;

namespace Typed.Benchmarks.Ratios.Reads;

/// <summary>A day of a Count: a row per bucket.</summary>
public abstract class VisitRange(DatabaseServer server) : ReadRatio("read 1 440 Count buckets", 1.2, server, repeats: 40)
{
    public override async ValueTask Ours() => await ListAsync(Visit.In(Store).Minute.For(Route).Last(Buckets));

    public override async ValueTask Theirs() => await Hand.VisitsAsync(Route, First, Last);

    protected override async Task CheckAsync() => Same(
        (await ListAsync(Visit.In(Store).Minute.For(Route).Last(Buckets))).Sum(bucket => bucket.Value * bucket.Start.Minute),
        (await Hand.VisitsAsync(Route, First, Last)).Sum(bucket => bucket.Hits * bucket.Start.Minute));
}

public sealed class VisitRangeOnPostgres() : VisitRange(DatabaseServer.Postgres);

public sealed class VisitRangeOnSqlite() : VisitRange(DatabaseServer.Sqlite);
