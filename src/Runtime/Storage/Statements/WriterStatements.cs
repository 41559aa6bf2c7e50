namespace Typed.Storage.Statements;

/// <summary>The statements on <c>typed_writers</c>. Its times are the database's: clocks of processes differ.</summary>
internal sealed class WriterStatements
{
    /// <summary>
    /// The time after which a writer without a flush counts as gone: each start of a process makes a new writer. Longer than the longest <c>WriteTimeout</c>,
    /// since a flush that is tried again without its line would be applied twice.
    /// </summary>
    private const long LifeSeconds = 30L * 24 * 60 * 60;

    /// <summary>So far ahead are lines dated that are kept: no clean-up comes by in a hundred years.</summary>
    private const long KeptSeconds = -100L * 365 * 24 * 60 * 60;

    /// <param name="table">The table of writers.</param>
    /// <param name="dialect">The database.</param>
    public WriterStatements(TableDefinition table, Dialect dialect)
    {
        var name = dialect.Table(table.Schema, table.Name);
        var (writer, sequence, updated) = (Column("Writer"), Column("Seq"), Column("UpdatedAt"));
        var gone = $"FROM {name} WHERE {updated} < {dialect.Ago(LifeSeconds)}";
        Stamp = new(
            new(dialect.Stamp(name, writer, sequence, updated)),
            dialect.StampedBy(name, writer, sequence) is { } transaction ? new(transaction) : null);
        Fence = new(dialect.Fence(name, writer, sequence, updated));
        Sequence = new($"SELECT {sequence} FROM {name} WHERE {writer} = {dialect.Parameter(1)}");
        Kept = new(
            new(dialect.Keep(name, writer, sequence, updated, dialect.Ago(KeptSeconds))),
            new($"UPDATE {name} SET {updated} = {dialect.Now} WHERE {writer} = {dialect.Parameter(1)}"),
            Sequence,
            Fence);
        CountGone = new($"SELECT count(*) {gone}");
        DeleteGone = new($"DELETE {gone}");

        string Column(string member) => Quoting.Name(table[member].Name);
    }

    /// <summary>Moves a writer's sequence forward.</summary>
    public StampStatements Stamp { get; }

    /// <summary>Moves a writer's sequence past a number that has not been applied, so that it never will be.</summary>
    public Sql Fence { get; }

    /// <summary>A writer's sequence.</summary>
    public Sql Sequence { get; }

    /// <summary>How lines are kept that a spool may still ask for.</summary>
    public KeptWriterStatements Kept { get; }

    /// <summary>Counts the writers that are gone.</summary>
    public Sql CountGone { get; }

    /// <summary>Removes the writers that are gone.</summary>
    public Sql DeleteGone { get; }
}
