namespace Typed.Storage.Statements;

/// <summary>The statements on <c>typed_consumers</c>. Its times are the database's.</summary>
internal sealed class ConsumerStatements
{
    /// <param name="table">The table of consumers.</param>
    /// <param name="dialect">The database.</param>
    public ConsumerStatements(TableDefinition table, Dialect dialect)
    {
        Table = dialect.Table(table.Schema, table.Name);
        var (name, position, updated) = (Column("Name"), Column("Position"), Column("UpdatedAt"));
        var (stream, space) = (Column("Stream"), Column("Namespace"));
        var columns = $"{name}, {stream}, {space}, {position}, {updated}";
        string[] p = [.. Enumerable.Range(1, 4).Select(dialect.Parameter)];
        Create = new($"INSERT INTO {Table} ({columns}) VALUES ({p[0]}, {p[1]}, {p[2]}, {p[3]}, {dialect.Now}) ON CONFLICT DO NOTHING");
        Find = new($"SELECT {columns} FROM {Table} WHERE {name} = {p[0]}");
        List = new($"SELECT {columns} FROM {Table} ORDER BY {name}");
        Advance = new($"UPDATE {Table} SET {position} = {p[1]}, {updated} = {dialect.Now} WHERE {name} = {p[0]} AND {position} = {p[2]}");
        Move = new($"UPDATE {Table} SET {position} = {p[1]}, {updated} = {dialect.Now} WHERE {name} = {p[0]}");
        MoveAll = new($"UPDATE {Table} SET {position} = {p[1]}, {updated} = {dialect.Now} WHERE substr({name}, 1, length({p[0]})) = {p[0]}");
        Delete = new($"DELETE FROM {Table} WHERE {name} = {p[0]}");

        string Column(string member) => Quoting.Name(table[member].Name);
    }

    /// <summary>The table, quoted.</summary>
    public string Table { get; }

    /// <summary>Adds a consumer that is not there; takes name, stream, namespace, position.</summary>
    public Sql Create { get; }

    /// <summary>Name, stream, namespace, position and time of the last move of one consumer; takes the name.</summary>
    public Sql Find { get; }

    /// <summary>The same of all.</summary>
    public Sql List { get; }

    /// <summary>Moves a consumer that stands where it is expected; takes name, new position, expected position.</summary>
    public Sql Advance { get; }

    /// <summary>Moves a consumer wherever it stands; takes name and position.</summary>
    public Sql Move { get; }

    /// <summary>The same of all whose names begin alike; takes that beginning and the position.</summary>
    public Sql MoveAll { get; }

    /// <summary>Forgets a consumer; takes the name.</summary>
    public Sql Delete { get; }
}
