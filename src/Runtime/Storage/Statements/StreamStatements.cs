namespace Typed.Storage.Statements;

/// <summary>The statements on an event stream. Each takes the namespace, then the lowest and highest id, both included, and reads a limit after them.</summary>
internal sealed class StreamStatements
{
    public StreamStatements(StreamTable table, Dialect dialect)
    {
        Table = table;
        var range = $"FROM {table.Sql} WHERE {table.Namespace} = {dialect.Parameter(1)} AND {table.Id} BETWEEN {dialect.Parameter(2)} AND "
            + $"{dialect.Parameter(3)}";
        Ascending = new Sql($"SELECT {table.Id}, {table.Body} {range} ORDER BY {table.Id}{dialect.Limit(4)}");
        Descending = new Sql($"SELECT {table.Id}, {table.Body} {range} ORDER BY {table.Id} DESC{dialect.Limit(4)}");
        Count = new Sql($"SELECT count(*) {range}");
        Delete = new Sql($"DELETE {range}");
        Forget = table.Followed is { } followed && dialect.ForgetCommits(followed) is { } forget ? new Sql(forget) { IsUncounted = true } : null;
    }

    public StreamTable Table { get; }

    public Sql Ascending { get; }

    public Sql Descending { get; }

    public Sql Count { get; }

    public Sql Delete { get; }

    /// <summary>Removes what is listed of deleted events, in a store; null where nothing is listed. Takes what <see cref="Delete"/> takes.</summary>
    public Sql? Forget { get; }

    /// <summary>Selects the namespaces that hold events, by a step each in the index.</summary>
    public string Namespaces => LooseScan.Distinct(Table.Sql, Table.Namespace);

    /// <summary>Selects the stream's name where the namespace of parameter 1 holds an event.</summary>
    public string Listing(Dialect dialect) =>
        $"SELECT '{Table.Stream.Name}' WHERE EXISTS (SELECT 1 FROM {Table.Sql} WHERE {Table.Namespace} = {dialect.Parameter(1)})";
}
