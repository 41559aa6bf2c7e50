using System.Text.Json;
using Microsoft.Data.Sqlite;
using NpgsqlTypes;
using Typed.Benchmarks.Ratios;
using Typed.Tests.Harness.Files;

namespace Typed.Benchmarks.Streams;

/// <summary>300 000 events of about 170 bytes in one call on PostgreSQL; by hand the System.Text.Json source generator and Npgsql's binary import.</summary>
public sealed class ManyEvents() : PostgresRatio<PageView>("events: put 300 000, PostgreSQL", limit: 1 / 0.9)
{
    public override int Pairs => 5;

    public override int WarmUpPairs => 1;

    protected override string Comparison =>
        $"select (select count(distinct body) from page_view) = {SampleEvents.Many.Length} and not exists (select body from page_view except select body from hand)";

    public override async ValueTask Ours() => await PageView.In(Store).PutAsync(SampleEvents.Many);

    public override async ValueTask Theirs()
    {
        await using var connection = await Source.OpenConnectionAsync();
        await using var import = await connection.BeginBinaryImportAsync("copy hand (namespace, id, time, body) from stdin (format binary)");
        var now = DateTime.UtcNow;
        foreach (var one in SampleEvents.Many)
        {
            await import.StartRowAsync();
            await import.WriteAsync("default", NpgsqlDbType.Text);
            await import.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid);
            await import.WriteAsync(now, NpgsqlDbType.TimestampTz);
            await import.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(one, SampleJson.Default.PageView), NpgsqlDbType.Jsonb);
        }

        await import.CompleteAsync();
    }

    protected override Task PrepareAsync() => ExecuteAsync("create table hand (like page_view including all)");
}

/// <summary>The same on SQLite; by hand a prepared command for each event, and a transaction for 10 000.</summary>
public sealed class ManyEventsOnSqlite : IRatio
{
    private const int Chunk = 10_000;

    private readonly SqliteFile _ours = new();
    private readonly SqliteFile _theirs = new();
    private TypedStore? _store;
    private SqliteConnection? _connection;

    public string Name => "events: put 300 000, SQLite";

    public double Limit => 1.0;

    public int Pairs => 5;

    public int WarmUpPairs => 1;

    public async Task SetUpAsync()
    {
        _store = await TypedStore.OpenAsync(options => options.UseSqlite(_ours.ConnectionString).Only<PageView>());
        _connection = new SqliteConnection($"{_theirs.ConnectionString};Pooling=False");
        _connection.Open();
        await using var made = new SqliteConnection($"{_ours.ConnectionString};Pooling=False");
        made.Open();
        await using var table = made.CreateCommand();
        table.CommandText = "SELECT sql FROM sqlite_master WHERE name = 'page_view'";
        await using var create = _connection.CreateCommand();
        create.CommandText = $"PRAGMA journal_mode = WAL; {table.ExecuteScalar()}";
        create.ExecuteNonQuery();
    }

    public async ValueTask Ours() => await PageView.In(_store!).PutAsync(SampleEvents.Many);

    public async ValueTask Theirs()
    {
        await using var command = _connection!.CreateCommand();
        command.CommandText = "INSERT INTO page_view (namespace, id, time, body) VALUES ($namespace, $id, $time, $body)";
        command.Parameters.Add("$namespace", SqliteType.Text).Value = "default";
        var id = command.Parameters.Add("$id", SqliteType.Text);
        var time = command.Parameters.Add("$time", SqliteType.Integer);
        var body = command.Parameters.Add("$body", SqliteType.Text);
        command.Prepare();
        foreach (var chunk in SampleEvents.Many.Chunk(Chunk))
        {
            await using var transaction = await _connection.BeginTransactionAsync();
            command.Transaction = (SqliteTransaction)transaction;
            foreach (var one in chunk)
            {
                id.Value = Guid.CreateVersion7().ToString();
                time.Value = DateTime.UtcNow.Ticks / TimeSpan.TicksPerMicrosecond;
                body.Value = JsonSerializer.Serialize(one, SampleJson.Default.PageView);
                command.ExecuteNonQuery();
            }

            await transaction.CommitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (_store?.DisposeAsync() ?? default);
        await (_connection?.DisposeAsync() ?? default);
        _ours.Dispose();
        _theirs.Dispose();
    }
}
