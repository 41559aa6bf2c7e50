using Npgsql;
using Typed.Tests.Harness.Postgres;

namespace Typed.Benchmarks.Ratios;

/// <summary>100 000 points of 1 000 keys in one call, rolled up into three intervals on PostgreSQL.</summary>
public sealed class CountInsertRatio : IRatio
{
    private const int Points = 100_000;
    private const int Keys = 1_000;
    private const int Minutes = 10;

    private readonly Click[] _points = MakePoints();
    private TestDatabase? _database;
    private TypedStore? _store;
    private NpgsqlDataSource? _source;
    private HandWrittenClicks? _byHand;

    public string Name => "count-insert-postgres";

    public double Limit => 2.0;

    public async Task SetUpAsync()
    {
        _database = await PostgresCluster.CreateDatabaseAsync("ratio");
        _store = await TypedStore.OpenAsync(o => o.Only<Click>().UseNpgsql(_database.ConnectionString));
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { MaxAutoPrepare = 20, AutoPrepareMinUsages = 2 }.ConnectionString);
        _byHand = new HandWrittenClicks(_source);
        await _byHand.CreateTablesAsync();

        // What is compared must be the same work.
        await Ours();
        await Theirs();
        foreach (var interval in HandWrittenClicks.Intervals)
        {
            await using var command = _source.CreateCommand(
                $"select count(*) filter (where c.page is null or h.page is null) = 0 and count(*) > 0 from click_{interval} c full join hand_{interval} h using (page, bucket, value)");
            if (await command.ExecuteScalarAsync() is not true)
            {
                throw new InvalidOperationException($"The two sides wrote different rows per {interval}.");
            }
        }
    }

    public async ValueTask Ours() => await Click.In(_store!).InsertAsync(_points);

    public async ValueTask Theirs() => await _byHand!.InsertAsync(_points);

    public async ValueTask DisposeAsync()
    {
        await (_store?.DisposeAsync() ?? default);
        await (_source?.DisposeAsync() ?? default);
        await (_database?.DisposeAsync() ?? default);
    }

    private static Click[] MakePoints()
    {
        var random = new Random(1);
        var start = new DateTimeOffset(2026, 3, 21, 12, 0, 0, TimeSpan.Zero);
        return [.. Enumerable.Range(0, Points).Select(_ => new Click { Page = $"/page/{random.Next(Keys)}", At = start.AddSeconds(random.Next(Minutes * 60)) })];
    }
}

/// <summary>Clicks per page.</summary>
[TimeSeries(Type = SeriesType.Count, Intervals = ["minute: 1m", "hour: 1h", "day: daily"])]
public partial class Click
{
    [SeriesKey] public required string Page { get; init; }

    [SeriesTime] public DateTimeOffset At { get; init; }
}
