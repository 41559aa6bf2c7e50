using Microsoft.EntityFrameworkCore;
using Typed.Cli.Output;
using Typed.Storage;

namespace Typed.Cli.Connections;

/// <summary>A database that a command works on, without any declared type.</summary>
internal sealed class StoredDatabase : IAsyncDisposable
{
    /// <summary>How long what may pass is tried again, once the database has answered.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly string _connection;
    private readonly Database _database;
    private readonly RetryPolicy _retry;
    private readonly IAsyncDisposable? _owned;

    private StoredDatabase(DatabaseKind kind, string connection, Database database, IAsyncDisposable? owned) =>
        (Kind, _connection, _database, _owned, _retry) = (kind, connection, database, owned, new(database));

    public DatabaseKind Kind { get; }

    public Dialect Dialect => _database.Dialect;

    public string Address => _database.Address;

    /// <summary>Connects once, without creating or changing anything.</summary>
    /// <exception cref="CliException">There is no database, or it lets nobody in.</exception>
    public static async Task<StoredDatabase> OpenAsync(DatabaseKind kind, string connection, bool isReadOnly, CancellationToken cancellationToken)
    {
        StoredDatabase database;
        try
        {
            database = Create(kind, kind.Complete(connection, isReadOnly), isReadOnly);
        }
        catch (ArgumentException error)
        {
            throw new CliException(
                ExitCodes.Usage, $"The connection string is wrong: {error.Message}", $"It was taken for one of {kind.Name}.", error);
        }

        try
        {
            await using var session = await database._database.OpenReadAsync(cancellationToken);
            return database;
        }
        catch (Exception error)
        {
            await database.DisposeAsync();
            throw database.Explain(error) is { } problem ? new CliException(problem.ExitCode, problem.Text, problem.WayOut, error) : error;
        }
    }

    /// <summary>Reads; what may pass is tried again from the beginning, with a new query.</summary>
    public Task<TQuery> ReadAsync<TQuery>(Sql sql, Func<TQuery> make, CancellationToken cancellationToken)
        where TQuery : IRowQuery => RunAsync(
        async token =>
        {
            var query = make();
            await using var session = await _database.OpenReadAsync(token);
            await session.ReadAsync(sql, query, token);
            return query;
        },
        cancellationToken);

    /// <summary>Reads rows once, into whatever takes them.</summary>
    public async Task ReadOnceAsync(string sql, Action<ParameterWriter>? bind, Action<RowReader> row, CancellationToken cancellationToken)
    {
        await using var session = await _database.OpenReadAsync(cancellationToken);
        await session.ReadAsync(new Sql(sql), new Query(bind, row), cancellationToken);
    }

    /// <summary>Reads a short list.</summary>
    public Task<List<T>> ListAsync<T>(string sql, Func<RowReader, T> row, CancellationToken cancellationToken, Action<ParameterWriter>? bind = null) =>
        ListAsync(new Sql(sql), row, cancellationToken, bind);

    /// <summary>Reads a short list.</summary>
    public async Task<List<T>> ListAsync<T>(Sql sql, Func<RowReader, T> row, CancellationToken cancellationToken, Action<ParameterWriter>? bind = null)
    {
        var query = await ReadAsync(sql, () => new ListQuery<T>(bind, row), cancellationToken);
        return query.Rows;
    }

    /// <summary>Writes rows in one transaction. Only for rows that may be written twice: what has an unknown outcome is tried again.</summary>
    public Task WriteAsync(IReadOnlyList<ITableRows> tables, CancellationToken cancellationToken) => RunAsync(
        async token =>
        {
            await using var session = await _database.OpenWriteAsync(token);
            return await session.ApplyAsync(stamp: null, tables, late: null, mayBeApplied: false, token);
        },
        cancellationToken);

    /// <summary>Runs statements in one transaction. Only such as may run twice.</summary>
    public Task<long> ExecuteAsync(IReadOnlyList<string> statements, Action<ParameterWriter>? bind, CancellationToken cancellationToken) =>
        ExecuteAsync([.. statements.Select(text => (new Sql(text), bind))], cancellationToken);

    /// <summary>Runs statements, each with its own parameters, in one transaction. Only such as may run twice.</summary>
    public Task<long> ExecuteAsync(IReadOnlyList<(Sql Sql, Action<ParameterWriter>? Bind)> statements, CancellationToken cancellationToken)
    {
        (Sql, IParameters)[] all = [.. statements.Select(one => (one.Sql, (IParameters)new Query(one.Bind, static _ => { })))];
        return RunAsync(
            async token =>
            {
                await using var session = await _database.OpenWriteAsync(token);
                return await session.ExecuteAllAsync(all, token);
            },
            cancellationToken);
    }

    /// <summary>What is wrong, in words; null where the error is none of the database.</summary>
    public Problem? Explain(Exception error) => Kind.Explain(error, Address);

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        if (_owned is not null)
        {
            await _owned.DisposeAsync();
        }
    }

    /// <summary>The same database for a writer with a sequence, as a store has it.</summary>
    public Database OpenWriter(StampStatements stamps)
    {
        var options = new DbContextOptionsBuilder();
        Kind.Choose(options, _connection);
        return Kind.Engine.OpenStore(options.Options, stamps, Timeout.InfiniteTimeSpan);
    }

    private static StoredDatabase Create(DatabaseKind kind, string connection, bool isReadOnly)
    {
        var options = new DbContextOptionsBuilder();
        kind.Choose(options, connection);
        var owned = kind.Engine.CompleteOptions(options, isReadOnly);
        return new(kind, connection, kind.Engine.OpenStore(options.Options, new(new("SELECT 1"), Transaction: null), Timeout.InfiniteTimeSpan), owned);
    }

    private async Task<T> RunAsync<T>(Func<CancellationToken, ValueTask<T>> attempt, CancellationToken cancellationToken)
    {
        var until = DateTime.UtcNow + s_patience;
        return await _retry.RunAsync(attempt, MayPass, cancellationToken);

        bool MayPass(Exception error)
        {
            if (_database.IsBroken(error))
            {
                _database.DropIdle();
            }

            return DateTime.UtcNow < until && _database.Classify(error) is Failure.Transient or Failure.Locked or Failure.OutcomeUnknown;
        }
    }

    private sealed class Query(Action<ParameterWriter>? bind, Action<RowReader> take) : IRowQuery
    {
        public void Bind(ParameterWriter parameters) => bind?.Invoke(parameters);

        public bool Row(RowReader row)
        {
            take(row);
            return true;
        }
    }

    private sealed class ListQuery<T>(Action<ParameterWriter>? bind, Func<RowReader, T> read) : IRowQuery
    {
        public List<T> Rows { get; } = [];

        public void Bind(ParameterWriter parameters) => bind?.Invoke(parameters);

        public bool Row(RowReader row)
        {
            Rows.Add(read(row));
            return true;
        }
    }
}
