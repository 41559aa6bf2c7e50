namespace Typed.Storage.Statements;

/// <summary>The statements on <c>typed_follow</c>.</summary>
internal sealed class EpochStatements
{
    private readonly Dialect _dialect;

    /// <param name="table">The table of epochs.</param>
    /// <param name="dialect">The database.</param>
    public EpochStatements(TableDefinition table, Dialect dialect)
    {
        _dialect = dialect;
        Table = new(dialect.Table(table.Schema, table.Name), Column("Place"), Column("Epoch"), Column("Tx"));

        string Column(string member) => Quoting.Name(table[member].Name);
    }

    public EpochTable Table { get; }

    /// <summary>Record an epoch, each in a transaction of its own; they change nothing where one is recorded.</summary>
    public IReadOnlyList<Sql> Create(long epoch) => [.. _dialect.CreateEpoch(Table, epoch).Select(text => new Sql(text))];

    /// <summary>
    /// Begin another epoch in one transaction, in which all stored events come first; they change nothing where the recorded one holds. <see cref="Create"/>
    /// has
    /// to complete the record afterwards.
    /// </summary>
    public IReadOnlyList<Sql> Renew(IEnumerable<StreamTable> streams, long epoch)
    {
        FollowedTable[] tables = [.. streams.Select(stream => stream.Followed!).OrderBy(table => table.Sql, StringComparer.Ordinal)];
        return [.. _dialect.RenewEpoch(Table, tables, epoch).Select(text => new Sql(text))];
    }
}
