using Typed.Schema;

namespace Typed.Storage.Tables;

/// <summary>The store's own tables: two, and two more where streams are followed.</summary>
internal static class SystemTables
{
    /// <summary>How the data of each table was laid out when the table was made.</summary>
    public static TableDefinition Catalog { get; } = new(
        Names.Catalog, [Text("Name"), Text("Layout")], ["Name"]);

    /// <summary>The last flush of each writer that was committed.</summary>
    public static TableDefinition Writers { get; } = new(
        Names.Writers,
        [
            TableDefinitions.Column(new("Writer", typeof(Guid), ColumnKind.Guid)),
            TableDefinitions.Column(new("Seq", typeof(long), ColumnKind.Int64)),
            TableDefinitions.Column(new("UpdatedAt", typeof(DateTimeOffset), ColumnKind.Instant)),
        ],
        ["Writer"]);

    /// <summary>
    /// Which history of commits the positions of followers belong to: later ones have higher numbers. On PostgreSQL there are two rows, written by different
    /// transactions: those of a database that was restored from a dump say another transaction than the one that wrote them.
    /// </summary>
    public static TableDefinition Follow { get; } = new(
        Names.Follow,
        [
            TableDefinitions.Column(new("Place", typeof(int), ColumnKind.Int32)),
            TableDefinitions.Column(new("Epoch", typeof(long), ColumnKind.Int64)),
            TableDefinitions.Column(new("Tx", typeof(long), ColumnKind.Int64)),
        ],
        ["Place"]);

    /// <summary>How far each consumer has come: the text of a position.</summary>
    public static TableDefinition Consumers { get; } = new(
        Names.Consumers,
        [
            Text("Name"), Text("Stream"), Text("Namespace"), Text("Position"),
            TableDefinitions.Column(new("UpdatedAt", typeof(DateTimeOffset), ColumnKind.Instant)),
        ],
        ["Name"]);

    // Nothing is sorted or found by these texts but by equality, so that any collation will do.
    public static TableColumn Text(string member) => TableDefinitions.Column(new(member, typeof(string), ColumnKind.Text)) with { Type = "text" };
}
