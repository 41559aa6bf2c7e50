using System.Transactions;
using Npgsql;
using Typed.Diagnostics;
using Typed.Storage;
using Database = Typed.Storage.Database;

namespace Typed.Postgres;

/// <summary>Sessions from a pool of PostgreSQL connections.</summary>
internal sealed class PostgresDatabase(NpgsqlDataSource source, bool owned, StampStatements stamp, TimeSpan readTimeout) : Database
{
    /// <summary>No limit of the driver's own: each attempt at a write has one that grows with the rows and with every try.</summary>
    private const int NoLimit = 0;

    /// <summary>The driver's own limit for reads, so that what nobody waits for any more ends; the application's where it has one.</summary>
    private readonly int _readSeconds =
        PostgresSettings.Has(source.ConnectionString, nameof(NpgsqlConnectionStringBuilder.CommandTimeout))
            ? new NpgsqlConnectionStringBuilder(source.ConnectionString).CommandTimeout
            : (int)Math.Ceiling(readTimeout.TotalSeconds);

    public override Dialect Dialect => PostgresDialect.Instance;

    public override string Address => Describe(source.ConnectionString);

    public override DatabasePlace Place
    {
        get
        {
            var builder = new NpgsqlConnectionStringBuilder(source.ConnectionString);
            int? port = builder.Port == NpgsqlConnection.DefaultPort ? null : builder.Port;
            return new("postgresql", builder.Database ?? builder.Username ?? string.Empty, builder.Host, port);
        }
    }

    public override bool ReadsBesideTheCaller => true;

    public override ValueTask<Session> OpenReadAsync(CancellationToken cancellationToken) => OpenWriteAsync(cancellationToken);

    public override async ValueTask<Session> OpenWriteAsync(CancellationToken cancellationToken)
    {
        var opening = IsInsideScope() ? OpenOutsideAsync(cancellationToken) : source.OpenConnectionAsync(cancellationToken);
        var connection = await opening.ConfigureAwait(false);
        return new PostgresSession(connection, transaction: null, connection.DisposeAsync, stamp, NoLimit, _readSeconds);
    }

    public override async ValueTask<IAsyncDisposable?> TryLeaseAsync(CancellationToken cancellationToken) => await PostgresLease.TryTakeAsync(
        await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    public override Failure? Classify(Exception exception) => PostgresErrors.Classify(exception);

    public override bool IsBroken(Exception exception) => PostgresErrors.IsBroken(exception);

    public override bool HasMoved(Exception exception) => PostgresErrors.IsReadOnly(exception);

    public override void DropIdle() => source.Clear();

    public override ValueTask DisposeAsync() => owned ? source.DisposeAsync() : ValueTask.CompletedTask;

    /// <summary>Whether this thread is inside a caller's TransactionScope, be it one that is complete and not disposed yet.</summary>
    private static bool IsInsideScope()
    {
        try
        {
            return Transaction.Current is not null;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    /// <summary>Opens a connection on another thread: what a store reported as written must not be lost with somebody's transaction.</summary>
    private ValueTask<NpgsqlConnection> OpenOutsideAsync(CancellationToken cancellationToken)
    {
        using var _ = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        return new(Task.Run(async () => await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false), CancellationToken.None));
    }

    public static string Describe(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        return $"PostgreSQL database '{builder.Database ?? builder.Username}' "
            + $"at {builder.Host}:{builder.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
    }
}
