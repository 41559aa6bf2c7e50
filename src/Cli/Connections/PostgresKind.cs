using System.Data.Common;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Typed.Cli.Output;
using Typed.Postgres;

namespace Typed.Cli.Connections;

internal sealed class PostgresKind : DatabaseKind
{
    public override string Name => "PostgreSQL";

    public override Engine Engine { get; } = new PostgresEngine();

    public override string Columns =>
        "SELECT a.attname::text, coalesce(a.attnum = ANY(i.indkey), false) FROM pg_attribute AS a "
        + "LEFT JOIN pg_index AS i ON i.indrelid = a.attrelid AND i.indisprimary "
        + "WHERE a.attrelid = to_regclass(quote_ident($1)) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";

    public override string Version => "SELECT current_setting('server_version')";

    public override string Indexes =>
        "SELECT c.relname::text, i.indisunique AND i.indisvalid, a.attname::text FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid "
        + "CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(number, place) "
        + "JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.number "
        + "WHERE i.indrelid = to_regclass(quote_ident($1)) ORDER BY c.relname, k.place";

    /// <summary>The bytes that a row takes beside its values: its header, its place in the page, and about what alignment costs.</summary>
    private const string RowHeader = "32";

    // Of what ANALYZE saw; null where it has not been.
    private const string RowWidth =
        "SELECT sum(p.avg_width * (1 - p.null_frac)) FROM pg_stats AS p WHERE p.schemaname = current_schema() AND p.tablename = c.relname";

    private const string FillFactor =
        "SELECT coalesce(max(o.option_value::integer), 100) FROM pg_options_to_table(c.reloptions) AS o WHERE o.option_name = 'fillfactor'";

    public override string? TableFigures =>
        "SELECT c.relname::text, pg_total_relation_size(c.oid), greatest(coalesce(s.n_live_tup, 0), 0)::bigint, coalesce(s.n_dead_tup, 0)::bigint, "
        + $"coalesce(greatest(pg_relation_size(c.oid) - c.reltuples * ({RowHeader} + ({RowWidth})) * 100 / ({FillFactor}), 0), 0)::bigint "
        + "FROM pg_class AS c LEFT JOIN pg_stat_all_tables AS s ON s.relid = c.oid "
        + "WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')";

    public override string DatabaseFigures => "SELECT pg_database_size(current_database()), 0::bigint";

    public override string Settings =>
        "SELECT 'autovacuum', 'off', 'Switch it on: updates of totals leave dead rows, which nothing else removes.' "
        + "WHERE current_setting('autovacuum') = 'off'";

    public override string TypeName(ColumnKind kind) => kind switch
    {
        ColumnKind.Int16 => "smallint",
        ColumnKind.Int32 => "integer",
        ColumnKind.Int64 => "bigint",
        ColumnKind.Single => "real",
        ColumnKind.Double => "double precision",
        ColumnKind.Decimal => "numeric",
        _ => "text",
    };

    public override string Vacuum(string table) => $"VACUUM (ANALYZE) {table}";

    public override bool Fits(string connection) => true;

    public override string Complete(string connection, bool isReadOnly)
    {
        var builder = connection.Contains("://", StringComparison.Ordinal) ? OfUrl(connection) : new NpgsqlConnectionStringBuilder(connection);
        if (!new DbConnectionStringBuilder { ConnectionString = builder.ConnectionString }.ContainsKey("Command Timeout"))
        {
            // What a command line starts may take as long as it takes; Ctrl-C ends it.
            builder.CommandTimeout = 0;
        }

        builder.ApplicationName ??= "typed";
        return builder.ConnectionString;
    }

    public override void Choose(DbContextOptionsBuilder options, string connection) => options.UseNpgsql(connection);

    public override Problem? Explain(Exception error, string address) => error switch
    {
        PostgresException { SqlState: [ '2', '8', .. ] } refused => new(
            ExitCodes.Denied, $"{address} lets nobody in with this name and password: {refused.MessageText}.", "Check Username and Password, or PGPASSWORD."),
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } missing => new(
            ExitCodes.Unreachable, $"{address} is not there: {missing.MessageText}.", "Check Database."),
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied => new(
            ExitCodes.Denied, $"{address} does not allow it: {denied.MessageText}.", "Connect as a user who may, or ask for the right."),
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } denied => new(
            ExitCodes.Denied, $"{address} may not be written: {denied.MessageText}.", "Connect to the primary server."),
        PostgresException failed => new(ExitCodes.Failed, $"{address} failed: {failed.MessageText} ({failed.SqlState}).", "--verbose shows where."),
        NpgsqlException or SocketException or TimeoutException or IOException => new(
            ExitCodes.Unreachable, $"{address} cannot be reached: {error.InnerException?.Message ?? error.Message}.",
                "Check Host and Port, and that the server runs."),
        _ => null,
    };

    private static NpgsqlConnectionStringBuilder OfUrl(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql"))
        {
            throw new CliException(
                ExitCodes.Usage, "--connection is no connection string and no URL of PostgreSQL.", "For instance postgresql://user@host:5432/database.");
        }

        var user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder { Host = uri.Host, Database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/')) };
        builder.Port = uri.Port > 0 ? uri.Port : builder.Port;
        builder.Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null;
        builder.Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null;
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)))
        {
            builder[pair[0] == "sslmode" ? "SSL Mode" : Uri.UnescapeDataString(pair[0])] = Uri.UnescapeDataString(pair.Length > 1 ? pair[1] : "true");
        }

        return builder;
    }
}
