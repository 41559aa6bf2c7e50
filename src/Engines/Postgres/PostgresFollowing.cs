using System.Globalization;
using Typed.Storage;

namespace Typed.Postgres;

/// <summary>
/// Follows tables by the numbers of transactions (<c>xid8</c>). What is below the oldest transaction that still runs can get no more rows, so reading up to
/// there
/// misses nothing, whatever commits late.
/// </summary>
internal static class PostgresFollowing
{
    /// <summary>Whether the rows of the record were written by the transactions that they name: not so after a restore from a dump.</summary>
    private static string IsOwn(EpochTable epoch) => $"bool_and(xmin::text::bigint = {epoch.Transaction} & 4294967295)";

    public static string State(FollowedTable table, EpochTable epoch) =>
        $"SELECT e.epoch, e.is_own, pg_snapshot_xmin(s.now)::text::bigint, pg_snapshot_xmax(s.now)::text::bigint, "
        + $"(SELECT t.{table.Order}::text::bigint FROM {table.Sql} AS t WHERE {After(table)} ORDER BY t.{table.Order}, t.{table.Id} LIMIT 1) "
        + $"FROM (SELECT CASE WHEN count(*) = 2 THEN max({epoch.Epoch}) END AS epoch, {IsOwn(epoch)} AS is_own FROM {epoch.Sql}) AS e, "
        + "(SELECT pg_current_snapshot() AS now) AS s";

    public static string Page(FollowedTable table) =>
        $"SELECT t.{table.Id}, t.{table.Body}, t.{table.Order}::text::bigint FROM {table.Sql} AS t WHERE {After(table)} AND t.{table.Order} < $4::text::xid8 "
        + $"ORDER BY t.{table.Order}, t.{table.Id} LIMIT $5";

    /// <summary>
    /// Where a transaction spans servers, one of them commits later than another under the same number, and the horizon says nothing: measured on three nodes,
    /// 400 looks would have missed 76 rows.
    /// </summary>
    public static IReadOnlyList<string> Obstacles(FollowedTable table) =>
    [
        "SELECT CASE WHEN version() ~* 'cockroach|yugabyte|greenplum|postgres-xl|polardb-x' "
            + "THEN 'it is ' || version() || ', whose transactions span servers' ELSE '' END "
            + "WHERE to_regclass('pg_dist_partition') IS NULL OR version() ~* 'cockroach|yugabyte|greenplum|postgres-xl|polardb-x'",
        $"SELECT 'Citus spreads the table {table.Name.Replace("'", "''", StringComparison.Ordinal)} over servers, which commit one after the other' "
            + $"FROM pg_dist_partition WHERE logicalrelid = '{table.Sql.Replace("'", "''", StringComparison.Ordinal)}'::regclass",
    ];

    /// <summary>
    /// Two rows of different transactions, which do not follow each other: a restore writes both in one, or with a statement each in two that do.
    /// </summary>
    public static IReadOnlyList<string> Create(EpochTable epoch, long number) =>
    [
        $"{Insert(epoch)} VALUES (1, {Text(number)}, pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING",
        "SELECT pg_current_xact_id()",
        "SELECT pg_current_xact_id()",
        $"{Insert(epoch)} SELECT 2, {epoch.Epoch}, pg_current_xact_id()::text::bigint FROM {epoch.Sql} WHERE {epoch.Place} = 1 ON CONFLICT DO NOTHING",
    ];

    /// <summary>
    /// Rows of a dump have the numbers of another cluster's transactions. The deletion decides, once for all: what it leaves is right, and then nothing else
    /// changes anything.
    /// </summary>
    public static IReadOnlyList<string> Renew(EpochTable epoch, IReadOnlyList<FollowedTable> tables, long number)
    {
        var isGone = $"NOT EXISTS (SELECT FROM {epoch.Sql})";
        var fromElsewhere = tables.Select(table => $"EXISTS (SELECT FROM {table.Sql} WHERE {table.Order} >= pg_snapshot_xmax(pg_current_snapshot()))");
        return
        [
            $"LOCK TABLE {epoch.Sql} IN EXCLUSIVE MODE",
            .. tables.Select(table => $"LOCK TABLE {table.Sql} IN SHARE ROW EXCLUSIVE MODE"),
            $"DELETE FROM {epoch.Sql} WHERE {string.Join(" OR ", fromElsewhere.Prepend($"(SELECT NOT {IsOwn(epoch)} FROM {epoch.Sql})"))}",
            .. tables.Select(table => $"UPDATE {table.Sql} SET {table.Order} = '0' WHERE {table.Order} <> '0' AND {isGone}"),
            $"{Insert(epoch)} SELECT 1, {Text(number)}, pg_current_xact_id()::text::bigint WHERE {isGone}",
        ];
    }

    private static string Insert(EpochTable epoch) => $"INSERT INTO {epoch.Sql} ({epoch.Place}, {epoch.Epoch}, {epoch.Transaction})";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    // Row comparison is one condition of the index on namespace, order, id.
    private static string After(FollowedTable table) => $"t.{table.Namespace} = $1 AND (t.{table.Order}, t.{table.Id}) > ($2::text::xid8, $3)";
}
