using Typed.Schema;

namespace Typed.Storage;

/// <summary>The names of what belongs to a table, as EF Core would choose them.</summary>
internal static class TableNames
{
    /// <summary>The name of a table's primary key.</summary>
    public static string Key(TableDefinition table) => table.KeyName ?? Names.Shorten($"PK_{table.Name}");

    /// <summary>The name of an index.</summary>
    public static string Index(TableDefinition table, TableIndex index) =>
        index.Name ?? Names.Shorten($"IX_{table.Name}_{string.Join('_', index.Members.Select(member => table[member].Name))}");
}
