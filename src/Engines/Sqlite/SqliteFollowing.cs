using System.Globalization;
using Typed.Schema;
using Typed.Storage;
using Typed.Storage.Tables;

namespace Typed.Sqlite;

/// <summary>
/// Follows tables by the numbers of their rows. One writer at a time: what is there is complete, and later commits have higher numbers. A store's flush lists
/// in <c>typed_commits</c> from where to where the rows of a namespace stand, so that nobody has to read through those of others; rows behind what is listed
/// were written by somebody else, and are read one after the other until the next flush lists them. A plus before a namespace keeps SQLite from the index of
/// ids, of which it would read everything that the namespace holds.
/// </summary>
internal static class SqliteFollowing
{
    private static readonly string s_commits = Quoting.Name(Names.Commits);

    public static TableDefinition Commits { get; } = new(
        Names.Commits, [Text("Stream"), Text("Namespace"), Number("Last"), Number("First")], ["Stream", "Namespace", "Last"])
    {
        Indexes = [new(["Stream", "Last"])],
    };

    /// <summary>Rows that nobody has listed are listed first: each namespace's from its first to its last.</summary>
    public static CommitStatements Write(WriteTable table)
    {
        var (name, order, listed) = (Quoting.Name(table.Name), Quoting.Name(table.CommitOrder!), Listed(table.Name));
        var insert = $"INSERT INTO {s_commits} (stream, last, first, namespace) SELECT {Literal(table.Name)},";
        var space = Quoting.Name(table.Columns.First(column => column.IsShared).Name);
        return new(
            new($"{insert} max({order}), min({order}), {space} FROM {name} WHERE {order} > {listed} GROUP BY +{space}"),
            new($"{insert} last, listed + 1, ?1 FROM (SELECT (SELECT max({order}) FROM {name}) AS last, {listed} AS listed) WHERE last > listed"));
    }

    /// <summary>Tables that were made before flushes listed their rows have an index of all rows, too.</summary>
    public static IReadOnlyList<string> ListCommits(TableDefinition table)
    {
        TableIndex followed = new([StreamColumns.Namespace, StreamColumns.Transaction, StreamColumns.Id]);
        return [$"DROP INDEX IF EXISTS {Quoting.Name(TableNames.Index(table, followed))}"];
    }

    // Each row has a number of its own: the id takes no part, and there is no list with places.
    public static string State(FollowedTable table, EpochTable epoch) =>
        $"SELECT max({epoch.Epoch}), 1, {long.MaxValue.ToString(CultureInfo.InvariantCulture)}, "
        + $"coalesce((SELECT seq FROM sqlite_sequence WHERE name = {Literal(table.Name)}), 0) + 1, "
        + $"(SELECT t.{table.Order} {Unlisted(table)} ORDER BY t.{table.Order} LIMIT 1), "
        + $"(SELECT t.{table.Order} {InLists(table, ">")} ORDER BY c.last, t.{table.Order} LIMIT 1), 0 "
        + $"FROM {epoch.Sql} WHERE ?3 IS NOT NULL AND ?4 IS NOT NULL AND ?5 IS NOT NULL";

    public static string Page(FollowedTable table, string limit) =>
        $"SELECT t.{table.Id}, t.{table.Body}, t.{table.Order} {Unlisted(table)} AND t.{table.Order} < ?4 AND ?3 IS NOT NULL ORDER BY t.{table.Order}{limit}";

    public static string PageOfListed(FollowedTable table, string limit) =>
        $"SELECT t.{table.Id}, t.{table.Body}, t.{table.Order}, NULL, NULL {InLists(table, ">=")} AND t.{table.Order} < ?5 "
        + $"AND ?3 IS NOT NULL AND ?4 IS NOT NULL ORDER BY c.last, t.{table.Order}{limit}";

    public static string At(FollowedTable table) =>
        $"SELECT t.{table.Id} FROM {table.Sql} AS t WHERE t.{table.Order} = ?2 AND ?1 IS NOT NULL AND ?3 IS NOT NULL";

    // The last list stays: it says how far everything is listed.
    public static string Forget(FollowedTable table) =>
        $"DELETE FROM {s_commits} AS c WHERE c.stream = {Literal(table.Name)} AND c.namespace = ?1 AND c.last < {Listed(table.Name)} "
        + $"AND NOT EXISTS (SELECT 1 FROM {table.Sql} AS t WHERE t.{table.Order} BETWEEN c.first AND c.last AND +t.{table.Namespace} = ?1) "
        + "AND ?2 IS NOT NULL AND ?3 IS NOT NULL";

    /// <summary>The number up to which all rows are listed.</summary>
    private static string Listed(string table) => $"coalesce((SELECT max(last) FROM {s_commits} WHERE stream = {Literal(table)}), 0)";

    private static string Unlisted(FollowedTable table) =>
        $"FROM {table.Sql} AS t WHERE t.{table.Order} > max(?2, {Listed(table.Name)}) AND +t.{table.Namespace} = ?1";

    // SQLite keeps the order of a cross join.
    private static string InLists(FollowedTable table, string isAfter)
    {
        var first = isAfter == ">" ? "?2 + 1" : "?2";
        return $"FROM {s_commits} AS c CROSS JOIN {table.Sql} AS t WHERE c.stream = {Literal(table.Name)} AND c.namespace = ?1 AND c.last {isAfter} ?2 "
            + $"AND t.{table.Order} BETWEEN max(c.first, {first}) AND c.last AND +t.{table.Namespace} = ?1";
    }

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static TableColumn Text(string member) => TableDefinitions.Column(new(member, typeof(string), ColumnKind.Text));

    private static TableColumn Number(string member) => TableDefinitions.Column(new(member, typeof(long), ColumnKind.Int64));
}
