using System.Data;
using System.Diagnostics;
using System.Net.Sockets;
using Npgsql;
using Typed.Storage;

namespace Typed.Postgres;

/// <summary>A PostgreSQL connection in use: one from the pool, or that of the caller's context.</summary>
/// <param name="connection">An open connection.</param>
/// <param name="transaction">The caller's transaction, or null.</param>
/// <param name="close">Returns the connection to its owner.</param>
/// <param name="stamps">The statements that move a writer's sequence forward.</param>
/// <param name="timeout">Seconds that a statement may take; null: as the connection has it.</param>
/// <param name="readSeconds">Seconds that a query may take; null: as any other statement.</param>
/// <param name="isEnlisted">Whether the connection is in the transaction of a caller's TransactionScope.</param>
internal sealed class PostgresSession(
    NpgsqlConnection connection, NpgsqlTransaction? transaction, Func<ValueTask> close, StampStatements stamps, int? timeout = null, int? readSeconds = null,
    bool isEnlisted = false)
    : Session
{
    private const string Savepoint = "typed";

    private static readonly Sql s_end = new(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND pid <> pg_backend_pid() AND usename = current_user "
        + "AND datname = current_database() AND xact_start IS NOT NULL AND wait_event = 'ClientRead' "
        + "AND backend_start < clock_timestamp() - make_interval(secs => $2)");

    /// <summary>Measured: from some hundred rows on COPY is faster, at a thousand nearly twice, at five thousand three times.</summary>
    private const int LeastBulkRows = 1_000;

    /// <summary>Whether <see cref="InTransactionAsync"/> runs.</summary>
    private bool _isInOwn;

    public override async ValueTask ReadAsync(Sql sql, IRowQuery query, CancellationToken cancellationToken)
    {
        try
        {
            await ReadRowsAsync(sql, query, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ObjectDisposedException or InvalidOperationException && HasBroken)
        {
            throw Broken(error);
        }
    }

    private async ValueTask ReadRowsAsync(Sql sql, IRowQuery query, CancellationToken cancellationToken)
    {
        var command = Command(sql);
        await using var _ = command.ConfigureAwait(false);
        command.CommandTimeout = readSeconds ?? command.CommandTimeout;
        query.Bind(new PostgresParameters(command.Parameters));
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        var row = new PostgresRow(reader);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!query.Row(row))
            {
                await LeaveAsync(command, reader, query).ConfigureAwait(false);
                return;
            }
        }
    }

    /// <summary>
    /// Closing a reader reads what is left of the answer. In the caller's transaction that is unavoidable: a cancelled statement would end the transaction.
    /// </summary>
    private async ValueTask LeaveAsync(NpgsqlCommand command, NpgsqlDataReader reader, IRowQuery query)
    {
        if (!query.LeavesMuch || IsInside)
        {
            return;
        }

        command.Cancel();
        try
        {
            await reader.CloseAsync().ConfigureAwait(false);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.QueryCanceled)
        {
            // The server reports the cancellation that was asked for.
        }
    }

    public override async ValueTask<long> ExecuteAsync(Sql sql, IParameters parameters, CancellationToken cancellationToken)
    {
        var command = Command(sql);
        await using var _ = command.ConfigureAwait(false);
        parameters.Bind(new PostgresParameters(command.Parameters));
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask<bool> ApplyAsync(
        WriterStamp? stamp, IReadOnlyList<ITableRows> tables, Func<IReadOnlyList<ITableRows>>? late, bool mayBeApplied, CancellationToken cancellationToken)
    {
        try
        {
            return await ApplyRowsAsync(stamp, tables, late, mayBeApplied, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error) when (PostgresGivenRows.FindOther(error, tables) is not null)
        {
            throw PostgresGivenRows.FindOther(error, tables)!;
        }
    }

    public override SessionPlace? Place => new(connection.ProcessID, Stopwatch.GetTimestamp());

    // The number of a process may be another's by now: one that began later. Behind a pooler it is none of the server's.
    public override async ValueTask EndAsync(SessionPlace place, CancellationToken cancellationToken)
    {
        var command = Command(s_end);
        await using var _ = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = place.Process });
        command.Parameters.Add(new NpgsqlParameter<double> { TypedValue = Stopwatch.GetElapsedTime(place.Began).TotalSeconds });
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask RecallAsync(WriterStamp stamp, IReadOnlyList<ITableRows> tables, CancellationToken cancellationToken)
    {
        IGivenRows[] given = [.. tables.OfType<IGivenRows>()];
        if (given.Length == 0)
        {
            return;
        }

        // The attempt that found its number taken has left a transaction that failed.
        var rollback = new NpgsqlCommand("ROLLBACK", connection);
        await using var _ = rollback.ConfigureAwait(false);
        await rollback.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        var find = Command(stamps.Transaction!);
        await using var __ = find.ConfigureAwait(false);
        new StampParameters(stamp).Bind(new PostgresParameters(find.Parameters));
        var number = (string?)await find.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The line of this writer is gone, so it cannot be told which events were new. They are stored.");
        foreach (var rows in given)
        {
            await RecallAsync(rows, number, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask RecallAsync(IGivenRows rows, string number, CancellationToken cancellationToken)
    {
        var command = Command(StatementsOf(rows).Given!.Recall!);
        await using var _ = command.ConfigureAwait(false);
        var parameters = new PostgresParameters(command.Parameters);
        rows.WriteIds(parameters, parameters.Arrays);
        parameters.Text(number);
        var stored = new bool[rows.Count];
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        await PostgresGivenRows.ReadAsync(reader, rows, stored, cancellationToken).ConfigureAwait(false);
        rows.Conclude(stored);
    }

    private async ValueTask<bool> ApplyRowsAsync(
        WriterStamp? stamp, IReadOnlyList<ITableRows> tables, Func<IReadOnlyList<ITableRows>>? late, bool mayBeApplied, CancellationToken cancellationToken)
    {
        if (IsInside)
        {
            await InsideAsync(
                async () =>
                {
                    await WriteAsync(tables, late, isListed: false, cancellationToken).ConfigureAwait(false);
                    return 0;
                },
                cancellationToken).ConfigureAwait(false);
        }
        else
        {
            try
            {
                if (late is not null || tables.Any(IsBulk))
                {
                    await LoadInOwnAsync(stamp, tables, late, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await ApplyBatchAsync(stamp, tables, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (PostgresException error) when (mayBeApplied && error.SqlState == PostgresErrors.StampNotMoved)
            {
                // An earlier attempt at this flush was committed.
                return false;
            }
            catch (Exception error) when (error is ObjectDisposedException or InvalidOperationException && HasBroken)
            {
                throw Broken(error);
            }
        }

        return true;
    }

    public override async ValueTask<long> ExecuteAllAsync(IReadOnlyList<(Sql Sql, IParameters Parameters)> statements, CancellationToken cancellationToken)
    {
        if (statements.Count == 0)
        {
            return 0;
        }

        if (IsInside)
        {
            return await InsideAsync(() => RunAsync(statements, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        // A batch without error barriers is one transaction too, but LOCK TABLE demands an explicit one.
        var own = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = own.ConfigureAwait(false);
        var changed = await RunAsync(statements, cancellationToken).ConfigureAwait(false);
        await own.CommitAsync(cancellationToken).ConfigureAwait(false);
        return changed;
    }

    public override async ValueTask<T> InTransactionAsync<T>(Func<ValueTask<T>> work, CancellationToken cancellationToken)
    {
        var own = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = own.ConfigureAwait(false);
        _isInOwn = true;
        try
        {
            var result = await work().ConfigureAwait(false);
            await own.CommitAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch (Exception error) when (error is ObjectDisposedException or InvalidOperationException && HasBroken)
        {
            throw Broken(error);
        }
        finally
        {
            _isInOwn = false;
        }
    }

    public override async ValueTask ExecuteOnceAsync(string sql, CancellationToken cancellationToken)
    {
        var command = Command(new(sql));
        await using var _ = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask DisposeAsync() => close();

    /// <summary>Whether the rows are many enough for COPY to be worth its round trips.</summary>
    private static bool IsBulk(ITableRows rows) => rows.AreNew && rows.Count >= LeastBulkRows;

    private async ValueTask<long> RunAsync(IReadOnlyList<(Sql Sql, IParameters Parameters)> statements, CancellationToken cancellationToken)
    {
        var batch = NewBatch();
        await using var _ = batch.ConfigureAwait(false);
        foreach (var (sql, parameters) in statements)
        {
            var command = new NpgsqlBatchCommand(sql.Text);
            parameters.Bind(new PostgresParameters(command.Parameters));
            batch.BatchCommands.Add(command);
        }

        return await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One round trip. The first statement decides whether the others do anything.</summary>
    private async ValueTask ApplyBatchAsync(WriterStamp? stamp, IReadOnlyList<ITableRows> tables, CancellationToken cancellationToken)
    {
        var batch = Batch(stamp, tables);
        await using var _ = batch.ConfigureAwait(false);
        if (stamp is not null)
        {
            // Servers that spread a table over nodes would commit a lone first statement at once.
            batch.BatchCommands.Insert(0, new NpgsqlBatchCommand("BEGIN"));
            batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        }

        await ExecuteAsync(batch, stamp is not null, tables, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask ExecuteAsync(NpgsqlBatch batch, bool hasStamp, IReadOnlyList<ITableRows> tables, CancellationToken cancellationToken)
    {
        if (tables.Any(rows => rows is IGivenRows))
        {
            await PostgresGivenRows.ExecuteAsync(batch, hasStamp, tables, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes in a transaction of its own, because COPY takes several round trips, and so do rows that are known late.</summary>
    private async ValueTask LoadInOwnAsync(
        WriterStamp? stamp, IReadOnlyList<ITableRows> tables, Func<IReadOnlyList<ITableRows>>? late, CancellationToken cancellationToken)
    {
        var own = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = own.ConfigureAwait(false);
        if (stamp is { } first)
        {
            await ExecuteAsync(stamps.Move, new PostgresStampParameters(first), cancellationToken).ConfigureAwait(false);
        }

        // Only a store, which has a stamp, is sure to have the table of lists.
        await WriteAsync(tables, late, isListed: stamp is not null, cancellationToken).ConfigureAwait(false);
        await own.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Writes inside the caller's transaction, which goes on after a write that was refused or cancelled, without any of its rows. The steps that begin and end
    /// the write cannot be cancelled: nobody would know whether they were done.
    /// </summary>
    private async ValueTask<T> InsideAsync<T>(Func<ValueTask<T>> write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await StepAsync($"SAVEPOINT {Savepoint}").ConfigureAwait(false);
        T result;
        try
        {
            result = await write().ConfigureAwait(false);
        }
        catch
        {
            await TryAsync(() => StepAsync($"ROLLBACK TO SAVEPOINT {Savepoint}")).ConfigureAwait(false);
            throw;
        }

        await StepAsync($"RELEASE SAVEPOINT {Savepoint}").ConfigureAwait(false);
        return result;
    }

    private async Task StepAsync(string sql)
    {
        var command = new NpgsqlCommand(sql, connection, transaction);
        await using var _ = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Undoes a step; a broken connection has undone it already.</summary>
    private static async ValueTask TryAsync(Func<Task> undo)
    {
        try
        {
            await undo().ConfigureAwait(false);
        }
        catch (Exception error) when (error is NpgsqlException or IOException or SocketException or InvalidOperationException)
        {
            // The connection is gone, and the transaction or the load with it. The caller gets the error that broke it.
        }
    }

    private async ValueTask WriteAsync(
        IReadOnlyList<ITableRows> tables, Func<IReadOnlyList<ITableRows>>? late, bool isListed, CancellationToken cancellationToken)
    {
        await WriteAsync(tables, isListed, cancellationToken).ConfigureAwait(false);
        if (late is not null)
        {
            await WriteAsync(late(), isListed, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask WriteAsync(IReadOnlyList<ITableRows> tables, bool isListed, CancellationToken cancellationToken)
    {
        // Loaded rows are new, so they never wait for another writer's rows, and the order of tables does not matter.
        if (tables.Where(table => !IsBulk(table)).ToArray() is { Length: > 0 } upserted)
        {
            var batch = Batch(stamp: null, upserted);
            await using var _ = batch.ConfigureAwait(false);
            await ExecuteAsync(batch, hasStamp: false, upserted, cancellationToken).ConfigureAwait(false);
        }

        foreach (var table in tables.Where(IsBulk))
        {
            if (isListed && StatementsOf(table).Commit is { } commit && table is IListedRows listed)
            {
                await LoadAsync(commit.Before[0], listed, listed.Count, WriteListed, cancellationToken).ConfigureAwait(false);
                var lists = PostgresFollowing.ListsOf(listed);
                await LoadAsync(commit.After[0], listed, lists, PostgresFollowing.WriteList, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await LoadAsync(StatementsOf(table).BulkInsert!, table, table.Count, static (copy, rows, row) => rows.WriteRow(copy, row), cancellationToken)
                    .ConfigureAwait(false);
            }
        }

        static void WriteListed(PostgresCopy copy, IListedRows rows, int row)
        {
            rows.WriteRow(copy, row);
            copy.Int64(PostgresFollowing.Listed);
        }
    }

    private async ValueTask LoadAsync<T>(Sql sql, T source, int count, Action<PostgresCopy, T, int> write, CancellationToken cancellationToken)
    {
        using var copy = new PostgresCopy();

        // Cancelling a send breaks the connection. In the caller's transaction sends are not cancelled; the load checks the token between two blocks instead.
        var sending = !IsInside ? cancellationToken : CancellationToken.None;
        cancellationToken.ThrowIfCancellationRequested();
        var stream = await connection.BeginRawBinaryCopyAsync(sql.Text, sending).ConfigureAwait(false);
        try
        {
            copy.Begin();
            for (var row = 0; row < count; row++)
            {
                copy.Row(source, row, write);
                if (copy.IsEnough)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await stream.WriteAsync(copy.Written, sending).ConfigureAwait(false);
                    copy.Clear();
                }
            }

            copy.End();
            cancellationToken.ThrowIfCancellationRequested();
            await stream.WriteAsync(copy.Written, sending).ConfigureAwait(false);
        }
        catch
        {
            // Disposing the stream without cancelling would complete the load.
            await TryAsync(stream.CancelAsync).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }

        // Disposing the stream ends the load, and throws where the server refuses it.
        await stream.DisposeAsync().ConfigureAwait(false);
    }

    private NpgsqlBatch Batch(WriterStamp? stamp, IReadOnlyList<ITableRows> tables)
    {
        var batch = NewBatch();
        if (stamp is { } first)
        {
            var command = new NpgsqlBatchCommand(stamps.Move.Text);
            new PostgresStampParameters(first).Bind(new PostgresParameters(command.Parameters));
            batch.BatchCommands.Add(command);
        }

        foreach (var table in tables)
        {
            var (statements, isOne) = (StatementsOf(table), table.Count == 1);
            batch.BatchCommands.Add(Write(isOne ? statements.InsertOne : statements.Insert, table));
            if (statements.Given is { } given)
            {
                batch.BatchCommands.Add(Write(isOne ? given.CompareOne : given.Compare, table));
            }
        }

        return batch;
    }

    private static NpgsqlBatchCommand Write(Sql sql, ITableRows rows)
    {
        var command = new NpgsqlBatchCommand(sql.Text);
        var parameters = new PostgresParameters(command.Parameters);
        if (rows.Count == 1)
        {
            rows.WriteRow(parameters, row: 0);
        }
        else
        {
            rows.WriteAll(parameters, parameters.Arrays);
        }

        return command;
    }

    /// <summary>Whether the work is part of a caller's transaction, or of one that the session has begun already.</summary>
    private bool IsInside => transaction is not null || isEnlisted || _isInOwn;

    private bool HasBroken => !connection.FullState.HasFlag(ConnectionState.Open);

    /// <summary>Npgsql may have disposed its own objects when a connection breaks between two steps.</summary>
    private static NpgsqlException Broken(Exception error) => new("The connection broke.", error);

    private static WriteStatements StatementsOf(ITableRows rows) => PostgresDialect.Instance.StatementsOf(rows.Table);

    private NpgsqlCommand Command(Sql sql)
    {
        var command = new NpgsqlCommand(sql.Text, connection, transaction);
        command.CommandTimeout = timeout ?? command.CommandTimeout;
        return command;
    }

    private NpgsqlBatch NewBatch()
    {
        var batch = new NpgsqlBatch(connection, transaction);
        batch.Timeout = timeout ?? batch.Timeout;
        return batch;
    }
}
