using Typed.Tests.Harness.Databases;

namespace Typed.Benchmarks.Ratios.Writes;

/// <summary>Events that feed a point each, against putting such events and inserting the points, one call each.</summary>
public abstract class FeedRatio(DatabaseServer server, int events, string name) : IRatio
{
    private readonly Feeding[] _feeding = [.. Enumerable.Range(0, events).Select(n => new Feeding(Keys.Of(n), n))];
    private readonly Unfed[] _unfed = [.. Enumerable.Range(0, events).Select(n => new Unfed(Keys.Of(n), n))];
    private readonly FedApart[] _points = [.. Enumerable.Range(0, events).Select(n => new FedApart(Keys.Of(n), n))];
    private EmptyDatabase? _database;
    private TypedStore? _store;

    public string Name => name;

    public double Limit => 1 / 0.8;

    public int Repeats => events == 1 ? 200 : 1;

    public async Task SetUpAsync()
    {
        _database = await server.CreateAsync();
        _store = await TypedStore.OpenAsync(o =>
        {
            _database.Choose(o);
            o.Only<Feeding>().Only<Unfed>().Only<Fed>().Only<FedApart>();
        });
        await Ours();
        await Theirs();
        if (await _database.RowsAsync("fed_minute") != await _database.RowsAsync("fed_apart_minute")
            || await _database.RowsAsync("feeding") != await _database.RowsAsync("unfed"))
        {
            throw new InvalidOperationException($"The two sides of '{Name}' wrote different rows.");
        }
    }

    public async ValueTask Ours() => await (_feeding is [var one] ? Feeding.In(_store!).PutAsync(one).AsTask() : (Task)Feeding.In(_store!).PutAsync(_feeding).AsTask());

    public async ValueTask Theirs()
    {
        await (_unfed is [var one] ? Unfed.In(_store!).PutAsync(one).AsTask() : (Task)Unfed.In(_store!).PutAsync(_unfed).AsTask());
        await FedApart.In(_store!).InsertAsync(_points);
    }

    public async ValueTask DisposeAsync()
    {
        await (_store?.DisposeAsync() ?? default);
        await (_database?.DisposeAsync() ?? default);
        GC.SuppressFinalize(this);
    }
}

[EventStream]
[Feeds<Fed>]
public partial record Feeding(string Page, int Milliseconds)
{
    private static Fed Point(Feeding e) => new(e.Page, e.Milliseconds);
}

[EventStream]
public partial record Unfed(string Page, int Milliseconds);

[TimeSeries(Type = SeriesType.Histogram, Intervals = ["minute: 1m", "hour: 1h"])]
public partial record Fed([property: SeriesKey] string Page, [property: SeriesValue] int Milliseconds);

[TimeSeries(Type = SeriesType.Histogram, Intervals = ["minute: 1m", "hour: 1h"])]
public partial record FedApart([property: SeriesKey] string Page, [property: SeriesValue] int Milliseconds);

public sealed class FeedOneOnPostgres() : FeedRatio(DatabaseServer.Postgres, 1, "an event that feeds a point, against two calls, PostgreSQL");

public sealed class FeedManyOnPostgres() : FeedRatio(DatabaseServer.Postgres, 5_000, "5 000 events that feed, against two calls, PostgreSQL");

public sealed class FeedOneOnSqlite() : FeedRatio(DatabaseServer.Sqlite, 1, "an event that feeds a point, against two calls, SQLite");

public sealed class FeedManyOnSqlite() : FeedRatio(DatabaseServer.Sqlite, 5_000, "5 000 events that feed, against two calls, SQLite");
