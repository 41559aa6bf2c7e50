using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Typed.Cli.Output;
using Typed.Sqlite;

namespace Typed.Cli.Connections;

internal sealed class SqliteKind : DatabaseKind
{
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    public override string Name => "SQLite";

    public override Engine Engine { get; } = new SqliteEngine();

    public override string Columns => "SELECT name, pk > 0 FROM pragma_table_info(?1) ORDER BY cid";

    public override string Version => "SELECT sqlite_version()";

    public override string Indexes =>
        "SELECT l.name, l.\"unique\", i.name FROM pragma_index_list(?1) AS l, pragma_index_info(l.name) AS i ORDER BY l.name, i.seqno";

    public override string? TableFigures => null;

    public override string DatabaseFigures =>
        "SELECT page_count * page_size, freelist_count * page_size FROM pragma_page_count(), pragma_page_size(), pragma_freelist_count()";

    public override string Settings =>
        "SELECT 'journal mode', journal_mode, 'Open a store without ReadOnly() once: it switches the file to WAL, so that reads do not wait for writes.' "
        + "FROM pragma_journal_mode() WHERE journal_mode <> 'wal'";

    public override string TypeName(ColumnKind kind) => kind switch
    {
        ColumnKind.Single or ColumnKind.Double => "REAL",
        ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64 => "INTEGER",
        _ => "TEXT",
    };

    public override string Vacuum(string table) => "VACUUM";

    public override bool Fits(string connection) =>
        connection.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) || connection.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
        || HasWord(connection, "Data Source") || HasWord(connection, "DataSource") || HasWord(connection, "Filename")
        || (!connection.Contains('=', StringComparison.Ordinal) && !connection.Contains("://", StringComparison.Ordinal));

    public override string Complete(string connection, bool isReadOnly)
    {
        var text = connection.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) ? connection["sqlite:".Length..] : connection;
        var builder = text.Contains('=', StringComparison.Ordinal) && !text.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
            ? new SqliteConnectionStringBuilder(text)
            : new SqliteConnectionStringBuilder { DataSource = text };
        var isFile = !builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
        if (isFile && !File.Exists(builder.DataSource))
        {
            throw new CliException(
                ExitCodes.Unreachable, $"There is no file '{builder.DataSource}'.", "Give --connection the path of a SQLite file, or a connection string.");
        }

        // Never Create: a misspelt path must not leave an empty file behind.
        builder.Mode = isReadOnly || builder.Mode == SqliteOpenMode.ReadOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite;
        return builder.ConnectionString;
    }

    public override void Choose(DbContextOptionsBuilder options, string connection) => options.UseSqlite(connection);

    public override Problem? Explain(Exception error, string address) => error is not SqliteException sqlite ? null : sqlite.SqliteErrorCode switch
    {
        Busy => new(ExitCodes.Failed, $"{address} is locked by another program.", "Try again when its transaction has ended."),
        ReadOnly => new(ExitCodes.Denied, $"{address} may not be written: {sqlite.Message}.", "Check the rights on the file and its folder."),
        CannotOpen => new(
            ExitCodes.Unreachable, $"{address} cannot be opened: {sqlite.Message}.", "Check the path, and the rights on the file and its folder."),
        NotADatabase => new(ExitCodes.NotTyped, $"{address} is no SQLite database.", "Check the path."),
        _ => new(ExitCodes.Failed, $"{address} failed: {sqlite.Message}.", "--verbose shows where."),
    };

    private static bool HasWord(string connection, string word) =>
        connection.Split(';').Any(part => part.Split('=')[0].Trim().Equals(word, StringComparison.OrdinalIgnoreCase));
}
