using Typed.Schema;

namespace Typed.Storage;

/// <summary>The names of what belongs to a table, as EF Core would choose them.</summary>
internal static class TableNames
{
    /// <summary>The name of a table's primary key.</summary>
    public static string Key(TableDefinition table) => table.KeyName ?? Names.Shorten($"PK_{table.Name}");

    /// <summary>The name of a table's other index.</summary>
    public static string Index(TableDefinition table) =>
        table.IndexName ?? Names.Shorten($"IX_{table.Name}_{string.Join('_', table.Index.Select(member => table[member].Name))}");
}
