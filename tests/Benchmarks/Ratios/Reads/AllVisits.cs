using Typed.Tests.Harness.Databases;

namespace Typed.Benchmarks.Ratios.Reads;

/// <summary>An hour of a Count of all keys.</summary>
public abstract class AllVisits(DatabaseServer server) : ReadRatio("ForAll of 1 000 keys x 60 buckets", 1.2, server, repeats: 1)
{
    private const int Minutes = 60;

    public override async ValueTask Ours() => await ListAsync(Visit.In(Store).Minute.ForAll().Last(Minutes));

    public override async ValueTask Theirs() => await Hand.AllVisitsAsync(Start, Last);

    protected override Task FillAsync() => Store.InsertDayAsync(Start, Minutes, values: 1, [.. Enumerable.Range(0, 1_000).Select(i => $"/products/{i}")]);

    protected override async Task CheckAsync() => Same(
        (await ListAsync(Visit.In(Store).Minute.ForAll().Last(Minutes))).Sum(found => found.Key.Route.Length * (found.Bucket.Start.Minute + found.Bucket.Value)),
        (await Hand.AllVisitsAsync(Start, Last)).Sum(found => found.Route.Length * (found.Start.Minute + found.Hits)));

    private static DateTimeOffset Start => Last.AddMinutes(1 - Minutes);
}

public sealed class AllVisitsOnPostgres() : AllVisits(DatabaseServer.Postgres);

public sealed class AllVisitsOnSqlite() : AllVisits(DatabaseServer.Sqlite);
