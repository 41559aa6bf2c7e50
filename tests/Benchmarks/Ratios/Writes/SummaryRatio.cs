using Typed.Tests.Harness.Postgres;

namespace Typed.Benchmarks.Ratios.Writes;

/// <summary>100 000 points of 1 000 keys as a Summary, against a Count of the same points.</summary>
public sealed class SummaryRatio : IRatio
{
    private const int Points = 100_000;
    private const int Keys = 1_000;

    private readonly Measured[] _measured = new Measured[Points];
    private readonly Added[] _added = new Added[Points];
    private TestDatabase? _database;
    private TypedStore? _store;

    public string Name => "insert 100 000 points, Summary against Count, PostgreSQL";

    public double Limit => 1.2;

    public async Task SetUpAsync()
    {
        var random = new Random(1);
        var start = new DateTimeOffset(2026, 3, 21, 12, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < Points; i++)
        {
            var (key, value, at) = ($"/page/{random.Next(Keys)}", random.NextDouble(), start.AddSeconds(random.Next(600)));
            (_measured[i], _added[i]) = (new(key, value, at), new(key, value, at));
        }

        _database = await PostgresCluster.CreateDatabaseAsync("ratio");
        _store = await TypedStore.OpenAsync(o => o.Only<Measured>().Only<Added>().UseNpgsql(_database.ConnectionString));
    }

    public async ValueTask Ours() => await Measured.In(_store!).InsertAsync(_measured);

    public async ValueTask Theirs() => await Added.In(_store!).InsertAsync(_added);

    public async ValueTask DisposeAsync()
    {
        await (_store?.DisposeAsync() ?? default);
        await (_database?.DisposeAsync() ?? default);
    }
}
