using Microsoft.Data.Sqlite;
using Typed.Tests.Harness.Files;

namespace Typed.Benchmarks.Ratios.Writes;

/// <summary>A declared type's points, and a careful developer's loop over them: one prepared command, one transaction, WAL, a row for each point.</summary>
public abstract class SqliteInsert<TPoint>(string name) : IRatio
{
    protected const int Points = 100_000;

    protected static readonly DateTimeOffset Start = new(2026, 3, 21, 0, 0, 0, TimeSpan.Zero);

    private readonly SqliteFile _ours = new();
    private readonly SqliteFile _theirs = new();
    private TypedStore? _store;
    private SqliteConnection? _connection;
    private int _round;

    public string Name { get; } = $"insert 100 000 points, {name}, SQLite";

    public double Limit => 1.0;

    public int Pairs => 9;

    protected TypedStore Store => _store!;

    /// <summary>The points of a round: new rows each time, so that both files grow alike.</summary>
    protected TPoint[] Round { get; private set; } = [];

    public async Task SetUpAsync()
    {
        _store = await TypedStore.OpenAsync(options => options.UseSqlite(_ours.ConnectionString).Only<TPoint>());
        _connection = new SqliteConnection($"{_theirs.ConnectionString};Pooling=False");
        _connection.Open();
        Execute("PRAGMA journal_mode = WAL");
        await using var made = new SqliteConnection($"{_ours.ConnectionString};Pooling=False");
        made.Open();
        using var tables = made.CreateCommand();

        // Both sides write to tables of the same form.
        tables.CommandText = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'typed%' AND name NOT LIKE 'sqlite%' ORDER BY type DESC";
        using var reader = tables.ExecuteReader();
        while (reader.Read())
        {
            Execute(reader.GetString(0));
        }
    }

    public ValueTask Ours()
    {
        Round = Make(_round);
        return InsertAsync();
    }

    public async ValueTask Theirs()
    {
        // Ours ran first, with the same points.
        Round = Make(_round++);
        await using var transaction = await _connection!.BeginTransactionAsync();
        await using var command = _connection.CreateCommand();
        command.Transaction = (SqliteTransaction)transaction;
        Write(command);
        await transaction.CommitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        _ours.Dispose();
        _theirs.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes the points; both sides pay for it.</summary>
    protected abstract TPoint[] Make(int round);

    protected abstract ValueTask InsertAsync();

    /// <summary>Prepares the command and runs it for each point.</summary>
    protected abstract void Write(SqliteCommand command);

    protected static long Microseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    private void Execute(string sql)
    {
        using var command = _connection!.CreateCommand();
#pragma warning disable CA2100 // the store's own texts
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
