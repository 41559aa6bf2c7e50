using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Typed.Storage.Sqlite;

/// <summary>Gives the connections of EF contexts what the store's statements and its LINQ expect.</summary>
internal sealed class SqliteSetUp : DbConnectionInterceptor
{
    public static readonly SqliteSetUp Instance = new();

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
            SqliteDatabase.Prepare(sqlite);
        }
    }
}
