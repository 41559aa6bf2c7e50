using Npgsql;
using Typed.Tests.Harness.Postgres;

namespace Typed.Benchmarks.Ratios;

/// <summary>A ratio on a PostgreSQL database of its own: a store on one side, a data source with prepared statements on the other.</summary>
/// <typeparam name="T">The declared type.</typeparam>
/// <param name="name">Its name.</param>
/// <param name="limit">The most that ours/theirs may be.</param>
/// <param name="connections">The most connections that theirs takes.</param>
public abstract class PostgresRatio<T>(string name, double limit, int connections = 1) : IRatio
{
    private TestDatabase? _database;
    private TypedStore? _store;
    private NpgsqlDataSource? _source;

    public string Name => name;

    public double Limit => limit;

    public virtual int Pairs => 9;

    public virtual int WarmUpPairs => 2;

    public virtual int Repeats => 1;

    protected TypedStore Store => _store!;

    protected NpgsqlDataSource Source => _source!;

    protected string ConnectionString => _database!.ConnectionString;

    public async Task SetUpAsync()
    {
        _database = await PostgresCluster.CreateDatabaseAsync("ratio");
        _store = await TypedStore.OpenAsync(o => o.Only<T>().UseNpgsql(ConnectionString));
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            MaxAutoPrepare = 20, AutoPrepareMinUsages = 2, MaxPoolSize = Math.Max(connections, 2),
        }.ConnectionString);
        await PrepareAsync();

        // What is compared must be the same work.
        await Ours();
        await Theirs();
        if (Comparison is { } sql)
        {
            await using var check = _source.CreateCommand(sql);
            if (await check.ExecuteScalarAsync() is not true)
            {
                throw new InvalidOperationException($"The two sides of '{Name}' wrote different rows.");
            }
        }
    }

    public abstract ValueTask Ours();

    public abstract ValueTask Theirs();

    public virtual async ValueTask DisposeAsync()
    {
        await (_store?.DisposeAsync() ?? default);
        await (_source?.DisposeAsync() ?? default);
        await (_database?.DisposeAsync() ?? default);
        GC.SuppressFinalize(this);
    }

    /// <summary>Says by SQL whether both sides wrote the same; null where that is compared otherwise.</summary>
    protected virtual string? Comparison => null;

    /// <summary>Makes the tables of the other side.</summary>
    protected abstract Task PrepareAsync();

    protected async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
