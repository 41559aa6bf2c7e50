using System.Globalization;
using Typed.Schema;
using Typed.Storage;
using Typed.Time;

namespace Typed.Sqlite;

internal sealed class SqliteDialect : Dialect
{
    public static readonly SqliteDialect Instance = new();

    // EF's provider leaves the schema of a model out, too.
    public override string Table(string? schema, string name) => Quoting.Name(name);

    public override string Parameter(int number) => string.Create(CultureInfo.InvariantCulture, $"?{number}");

    // SQLite plans by the value of a bare parameter here, and so prepares the statement anew whenever it is bound; the value of a sum it does not look at.
    public override string Limit(int parameter) => $" LIMIT {Parameter(parameter)} + 0";

    public override IEnumerable<string> Create(TableDefinition table) => SqliteTables.Create(table);

    public override TableColumn CommitOrder { get; } = new(new(StreamColumns.Transaction, typeof(long), ColumnKind.Int64), "tx") { IsNumbered = true };

    // By an INTEGER PRIMARY KEY; the order of the other key is an index, as it would be anyway.
    public override bool NumbersByKeyOnly => true;

    public override string Now => "unixepoch() * 1000000";

    public override string Ago(long seconds) => string.Create(CultureInfo.InvariantCulture, $"(unixepoch() - {seconds}) * 1000000");

    protected override string InsertSource(WriteTable table) => $"VALUES {Row(table, 0)}";

    // Measured: half the time of a statement for each row, which also moves the number of AUTOINCREMENT each time.
    protected override string BlockSource(WriteTable table) => $"VALUES {Join(Enumerable.Range(0, BlockRows), (row, _) => Row(table, row))}";

    private string Row(WriteTable table, int row) =>
        $"({Join(table.Columns, (_, i) => Parameter((row * table.Columns.Count) + i + 1))})";

    // Takes what the insert takes, and gives the given body back, so that the session compares two texts that it reads.
    protected override GivenStatements Given(WriteTable table)
    {
        var keys = string.Join(" AND ", table.Key.Select(column => $"{Quoting.Name(column)} = {Parameter(Place(column))}"));
        var body = table.Deciding!.Name;
        var sql = new Sql(
            $"SELECT {Quoting.Name(body)}, {Parameter(Place(body))} FROM {Table(table.Schema, table.Name)} WHERE {keys} "
                + $"AND {Parameter(table.Columns.Count - 1)} IS NOT NULL");
        return new(sql, sql, Recall: null);

        int Place(string column) => 1 + table.Columns.TakeWhile(other => other.Name != column).Count();
    }

    public override TableDefinition Commits => SqliteFollowing.Commits;

    protected override CommitStatements Commit(WriteTable table) => SqliteFollowing.Write(table);

    public override string FollowState(FollowedTable table, EpochTable epoch) => SqliteFollowing.State(table, epoch);

    public override string FollowPage(FollowedTable table) => SqliteFollowing.Page(table, Limit(5));

    public override string FollowListed(FollowedTable table) => SqliteFollowing.PageOfListed(table, Limit(6));

    public override string FollowedAt(FollowedTable table) => SqliteFollowing.At(table);

    public override string ForgetCommits(FollowedTable table) => SqliteFollowing.Forget(table);

    public override IReadOnlyList<string> CreateEpoch(EpochTable epoch, long number) =>
    [
        string.Create(
            CultureInfo.InvariantCulture,
            $"INSERT INTO {epoch.Sql} ({epoch.Place}, {epoch.Epoch}, {epoch.Transaction}) VALUES (1, {number}, 0) ON CONFLICT DO NOTHING"),
    ];

    public override IReadOnlyList<string> LogInserts(string table, string log, string name, IReadOnlyList<string> columns) =>
    [
        $"CREATE TRIGGER {name} AFTER INSERT ON {table} BEGIN INSERT INTO {log} ({string.Join(", ", columns)}) "
            + $"VALUES ({string.Join(", ", columns.Select(column => $"NEW.{column}"))}); END",
    ];

    public override IReadOnlyList<string> EndLog(string table, string log, string name) => [$"DROP TRIGGER IF EXISTS {name}"];

    public override int KeyParameters(int columns) => 1;

    // The text that SqliteRowList writes.
    public override string KeySource(IReadOnlyList<ColumnKind> columns)
    {
        var values = Join(columns, (kind, i) => string.Create(CultureInfo.InvariantCulture, $"{KeyColumn(kind, $"j.value ->> {i}")} AS k{i}"));
        return $"(SELECT {values}, j.key + 1 AS ord FROM json_each({Parameter(1)}) AS j) AS k";
    }

    // SQLite keeps the order of a cross join.
    public override string EachKey(string keys, string table, string condition) => $"{keys} CROSS JOIN {table} AS t WHERE {condition}";

    // SQLite keeps the order of a cross join.
    public override string SelectByBucket(BucketedPoints points)
    {
        var buckets = $"(SELECT value AS s, lead(value, 1, {points.End}) OVER (ORDER BY value) AS e FROM json_each({points.Starts})) AS b";
        var keys = points.KeySource is { } source ? $"{source} CROSS JOIN " : "";
        var on = string.Join(" AND ", [.. points.KeyConditions, $"{points.Position} >= b.s", $"{points.Position} < b.e"]);
        return $"SELECT b.s, {points.Columns} FROM {keys}{buckets} CROSS JOIN {points.Table} AS t WHERE {on} GROUP BY b.s ORDER BY b.s";
    }

    public override string CellStart(string instant, StepSpec step, string? zone) => SqliteCells.Start(instant, step, zone);

    public override bool GivesRowsOfCells => true;

    // The rows of a cell come in any order, and the limit keeps the order of the cells.
    public override string? Percentiles(RankedValues values)
    {
        if (!SqliteRanking.IsThere
            || values.Kind is ColumnKind.Decimal or ColumnKind.Text or ColumnKind.Guid or ColumnKind.Date or ColumnKind.Time or ColumnKind.Blob)
        {
            return null;
        }

        const string AllEntries = "\"all entries\"";
        var collected = $"{SqliteRanking.Entries}(t.{values.Value}, {values.Count}) AS {AllEntries}{values.From}";
        var found = Join(values.Percentiles, (p, _) => $"{SqliteRanking.Percentile}({AllEntries}, {p})");
        if (values.Cell.Count == 0)
        {
            return $"SELECT {found} FROM (SELECT {collected} HAVING count(*) > 0)";
        }

        var cell = string.Join(", ", values.Cell);
        return $"SELECT {string.Join(", ", NamesOf(values.Cell))}, {found} "
            + $"FROM (SELECT {WithNames(values.Cell)}, {collected} GROUP BY {cell} ORDER BY {cell}{values.Limit})";
    }

    public override string Bigint(string expression) => expression;

    // SQLite turns an overflowing product into REAL without a word, and fails on a sum that overflows on its way; halves of 32 bits do neither.
    public override string IntegerSum(string expression, string? weight = null)
    {
        var times = weight is null ? "" : $" * {weight}";
        return $"sum(({expression} >> 32){times}), sum(({expression} & 4294967295){times})";
    }

    public override string StoredIntegerSum(string expression) => $"sum({expression})";

    public override IReadOnlyList<string> IntegerSums(string expression) => [$"sum({expression} >> 32)", $"sum({expression} & 4294967295)"];

    // The halves of a sum compare as the sum where what the lower one has too much is carried over. Decimals are texts.
    public override string MostFirst(ColumnKind kind, string value, string count, bool isSum)
    {
        var largest = isSum ? $"sum({count} >> 32) + (sum({count} & 4294967295) >> 32) DESC, sum({count} & 4294967295) & 4294967295 DESC" : $"{count} DESC";
        return $"{largest}, {value}{(kind == ColumnKind.Decimal ? $" COLLATE {SqliteFunctions.DecimalOrder}" : "")}";
    }

    public override string FloatSum(string expression, string? weight = null) =>
        weight is null ? $"total({expression})" : $"total({expression} * {weight})";

    public override string DecimalSum(string expression, string? weight = null) =>
        $"{SqliteFunctions.DecimalSum}({expression}, {weight ?? "1"})";

    // SQLite turns an overflowing sum into REAL or infinity without a word. The condition then changes no row, and the session reports that as an error.
    public override string AddTotal(ColumnKind kind, string column)
    {
        var sum = $"t.{column} + excluded.{column}";
        return kind switch
        {
            ColumnKind.Decimal => $"{column} = {SqliteFunctions.DecimalAdd}(t.{column}, excluded.{column})",
            ColumnKind.Int64 => $"{column} = {sum} WHERE typeof({sum}) = 'integer'",
            _ => $"{column} = {sum} WHERE {sum} BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308",
        };
    }

    // As for totals; the functions of decimals fail by themselves.
    protected override string AddSummary(SummaryColumns columns)
    {
        const string Finite = "BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308";
        var (count, sum, squares) = ($"t.{columns.Count} + excluded.{columns.Count}", $"t.{columns.Sum} + excluded.{columns.Sum}", columns.AddedSquares());
        var collation = "";
        var fits = columns.Kind == ColumnKind.Int64 ? $" AND typeof({sum}) = 'integer'" : $" AND {sum} {Finite}";
        if (columns.Kind == ColumnKind.Decimal)
        {
            sum = $"{SqliteFunctions.DecimalAdd}(t.{columns.Sum}, excluded.{columns.Sum})";
            collation = $" COLLATE {SqliteFunctions.DecimalOrder}";
            fits = "";
        }

        return $"{columns.Count} = {count}, {columns.Sum} = {sum}, {columns.Min} = min(t.{columns.Min}{collation}, excluded.{columns.Min}), "
            + $"{columns.Max} = max(t.{columns.Max}{collation}, excluded.{columns.Max}), {columns.Squares} = {squares} "
            + $"WHERE typeof({count}) = 'integer'{fits} AND {squares} {Finite}";
    }

    public override string Extreme(ColumnKind kind, bool largest, string expression) => (kind, largest) switch
    {
        (ColumnKind.Decimal, false) => $"{SqliteFunctions.DecimalMin}({expression})",
        (ColumnKind.Decimal, true) => $"{SqliteFunctions.DecimalMax}({expression})",
        (_, false) => $"min({expression})",
        (_, true) => $"max({expression})",
    };

    public override IReadOnlyList<string> Delete(string table, IReadOnlyList<string> order, string? condition) =>
        [condition is null ? $"DELETE FROM {table}" : DeleteWhere(table, order, condition)];

    public override string DeleteWhere(string table, IReadOnlyList<string> order, string condition) => $"DELETE FROM {table} AS t WHERE {condition}";

    private static string KeyColumn(ColumnKind kind, string value) => kind switch
    {
        ColumnKind.Single or ColumnKind.Double => $"{SqliteFunctions.Real}({value})",
        ColumnKind.Guid or ColumnKind.Blob => $"unhex({value})",
        _ => value,
    };
}
