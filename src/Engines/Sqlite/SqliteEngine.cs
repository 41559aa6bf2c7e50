using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Typed.Linq;
using Typed.Sqlite.Linq;
using Typed.Storage;

[assembly: Typed.TypedEngine(typeof(Typed.Sqlite.SqliteEngine))]

namespace Typed.Sqlite;

/// <summary>SQLite, through Microsoft.Data.Sqlite.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SqliteEngine : Engine, IQueryableEngine
{
    QueryEngine IQueryableEngine.Queries => SqliteQueries.Instance;

    internal override string Provider => "Microsoft.EntityFrameworkCore.Sqlite";

    internal override Dialect Dialect => SqliteDialect.Instance;

    internal override TableMapping Mapping => SqliteMapping.Instance;

    internal override string TableNames => "SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'table'";

    // EF Core leaves schemas out.
    internal override string TableNamesIn(string schema) => TableNames;

    internal override (string Sql, string Argument) TextOfTable(string? schema, string name, string parameter) =>
        ($"sql FROM sqlite_master WHERE type = 'table' AND name = {parameter} COLLATE NOCASE", name);

    // A comment is part of the text of the table.
    internal override bool ChangesComments => false;

    // RAISE is a function of triggers only.
    internal override IEnumerable<string> RefuseRows(string table, string text) =>
    [
        "CREATE TEMP TABLE \"typed_refusal\" (\"has_rows\" INTEGER)",
        $"CREATE TEMP TRIGGER \"typed_refuse\" BEFORE INSERT ON \"typed_refusal\" WHEN NEW.\"has_rows\" "
            + $"BEGIN SELECT RAISE(ABORT, {Quoting.Literal(text)}); END",
        $"INSERT INTO \"typed_refusal\" SELECT EXISTS (SELECT 1 FROM {table})",
        "DROP TABLE temp.\"typed_refusal\"",
    ];

    internal override IEnumerable<string> Rename(string? schema, string table, string newName, IEnumerable<string> indexes) =>
    [
        $"ALTER TABLE {Dialect.Table(schema, table)} RENAME TO {Quoting.Name(newName)}",
        .. indexes.Select(index => $"DROP INDEX IF EXISTS {Quoting.Name(index)}"),
    ];

    internal override bool IsTableMissing(Exception error) => SqliteErrors.IsTableMissing(error);

    /// <exception cref="InvalidOperationException">The connection string names no database.</exception>
    internal override IAsyncDisposable? CompleteOptions(DbContextOptionsBuilder options, bool isReadOnly)
    {
        var relational = options.Options.Extensions.OfType<RelationalOptionsExtension>().Single();
        if (relational.Connection is not null)
        {
            return null;
        }

        var text = SqliteDatabase.OwnConnectionString(relational.ConnectionString, isReadOnly);
        if (!SqliteDatabase.InMemory(new SqliteConnectionStringBuilder(text)))
        {
            options.UseSqlite(text);
            return null;
        }

        // A database in memory lives as long as its connection: the store and its contexts have to share one.
        var shared = new SqliteConnection(text);
        options.UseSqlite(shared, contextOwnsConnection: false);
        return shared;
    }

    internal override Database OpenStore(DbContextOptions options, StampStatements stamp, TimeSpan readTimeout)
    {
        var relational = RelationalOptionsExtension.Extract(options);
        var connection = (SqliteConnection?)relational.Connection;
        return new SqliteDatabase(connection?.ConnectionString ?? relational.ConnectionString!, connection, stamp.Move);
    }

    internal override Database OpenContext(DbContext context) => new SqliteContextDatabase(context);
}
