using System.Globalization;
using Typed.Schema;
using Typed.Storage;
using Typed.Storage.Tables;

namespace Typed.Postgres;

/// <summary>
/// Follows tables by the numbers of transactions (<c>xid8</c>). What is below the oldest transaction that still runs can get no more rows, so reading up to
/// there misses nothing, whatever commits late. Each row has the number of its transaction, by which an index finds it, except those that a store loads in
/// bulk: they have <see cref="Listed"/> instead, and the load lists their ids, some at a time, in <c>typed_commits</c>. Measured: an entry of the index for
/// each row costs a load two fifths, the lists a tenth of that.
/// </summary>
internal static class PostgresFollowing
{
    /// <summary>The order of rows that are listed: no transaction comes to such a number.</summary>
    public const long Listed = long.MaxValue;

    /// <summary>The ids of a list: as many as PostgreSQL keeps in a row without compressing it or storing it elsewhere.</summary>
    private const int ListedIds = 100;

    private static readonly string s_commits = Quoting.Name(Names.Commits);

    public static TableDefinition Commits { get; } = new(
        Names.Commits,
        [
            SystemTables.Text("Stream"),
            SystemTables.Text("Namespace"),
            PostgresDialect.Instance.CommitOrder,
            TableDefinitions.Column(new("Part", typeof(long), ColumnKind.Int64)) with { IsNumbered = true },
            TableDefinitions.Column(new("Ids", typeof(Guid[]), ColumnKind.Guid)) with { Type = "uuid[]" },
        ],
        ["Stream", "Namespace", StreamColumns.Transaction, "Part"]);

    public static string Filter(string column) => string.Create(CultureInfo.InvariantCulture, $"{column} < '{Listed}'::xid8");

    /// <summary>
    /// The bulk load and that of its lists. They go by the name of the table in the schema that the connection uses, which everybody finds alike while a store
    /// alone names tables: an application's migrations may rename theirs, and its model may say another schema.
    /// </summary>
    public static CommitStatements? Write(WriteTable table, IEnumerable<string> columns) => table.IsOfModel ? null : new(
        [new(PostgresCopy.Into(Quoting.Name(table.Name), columns.Append(Quoting.Name(table.CommitOrder!))))],
        [new(PostgresCopy.Into(s_commits, ["stream", "namespace", "ids"]))]);

    /// <summary>The lists of some rows.</summary>
    public static int ListsOf(IListedRows rows) => (rows.Count + ListedIds - 1) / ListedIds;

    /// <summary>Writes one of the lists of some rows.</summary>
    public static void WriteList(PostgresCopy copy, IListedRows rows, int list)
    {
        copy.Text(rows.Table.Name);
        copy.Text(rows.Part);
        copy.Guids(rows.Ids.Slice(list * ListedIds, Math.Min(ListedIds, rows.Count - (list * ListedIds))));
    }

    /// <summary>Whether the rows of the record were written by the transactions that they name: not so after a restore from a dump.</summary>
    private static string IsOwn(EpochTable epoch) => $"bool_and(xmin::text::bigint = {epoch.Transaction} & 4294967295)";

    public static string State(FollowedTable table, EpochTable epoch) =>
        $"SELECT e.epoch, e.is_own, pg_snapshot_xmin(s.now)::text::bigint, pg_snapshot_xmax(s.now)::text::bigint, "
        + $"(SELECT t.{table.Order}::text::bigint FROM {table.Sql} AS t WHERE {After(table)} ORDER BY t.{table.Order}, t.{table.Id} LIMIT 1), l.tx, l.part "
        + $"FROM (SELECT CASE WHEN count(*) = 2 THEN max({epoch.Epoch}) END AS epoch, {IsOwn(epoch)} AS is_own FROM {epoch.Sql}) AS e "
        + $"CROSS JOIN (SELECT pg_current_snapshot() AS now) AS s LEFT JOIN ({FirstListed(table)}) AS l ON true";

    public static string Page(FollowedTable table) =>
        $"SELECT t.{table.Id}, t.{table.Body}, t.{table.Order}::text::bigint FROM {table.Sql} AS t WHERE {After(table)} AND t.{table.Order} < $4::text::xid8 "
        + $"ORDER BY t.{table.Order}, t.{table.Id} LIMIT $5";

    // The first list holds an event; those that follow are read until there can be enough.
    public static string PageOfListed(FollowedTable table) => string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT t.id, t.body, c.tx::text::bigint, c.part, i.place FROM (SELECT tx, part, ids FROM {s_commits} WHERE stream = {Quoting.Literal(table.Name)} "
        + $"AND namespace = $1 AND (tx, part) >= ($2::text::xid8, $3) AND tx < $5::text::xid8 ORDER BY tx, part LIMIT $6 / {ListedIds} + 2) AS c "
        + $"{Events(table, $"t.{table.Id} AS id, t.{table.Body} AS body")} WHERE (c.tx, c.part, i.place) > ($2::text::xid8, $3, $4) "
        + $"ORDER BY c.tx, c.part, i.place LIMIT $6");

    // A list whose events were deleted one by one is left, until all around them are.
    public static string? Forget(FollowedTable table) => table.IsOfModel
        ? null
        : $"WITH gone AS (DELETE FROM {s_commits} AS c WHERE c.stream = {Quoting.Literal(table.Name)} AND c.namespace = $1 AND c.ids[1] >= $2 "
        + $"AND c.ids[cardinality(c.ids)] <= $3 AND NOT EXISTS (SELECT FROM (SELECT) AS one {Events(table, "")}) RETURNING 1) SELECT count(*) FROM gone";

    /// <summary>
    /// Where a transaction spans servers, one of them commits later than another under the same number, and the horizon says nothing: measured on three nodes,
    /// 400 looks would have missed 76 rows.
    /// </summary>
    public static IReadOnlyList<string> Obstacles(FollowedTable table) =>
    [
        .. OtherLists(table),
        "SELECT CASE WHEN version() ~* 'cockroach|yugabyte|greenplum|postgres-xl|polardb-x' "
            + "THEN 'it is ' || version() || ', whose transactions span servers' ELSE '' END "
            + "WHERE to_regclass('pg_dist_partition') IS NULL OR version() ~* 'cockroach|yugabyte|greenplum|postgres-xl|polardb-x'",
        $"SELECT {Quoting.Literal($"Citus spreads the table {table.Name} over servers, which commit one after the other")} "
            + $"FROM pg_dist_partition WHERE logicalrelid = {Quoting.Literal(table.Sql)}::regclass",
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
    /// Rows of a dump have the numbers of another cluster's transactions, and what is listed may not be in it. The deletion decides, once for all: what it
    /// leaves is right, and then nothing else changes anything.
    /// </summary>
    public static IReadOnlyList<string> Renew(EpochTable epoch, IReadOnlyList<FollowedTable> tables, long number)
    {
        var isGone = $"NOT EXISTS (SELECT FROM {epoch.Sql})";
        const string IsAhead = ">= pg_snapshot_xmax(pg_current_snapshot())";
        string[] listed = [.. tables.Where(table => !table.IsOfModel).Select(table => Quoting.Literal(table.Name))];
        var ofThese = $"{s_commits} WHERE stream = ANY(ARRAY[{string.Join(", ", listed)}]::text[])";
        var fromElsewhere = tables.Select(table => $"EXISTS (SELECT FROM {table.Sql} WHERE {table.Order} {IsAhead} AND {Filter(table.Order)})");
        return
        [
            $"LOCK TABLE {epoch.Sql} IN EXCLUSIVE MODE",
            .. tables.Select(table => $"LOCK TABLE {table.Sql} IN SHARE ROW EXCLUSIVE MODE"),
            $"DELETE FROM {epoch.Sql} WHERE (SELECT NOT {IsOwn(epoch)} FROM {epoch.Sql}) OR EXISTS (SELECT FROM {ofThese} AND tx {IsAhead})"
                + string.Concat(fromElsewhere.Select(condition => $" OR {condition}")),
            .. tables.Select(table => $"UPDATE {table.Sql} SET {table.Order} = '0' WHERE {table.Order} <> '0' AND {isGone}"),
            $"DELETE FROM {ofThese} AND {isGone}",
            $"{Insert(epoch)} SELECT 1, {Text(number)}, pg_current_xact_id()::text::bigint WHERE {isGone}",
        ];
    }

    /// <summary>
    /// A table may have come alone from another database, without the lists of its rows: these come first then. One statement sees a load with its lists, or
    /// nothing of it. Nobody else needs the right to update.
    /// </summary>
    public static IReadOnlyList<string> FreeUnlisted(FollowedTable table)
    {
        var isUnlisted = string.Create(
            CultureInfo.InvariantCulture,
            $"{table.Order} = '{Listed}'::xid8 AND NOT EXISTS (SELECT FROM {s_commits} WHERE stream = {Quoting.Literal(table.Name)})");
        return
        [
            $"DO $typed$ BEGIN IF EXISTS (SELECT FROM {table.Sql} WHERE {isUnlisted}) "
                + $"THEN UPDATE {table.Sql} SET {table.Order} = '0' WHERE {isUnlisted}; END IF; END $typed$",
        ];
    }

    // A store whose connection uses the schema lists there what it loads.
    private static IEnumerable<string> OtherLists(FollowedTable table)
    {
        if (table.Schema is not { } schema)
        {
            return [];
        }

        var obstacle = $"a store whose connection uses the schema {schema} lists there what it loads (set Search Path={schema} in this connection string)";
        var other = $"to_regclass({Quoting.Literal(Quoting.Name(schema, Names.Commits))})";
        return
        [
            $"SELECT {Quoting.Literal(obstacle)} WHERE {other} IS DISTINCT FROM to_regclass({Quoting.Literal(s_commits)}) AND {other} IS NOT NULL",
        ];
    }

    // An aggregate would read all lists. EXISTS is asked of one after the other, and its events are found one by one: as a join the whole table may be read.
    private static string FirstListed(FollowedTable table) =>
        $"SELECT c.tx::text::bigint AS tx, c.part FROM {s_commits} AS c WHERE c.stream = {Quoting.Literal(table.Name)} AND c.namespace = $1 "
        + $"AND (c.tx, c.part) >= ($2::text::xid8, $4) AND EXISTS (SELECT FROM (SELECT) AS one {Events(table, "")} "
        + "WHERE (c.tx, c.part, i.place) > ($2::text::xid8, $4, $5)) ORDER BY c.tx, c.part LIMIT 1";

    /// <summary>Joins the events of a list <c>c</c>.</summary>
    private static string Events(FollowedTable table, string columns) => string.Create(
        CultureInfo.InvariantCulture,
        $"CROSS JOIN LATERAL unnest(c.ids) WITH ORDINALITY AS i(id, place) CROSS JOIN LATERAL (SELECT {columns} FROM {table.Sql} AS t "
        + $"WHERE t.{table.Namespace} = $1 AND t.{table.Id} = i.id AND t.{table.Order} = '{Listed}'::xid8 OFFSET 0) AS t");

    private static string Insert(EpochTable epoch) => $"INSERT INTO {epoch.Sql} ({epoch.Place}, {epoch.Epoch}, {epoch.Transaction})";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    // Row comparison is one condition of the index on namespace, order, id; the other says that it holds the rows.
    private static string After(FollowedTable table) =>
        $"t.{table.Namespace} = $1 AND (t.{table.Order}, t.{table.Id}) > ($2::text::xid8, $3) AND {Filter($"t.{table.Order}")}";
}
