using System.Transactions;
using Npgsql;
using Typed.Diagnostics;
using Typed.Storage;
using Database = Typed.Storage.Database;

namespace Typed.Postgres;

/// <summary>Sessions from a pool of PostgreSQL connections.</summary>
internal sealed class PostgresDatabase(NpgsqlDataSource source, bool owned, StampStatements stamp, TimeSpan readTimeout) : Database
{
    /// <summary>The driver's own limit for reads, so that what nobody waits for any more ends; the application's where it has one.</summary>
    private readonly int? _readSeconds =
        PostgresSettings.Has(source.ConnectionString, nameof(NpgsqlConnectionStringBuilder.CommandTimeout))
            ? null
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
        // A store's writes are its own: what it reported as done must not be lost with somebody's TransactionScope.
        using var outside = Transaction.Current is null ? null : new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return new PostgresSession(connection, transaction: null, connection.DisposeAsync, stamp, readSeconds: _readSeconds);
    }

    public override Failure? Classify(Exception exception) => PostgresErrors.Classify(exception);

    public override bool IsBroken(Exception exception) => PostgresErrors.IsBroken(exception);

    public override bool HasMoved(Exception exception) => PostgresErrors.IsReadOnly(exception);

    public override void DropIdle() => source.Clear();

    public override ValueTask DisposeAsync() => owned ? source.DisposeAsync() : ValueTask.CompletedTask;

    public static string Describe(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        return $"PostgreSQL database '{builder.Database ?? builder.Username}' "
            + $"at {builder.Host}:{builder.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
    }
}
