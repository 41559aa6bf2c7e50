using Typed.Storage.Tables;

namespace Typed.Storage.Statements;

/// <summary>A table of a series, and the one in which its rows are made anew.</summary>
internal sealed class StagedTable
{
    /// <param name="table">The table.</param>
    /// <param name="position">The member that says where a row stands in time.</param>
    /// <param name="dialect">The database.</param>
    public StagedTable(TableDefinition table, string position, Dialect dialect)
    {
        var staged = RebuildTables.Staged(table);
        var (live, made) = (dialect.Table(table.Schema, table.Name), dialect.Table(staged.Schema, staged.Name));
        var columns = string.Join(", ", table.Columns.Where(column => !column.IsNumbered).Select(column => Quoting.Name(column.Name)));
        var order = table.Columns.FirstOrDefault(column => column.IsNumbered) is { } number ? $" ORDER BY {Quoting.Name(number.Name)}" : "";
        var since = $"{Quoting.Name(table[position].Name)} >= {dialect.Parameter(1)}";
        Name = table.Name;
        Create = [.. dialect.Create(staged)];
        Drop = $"DROP TABLE IF EXISTS {made}";
        Exclude = dialect.Exclude(live);
        Delete = new($"DELETE FROM {live} WHERE {since}");
        Copy = new($"INSERT INTO {live} ({columns}) SELECT {columns} FROM {made} WHERE {since}{order}");
    }

    public string Name { get; }

    /// <summary>The statements that make the other one.</summary>
    public IReadOnlyList<string> Create { get; }

    /// <summary>The statement that removes the other one, if it is there.</summary>
    public string Drop { get; }

    /// <summary>The statements that keep everybody else from writing into the table until the transaction ends.</summary>
    public IReadOnlyList<string> Exclude { get; }

    /// <summary>Deletes the rows from an instant on.</summary>
    public Sql Delete { get; }

    /// <summary>Copies the rows from an instant on out of the other one, in their order.</summary>
    public Sql Copy { get; }
}
