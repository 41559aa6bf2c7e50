#pragma warning disable EF1001 // The rows of a list stand in a type of the provider's own.
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Npgsql.EntityFrameworkCore.PostgreSQL.Query.Expressions.Internal;
using Typed.Linq;

namespace Typed.Postgres.Linq;

/// <summary>
/// Lists of objects in bodies: Npgsql takes them apart into columns by <c>jsonb_to_recordset</c>, which knows neither the texts of JSON nor what stands for an
/// absent member. Here the rows are the objects, and their members are read like those of a body.
/// </summary>
internal sealed class PostgresLists(ValueForms forms, DeclaredTables tables) : ExpressionVisitor
{
    private const string Element = "value";
    private const string RecordSet = "jsonb_to_recordset";

    private readonly Dictionary<string, TableValuedFunctionExpression> _objects = new(StringComparer.Ordinal);

    protected override Expression VisitExtension(Expression node)
    {
        switch (node)
        {
            case ShapedQueryExpression query:
                return query.Update(Visit(query.QueryExpression), Visit(query.ShaperExpression));
            case SelectExpression select:
                foreach (var table in select.Tables.Select(table => table is JoinExpressionBase join ? join.Table : table))
                {
                    if (table is PgTableValuedFunctionExpression rows && PostgresForms.InJsonb(rows.Name) == RecordSet && tables.IsList(rows))
                    {
                        _objects[rows.Alias] = rows;
                    }
                }

                return base.VisitExtension(select);
            case PgTableValuedFunctionExpression rows when tables.IsList(rows):
                var isObjects = _objects.ContainsKey(rows.Alias);
                return new PgTableValuedFunctionExpression(
                    rows.Alias, isObjects ? "jsonb_array_elements" : PostgresForms.InJsonb(rows.Name),
                    [.. rows.Arguments.Select(list => (SqlExpression)Visit(list))], isObjects ? [new(Element)] : rows.ColumnInfos, rows.WithOrdinality);
            case ColumnExpression { Name: not "ordinality" } column when _objects.TryGetValue(column.TableAlias, out var rows):
                var element = new ColumnExpression(Element, rows.Alias, typeof(string), forms.MappingOf(rows.Arguments[0].TypeMapping), column.IsNullable);
                return new JsonScalarExpression(element, [new(column.Name)], column.Type, column.TypeMapping, column.IsNullable);
            default:
                return base.VisitExtension(node);
        }
    }
}
