using Microsoft.Data.Sqlite;
using SQLitePCL;
using Typed.Storage;

namespace Typed.Sqlite;

/// <summary>SQLite's result codes (https://sqlite.org/rescode.html).</summary>
internal static class SqliteErrors
{
    public static void Check(int code, sqlite3 database)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(code, database);
        }
    }

    /// <summary>SQLite has no code of its own for it.</summary>
    public static bool IsTableMissing(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: raw.SQLITE_ERROR } error && error.Message.Contains("no such table", StringComparison.Ordinal);

    public static Failure? Classify(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED } => Failure.Transient,

        OverflowException => Failure.Overflow,
        SqliteException { SqliteErrorCode: raw.SQLITE_ERROR } error when error.Message.Contains(nameof(Decimal), StringComparison.Ordinal) => Failure.Overflow,
        SqliteException => Failure.Refused,
        _ => null,
    };
}
