using Typed.Cli.Connections;
using Typed.Cli.Output;
using Typed.Storage;

namespace Typed.Cli.Reading;

/// <summary>The real names of a table's columns, which a naming convention of the application may have changed.</summary>
internal sealed class TableColumns
{
    private readonly string _table;
    private readonly Dictionary<string, string> _names;

    private TableColumns(string table, IReadOnlyList<(string Name, bool IsKey)> columns)
    {
        _table = table;
        All = columns;
        _names = columns.ToDictionary(column => Plain(column.Name), column => column.Name, StringComparer.Ordinal);
    }

    /// <summary>The columns in order, and whether each is in the primary key.</summary>
    public IReadOnlyList<(string Name, bool IsKey)> All { get; }

    public static async Task<TableColumns> ReadAsync(StoredDatabase database, string table, CancellationToken cancellationToken)
    {
        var columns = await database.ListAsync(
            database.Kind.Columns, row => (row.Text(0), row.Boolean(1)), cancellationToken, parameters => parameters.Text(table));
        return new(table, columns);
    }

    public bool Has(string name) => _names.ContainsKey(Plain(name));

    /// <summary>The bare name of a column.</summary>
    /// <exception cref="CliException">The table has no such column.</exception>
    public string Bare(string name) => _names.GetValueOrDefault(Plain(name)) ?? throw new CliException(
        ExitCodes.NotTyped, $"Table {_table} has no column for '{name}', though the catalog says so.", "'typed doctor' tells what else is wrong.");

    /// <summary>The quoted name of a column.</summary>
    public string this[string name] => Quoting.Name(Bare(name));

    // SquaredDeviations, squared_deviations and SQUARED_DEVIATIONS are one name.
    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
