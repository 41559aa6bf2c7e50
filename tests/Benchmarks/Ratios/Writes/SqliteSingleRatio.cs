using Microsoft.Data.Sqlite;
using Typed.Tests.Harness.Files;

namespace Typed.Benchmarks.Ratios.Writes;

/// <summary>64 callers that insert points one by one on SQLite; by hand a prepared upsert in a transaction each.</summary>
public sealed class SqliteSingleRatio : IRatio
{
    private const int Calls = 6_400;

    private static readonly DateTimeOffset s_at = new(2026, 3, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly SqliteFile _ours = new();
    private readonly SqliteFile _theirs = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private TypedStore? _store;
    private SqliteConnection? _connection;
    private SqliteCommand? _upsert;

    public string Name => "insert single points, 64 callers, SQLite";

    public double Limit => 1 / 3.0;

    public int Pairs => 9;

    public async Task SetUpAsync()
    {
        _store = await TypedStore.OpenAsync(options => options.UseSqlite(_ours.ConnectionString).Only<Hit>());
        _connection = new SqliteConnection($"{_theirs.ConnectionString};Pooling=False");
        _connection.Open();
        await using var create = _connection.CreateCommand();
        create.CommandText =
            "PRAGMA journal_mode = WAL; CREATE TABLE hit_second (route TEXT NOT NULL, bucket INTEGER NOT NULL, hits INTEGER NOT NULL, PRIMARY KEY (route, bucket)) WITHOUT ROWID";
        create.ExecuteNonQuery();
        _upsert = _connection.CreateCommand();
        _upsert.CommandText = "INSERT INTO hit_second (route, bucket, hits) VALUES ($route, $bucket, 1) ON CONFLICT DO UPDATE SET hits = hits + excluded.hits";
        _upsert.Parameters.Add("$route", SqliteType.Text);
        _upsert.Parameters.Add("$bucket", SqliteType.Integer).Value = s_at.ToUnixTimeMilliseconds() * 1_000;
        _upsert.Prepare();
    }

    public async ValueTask Ours() => await Callers.RunAsync(64, Calls, async n => await Hit.In(_store!).InsertAsync(Keys.Of(n), 1, s_at));

    public async ValueTask Theirs() => await Callers.RunAsync(64, Calls, async n =>
    {
        await _gate.WaitAsync();
        try
        {
            _upsert!.Parameters[0].Value = Keys.Of(n);
            _upsert.ExecuteNonQuery();
        }
        finally
        {
            _gate.Release();
        }
    });

    public async ValueTask DisposeAsync()
    {
        await (_store?.DisposeAsync() ?? default);
        await (_upsert?.DisposeAsync() ?? default);
        await (_connection?.DisposeAsync() ?? default);
        _gate.Dispose();
        _ours.Dispose();
        _theirs.Dispose();
    }
}
