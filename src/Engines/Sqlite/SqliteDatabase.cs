using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Typed.Diagnostics;
using Typed.Storage;

namespace Typed.Sqlite;

/// <summary>
/// Sessions on one SQLite file in WAL mode: one that writes, and any number that read meanwhile. A database in memory lives in one connection, which then does
/// both, one at a time.
/// </summary>
internal sealed class SqliteDatabase : Database
{
    private static readonly TimeSpan s_busyPause = TimeSpan.FromMilliseconds(4);

    private readonly string _connectionString;
    private readonly Sql _stamp;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private readonly MemoryLeases _leases = new();
    private readonly string _file;
    private readonly bool _single;
    private readonly bool _isReadOnly;
    private readonly SqliteConnection? _given;
    private SqliteSession? _writer;
    private bool _disposed;

    public SqliteDatabase(string connectionString, SqliteConnection? given, Sql stamp)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        _connectionString = connectionString;
        _stamp = stamp;
        _given = given;
        _single = given is not null || InMemory(builder);
        _isReadOnly = builder.Mode == SqliteOpenMode.ReadOnly;
        _file = builder.DataSource;
        Address = $"SQLite database '{builder.DataSource}'";
        Place = new("sqlite", builder.DataSource);
    }

    public override Dialect Dialect => SqliteDialect.Instance;

    public override string Address { get; }

    public override DatabasePlace Place { get; }

    public static bool InMemory(SqliteConnectionStringBuilder builder) =>
        builder.Mode == SqliteOpenMode.Memory || builder.DataSource.Contains(":memory:", StringComparison.Ordinal);

    /// <summary>The connection string of everything that a store opens.</summary>
    /// <exception cref="InvalidOperationException">The connection string names no database.</exception>
    public static string OwnConnectionString(string? connectionString, bool isReadOnly = false)
    {
        // Not pooled: the store pools by itself, and its connections are set up in a way that other users of a shared pool must not inherit.
        var builder = new SqliteConnectionStringBuilder(connectionString) { Pooling = false };
        if (builder.DataSource.Length == 0 && builder.Mode != SqliteOpenMode.Memory)
        {
            // SQLite opens a temporary file where the name is empty, and deletes it when the store is closed: whoever forgot to configure the name would lose
            // everything without a word.
            throw new InvalidOperationException(
                "The SQLite connection string names no database: give UseSqlite a file (\"Data Source=shop.db\"), "
                + "or \"Data Source=:memory:\" for data that may be lost with the store.");
        }

        if (!InMemory(builder))
        {
            builder.Mode = isReadOnly ? SqliteOpenMode.ReadOnly : builder.Mode;

            // Connections that share a cache cannot read while another writes. The full path keeps the file the same when the program changes its directory.
            builder.Cache = SqliteCacheMode.Private;
            builder.DataSource = builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || builder.DataSource.StartsWith('|')
                ? builder.DataSource
                : Path.GetFullPath(builder.DataSource);
        }

        return builder.ConnectionString;
    }

    public override string LockHint => " A transaction of the caller's own that holds the write lock has this effect: write through In(dbContext) inside it.";

    public override int MostWriters => 1;

    public override ValueTask<Session> OpenReadAsync(CancellationToken cancellationToken)
    {
        if (_single)
        {
            return OpenWriteAsync(cancellationToken);
        }

        ObjectDisposedException.ThrowIf(_disposed, this);
        return ValueTask.FromResult<Session>(_idle.TryTake(out var session) ? session : Open(GiveBack));
    }

    public override async ValueTask<Session> OpenWriteAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _writer ??= Open(EndWriting);
        }
        catch
        {
            _writing.Release();
            throw;
        }
    }

    public override string? ConsumerObstacle => _single ? "it lives in one connection, so that a handler's transaction would hold the writes of all" : null;

    public override ValueTask<Lease?> TryLeaseAsync(string name, CancellationToken cancellationToken) =>
        new(_single ? _leases.TryTake(name) : SqliteLease.TryTake(_file, name));

    public override Task WatchAsync(CommitSignals signals, CancellationToken cancellationToken) =>
        _single ? Task.CompletedTask : new SqliteWatch(this, signals).RunAsync(cancellationToken);

    public override Failure? Classify(Exception exception) => SqliteErrors.Classify(exception);

    public override bool IsBusy(Exception exception) => SqliteErrors.IsBusy(exception);

    // Pauses that grow would let others take the lock again and again; see SqliteTurn.
    public override TimeSpan LongestPause(Exception error) => SqliteErrors.IsBusy(error) ? s_busyPause : base.LongestPause(error);

    public override async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        _disposed = true;
        _writer?.Release(closeConnection: _given is null);
        _writer = null;
        while (_idle.TryTake(out var session))
        {
            session.Release(closeConnection: true);
        }

        _writing.Release();
    }

    /// <summary>Sets up a connection as the store's statements expect it.</summary>
    public static void Prepare(SqliteConnection connection)
    {
        SqliteFunctions.Register(connection);
        SqlitePatterns.Register(connection);
    }

    private SqliteSession Open(Func<SqliteSession, ValueTask> close)
    {
        var connection = _given ?? new SqliteConnection(_connectionString);
        if (connection.State != System.Data.ConnectionState.Open)
        {
            connection.Open();
        }

        using (var command = connection.CreateCommand())
        {
            // Who finds the file locked tries again without blocking a thread.
            command.CommandText = close == EndWriting && !_isReadOnly ? "PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 0" : "PRAGMA busy_timeout = 0";
            command.ExecuteNonQuery();
        }

        SqliteSetUp.Ensure(connection);
        return new SqliteSession(connection, close, _stamp, isOwn: _given is null);
    }

    private ValueTask GiveBack(SqliteSession session)
    {
        if (_disposed)
        {
            session.Release(closeConnection: true);
        }
        else
        {
            _idle.Add(session);
        }

        return ValueTask.CompletedTask;
    }

    private ValueTask EndWriting(SqliteSession session)
    {
        _writing.Release();
        return ValueTask.CompletedTask;
    }
}
