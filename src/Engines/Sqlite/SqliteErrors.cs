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

    /// <summary>Whether another connection holds a lock.</summary>
    public static bool IsBusy(Exception exception) => exception is SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED };

    /// <summary>SQLite has no code of its own for it.</summary>
    public static bool IsTableMissing(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: raw.SQLITE_ERROR } error && error.Message.Contains("no such table", StringComparison.Ordinal);

    public static Failure? Classify(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL } => Failure.Transient,

        // The transaction is rolled back: nothing is written, and there may be room again later.
        SqliteException { SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_NOMEM } => Failure.Transient,

        // The folder may come back.
        SqliteException { SqliteErrorCode: raw.SQLITE_CANTOPEN } => Failure.Transient,

        // A transaction whose COMMIT met such an error may be there when the file is opened again.
        SqliteException { SqliteErrorCode: raw.SQLITE_IOERR } => Failure.OutcomeUnknown,

        OverflowException => Failure.Overflow,
        SqliteException { SqliteErrorCode: raw.SQLITE_ERROR } error when error.Message.Contains(nameof(Decimal), StringComparison.Ordinal)
            || error.Message.Contains(SqliteRanking.Entries, StringComparison.Ordinal) => Failure.Overflow,
        SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG or raw.SQLITE_RANGE } => Failure.Refused,
        SqliteException => Failure.Denied,
        _ => null,
    };
}
