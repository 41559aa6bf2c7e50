#pragma warning disable EF1001 // The path of a list stands in a type of the provider's own.
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Sqlite.Query.Internal;
using Microsoft.EntityFrameworkCore.Storage;

namespace Typed.Sqlite.Linq;

/// <summary>
/// <c>SelectMany(e => e.Body.Lines)</c>: SQLite has no lateral joins, and EF refuses queries that would need one; but json_each sees the tables before it. So a
/// list of a body is joined by json_each itself, without a subquery around it.
/// </summary>
internal static class SqliteLateralJoins
{
    public const string Refusal =
        "SQLite has no lateral joins, which a query for each row would need. Ask for a list as it is (Select(e => e.Body.Lines), "
        + "or SelectMany(e => e.Body.Lines) without conditions of its own) and go on in memory, "
        + "or ask whether and how many elements there are (Any, Count, Sum).";

    /// <summary>Turns lateral joins into plain joins before the provider can refuse them.</summary>
    public static Expression Allow(Expression query) => new Allowing().Visit(query);

    /// <summary>Removes the subqueries around json_each.</summary>
    public static Expression Flatten(Expression query, RelationalTypeMapping text) => new Flattening(text).Visit(query);

    private static bool IsList(TableExpressionBase table) => table is TableValuedFunctionExpression { Name: "json_each" } || FindList(table) is not null;

    /// <summary>The rows of a list, where a subquery does nothing but project them; null for other subqueries.</summary>
    private static TableValuedFunctionExpression? FindList(TableExpressionBase table) => table is SelectExpression
    {
        Tables: [TableValuedFunctionExpression { Name: "json_each" } rows], Predicate: null, GroupBy: [], Having: null, IsDistinct: false, Limit: null,
            Offset: null,
    }
        ? rows
        : null;

    private sealed class Allowing : ExpressionVisitor
    {
        protected override Expression VisitExtension(Expression node) => node switch
        {
            ShapedQueryExpression query => query.UpdateQueryExpression(Visit(query.QueryExpression)).UpdateShaperExpression(Visit(query.ShaperExpression)),
            CrossApplyExpression { Table: { } table } when IsList(table) => new CrossJoinExpression((TableExpressionBase)Visit(table)),
            _ => base.VisitExtension(node),
        };
    }

    private sealed class Flattening(RelationalTypeMapping text) : ExpressionVisitor
    {
        private readonly Dictionary<string, SelectExpression> _flattened = new(StringComparer.Ordinal);

        protected override Expression VisitExtension(Expression node)
        {
            switch (node)
            {
                case ShapedQueryExpression query:
                    return query.Update(Visit(query.QueryExpression), Visit(query.ShaperExpression));
                case SelectExpression select:
                    if (select.Alias is { } own && _flattened.ContainsKey(own))
                    {
                        return Visit(FindList(select)!);
                    }

                    foreach (var list in select.Tables.Select(table => table is CrossJoinExpression join ? join.Table : table).OfType<SelectExpression>()
                        .Where(list => FindList(list) is not null))
                    {
                        _flattened[list.Alias!] = list;
                    }

                    return base.VisitExtension(select);

                // EF gives json_each a path, and gets one row for a list that is null; as a value it is NULL, which has no rows.
                case JsonEachExpression { Path: { } path } list:
                    return new TableValuedFunctionExpression(list.Alias, "json_each",
                        [new JsonScalarExpression((SqlExpression)Visit(list.JsonExpression), path, typeof(string), text, nullable: true)]);
                case ColumnExpression column when _flattened.TryGetValue(column.TableAlias, out var list):
                    return Visit(list.Projection.First(projection => string.Equals(projection.Alias, column.Name, StringComparison.Ordinal)).Expression);
                default:
                    return base.VisitExtension(node);
            }
        }
    }
}
