using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Typed.Storage;

namespace Typed.Postgres;

/// <summary>
/// An advisory lock of the server. It belongs to a transaction, since poolers hand a session to somebody else between two of them, and ends with the
/// connection.
/// </summary>
internal sealed class PostgresLease(NpgsqlConnection connection) : Lease
{
    /// <summary>Takes the lease of a name. Null: another process has it.</summary>
    public static ValueTask<Lease?> TryTakeAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken) =>
        TryTakeAsync(connection, BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name))), cancellationToken);

    // The word also keeps the server from ending a session that it takes for idle.
    public override async ValueTask<bool> IsHeldAsync(CancellationToken cancellationToken)
    {
        try
        {
            var command = connection.CreateCommand();
            await using var _ = command.ConfigureAwait(false);
            command.CommandText = "SELECT 1";
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (PostgresErrors.Classify(error) is not null || error is InvalidOperationException)
        {
            return false;
        }
    }

    // The driver rolls back what is open.
    public override ValueTask DisposeAsync() => connection.DisposeAsync();

    private static async ValueTask<Lease?> TryTakeAsync(NpgsqlConnection connection, long key, CancellationToken cancellationToken)
    {
        var isTaken = false;
        try
        {
            await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            var command = connection.CreateCommand();
            await using var _ = command.ConfigureAwait(false);
            command.CommandText = "SELECT pg_try_advisory_xact_lock($1)";
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = key });
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
}
