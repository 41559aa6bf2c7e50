using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;

namespace Typed.Storage.Model;

/// <summary>Which values of a query come from declared types, through subqueries too: only these are asked for in another way than EF's own.</summary>
internal sealed class ColumnOrigins
{
    private readonly Dictionary<string, TableExpressionBase> _tables = new(StringComparer.Ordinal);

    /// <summary>Takes note of a select's tables, before its SQL is written.</summary>
    public void Add(SelectExpression select) => Add(select.Tables);

    /// <summary>Takes note of tables.</summary>
    public void Add(IEnumerable<TableExpressionBase> tables)
    {
        foreach (var table in tables)
        {
            Add(table is JoinExpressionBase join ? join.Table : table);
        }
    }

    /// <summary>Whether any table of the query is a declared type's.</summary>
    public bool Any => _tables.Values.Any(table => MappingOf(table) is { } mapping && IsDeclared(mapping));

    /// <summary>Whether a value is a column of a declared type, part of one, or made of one.</summary>
    public bool AreDeclared(SqlExpression? value) => value switch
    {
        ColumnExpression column => _tables.TryGetValue(column.TableAlias, out var table) && IsDeclared(table, column.Name),
        JsonScalarExpression json => AreDeclared(json.Json),
        SqlUnaryExpression unary => AreDeclared(unary.Operand),
        SqlBinaryExpression binary => AreDeclared(binary.Left) || AreDeclared(binary.Right),
        SqlFunctionExpression { Arguments: { } arguments } => arguments.Any(AreDeclared),
        CaseExpression choice => choice.WhenClauses.Any(when => AreDeclared(when.Result)) || AreDeclared(choice.ElseResult),
        _ => false,
    };

    private void Add(TableExpressionBase table)
    {
        if (table.Alias is { } alias)
        {
            _tables.TryAdd(alias, table);
        }

        if (table is SelectExpression select)
        {
            Add(select);
        }
        else if (table is SetOperationBase both)
        {
            Add(both.Source1);
            Add(both.Source2);
        }
    }

    private bool IsDeclared(TableExpressionBase table, string column) => table switch
    {
        SelectExpression select => AreDeclared(select.Projection.FirstOrDefault(one => string.Equals(one.Alias, column, StringComparison.Ordinal))?.Expression),
        SetOperationBase both => IsDeclared(both.Source1, column),
        TableValuedFunctionExpression list => list.Arguments.Any(AreDeclared),
        _ => MappingOf(table) is { } mapping && IsDeclared(mapping),
    };

    private static ITableBase? MappingOf(TableExpressionBase table) => (table as TableExpression)?.Table ?? (table as FromSqlExpression)?.Table;

    private static bool IsDeclared(ITableBase table) =>
        table.EntityTypeMappings.Any(mapping => Annotations.IsDeclared(mapping.TypeBase));
}
