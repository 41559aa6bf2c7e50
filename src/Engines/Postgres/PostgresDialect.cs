using System.Globalization;
using Typed.Schema;
using Typed.Storage;
using Typed.Time;

namespace Typed.Postgres;

internal sealed class PostgresDialect : Dialect
{
    public static readonly PostgresDialect Instance = new();

    /// <summary>Columns of fixed length from which on their elements are taken by number; measured on PostgreSQL 15.</summary>
    private const int LeastPicked = 4;

    public override string Parameter(int number) => string.Create(CultureInfo.InvariantCulture, $"${number}");

    public override string Limit(int parameter) => $" LIMIT {Parameter(parameter)}";

    public override IEnumerable<string> Create(TableDefinition table) => PostgresTables.Create(table);

    public override TableColumn CommitOrder { get; } = new(new(StreamColumns.Transaction, typeof(ulong), ColumnKind.Int64), "tx")
    {
        Type = "xid8",
        Default = "pg_current_xact_id()",
    };

    public override string CommitFilter(string column) => PostgresFollowing.Filter(column);

    public override TableDefinition Commits => PostgresFollowing.Commits;

    protected override CommitStatements? Commit(WriteTable table) => PostgresFollowing.Write(table, ColumnsOf(table));

    public override string Now => "now()";

    public override string Ago(long seconds) => string.Create(CultureInfo.InvariantCulture, $"now() - interval '{seconds} seconds'");

    // The values that all rows share come first.
    protected override string InsertSource(WriteTable table)
    {
        var shared = table.Columns.Count(column => column.IsShared);
        var values = Join(table.Columns.Take(shared), (_, i) => $"{Parameter(i + 1)}, ");
        ColumnKind[] kinds = [.. table.Columns.Skip(shared).Select(column => column.Kind)];
        return kinds.Count(IsOfFixedLength) < LeastPicked
            ? $"SELECT {values}* FROM unnest({Arrays(kinds, shared)})"
            : PickedRows(values, kinds, shared);
    }

    /// <summary>
    /// Rows of many numbers: unnesting an array costs twice what taking its elements by number does, where those are all of one length. The first column is
    /// unnested in any case, and numbers the rows.
    /// </summary>
    private string PickedRows(string values, ColumnKind[] kinds, int before)
    {
        int[] unnested = [.. Enumerable.Range(0, kinds.Length).Where(i => i == 0 || !IsOfFixedLength(kinds[i]))];
        var columns = Join(kinds, (_, i) => unnested.Contains(i) ? Name(i) : $"({Array(i)})[i]");
        var source = $"unnest({Join(unnested, (i, _) => Array(i))}) WITH ORDINALITY AS u({Join(unnested, (i, _) => Name(i))}, i)";
        return $"SELECT {values}{columns} FROM {source}";

        string Array(int i) => $"{Parameter(before + i + 1)}::{TypeName(kinds[i])}[]";
        static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"c{i}");
    }

    private static bool IsOfFixedLength(ColumnKind kind) =>
        kind is not (ColumnKind.Text or ColumnKind.Decimal or ColumnKind.Blob or ColumnKind.Json or ColumnKind.Jsonb);

    // Unnesting arrays of one value takes as long as the whole insert.
    protected override string RowSource(WriteTable table) => $"VALUES ({Join(table.Columns, (_, i) => Parameter(i + 1))})";

    protected override string BulkInsert(WriteTable table) =>
        PostgresCopy.Into(Table(table.Schema, table.Name), ColumnsOf(table));

    protected override string Stored(WriteTable table) => $" RETURNING {Quoting.Name(table.Columns[1].Name)}";

    // The comparisons come after the insert, which waits for rows of other transactions: a statement sees what was committed before it began. They fail where
    // a row differs (22P02, a text that is no integer, with the id in it), so that the rest of the request changes nothing.
    protected override GivenStatements Given(WriteTable table)
    {
        if (table.Columns is not [var shared, var key, var time, var body])
        {
            throw new ArgumentOutOfRangeException(nameof(table), table.Name, "Only events have ids that are given.");
        }

        var (name, id, space) = (Table(table.Schema, table.Name), $"t.{Quoting.Name(key.Name)}", $"t.{Quoting.Name(shared.Name)} = {Parameter(1)}");
        var fail = $"SELECT CASE WHEN count(*) = 0 THEN 0 ELSE ('{PostgresGivenRows.Mark}' || min({id}::text))::integer END FROM";

        // OFFSET keeps the planner from making a plain join of it, for which it may read the whole table.
        var stored = $"SELECT * FROM {name} AS t WHERE {space} AND {id} = g.id OFFSET 0";
        var given = $"unnest({Arrays([key.Kind, time.Kind, body.Kind], 1)}) AS g(id, time, body)";
        return new(
            new($"{fail} {given} CROSS JOIN LATERAL ({stored}) AS t WHERE {Differs(body, "g.body")}"),
            new($"{fail} {name} AS t WHERE {space} AND {id} = {Parameter(2)} AND {Differs(body, Parameter(4))}"),
            new($"SELECT {id} FROM {name} AS t WHERE {space} AND {id} = ANY({Parameter(2)}) AND t.xmin::text = {Parameter(3)}"));
    }

    // The number of the transaction that wrote a row stays in it.
    public override string StampedBy(string table, string writer, string sequence) =>
        $"SELECT xmin::text FROM {table} WHERE {writer} = {Parameter(1)} AND {sequence} = {Parameter(2)}";

    /// <summary>
    /// Moves a writer's sequence, and fails when that changes no row (2201E, the logarithm of zero), so that the rest of the request changes nothing. A request
    /// can reach the server late, after another attempt at the same flush was committed. The zero is made of the row's own, since the planner would compute a
    /// constant one for every row. The third parameter is how long the statements after it may wait for a lock; the stamp's own lock can only be held by an
    /// earlier attempt, which ends.
    /// </summary>
    public override string Stamp(string table, string writer, string sequence, string updated) =>
        $"INSERT INTO {table} AS w ({writer}, {sequence}, {updated}) VALUES ({Parameter(1)}, {Parameter(2)}, {Now}) "
        + $"ON CONFLICT ({writer}) DO UPDATE SET {sequence} = CASE WHEN w.{sequence} < excluded.{sequence} THEN excluded.{sequence} "
        + $"ELSE ln((w.{sequence} - w.{sequence})::float8)::bigint END, {updated} = {Later(updated)} "
        + $"RETURNING set_config('lock_timeout', {Parameter(3)}, true)";

    public override string FollowState(FollowedTable table, EpochTable epoch) => PostgresFollowing.State(table, epoch);

    public override string FollowPage(FollowedTable table) => PostgresFollowing.Page(table);

    public override string FollowListed(FollowedTable table) => PostgresFollowing.PageOfListed(table);

    public override string? ForgetCommits(FollowedTable table) => PostgresFollowing.Forget(table);

    public override IReadOnlyList<string> FreeUnlisted(FollowedTable table) => PostgresFollowing.FreeUnlisted(table);

    public override IReadOnlyList<string> FollowObstacles(FollowedTable table) => PostgresFollowing.Obstacles(table);

    public override IReadOnlyList<string> CreateEpoch(EpochTable epoch, long number) => PostgresFollowing.Create(epoch, number);

    public override IReadOnlyList<string> RenewEpoch(EpochTable epoch, IReadOnlyList<FollowedTable> tables, long number) =>
        PostgresFollowing.Renew(epoch, tables, number);

    public override int KeyParameters(int columns) => columns;

    public override string KeySource(IReadOnlyList<ColumnKind> columns) =>
        $"unnest({Arrays(columns)}) WITH ORDINALITY AS k({Join(columns, (_, i) => string.Create(CultureInfo.InvariantCulture, $"k{i}"))}, ord)";

    // OFFSET keeps the planner from making a plain join of it, for which it may read the whole table: once for every page of a range.
    public override string EachKey(string keys, string table, string condition) =>
        $"{keys} CROSS JOIN LATERAL (SELECT * FROM {table} AS t WHERE {condition} OFFSET 0) AS t";

    // One range of points is read, each of which finds its bucket: joined to a list of buckets, all points may be read again for each.
    public override string SelectByBucket(BucketedPoints points)
    {
        var starts = $"({points.Starts}::timestamptz[])";
        var bucket = $"width_bucket({points.Position}, {starts})";
        var from = points.From([$"{points.Position} >= {starts}[1]", $"{points.Position} < {points.End}"]);
        return $"SELECT {starts}[{bucket}], {points.Columns}{from} GROUP BY {bucket} ORDER BY {bucket}";
    }

    public override string CellStart(string instant, StepSpec step, string? zone) => PostgresCells.Start(instant, step, zone);

    public override string Percentiles(RankedValues values) => PostgresPercentiles.Select(values);

    public override string Bigint(string expression) => $"{expression}::bigint";

    // Summed as numeric, so that only the result can overflow, and that fails (22003).
    public override string IntegerSum(string expression, string? weight = null) =>
        weight is null ? $"coalesce(sum({expression}), 0)::bigint" : $"coalesce(sum({expression}::numeric * {weight}), 0)::bigint";

    public override string FloatSum(string expression, string? weight = null) =>
        weight is null ? $"coalesce(sum({expression}::float8), 0)" : $"coalesce(sum({expression}::float8 * {weight}), 0)";

    // A sum has the scale of its summands; without trimming, its trailing zeros could be more digits than decimal holds.
    public override string DecimalSum(string expression, string? weight = null) =>
        weight is null ? $"trim_scale(coalesce(sum({expression}), 0))" : $"trim_scale(coalesce(sum({expression} * {weight}), 0))";

    // Integers and floats overflow with an error of the server (22003). numeric would grow beyond what decimal holds, so it divides by zero there (22012);
    // by a zero made of the row's own, since the planner would compute a constant one for every row.
    public override string AddTotal(ColumnKind kind, string column)
    {
        var sum = $"t.{column} + excluded.{column}";
        return kind == ColumnKind.Decimal
            ? $"{column} = CASE WHEN scale(trim_scale({sum})) <= 28 "
                + $"AND abs({sum}) * power(10::numeric, scale(trim_scale({sum}))) <= 79228162514264337593543950335 THEN {sum} ELSE 1 / (0 * ({sum})) END"
            : $"{column} = {sum}";
    }

    protected override string AddSummary(SummaryColumns columns) =>
        $"{AddTotal(ColumnKind.Int64, columns.Count)}, {AddTotal(columns.Kind, columns.Sum)}, "
        + $"{columns.Min} = least(t.{columns.Min}, excluded.{columns.Min}), {columns.Max} = greatest(t.{columns.Max}, excluded.{columns.Max}), "
        + $"{columns.Squares} = {columns.AddedSquares()}";

    public override string Extreme(ColumnKind kind, bool largest, string expression) => $"{(largest ? "max" : "min")}({expression})";

    public override IReadOnlyList<string> Exclude(string table) => [$"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE"];

    public override string WaitShortly => "SET LOCAL lock_timeout = '1s'";

    // The function runs as whoever puts events, who may be another user than the one that rebuilds; nobody but this function looks at what stands in the log.
    public override IReadOnlyList<string> LogInserts(string table, string log, string name, IReadOnlyList<string> columns)
    {
        var taken = string.Join(", ", columns);
        return
        [
            $"GRANT INSERT ON {log} TO PUBLIC",
            $"CREATE FUNCTION {log}() RETURNS trigger LANGUAGE plpgsql AS "
                + $"$log$ BEGIN INSERT INTO {log} ({taken}) SELECT {taken} FROM added; RETURN NULL; END $log$",
            $"CREATE TRIGGER {name} AFTER INSERT ON {table} REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION {log}()",
        ];
    }

    public override IReadOnlyList<string> EndLog(string table, string log, string name) =>
    [
        $"DROP TRIGGER IF EXISTS {name} ON {table}",
        $"DROP FUNCTION IF EXISTS {log}()",
    ];

    // SKIP LOCKED: two machines that expire at once never wait for each other, let alone deadlock.
    public override string DeleteWhere(string table, IReadOnlyList<string> order, string condition) =>
        $"DELETE FROM {table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM {table} AS t WHERE {condition} "
        + $"ORDER BY {string.Join(", ", order)} FOR UPDATE SKIP LOCKED))";

    // The deletion is a statement of its own, so that it sees rows that were written while the first statement waited for a lock. A row that another writer is
    // still inserting stays: waiting for it could be a deadlock.
    public override IReadOnlyList<string> Delete(string table, IReadOnlyList<string> order, string? condition) => condition is null
        ? [.. Exclude(table), $"DELETE FROM {table}"]
        : [
            $"SELECT count(*) FROM (SELECT FROM {table} AS t WHERE {condition} ORDER BY {string.Join(", ", order)} FOR UPDATE) AS locked",
            DeleteWhere(table, order, condition),
        ];

    public static string TypeName(ColumnKind kind) => kind switch
    {
        ColumnKind.Boolean => "boolean",
        ColumnKind.Int16 => "smallint",
        ColumnKind.Int32 => "integer",
        ColumnKind.Int64 => "bigint",
        ColumnKind.Single => "real",
        ColumnKind.Double => "double precision",
        ColumnKind.Decimal => "numeric",
        ColumnKind.Text => "text",
        ColumnKind.Guid => "uuid",
        ColumnKind.Instant => "timestamp with time zone",
        ColumnKind.Date => "date",
        ColumnKind.Time => "time without time zone",
        ColumnKind.Duration => "interval",
        ColumnKind.Blob => "bytea",
        ColumnKind.Json => "json",
        ColumnKind.Jsonb => "jsonb",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    // json has no equality, and is kept as the text that it was.
    private static string Differs(WriteColumn column, string value) => column.Kind == ColumnKind.Json
        ? $"t.{Quoting.Name(column.Name)}::text IS DISTINCT FROM {value}::text"
        : $"t.{Quoting.Name(column.Name)} IS DISTINCT FROM {value}";

    private string Arrays(IReadOnlyList<ColumnKind> columns, int before = 0) => Join(columns, (kind, i) => $"{Parameter(before + i + 1)}::{TypeName(kind)}[]");
}
