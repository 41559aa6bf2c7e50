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
        Names.Commits, [SystemTables.Text("Stream"), SystemTables.Text("Namespace"), Number("Last"), Number("First")], ["Stream", "Namespace", "Last"])
    {
        Indexes = [new(["Stream", "Last"])],
    };

    /// <summary>
    /// Rows that nobody has listed are listed first: each namespace's from its first to its last. A list of the same namespace that ends there is made longer.
    /// </summary>
    public static CommitStatements Write(WriteTable table)
    {
        var (name, order, stream) = (Quoting.Name(table.Name), Quoting.Name(table.CommitOrder!), Quoting.Literal(table.Name));
        var (listed, largest) = (Listed(table.Name), $"(SELECT max({order}) FROM {name})");
        var space = Quoting.Name(table.Columns.First(column => column.IsShared).Name);
        var insert = $"INSERT INTO {s_commits} (stream, namespace, last, first) SELECT {stream},";
        return new(
            [
                new($"DELETE FROM {s_commits} WHERE stream = {stream} AND {Last(table.Name)} > {Given(table.Name)}"),
                new($"{insert} {space}, max({order}), min({order}) FROM {name} WHERE {order} > {listed} GROUP BY +{space}"),
            ],
            [
                new($"UPDATE {s_commits} SET last = {largest} WHERE stream = {stream} AND namespace = ?1 AND last = {listed} AND {largest} > {listed}"),
                new($"{insert} ?1, last, listed + 1 FROM (SELECT {largest} AS last, {listed} AS listed) WHERE last > listed"),
            ]);
    }

    // Each row has a number of its own: the id takes no part, and there is no list with places.
    public static string State(FollowedTable table, EpochTable epoch) =>
        $"SELECT max({epoch.Epoch}), 1, {long.MaxValue.ToString(CultureInfo.InvariantCulture)}, "
        + $"{Given(table.Name)} + 1, "
        + $"(SELECT t.{table.Order} {Unlisted(table)} ORDER BY t.{table.Order} LIMIT 1), "
        + $"(SELECT t.{table.Order} {InLists(table, ">")} ORDER BY c.last, t.{table.Order} LIMIT 1), 0 "
        + $"FROM {epoch.Sql} WHERE ?3 IS NOT NULL AND ?4 IS NOT NULL AND ?5 IS NOT NULL";

    // Whatever was listed since the state was read.
    public static string Page(FollowedTable table, string limit) =>
        $"SELECT t.{table.Id}, t.{table.Body}, t.{table.Order} FROM {table.Sql} AS t WHERE t.{table.Order} > ?2 AND t.{table.Order} < ?4 "
        + $"AND +t.{table.Namespace} = ?1 AND ?3 IS NOT NULL ORDER BY t.{table.Order}{limit}";

    public static string PageOfListed(FollowedTable table, string limit) =>
        $"SELECT t.{table.Id}, t.{table.Body}, t.{table.Order}, NULL, NULL {InLists(table, ">=")} AND t.{table.Order} < ?5 "
        + $"AND ?3 IS NOT NULL AND ?4 IS NOT NULL ORDER BY c.last, t.{table.Order}{limit}";

    public static string At(FollowedTable table) =>
        $"SELECT t.{table.Id} FROM {table.Sql} AS t WHERE t.{table.Order} = ?2 AND ?1 IS NOT NULL AND ?3 IS NOT NULL";

    // The last list stays: it says how far everything is listed.
    public static string Forget(FollowedTable table) =>
        $"DELETE FROM {s_commits} AS c WHERE c.stream = {Quoting.Literal(table.Name)} AND c.namespace = ?1 AND c.last < {Listed(table.Name)} "
        + $"AND NOT EXISTS (SELECT 1 FROM {table.Sql} AS t WHERE t.{table.Order} BETWEEN c.first AND c.last AND +t.{table.Namespace} = ?1) "
        + "AND ?2 IS NOT NULL AND ?3 IS NOT NULL";

    /// <summary>
    /// The number up to which all rows are listed. Lists that go beyond the last number that was given are those of another table, which was dropped or made
    /// anew: they say nothing.
    /// </summary>
    private static string Listed(string table) =>
        $"(SELECT CASE WHEN last <= given THEN last ELSE 0 END FROM (SELECT {Last(table)} AS last, {Given(table)} AS given))";

    private static string Last(string table) => $"(SELECT max(last) FROM {s_commits} WHERE stream = {Quoting.Literal(table)})";

    private static string Given(string table) => $"coalesce((SELECT seq FROM sqlite_sequence WHERE name = {Quoting.Literal(table)}), 0)";

    private static string Unlisted(FollowedTable table) =>
        $"FROM {table.Sql} AS t WHERE t.{table.Order} > max(?2, {Listed(table.Name)}) AND +t.{table.Namespace} = ?1";

    // SQLite keeps the order of a cross join.
    private static string InLists(FollowedTable table, string isAfter)
    {
        var first = isAfter == ">" ? "?2 + 1" : "?2";
        return $"FROM {s_commits} AS c CROSS JOIN {table.Sql} AS t WHERE c.stream = {Quoting.Literal(table.Name)} AND c.namespace = ?1 AND c.last {isAfter} ?2 "
            + $"AND t.{table.Order} BETWEEN max(c.first, {first}) AND c.last AND +t.{table.Namespace} = ?1";
    }

    private static TableColumn Number(string member) => TableDefinitions.Column(new(member, typeof(long), ColumnKind.Int64));
}
