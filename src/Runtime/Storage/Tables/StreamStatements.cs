namespace Typed.Storage.Tables;

/// <summary>
/// The statements on an event stream. Each takes the namespace, then the lowest and highest id, both included, and reads a limit after them.
/// </summary>
internal sealed class StreamStatements
{
    public StreamStatements(StreamTable table, Dialect dialect)
    {
        Table = table;
        var range = $"FROM {table.Sql} WHERE {table.Namespace} = {dialect.Parameter(1)} AND {table.Id} BETWEEN {dialect.Parameter(2)} AND {dialect.Parameter(3)}";
        string[] columns = [table.Namespace, table.Id, table.Time, table.Body];
        Insert = new Sql(InsertText(table, dialect, string.Join(", ", columns)));
        Load = dialect.Load(table.Sql, columns) is { } load ? new Sql(load) : null;
        Ascending = new Sql($"SELECT {table.Id}, {table.Body} {range} ORDER BY {table.Id}{dialect.Limit(4)}");
        Descending = new Sql($"SELECT {table.Id}, {table.Body} {range} ORDER BY {table.Id} DESC{dialect.Limit(4)}");
        Count = new Sql($"SELECT count(*) {range}");
        Delete = new Sql($"DELETE {range}");
    }

    public StreamTable Table { get; }

    public Sql Insert { get; }

    /// <summary>The insert as a bulk load, where the database has one: for events under ids that were drawn just now, which no event has.</summary>
    public Sql? Load { get; }

    public Sql Ascending { get; }

    public Sql Descending { get; }

    public Sql Count { get; }

    public Sql Delete { get; }

    /// <summary>Selects the stream's name where the namespace of parameter 1 holds an event.</summary>
    public string Listing(Dialect dialect) =>
        $"SELECT '{Table.Stream.Name}' WHERE EXISTS (SELECT 1 FROM {Table.Sql} WHERE {Table.Namespace} = {dialect.Parameter(1)})";

    private static string InsertText(StreamTable table, Dialect dialect, string columns)
    {
        const string Conflict = "ON CONFLICT DO NOTHING";
        if (dialect.HasArrays)
        {
            var type = table.Stream.Body == BodyFormat.Json ? "json" : "jsonb";
            return $"INSERT INTO {table.Sql} ({columns}) SELECT {dialect.Parameter(1)}, * "
                + $"FROM unnest({dialect.Parameter(2)}::uuid[], {dialect.Parameter(3)}::timestamptz[], {dialect.Parameter(4)}::{type}[]) {Conflict}";
        }

        var values = $"{dialect.Parameter(1)}, {dialect.Parameter(2)}, {dialect.Parameter(3)}, {dialect.Parameter(4)}";
        return table.Transaction is null
            ? $"INSERT INTO {table.Sql} ({columns}) VALUES ({values}) {Conflict}"

            // SQLite has one writer at a time: counting on is commit order.
            : $"INSERT INTO {table.Sql} ({columns}, {table.Transaction}) VALUES ({values}, "
                + $"(SELECT coalesce(max({table.Transaction}), 0) + 1 FROM {table.Sql} WHERE {table.Namespace} = {dialect.Parameter(1)})) {Conflict}";
    }
}
