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

    /// <summary>Let rows be followed that came without their lists, before the first epoch.</summary>
    public IReadOnlyList<Sql> FreeUnlisted(IEnumerable<StreamTable> streams) =>
        [.. Ordered(streams).SelectMany(_dialect.FreeUnlisted).Select(text => new Sql(text))];

    /// <summary>
    /// Begin another epoch in one transaction, in which all stored events come first; they change nothing where the recorded one holds. <see cref="Create"/>
    /// has
    /// to complete the record afterwards.
    /// </summary>
    public IReadOnlyList<Sql> Renew(IEnumerable<StreamTable> streams, long epoch) =>
        [.. _dialect.RenewEpoch(Table, [.. Ordered(streams)], epoch).Select(text => new Sql(text))];

    // In one order, so that no two wait for each other's tables.
    private static IEnumerable<FollowedTable> Ordered(IEnumerable<StreamTable> streams) =>
        streams.Select(stream => stream.Followed!).OrderBy(table => table.Sql, StringComparer.Ordinal);
}
