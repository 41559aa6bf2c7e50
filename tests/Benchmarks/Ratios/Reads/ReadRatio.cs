using System.Diagnostics;
using Npgsql;
using Typed.Tests.Harness.Databases;
using Typed.Tests.Harness.Time;

namespace Typed.Benchmarks.Ratios.Reads;

/// <summary>A day of minutes of several keys in one database; both sides read the same tables.</summary>
public abstract class ReadRatio(string name, double limit, DatabaseServer server, int repeats) : IRatio
{
    /// <summary>Buckets in a range.</summary>
    protected const int Buckets = 1_440;

    /// <summary>The key that is read.</summary>
    protected const string Route = "/products";

    private const int DistinctValues = 10;
    private static readonly string[] s_routes = ["/", "/cart", Route, "/search"];

    /// <summary>The last minute.</summary>
    protected static readonly DateTimeOffset Last = new(2026, 3, 21, 12, 34, 0, TimeSpan.Zero);

    private EmptyDatabase? _database;
    private TypedStore? _store;
    private IByHand? _hand;

    public string Name { get; } = $"{name}, {(server == DatabaseServer.Postgres ? "PostgreSQL" : "SQLite")}";

    public double Limit => limit;

    public int Repeats => repeats;

    protected TypedStore Store => _store!;

    protected static DateTimeOffset First => Last.AddMinutes(1 - Buckets);

    internal IByHand Hand => _hand!;

    public async Task SetUpAsync()
    {
        _database = await server.CreateAsync();
        _store = await TypedStore.OpenAsync(options =>
        {
            _database.Choose(options);
            options.TimeProvider = new StoppedClock(Last.AddSeconds(56));
            options.Only<Visit>().Only<Latency>();
        });
        await FillAsync();
        if (server == DatabaseServer.Postgres)
        {
            // The server would do this on its own, at some moment between two pairs.
            await using var connection = new NpgsqlConnection(_database.ConnectionString);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("VACUUM ANALYZE", connection);
            await command.ExecuteNonQueryAsync();
            _hand = new PostgresByHand(_database.ConnectionString);
        }
        else
        {
            _hand = new SqliteByHand(_database.ConnectionString);
        }

        await CheckAsync();
        await SettleAsync();
    }

    public abstract ValueTask Ours();

    public abstract ValueTask Theirs();

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in (IAsyncDisposable?[])[_hand, _store, _database])
        {
            if (owned is not null)
            {
                await owned.DisposeAsync();
            }
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A store reads for days, so code that the runtime has not compiled for good yet is not what is measured.</summary>
    private async Task SettleAsync()
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2);)
        {
            for (var i = 0; i < 50; i++)
            {
                await Ours();
                await Theirs();
            }

            // The runtime compiles when nothing new has happened for a tenth of a second.
            await Task.Delay(TimeSpan.FromMilliseconds(150));
        }
    }

    /// <summary>Inserts what is read.</summary>
    protected virtual Task FillAsync() => Store.InsertDayAsync(First, Buckets, DistinctValues, s_routes);

    /// <summary>Both sides give the same.</summary>
    protected abstract Task CheckAsync();

    protected static void Same<T>(T ours, T theirs)
    {
        if (!EqualityComparer<T>.Default.Equals(ours, theirs))
        {
            throw new InvalidOperationException($"The two sides differ: {ours} and {theirs}.");
        }
    }

    protected static async ValueTask<List<T>> ListAsync<T>(IAsyncEnumerable<T> range)
    {
        List<T> buckets = [];
        await foreach (var bucket in range)
        {
            buckets.Add(bucket);
        }

        return buckets;
    }
}

internal static class Samples
{
    public static async Task InsertDayAsync(this TypedStore store, DateTimeOffset first, int minutes, int values, string[] routes)
    {
        await Visit.In(store).InsertAsync(
            from minute in Enumerable.Range(0, minutes)
            from route in routes
            select new Visit { Route = route, Hits = 17 + (minute % 7), At = first.AddMinutes(minute) });
        await Latency.In(store).InsertAsync(
            from minute in Enumerable.Range(0, minutes)
            from route in routes
            from value in Enumerable.Range(0, values)
            from time in Enumerable.Range(0, 1 + (value % 2))
            select new Latency { Route = route, Milliseconds = 10 + (((minute + value) % 97) / 4.0), At = first.AddMinutes(minute).AddSeconds(time) });
    }
}
