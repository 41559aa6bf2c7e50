using System.Transactions;
using Npgsql;
using Typed.Diagnostics;
using Typed.Storage;
using Database = Typed.Storage.Database;

namespace Typed.Postgres;

/// <summary>Sessions from a pool of PostgreSQL connections.</summary>
internal sealed class PostgresDatabase : Database
{
    /// <summary>No limit of the driver's own: each attempt at a write has one that grows with the rows and with every try.</summary>
    private const int NoLimit = 0;

    /// <summary>The driver's own limit for reads, so that what nobody waits for any more ends; the application's where it has one.</summary>
    private readonly int _readSeconds;

    private readonly NpgsqlDataSource _source;
    private readonly bool _owned;
    private readonly StampStatements _stamp;
    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly PostgresAnnouncer _announcer;

    public PostgresDatabase(NpgsqlDataSource source, bool owned, StampStatements stamp, TimeSpan readTimeout)
    {
        (_source, _owned, _stamp) = (source, owned, stamp);
        _announcer = new(source, _name);
        _readSeconds = PostgresSettings.Has(source.ConnectionString, nameof(NpgsqlConnectionStringBuilder.CommandTimeout))
            ? new NpgsqlConnectionStringBuilder(source.ConnectionString).CommandTimeout
            : (int)Math.Ceiling(readTimeout.TotalSeconds);
    }

    public override Dialect Dialect => PostgresDialect.Instance;

    public override string Address => Describe(_source.ConnectionString);

    public override DatabasePlace Place
    {
        get
        {
            var builder = new NpgsqlConnectionStringBuilder(_source.ConnectionString);
            int? port = builder.Port == NpgsqlConnection.DefaultPort ? null : builder.Port;
            return new("postgresql", builder.Database ?? builder.Username ?? string.Empty, builder.Host, port);
        }
    }

    public override bool ReadsBesideTheCaller => true;

    public override ValueTask<Session> OpenReadAsync(CancellationToken cancellationToken) => OpenWriteAsync(cancellationToken);

    public override async ValueTask<Session> OpenWriteAsync(CancellationToken cancellationToken)
    {
        var opening = IsInsideScope() ? OpenOutsideAsync(cancellationToken) : _source.OpenConnectionAsync(cancellationToken);
        var connection = await opening.ConfigureAwait(false);
        return new PostgresSession(connection, transaction: null, connection.DisposeAsync, _stamp, NoLimit, _readSeconds);
    }

    public override async ValueTask<Lease?> TryLeaseAsync(string name, CancellationToken cancellationToken) => await PostgresLease.TryTakeAsync(
        await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false), name, cancellationToken).ConfigureAwait(false);

    public override Task WatchAsync(CommitSignals signals, CancellationToken cancellationToken) =>
        new PostgresListener(_source, _name, signals).RunAsync(cancellationToken);

    public override void Announce(string table, string part) => _announcer.Announce(table, part);

    public override Failure? Classify(Exception exception) => PostgresErrors.Classify(exception);

    public override bool IsBroken(Exception exception) => PostgresErrors.IsBroken(exception);

    public override bool HasMoved(Exception exception) => PostgresErrors.IsReadOnly(exception);

    public override void DropIdle() => _source.Clear();

    public override async ValueTask DisposeAsync()
    {
        await _announcer.DisposeAsync().ConfigureAwait(false);
        if (_owned)
        {
            await _source.DisposeAsync().ConfigureAwait(false);
        }
    }

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
        return new(Task.Run(async () => await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false), CancellationToken.None));
    }

    public static string Describe(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        return $"PostgreSQL database '{builder.Database ?? builder.Username}' "
            + $"at {builder.Host}:{builder.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
    }
}
