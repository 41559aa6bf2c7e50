using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Typed.Time;

namespace Typed.Storage;

/// <summary>The parts of SQL in which the databases differ. Statements are built once per model, never per call.</summary>
internal abstract class Dialect
{
    /// <summary>The rows of <see cref="WriteStatements.InsertBlock"/>.</summary>
    public const int BlockRows = 16;

    private readonly ConditionalWeakTable<WriteTable, WriteStatements> _writes = [];

    /// <summary>The n-th parameter, from 1.</summary>
    public abstract string Parameter(int number);

    /// <summary>The end of a query that gives at most as many rows as a parameter says.</summary>
    public abstract string Limit(int parameter);

    /// <summary>A table's quoted name, with its schema where the database has them.</summary>
    public virtual string Table(string? schema, string name) => Quoting.Name(schema, name);

    /// <summary>The statements that create a table, its indexes included.</summary>
    public abstract IEnumerable<string> Create(TableDefinition table);

    /// <summary>The column that holds the order in which events were committed.</summary>
    public abstract TableColumn CommitOrder { get; }

    /// <summary>Which rows the index on the commit order holds, as a condition; null: all.</summary>
    /// <param name="column">The quoted name of the order's column.</param>
    public virtual string? CommitFilter(string column) => null;

    /// <summary>The table that lists what flushes commit to streams that are followed.</summary>
    public abstract TableDefinition Commits { get; }

    /// <summary>Whether the database numbers rows in a primary key of one column only.</summary>
    public virtual bool NumbersByKeyOnly => false;

    /// <summary>The statements that write into a table: built at its first write, then found by reference.</summary>
    public WriteStatements StatementsOf(WriteTable table) =>
        _writes.GetValue(table, Statements);

    /// <summary>The rows to insert: array parameters, or one row of parameters.</summary>
    protected abstract string InsertSource(WriteTable table);

    /// <summary>One row of parameters, where <see cref="InsertSource"/> takes arrays; else null.</summary>
    protected virtual string? RowSource(WriteTable table) => null;

    /// <summary>
    /// <see cref="BlockRows"/> rows of parameters, where a statement for each row would take longer; null where <see cref="InsertSource"/> takes many.
    /// </summary>
    protected virtual string? BlockSource(WriteTable table) => null;

    /// <summary>The bulk load of rows, or null where the database has none.</summary>
    protected virtual string? BulkInsert(WriteTable table) => null;

    /// <summary>The statements that list what is committed to a table; null where it is not followed, or only its index tells.</summary>
    protected virtual CommitStatements? Commit(WriteTable table) => null;

    /// <summary>The statements about rows whose keys were given.</summary>
    protected abstract GivenStatements Given(WriteTable table);

    /// <summary>The end of an insert that gives the keys of the rows that it stored; empty where the session knows.</summary>
    protected virtual string Stored(WriteTable table) => string.Empty;

    /// <summary>A FROM item <c>k(k0, k1, …, ord)</c> of the keys asked for, two or more, in their order; one text whatever their number.</summary>
    public abstract string KeySource(IReadOnlyList<ColumnKind> columns);

    /// <summary>FROM items and WHERE that read a table <c>t</c> for one key after the other, whatever the database's statistics say.</summary>
    /// <param name="keys">The text of <see cref="KeySource"/>.</param>
    /// <param name="table">The table.</param>
    /// <param name="condition">Which rows of <c>t</c> belong to a key of <c>k</c>.</param>
    public abstract string EachKey(string keys, string table, string condition);

    /// <summary>
    /// Selects the start of each bucket that holds points, and columns of it, ascending. The plan does not depend on the database's statistics about the table.
    /// </summary>
    public abstract string SelectByBucket(BucketedPoints points);

    /// <summary>How many parameters two or more keys take.</summary>
    public abstract int KeyParameters(int columns);

    /// <summary>The start of a grid's cell that holds an instant: what <see cref="Grid.Floor"/> gives.</summary>
    public abstract string CellStart(string instant, StepSpec step, string? zone);

    /// <summary>
    /// Whether rows of one value are merged into coarser cells as they are read: sorting them by what is computed takes the database longer than giving them.
    /// </summary>
    public virtual bool GivesRowsOfCells => false;

    /// <summary>
    /// Selects cells and the value of each percentile, nearest rank; null where the database cannot rank values of that kind faster than the process that
    /// reads them.
    /// </summary>
    public virtual string? Percentiles(RankedValues values) => null;

    /// <summary>Names for the columns of a cell outside a subquery. No column has such a name, since columns are named by words.</summary>
    public static IEnumerable<string> NamesOf(IReadOnlyList<string> cell) =>
        cell.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"\"cell {i}\""));

    /// <summary>The columns of a cell under these names.</summary>
    public static string WithNames(IReadOnlyList<string> cell) => string.Join(", ", cell.Zip(NamesOf(cell), (column, name) => $"{column} AS {name}"));

    /// <summary>An expression as a 64-bit integer.</summary>
    public abstract string Bigint(string expression);

    /// <summary>An exact sum of integers, read with <see cref="RowReader.IntegerSum"/>.</summary>
    public abstract string IntegerSum(string expression, string? weight = null);

    /// <summary>The columns of <see cref="IntegerSum"/>, one by one.</summary>
    public virtual IReadOnlyList<string> IntegerSums(string expression) => [IntegerSum(expression)];

    /// <summary>Orders values by their counts, the largest first; those of equal counts ascending.</summary>
    /// <param name="kind">How the values are stored.</param>
    /// <param name="value">The value.</param>
    /// <param name="count">The count.</param>
    /// <param name="isSum">Whether counts of equal values are added up.</param>
    public virtual string MostFirst(ColumnKind kind, string value, string count, bool isSum) => $"{(isSum ? $"sum({count})" : count)} DESC, {value}";

    /// <summary>A sum of floats as a double.</summary>
    public abstract string FloatSum(string expression, string? weight = null);

    /// <summary>An exact sum of decimals.</summary>
    public abstract string DecimalSum(string expression, string? weight = null);

    /// <summary>The assignment that adds a new total to a stored one, and fails or changes nothing where the sum leaves its type.</summary>
    /// <param name="kind">The total's type.</param>
    /// <param name="column">The column.</param>
    public abstract string AddTotal(ColumnKind kind, string column);

    /// <summary>The assignments that add a summary to a stored one, and fail or change nothing where a sum leaves its type.</summary>
    protected abstract string AddSummary(SummaryColumns columns);

    /// <summary>The smallest or largest value.</summary>
    public abstract string Extreme(ColumnKind kind, bool largest, string expression);

    /// <summary>Deletes rows that other processes may be deleting at the same time. The condition calls the table <c>t</c>.</summary>
    public abstract string DeleteWhere(string table, IReadOnlyList<string> order, string condition);

    /// <summary>
    /// Deletes rows that flushes may be writing at the same time, by statements that are run one after the other in one transaction. They lock rows in the
    /// order in which flushes do, so that no two wait for each other in a circle. Without a condition: all rows.
    /// </summary>
    public abstract IReadOnlyList<string> Delete(string table, IReadOnlyList<string> order, string? condition);

    /// <summary>The statements that keep everybody else from writing into a table until the transaction ends; readers see it as it was.</summary>
    public virtual IReadOnlyList<string> Exclude(string table) => [];

    /// <summary>
    /// The statement that keeps <see cref="Exclude"/> from waiting long in this transaction, since everybody else then waits behind it; null where it does not.
    /// </summary>
    public virtual string? WaitShortly => null;

    /// <summary>The statements after which every row that is inserted into a table is told to a log, in the same transaction.</summary>
    /// <param name="table">The table.</param>
    /// <param name="log">The log's table.</param>
    /// <param name="name">The log's bare name, quoted.</param>
    /// <param name="columns">The columns that the log takes.</param>
    public abstract IReadOnlyList<string> LogInserts(string table, string log, string name, IReadOnlyList<string> columns);

    /// <summary>The statements that end what <see cref="LogInserts"/> began, if it did.</summary>
    public abstract IReadOnlyList<string> EndLog(string table, string log, string name);

    /// <summary>A sum of integers in one column, as it is stored; a sum that leaves its type fails.</summary>
    public virtual string StoredIntegerSum(string expression) => IntegerSum(expression);

    /// <summary>The time by the database's clock, whatever the clocks of processes say, as an instant is stored.</summary>
    public abstract string Now { get; }

    /// <summary>The time so many seconds ago by the database's clock.</summary>
    public abstract string Ago(long seconds);

    /// <summary>
    /// Moves a writer's sequence forward; changes no row, or fails, when it is there already. The date of a line that is kept, which lies far ahead, stays.
    /// </summary>
    public virtual string Stamp(string table, string writer, string sequence, string updated) => string.Create(
        CultureInfo.InvariantCulture,
        $"INSERT INTO {table} AS w ({writer}, {sequence}, {updated}) VALUES ({Parameter(1)}, {Parameter(2)}, {Now}) "
        + $"ON CONFLICT ({writer}) DO UPDATE SET {sequence} = excluded.{sequence}, {updated} = {Later(updated)} WHERE w.{sequence} < excluded.{sequence}");

    /// <summary>Makes a writer's line under a date, or moves its sequence forward, never back.</summary>
    public string Keep(string table, string writer, string sequence, string updated, string until) => string.Create(
        CultureInfo.InvariantCulture,
        $"INSERT INTO {table} AS w ({writer}, {sequence}, {updated}) VALUES ({Parameter(1)}, {Parameter(2)}, {until}) "
        + $"ON CONFLICT ({writer}) DO UPDATE SET {sequence} = CASE WHEN w.{sequence} < excluded.{sequence} THEN excluded.{sequence} ELSE w.{sequence} END, "
        + $"{updated} = excluded.{updated}");

    /// <summary>Moves a writer's sequence to a number, unless it is there already or at the number before it.</summary>
    public string Fence(string table, string writer, string sequence, string updated) => string.Create(
        CultureInfo.InvariantCulture,
        $"INSERT INTO {table} AS w ({writer}, {sequence}, {updated}) VALUES ({Parameter(1)}, {Parameter(2)}, {Now}) "
        + $"ON CONFLICT ({writer}) DO UPDATE SET {sequence} = excluded.{sequence}, {updated} = {Later(updated)} "
        + $"WHERE w.{sequence} < excluded.{sequence} - 1");

    /// <summary>
    /// Selects the state of a followed table in one row: the epoch, null where none is recorded; whether its record was made in this history of commits; the
    /// first order that may still get events; the first order that nothing has yet; after a position the order of the first event that is not listed, the
    /// order of the first one that is, and the number of its list, each null where there is none. Parameters: namespace, order and id of the position; number
    /// and place of its list.
    /// </summary>
    public abstract string FollowState(FollowedTable table, EpochTable epoch);

    /// <summary>
    /// Selects id, body and order of the events that are not listed, after a position and before an order, in the order of commits. Parameters: namespace,
    /// order and id of the position, the order, the most rows.
    /// </summary>
    public abstract string FollowPage(FollowedTable table);

    /// <summary>
    /// Selects id, body, order, number of the list and place in it of listed events, from a list on and before an order, in the order of commits; no number
    /// where the order tells events apart. Parameters: namespace, order and number of the list, the place in it that was read last, the order, the most rows.
    /// </summary>
    public abstract string FollowListed(FollowedTable table);

    /// <summary>
    /// Removes the lists of which no event is left, as a statement that counts no row; null where a store does not list. Parameters: namespace, the lowest and
    /// the highest id of what was deleted.
    /// </summary>
    public abstract string? ForgetCommits(FollowedTable table);

    /// <summary>Statements that let rows be followed whose lists are not there, where no epoch is recorded; none where rows need no lists.</summary>
    public virtual IReadOnlyList<string> FreeUnlisted(FollowedTable table) => [];

    /// <summary>Selects the id of the event that has an order; null where several events share one. Parameters: namespace, order and id.</summary>
    public virtual string? FollowedAt(FollowedTable table) => null;

    /// <summary>
    /// Queries that are run one after the other until one gives a row: a text where something keeps a table from being followed, an empty one where nothing
    /// does.
    /// </summary>
    public virtual IReadOnlyList<string> FollowObstacles(FollowedTable table) => [];

    /// <summary>Statements that record an epoch, each in a transaction of its own; they change nothing where one is recorded.</summary>
    public abstract IReadOnlyList<string> CreateEpoch(EpochTable epoch, long number);

    /// <summary>
    /// Statements that begin another epoch in one transaction, in which all stored events come first; they change nothing where the recorded one holds. None
    /// where it always holds.
    /// </summary>
    public virtual IReadOnlyList<string> RenewEpoch(EpochTable epoch, IReadOnlyList<FollowedTable> tables, long number) => [];

    /// <summary>The later of a writer's old date and its new one.</summary>
    protected static string Later(string updated) => $"CASE WHEN w.{updated} > excluded.{updated} THEN w.{updated} ELSE excluded.{updated} END";

    /// <summary>Selects the transaction that moved a writer's sequence to a number; null where <see cref="GivenStatements.Recall"/> is.</summary>
    public virtual string? StampedBy(string table, string writer, string sequence) => null;

    /// <summary>The quoted names of the columns that rows fill.</summary>
    protected static IEnumerable<string> ColumnsOf(WriteTable table) => table.Columns.Select(column => Quoting.Name(column.Name));

    protected static string Join<T>(IEnumerable<T> items, Func<T, int, string> text, string separator = ", ")
    {
        var builder = new StringBuilder();
        var index = 0;
        foreach (var item in items)
        {
            builder.Append(index == 0 ? "" : separator).Append(text(item, index));
            index++;
        }

        return builder.ToString();
    }

    private WriteStatements Statements(WriteTable table)
    {
        var insert = new Sql(Insert(table, InsertSource(table)));
        return new(
            insert,
            RowSource(table) is { } row ? new Sql(Insert(table, row)) : insert,
            BlockSource(table) is { } block ? new Sql(Insert(table, block)) : null,
            BulkInsert(table) is { } bulk ? new Sql(bulk) : null,
            table.Conflict == WriteConflict.Same ? Given(table) : null,
            table.CommitOrder is null ? null : Commit(table));
    }

    private string Insert(WriteTable table, string source)
    {
        var conflict = table.Conflict switch
        {
            WriteConflict.Append => "",

            // ON CONFLICT names no columns: an application may have made the table's unique index wider, to partition it.
            WriteConflict.Ignore => " ON CONFLICT DO NOTHING",
            WriteConflict.Same => " ON CONFLICT DO NOTHING" + Stored(table),
            WriteConflict.AddTotal => OnConflict(table, AddTotal(table.Deciding!.Kind, Quoting.Name(table.Deciding.Name))),
            WriteConflict.AddSummary => OnConflict(table, AddSummary(table.Summary!)),
            WriteConflict.KeepLatest => OnConflict(table, ReplaceEarlier(table)),
            _ => throw new ArgumentOutOfRangeException(nameof(table), table.Conflict, message: null),
        };
        return $"INSERT INTO {Table(table.Schema, table.Name)} AS t ({string.Join(", ", ColumnsOf(table))}) {source}{conflict}";
    }

    private static string OnConflict(WriteTable table, string update) =>
        $" ON CONFLICT ({string.Join(", ", table.Key.Select(Quoting.Name))}) DO UPDATE SET {update}";

    private static string ReplaceEarlier(WriteTable table)
    {
        var replaced = table.Columns.Where(column => !table.Key.Contains(column.Name, StringComparer.Ordinal)).Select(column => Quoting.Name(column.Name));
        var time = Quoting.Name(table.Deciding!.Name);
        return $"{string.Join(", ", replaced.Select(column => $"{column} = excluded.{column}"))} WHERE t.{time} <= excluded.{time}";
    }
}
