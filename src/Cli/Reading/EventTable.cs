using Typed.Cli.Connections;
using Typed.Storage;

namespace Typed.Cli.Reading;

/// <summary>The table of a stream and the statements on it. Ranges take the namespace, the lowest and the highest id, both included.</summary>
internal sealed class EventTable
{
    private readonly string _range;

    private EventTable(StoredStream stream, TableColumns columns, Dialect dialect)
    {
        Stream = stream;
        Columns = columns;
        Sql = Quoting.Name(stream.Table);
        (Namespace, Id) = (columns["namespace"], columns["id"]);
        _range = $"FROM {Sql} WHERE {Namespace} = {dialect.Parameter(1)} AND {Id} BETWEEN {dialect.Parameter(2)} AND {dialect.Parameter(3)}";
        var select = $"SELECT {Id}, {columns["body"]}, {columns["version"]} {_range}";
        Ascending = new($"{select} ORDER BY {Id}{dialect.Limit(4)}");
        Descending = new($"{select} ORDER BY {Id} DESC{dialect.Limit(4)}");
    }

    public StoredStream Stream { get; }

    public TableColumns Columns { get; }

    public string Sql { get; }

    public string Namespace { get; }

    public string Id { get; }

    public Sql Ascending { get; }

    public Sql Descending { get; }

    public string Count => $"SELECT count(*) {_range}";

    public string Delete => $"DELETE {_range}";

    public static async Task<EventTable> FindAsync(StoredDatabase database, StoredStream stream, CancellationToken cancellationToken) =>
        new(stream, await TableColumns.ReadAsync(database, stream.Table, cancellationToken), database.Dialect);
}
