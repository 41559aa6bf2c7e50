using Typed.Tests.Harness.Databases;

namespace Typed.Benchmarks.Ratios.Reads;

/// <summary>A day of minutes of a Count as quarters of an hour.</summary>
public abstract class VisitResampled(DatabaseServer server) : ReadRatio("Resample 1 440 Count buckets to 15m", 1.2, server, repeats: 10)
{
    public override async ValueTask Ours() => await ListAsync(Visit.In(Store).Minute.For(Route).Last(Buckets).Resample("15m"));

    public override async ValueTask Theirs() => await Hand.QuartersAsync(Route, First, Last);

    protected override async Task CheckAsync() => Same(
        (await ListAsync(Visit.In(Store).Minute.For(Route).Last(Buckets).Resample("15m"))).Sum(bucket => bucket.Start.Minute + (bucket.Start.Hour * bucket.Value)),
        (await Hand.QuartersAsync(Route, First, Last)).Sum(bucket => bucket.Start.Minute + (bucket.Start.Hour * bucket.Hits)));
}

public sealed class VisitResampledOnPostgres() : VisitResampled(DatabaseServer.Postgres);

public sealed class VisitResampledOnSqlite() : VisitResampled(DatabaseServer.Sqlite);
