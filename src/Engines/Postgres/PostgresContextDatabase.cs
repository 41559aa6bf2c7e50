using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Typed.Storage;

namespace Typed.Postgres;

/// <summary>Sessions in the transaction of a caller's context.</summary>
internal sealed class PostgresContextDatabase(DbContext context) : ContextDatabase(context)
{
    public override Dialect Dialect => PostgresDialect.Instance;

    public override Failure? Classify(Exception exception) => PostgresErrors.Classify(exception);

    protected override Session OpenSession()
    {
        var database = Context.Database;
        var transaction = (NpgsqlTransaction?)database.CurrentTransaction?.GetDbTransaction();
        var isEnlisted = transaction is null && (database.GetEnlistedTransaction() ?? Transaction.Current) is not null;
        return new PostgresSession(
            (NpgsqlConnection)database.GetDbConnection(), transaction, CloseAsync, NoStamp, database.GetCommandTimeout(), isEnlisted: isEnlisted);
    }
}
