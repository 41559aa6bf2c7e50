using Typed.Schema;

namespace Typed.Storage.Tables;

/// <summary>The store's own two tables.</summary>
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

    // Nothing is sorted or found by these texts but by equality, so that any collation will do.
    private static TableColumn Text(string member) => TableDefinitions.Column(new(member, typeof(string), ColumnKind.Text)) with { Type = "text" };
}
