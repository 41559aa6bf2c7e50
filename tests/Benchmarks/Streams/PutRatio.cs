using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Typed.Benchmarks.Ratios;
using Typed.Tests.Harness.Postgres;

namespace Typed.Benchmarks.Streams;

/// <summary>Events in one call, by the library and by hand: the System.Text.Json source generator, and Npgsql's binary import in a transaction.</summary>
public sealed class PutTwentyThousand : IRatio
{
    private const int Events = 20_000;

    private readonly PageView[] _events = [.. Enumerable.Range(0, Events).Select(n => SampleEvents.PageView with { Url = $"/products/{n}" })];
    private TestDatabase? _database;
    private TypedStore? _store;
    private NpgsqlDataSource? _source;

    public string Name => "events: put 20 000";

    public double Limit => 1.15;

    public async Task SetUpAsync()
    {
        _database = await PostgresCluster.CreateDatabaseAsync("ratio");
        _source = NpgsqlDataSource.Create(_database.ConnectionString);
        _store = await TypedStore.OpenAsync(o => o.Only<PageView>().UseNpgsql(_database.ConnectionString));
        await using var table = _source.CreateCommand("create table hand (like page_view including all)");
        await table.ExecuteNonQueryAsync();

        // What is compared must be the same work.
        await Ours();
        await Theirs();
        await using var check = _source.CreateCommand($"select (select count(distinct body) from page_view) = {Events} and not exists (select body from page_view except select body from hand)");
        if (await check.ExecuteScalarAsync() is not true)
        {
            throw new InvalidOperationException("The two sides wrote different rows.");
        }
    }

    public async ValueTask Ours() => await PageView.In(_store!).PutAsync(_events);

    public async ValueTask Theirs()
    {
        await using var connection = await _source!.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var import = await connection.BeginBinaryImportAsync("copy hand (namespace, id, time, body) from stdin (format binary)"))
        {
            var now = DateTime.UtcNow;
            foreach (var one in _events)
            {
                await import.StartRowAsync();
                await import.WriteAsync("default", NpgsqlDbType.Text);
                await import.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid);
                await import.WriteAsync(now, NpgsqlDbType.TimestampTz);
                await import.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(one, SampleJson.Default.PageView), NpgsqlDbType.Jsonb);
            }

            await import.CompleteAsync();
        }

        await transaction.CommitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await (_store?.DisposeAsync() ?? default);
        await (_source?.DisposeAsync() ?? default);
        await (_database?.DisposeAsync() ?? default);
    }
}
