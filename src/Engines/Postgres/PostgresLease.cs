using Npgsql;

namespace Typed.Postgres;

/// <summary>
/// An advisory lock of the server. It belongs to a transaction, since poolers hand a session to somebody else between two of them, and ends with the
/// connection.
/// </summary>
internal sealed class PostgresLease(NpgsqlConnection connection) : IAsyncDisposable
{
    /// <summary>Any number, as long as every process uses the same: "Expire".</summary>
    private const long Key = 0x457870697265;

    /// <summary>Null: another process has it.</summary>
    public static async ValueTask<IAsyncDisposable?> TryTakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var isTaken = false;
        try
        {
            await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            var command = connection.CreateCommand();
            await using var _ = command.ConfigureAwait(false);
            command.CommandText = "SELECT pg_try_advisory_xact_lock($1)";
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Key });
            isTaken = (bool)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
            return isTaken ? new PostgresLease(connection) : null;
        }
        finally
        {
            if (!isTaken)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    // The driver rolls back what is open.
    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
