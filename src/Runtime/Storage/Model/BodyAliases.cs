using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;

namespace Typed.Storage.Model;

/// <summary>
/// Which tables of a query hold events, or lists out of their bodies: by the aliases that EF gives each table once. Only what comes from them is written in another
/// way than EF's own; an application's tables may have indexes on EF's expressions.
/// </summary>
internal sealed class BodyAliases
{
    private readonly HashSet<string> _aliases = new(StringComparer.Ordinal);

    /// <summary>Takes note of a select's tables, before its SQL is written.</summary>
    public void Add(SelectExpression select) => AddAll(select.Tables);

    /// <summary>Takes note of tables.</summary>
    public void Add(IEnumerable<TableExpressionBase> tables) => AddAll(tables);

    /// <summary>Whether JSON, or a value out of it, is a body's.</summary>
    public bool Have(SqlExpression? json) => json switch
    {
        JsonScalarExpression scalar => Have(scalar.Json),
        SqlUnaryExpression unary => Have(unary.Operand),
        ColumnExpression column => _aliases.Contains(column.TableAlias),
        _ => false,
    };

    private bool AddAll(IEnumerable<TableExpressionBase> tables)
    {
        var any = false;
        foreach (var table in tables)
        {
            any |= Add(table);
        }

        return any;
    }

    private static bool IsStream(ITableBase table) => table.EntityTypeMappings.Any(mapping => Annotations.IsStream(mapping.TypeBase));

    private bool Add(TableExpressionBase table)
    {
        var isOfBodies = table switch
        {
            JoinExpressionBase join => Add(join.Table),
            SelectExpression select => AddAll(select.Tables),
            SetOperationBase both => AddAll([.. both.Source1.Tables, .. both.Source2.Tables]),
            TableExpression known => IsStream(known.Table),
            FromSqlExpression { Table: { } known } => IsStream(known),
            TableValuedFunctionExpression list => list.Arguments.Any(Have),
            _ => false,
        };
        if (isOfBodies && table.Alias is { } alias)
        {
            _aliases.Add(alias);
        }

        return isOfBodies;
    }
}
