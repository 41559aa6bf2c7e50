using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Typed.Linq;
using Typed.Postgres.Linq;
using Typed.Storage;
using Database = Typed.Storage.Database;

[assembly: Typed.TypedEngine(typeof(Typed.Postgres.PostgresEngine))]

namespace Typed.Postgres;

/// <summary>PostgreSQL, through Npgsql.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PostgresEngine : Engine, IQueryableEngine
{
    /// <summary>The key of the lock: any number, as long as every process uses the same.</summary>
    private const long LockKey = 0x5479706564; // "Typed"

    /// <summary>Statements that PostgreSQL keeps prepared per connection: texts are fixed, so all of them are worth it.</summary>
    private const int MaxAutoPrepare = 200;

    /// <summary>Npgsql's own 8 KiB make long answers come in many small pieces.</summary>
    private const int ReadBufferBytes = 32 << 10;

    QueryEngine IQueryableEngine.Queries => PostgresQueries.Instance;

    internal override string Provider => "Npgsql.EntityFrameworkCore.PostgreSQL";

    internal override Dialect Dialect => PostgresDialect.Instance;

    internal override TableMapping Mapping => PostgresMapping.Instance;

    internal override string TableNames => "SELECT tablename AS \"Value\" FROM pg_tables WHERE schemaname = current_schema()";

    internal override string TableNamesIn(string schema) =>
        $"SELECT tablename AS \"Value\" FROM pg_tables WHERE schemaname = {Quoting.Literal(schema)}";

    // A table that the user may not use at all is none of this connection's: reading it would end the caller's transaction.
    internal override (string Sql, string Argument) TextOfTable(string? schema, string name, string parameter) => (
        $"coalesce(obj_description(to_regclass({parameter})::oid, 'pg_class'), '') "
        + $"WHERE has_table_privilege(to_regclass({parameter})::oid, 'SELECT, INSERT, UPDATE, DELETE')",
        Quoting.Name(schema, name));

    internal override IEnumerable<string> RefuseRows(string table, string text) =>
    [
        $"DO $typed$ BEGIN IF EXISTS (SELECT FROM {table}) "
            + $"THEN RAISE EXCEPTION USING MESSAGE = {Quoting.Literal(text)}; END IF; END $typed$",
    ];

    // Indexes, and the constraints that they serve, are named apart from their tables.
    internal override IEnumerable<string> Rename(string? schema, string table, string newName, IEnumerable<string> indexes) =>
    [
        $"ALTER TABLE {Dialect.Table(schema, table)} RENAME TO {Quoting.Name(newName)}",
        .. indexes.Select((index, i) => $"ALTER INDEX IF EXISTS {Dialect.Table(schema, index)} RENAME TO "
            + Quoting.Name(string.Create(CultureInfo.InvariantCulture, $"{newName}_index{i + 1}"))),
    ];

    internal override bool IsTableMissing(Exception error) => PostgresErrors.IsTableMissing(error);

    // An advisory lock, since the tables to lock may not exist yet.
    internal override Sql LockTables { get; } = new(string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({LockKey})"));

    internal override Database OpenStore(DbContextOptions options, StampStatements stamp, TimeSpan readTimeout)
    {
        var relational = RelationalOptionsExtension.Extract(options);
#pragma warning disable EF1001 // The only place where the provider tells the data source it was given.
        if ((relational as NpgsqlOptionsExtension)?.DataSource is NpgsqlDataSource given)
#pragma warning restore EF1001
        {
            return new PostgresDatabase(given, owned: false, stamp, readTimeout);
        }

        if (relational.Connection is not null)
        {
            throw new NotSupportedException(
                "A store needs connections of its own: give UseNpgsql a connection string or an NpgsqlDataSource instead of a connection.");
        }

        var builder = new NpgsqlConnectionStringBuilder(relational.ConnectionString);
        if (!PostgresSettings.Has(relational.ConnectionString, nameof(builder.MaxAutoPrepare)))
        {
            builder.MaxAutoPrepare = MaxAutoPrepare;
            builder.AutoPrepareMinUsages = 2;
        }

        builder.ReadBufferSize = Math.Max(builder.ReadBufferSize, ReadBufferBytes);
        return new PostgresDatabase(NpgsqlDataSource.Create(builder), owned: true, stamp, readTimeout);
    }

    internal override Database OpenContext(DbContext context) => new PostgresContextDatabase(context);
}
