using Typed.Tests.Harness.Databases;

namespace Typed.Benchmarks.Ratios.Reads;

/// <summary>One bucket of a Count: what every call costs, since there is hardly any data.</summary>
public abstract class VisitBucket(DatabaseServer server) : ReadRatio("GetAsync of a Count bucket", 1.3, server, repeats: 500)
{
    private static readonly DateTimeOffset s_bucket = Last.AddMinutes(-17);

    public override async ValueTask Ours() => await Visit.In(Store).Minute.GetAsync(Route, s_bucket);

    public override async ValueTask Theirs() => await Hand.VisitsAtAsync(Route, s_bucket);

    protected override async Task CheckAsync() =>
        Same((await Visit.In(Store).Minute.GetAsync(Route, s_bucket)).Value, await Hand.VisitsAtAsync(Route, s_bucket));
}

public sealed class VisitBucketOnPostgres() : VisitBucket(DatabaseServer.Postgres);

public sealed class VisitBucketOnSqlite() : VisitBucket(DatabaseServer.Sqlite);
