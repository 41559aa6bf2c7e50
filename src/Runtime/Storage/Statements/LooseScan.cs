namespace Typed.Storage.Statements;

/// <summary>Reads the first column of an index without reading the index.</summary>
internal static class LooseScan
{
    /// <summary>Selects the distinct values of a table's column, by a step each in the index that the column leads.</summary>
    /// <param name="table">The table, as SQL.</param>
    /// <param name="column">The column, as SQL.</param>
    public static string Distinct(string table, string column) =>
        $"SELECT space FROM (WITH RECURSIVE found(space) AS (SELECT min({column}) FROM {table} UNION ALL "
        + $"SELECT (SELECT min({column}) FROM {table} WHERE {column} > found.space) FROM found WHERE found.space IS NOT NULL) "
        + "SELECT space FROM found WHERE space IS NOT NULL) AS spaces";
}
