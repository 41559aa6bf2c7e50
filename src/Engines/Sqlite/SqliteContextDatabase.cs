using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Typed.Storage;

namespace Typed.Sqlite;

/// <summary>Sessions on the connection of a caller's context.</summary>
internal sealed class SqliteContextDatabase(DbContext context) : ContextDatabase(context)
{
    public override Dialect Dialect => SqliteDialect.Instance;

    public override Failure? Classify(Exception exception) => SqliteErrors.Classify(exception);

    // Statements wait for other writers as long as EF's own commands do.
    protected override Session OpenSession()
    {
        var connection = (SqliteConnection)Context.Database.GetDbConnection();
        SqliteSetUp.Ensure(connection);
        return new SqliteSession(connection, CloseAsync, NoStamp.Move, busySeconds: Context.Database.GetCommandTimeout() ?? connection.DefaultTimeout);
    }

    private ValueTask CloseAsync(SqliteSession session)
    {
        session.Release(closeConnection: false);
        return CloseAsync();
    }
}
