using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Typed.Storage.Model;
using Typed.Storage.Postgres;
using Typed.Storage.Sqlite;

namespace Typed.Storage;

/// <summary>Sessions on the one connection of an EF context, opened and closed as EF does it.</summary>
internal sealed class ContextDatabase(DbContext context, DatabaseKind kind) : Database
{
    /// <summary>A caller's transaction is not numbered.</summary>
    private static readonly Sql s_noStamp = new("");

    public override Dialect Dialect => Dialects.Of(kind);

    public override string Address => $"the context {context.GetType().Name}";

    public override ValueTask<Session> OpenReadAsync(CancellationToken cancellationToken) => OpenWriteAsync(cancellationToken);

    public override async ValueTask<Session> OpenWriteAsync(CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var connection = context.Database.GetDbConnection();
        if (kind == DatabaseKind.Postgres)
        {
            var transaction = (NpgsqlTransaction?)context.Database.CurrentTransaction?.GetDbTransaction();
            return new PostgresSession((NpgsqlConnection)connection, transaction, CloseAsync, s_noStamp, context.Database.GetCommandTimeout());
        }

        // Other writers are waited for as long as EF's own commands would.
        var sqlite = (SqliteConnection)connection;
        SqliteSetUp.Ensure(sqlite);
        return new SqliteSession(sqlite, CloseAsync, s_noStamp, busySeconds: context.Database.GetCommandTimeout() ?? sqlite.DefaultTimeout);
    }

    public override Failure? Classify(Exception exception) =>
        kind == DatabaseKind.Postgres ? PostgresErrors.Classify(exception) : SqliteErrors.Classify(exception);

    // The context is the caller's.
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask CloseAsync() => await context.Database.CloseConnectionAsync().ConfigureAwait(false);

    private ValueTask CloseAsync(SqliteSession session)
    {
        session.Release(closeConnection: false);
        return CloseAsync();
    }
}
