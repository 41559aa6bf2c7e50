using Npgsql;

namespace Typed.Storage.Postgres;

/// <summary>A PostgreSQL connection in use: one from the pool, or that of the caller's context.</summary>
/// <param name="connection">An open connection.</param>
/// <param name="transaction">The caller's transaction, or null.</param>
/// <param name="close">What gives the connection back.</param>
/// <param name="stampSql">The statement that moves a writer's sequence forward.</param>
internal sealed class PostgresSession(NpgsqlConnection connection, NpgsqlTransaction? transaction, Func<ValueTask> close, Sql stampSql) : Session
{
    private const string Savepoint = "typed";

    public override async ValueTask ReadAsync(Sql sql, IRowQuery query, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql.Text, connection, transaction);
        await using var _ = command.ConfigureAwait(false);
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

    /// <summary>Closing a reader reads what is left of the answer. In a transaction of the caller's that is the price: a cancelled statement would end it.</summary>
    private async ValueTask LeaveAsync(NpgsqlCommand command, NpgsqlDataReader reader, IRowQuery query)
    {
        if (!query.LeavesMuch || transaction is not null)
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
            // As asked.
        }
    }

    public override async ValueTask<long> ExecuteAsync(Sql sql, IParameters parameters, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql.Text, connection, transaction);
        await using var _ = command.ConfigureAwait(false);
        parameters.Bind(new PostgresParameters(command.Parameters));
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask ApplyAsync(
        WriterStamp? stamp, IReadOnlyList<ITableRows> tables, bool mayBeApplied, CancellationToken cancellationToken)
    {
        if (stamp is null)
        {
            await ApplyInsideAsync(tables, cancellationToken).ConfigureAwait(false);
        }
        else if (mayBeApplied)
        {
            await ApplyAgainAsync(stamp.Value, tables, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            // A batch without error barriers is one transaction in one round trip. A fresh sequence cannot be there yet.
            var batch = Batch(stamp, tables);
            await using var _ = batch.ConfigureAwait(false);
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public override async ValueTask<long> ExecuteAllAsync(IReadOnlyList<(Sql Sql, IParameters Parameters)> statements, CancellationToken cancellationToken)
    {
        // Without error barriers the batch is one transaction.
        var batch = new NpgsqlBatch(connection, transaction);
        await using var _ = batch.ConfigureAwait(false);
        foreach (var (sql, parameters) in statements)
        {
            var command = new NpgsqlBatchCommand(sql.Text);
            parameters.Bind(new PostgresParameters(command.Parameters));
            batch.BatchCommands.Add(command);
        }

        return await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask DisposeAsync() => close();

    private async ValueTask ApplyAgainAsync(WriterStamp stamp, IReadOnlyList<ITableRows> tables, CancellationToken cancellationToken)
    {
        var own = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = own.ConfigureAwait(false);
        if (await ExecuteAsync(stampSql, new StampParameters(stamp), cancellationToken).ConfigureAwait(false) > 0)
        {
            var batch = Batch(stamp: null, tables);
            await using var _ = batch.ConfigureAwait(false);
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await own.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ApplyInsideAsync(IReadOnlyList<ITableRows> tables, CancellationToken cancellationToken)
    {
        var batch = Batch(stamp: null, tables);
        await using var _ = batch.ConfigureAwait(false);
        if (transaction is null)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        // The caller's transaction goes on after a refused write, as it does with EF Core's own.
        await transaction.SaveAsync(Savepoint, cancellationToken).ConfigureAwait(false);
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException)
        {
            await transaction.RollbackAsync(Savepoint, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        await transaction.ReleaseAsync(Savepoint, cancellationToken).ConfigureAwait(false);
    }

    private NpgsqlBatch Batch(WriterStamp? stamp, IReadOnlyList<ITableRows> tables)
    {
        var batch = new NpgsqlBatch(connection, transaction);
        if (stamp is { } first)
        {
            var command = new NpgsqlBatchCommand(stampSql.Text);
            new StampParameters(first).Bind(new PostgresParameters(command.Parameters));
            batch.BatchCommands.Add(command);
        }

        foreach (var table in tables)
        {
            var command = new NpgsqlBatchCommand(table.Insert.Text);
            var parameters = new PostgresParameters(command.Parameters);
            table.WriteAll(parameters, parameters.Arrays);
            batch.BatchCommands.Add(command);
        }

        return batch;
    }
}
