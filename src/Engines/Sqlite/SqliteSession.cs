using Microsoft.Data.Sqlite;
using SQLitePCL;
using Typed.Storage;

namespace Typed.Sqlite;

/// <summary>
/// A SQLite connection in use. Statements run on the connection's own handle: twice as fast as <see cref="SqliteCommand"/>, and without its allocations.
/// </summary>
internal sealed class SqliteSession : Session
{
    private static readonly Sql s_begin = new("BEGIN IMMEDIATE");
    private static readonly Sql s_commit = new("COMMIT");
    private static readonly Sql s_rollback = new("ROLLBACK");
    private static readonly Sql s_savepoint = new("SAVEPOINT typed");
    private static readonly Sql s_release = new("RELEASE typed");
    private static readonly Sql s_rollbackTo = new("ROLLBACK TO typed");

    private readonly SqliteConnection _connection;
    private readonly Func<SqliteSession, ValueTask> _close;
    private readonly Sql _stampSql;
    private readonly bool _isOwn;
    private readonly Dictionary<Sql, sqlite3_stmt> _statements = [];
    private readonly SqliteParameters _parameters = new();
    private readonly SqliteRow _row = new();
    private readonly SqliteTurn _turn = new();

    /// <summary>Whether a transaction has begun for the next write.</summary>
    private bool _isLocked;

    /// <param name="connection">An open connection.</param>
    /// <param name="close">Returns the session to its pool.</param>
    /// <param name="stampSql">The statement that moves a writer's sequence forward.</param>
    /// <param name="busySeconds">How long statements wait for a lock; 0: for ever. Null: the connection is set up for that.</param>
    /// <param name="isOwn">Whether nobody else runs statements on the connection, so that those of a read can be interrupted.</param>
    public SqliteSession(SqliteConnection connection, Func<SqliteSession, ValueTask> close, Sql stampSql, int? busySeconds = null, bool isOwn = false)
    {
        (_connection, _close, _stampSql, _isOwn) = (connection, close, stampSql, isOwn);
        if (busySeconds is { } seconds)
        {
            _ = raw.sqlite3_busy_timeout(Handle, seconds == 0 ? int.MaxValue : checked(seconds * 1000));
        }
    }

    private sqlite3 Handle => _connection.Handle ?? throw new ObjectDisposedException(nameof(SqliteConnection));

    public override ValueTask ReadAsync(Sql sql, IRowQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var statement = Prepare(sql);

        // On a connection of the caller, statements of the caller's own would be interrupted too.
        using var interrupting = _isOwn ? cancellationToken.UnsafeRegister(static handle => raw.sqlite3_interrupt((sqlite3)handle!), Handle) : default;
        try
        {
            _parameters.Use(statement);
            query.Bind(_parameters);
            _row.Use(statement);
            while (Step(statement) && query.Row(_row))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_INTERRUPT && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(error.Message, error, cancellationToken);
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask<long> ExecuteAsync(Sql sql, IParameters parameters, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Execute(sql, parameters));
    }

    public override ValueTask<bool> ApplyAsync(
        WriterStamp? stamp, IReadOnlyList<ITableRows> tables, Func<IReadOnlyList<ITableRows>>? late, bool mayBeApplied, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var moved = true;
        InTransaction(() =>
        {
            moved = stamp is not { } first || Execute(_stampSql, new StampParameters(first)) > 0;
            if (moved)
            {
                // Only a store, which has a stamp, is sure to have the table of lists.
                UpsertAll(tables, isListed: stamp is not null, cancellationToken);
                UpsertAll(late?.Invoke() ?? [], isListed: stamp is not null, cancellationToken);
            }
        });
        return ValueTask.FromResult(moved);
    }

    // The last attempt that moved the sequence is the one that was committed, and it has told them.
    public override ValueTask RecallAsync(WriterStamp stamp, IReadOnlyList<ITableRows> tables, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public override ValueTask<long> ExecuteAllAsync(IReadOnlyList<(Sql Sql, IParameters Parameters)> statements, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (statements.Count == 0)
        {
            return ValueTask.FromResult(0L);
        }

        var changed = 0L;
        InTransaction(() =>
        {
            foreach (var (sql, parameters) in statements)
            {
                changed += Execute(sql, parameters);
            }
        });
        return ValueTask.FromResult(changed);
    }

    public override async ValueTask<T> InTransactionAsync<T>(Func<ValueTask<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_isLocked)
        {
            Begin(s_begin);
        }

        _isLocked = false;
        try
        {
            var result = await work().ConfigureAwait(false);
            Run(s_commit);
            return result;
        }
        catch
        {
            Undo(s_rollback);
            throw;
        }
    }

    public override ValueTask ExecuteOnceAsync(string sql, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SqliteErrors.Check(raw.sqlite3_prepare_v2(Handle, sql, out var statement), Handle);
        using (statement)
        {
            Step(statement);
        }

        return ValueTask.CompletedTask;
    }

    // The transaction of the write. On a connection that the caller gave, the caller's may be open.
    public override void Lock()
    {
        if (raw.sqlite3_get_autocommit(Handle) != 0)
        {
            Begin(s_begin);
            _isLocked = true;
        }
    }

    public override ValueTask DisposeAsync()
    {
        if (_isLocked)
        {
            // Nobody wrote.
            _isLocked = false;
            Undo(s_rollback);
        }

        return _close(this);
    }

    /// <summary>Ends the statements; the connection is closed too unless it is the caller's.</summary>
    public void Release(bool closeConnection)
    {
        foreach (var statement in _statements.Values)
        {
            _ = raw.sqlite3_finalize(statement);
        }

        _statements.Clear();
        if (closeConnection)
        {
            _connection.Dispose();
        }
        else if (_connection.Handle is { } handle)
        {
            // The timeout is set back to zero, since the provider waits for locks in its own way.
            _ = raw.sqlite3_busy_timeout(handle, 0);
        }
    }

    public void Run(Sql sql)
    {
        var statement = Prepare(sql);
        try
        {
            Step(statement);
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }
    }

    private long Execute(Sql sql, IParameters parameters)
    {
        var statement = Prepare(sql);
        try
        {
            _parameters.Use(statement);
            parameters.Bind(_parameters);
            Step(statement);
            return sql.IsUncounted ? 0 : raw.sqlite3_changes(Handle);
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }
    }

    /// <summary>Runs work in a transaction, or in a savepoint inside the caller's transaction, whose earlier work then survives a refused write.</summary>
    private void InTransaction(Action work)
    {
        var isOwn = _isLocked || raw.sqlite3_get_autocommit(Handle) != 0;
        var (begin, commit, rollback) = isOwn ? (s_begin, s_commit, s_rollback) : (s_savepoint, s_release, s_rollbackTo);
        if (!_isLocked)
        {
            Begin(begin);
        }

        _isLocked = false;
        try
        {
            work();
            Run(commit);
        }
        catch
        {
            Undo(rollback);
            throw;
        }
    }

    /// <summary>Begins a transaction, for which another connection's has to end first.</summary>
    private void Begin(Sql begin)
    {
        var statement = Prepare(begin);
        int code;
        var burst = 0L;
        do
        {
            code = raw.sqlite3_step(statement);
            _ = raw.sqlite3_reset(statement);
        }
        while (code == raw.SQLITE_BUSY && _turn.AsksAgain(ref burst));

        SqliteErrors.Check(code, Handle);
        _turn.End();
    }

    private void UpsertAll(IReadOnlyList<ITableRows> tables, bool isListed, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            var commit = isListed ? SqliteDialect.Instance.StatementsOf(table.Table).Commit : null;
            foreach (var before in commit?.Before ?? [])
            {
                Run(before);
            }

            Upsert(table, cancellationToken);
            foreach (var after in commit?.After ?? [])
            {
                Execute(after, new PartParameters(table.Part));
            }
        }
    }

    private void Upsert(ITableRows table, CancellationToken cancellationToken)
    {
        var statements = SqliteDialect.Instance.StatementsOf(table.Table);
        if (table is IGivenRows given)
        {
            UpsertGiven(given, statements, cancellationToken);
            return;
        }

        var row = 0;
        while (table.Count - row >= Dialect.BlockRows)
        {
            Insert(statements.InsertBlock!, table, row, Dialect.BlockRows);
            row += Dialect.BlockRows;
            if (row % 1024 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        for (; row < table.Count; row++)
        {
            Insert(statements.Insert, table, row, count: 1);
        }
    }

    private void Insert(Sql sql, ITableRows table, int first, int count)
    {
        var statement = Prepare(sql);
        try
        {
            _parameters.Use(statement);
            for (var row = first; row < first + count; row++)
            {
                table.WriteRow(_parameters, row);
            }

            Step(statement);
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }

        if (table.Table.Conflict is WriteConflict.AddTotal or WriteConflict.AddSummary && raw.sqlite3_changes(Handle) < count)
        {
            throw new OverflowException("Adding to the stored total would leave the range of its type.");
        }
    }

    private void UpsertGiven(IGivenRows given, WriteStatements statements, CancellationToken cancellationToken)
    {
        var stored = new bool[given.Count];
        for (var row = 0; row < stored.Length; row++)
        {
            Insert(statements.Insert, given, row, count: 1);
            if (!(stored[row] = raw.sqlite3_changes(Handle) > 0))
            {
                Compare(statements.Given!.Compare, given, row);
            }

            if (row % 1024 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        given.Conclude(stored);
    }

    /// <summary>Compares a row with the stored one of its id.</summary>
    private void Compare(Sql sql, IGivenRows rows, int row)
    {
        var statement = Prepare(sql);
        try
        {
            _parameters.Use(statement);
            rows.WriteRow(_parameters, row);
            if (Step(statement)
                && !SqliteBodies.AreSame(raw.sqlite3_column_blob(statement, 0), raw.sqlite3_column_blob(statement, 1), rows.Table.Deciding!.Kind))
            {
                throw new OtherRowException(rows, row, inner: null);
            }
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }
    }

    private void Undo(Sql rollback)
    {
        // An error inside COMMIT or a full disk may have ended the transaction already.
        if (raw.sqlite3_get_autocommit(Handle) == 0)
        {
            Run(rollback);
            if (ReferenceEquals(rollback, s_rollbackTo))
            {
                Run(s_release);
            }
        }
    }

    private sqlite3_stmt Prepare(Sql sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            SqliteErrors.Check(raw.sqlite3_prepare_v3(Handle, sql.Text, raw.SQLITE_PREPARE_PERSISTENT, out statement), Handle);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    private bool Step(sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        SqliteErrors.Check(code, Handle);
        return code == raw.SQLITE_ROW;
    }

    private sealed class PartParameters(string part) : IParameters
    {
        public void Bind(ParameterWriter parameters) => parameters.Text(part);
    }
}
