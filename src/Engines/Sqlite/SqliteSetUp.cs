using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Typed.Sqlite;

/// <summary>Gives the connections of EF contexts what the store's statements and its LINQ expect.</summary>
internal sealed class SqliteSetUp : DbConnectionInterceptor
{
    public static readonly SqliteSetUp Instance = new();

    private static readonly ConditionalWeakTable<SqliteConnection, object> s_ensured = new();

    /// <summary>
    /// Sets a connection up now, if it is open, and whenever it opens; only once, because functions cannot be registered again while a statement runs.
    /// </summary>
    public static void Ensure(SqliteConnection connection)
    {
        if (s_ensured.TryAdd(connection, s_ensured))
        {
            connection.StateChange += static (sender, change) =>
            {
                if (change.CurrentState == ConnectionState.Open)
                {
                    SqliteDatabase.Prepare((SqliteConnection)sender);
                }
            };
            if (connection.State == ConnectionState.Open)
            {
                SqliteDatabase.Prepare(connection);
            }
        }
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => SetUp(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        SetUp(connection);
        return Task.CompletedTask;
    }

    private static void SetUp(DbConnection connection)
    {
        if (connection is SqliteConnection sqlite)
        {
            Ensure(sqlite);
        }
    }
}
