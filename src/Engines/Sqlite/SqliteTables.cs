using Typed.Storage;

namespace Typed.Sqlite;

/// <summary>Creates tables in SQLite.</summary>
internal static class SqliteTables
{
    /// <summary>
    /// The end of the statement that creates a table of buckets: a row then lives in the primary key itself instead of in a table and an index beside it.
    /// Measured: half the file, inserts a third faster, ranges up to twice as fast.
    /// </summary>
    public const string OfBuckets = " WITHOUT ROWID";

    public static IEnumerable<string> Create(TableDefinition table)
    {
        // Only a key that stands in its column is the number of the row.
        var key = $"CONSTRAINT {Quoting.Name(TableNames.Key(table))} PRIMARY KEY";
        var alone = table.Key is [var only] ? table[only] : null;
        var parts = table.Columns.Select(column =>
            $"{Describe(column)}{(column == alone ? $" {key}" : "")}{(column.IsNumbered ? " AUTOINCREMENT" : "")}");
        parts = alone is null ? parts.Append($"{key} ({Columns(table, table.Key)})") : parts;
        yield return $"CREATE TABLE {Quoting.Name(table.Name)} ({string.Join(", ", parts)}){(table.HoldsBuckets ? OfBuckets : "")}";
        foreach (var index in table.Indexes)
        {
            yield return $"CREATE {(index.IsUnique ? "UNIQUE " : "")}INDEX {Quoting.Name(TableNames.Index(table, index))} ON {Quoting.Name(table.Name)} "
                + $"({Columns(table, index.Members)})";
        }
    }

    private static string Describe(TableColumn column) =>
        $"{Quoting.Name(column.Name)} {TypeName(column.Definition.Kind)} NOT NULL{(column.Default is { } value ? $" DEFAULT {value}" : "")}";

    private static string Columns(TableDefinition table, IEnumerable<string> members) =>
        string.Join(", ", members.Select(member => Quoting.Name(table[member].Name)));

    private static string TypeName(ColumnKind kind) => kind switch
    {
        ColumnKind.Boolean or ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64 or ColumnKind.Instant or ColumnKind.Duration => "INTEGER",
        ColumnKind.Single or ColumnKind.Double => "REAL",
        ColumnKind.Guid or ColumnKind.Blob => "BLOB",
        ColumnKind.Decimal or ColumnKind.Text or ColumnKind.Date or ColumnKind.Time or ColumnKind.Json or ColumnKind.Jsonb => "TEXT",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };
}
