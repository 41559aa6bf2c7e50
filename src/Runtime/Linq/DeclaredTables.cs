using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Typed.Storage.Model;

namespace Typed.Linq;

/// <summary>Says which values of a query come from declared types, also through subqueries, by the alias that EF gives each table.</summary>
internal sealed class DeclaredTables
{
    private static readonly PathSegment s_element = new(new SqlConstantExpression(0, IntTypeMapping.Default));

    private readonly Dictionary<string, TableExpressionBase> _tables = new(StringComparer.Ordinal);

    private DeclaredTables()
    {
    }

    /// <summary>Whether any table of the query is a declared type's.</summary>
    public bool Any => _tables.Values.Any(table => MappingOf(table) is { } mapping && Has(mapping, Annotations.IsDeclared));

    public static DeclaredTables Find(Expression query)
    {
        var tables = new DeclaredTables();
        new Finder(tables._tables).Visit(query);
        return tables;
    }

    /// <summary>Whether a value is a column of a declared type, part of one, or made of one.</summary>
    public bool IsDeclared(SqlExpression? value) => IsFrom(value, Annotations.IsDeclared);

    /// <summary>Whether a value comes from an event.</summary>
    public bool IsOfStream(SqlExpression? value) => IsFrom(value, Annotations.IsStream);

    /// <summary>The stream whose bodies JSON is a part of, and its path in the body, also through subqueries; null where it is part of none.</summary>
    public (IEntityType Stream, IReadOnlyList<PathSegment> Path)? FindBody(SqlExpression? json) => json switch
    {
        JsonScalarExpression member when FindBody(member.Json) is { } outer => (outer.Stream, [.. outer.Path, .. member.Path]),
        SqlUnaryExpression unary => FindBody(unary.Operand),
        ColumnExpression column when _tables.TryGetValue(column.TableAlias, out var table) => FindBody(table, column.Name),
        _ => null,
    };

    /// <summary>Whether a column is one of the rows of a list in a body.</summary>
    public bool IsOfList(ColumnExpression column) => _tables.GetValueOrDefault(column.TableAlias) is TableValuedFunctionExpression rows && IsList(rows);

    /// <summary>Whether rows are those of a list in a body.</summary>
    public bool IsList(TableValuedFunctionExpression rows) => rows.Arguments.Any(IsOfStream);

    /// <summary>Whether JSON is a column that a subquery hands on.</summary>
    public bool IsOfSubquery(SqlExpression? json) => json switch
    {
        SqlUnaryExpression unary => IsOfSubquery(unary.Operand),
        ColumnExpression column => _tables.GetValueOrDefault(column.TableAlias) is SelectExpression or SetOperationBase,
        _ => false,
    };

    private static ITableBase? MappingOf(TableExpressionBase table) => (table as TableExpression)?.Table ?? (table as FromSqlExpression)?.Table;

    private static bool Has(ITableBase table, Func<IReadOnlyTypeBase, bool> kind) => table.EntityTypeMappings.Any(mapping => kind(mapping.TypeBase));

    private (IEntityType Stream, IReadOnlyList<PathSegment> Path)? FindBody(TableExpressionBase table, string column) => table switch
    {
        SelectExpression select => FindBody(select.Projection.FirstOrDefault(one => string.Equals(one.Alias, column, StringComparison.Ordinal))?.Expression),
        SetOperationBase both => FindBody(both.Source1, column),
        TableValuedFunctionExpression { Arguments: [{ } list, ..] } => FindBody(list) is { } body ? (body.Stream, [.. body.Path, s_element]) : null,
        _ => MappingOf(table)?.EntityTypeMappings.Select(mapping => mapping.TypeBase).OfType<IEntityType>()
            .FirstOrDefault(Annotations.IsStream) is { } stream ? (stream, []) : null,
    };

    private bool IsFrom(SqlExpression? value, Func<IReadOnlyTypeBase, bool> kind) => value switch
    {
        ColumnExpression column => _tables.TryGetValue(column.TableAlias, out var table) && IsFrom(table, column.Name, kind),
        JsonScalarExpression json => IsFrom(json.Json, kind),
        SqlUnaryExpression unary => IsFrom(unary.Operand, kind),
        SqlBinaryExpression binary => IsFrom(binary.Left, kind) || IsFrom(binary.Right, kind),
        SqlFunctionExpression { Arguments: { } arguments } => arguments.Any(argument => IsFrom(argument, kind)),
        CaseExpression choice => choice.WhenClauses.Any(when => IsFrom(when.Result, kind)) || IsFrom(choice.ElseResult, kind),
        ScalarSubqueryExpression { Subquery.Projection: [var projection] } => IsFrom(projection.Expression, kind),
        _ => false,
    };

    private bool IsFrom(TableExpressionBase table, string column, Func<IReadOnlyTypeBase, bool> kind) => table switch
    {
        SelectExpression select =>
            IsFrom(select.Projection.FirstOrDefault(one => string.Equals(one.Alias, column, StringComparison.Ordinal))?.Expression, kind),
        SetOperationBase both => IsFrom(both.Source1, column, kind),
        TableValuedFunctionExpression list => list.Arguments.Any(argument => IsFrom(argument, kind)),
        _ => MappingOf(table) is { } mapping && Has(mapping, kind),
    };

    private sealed class Finder(Dictionary<string, TableExpressionBase> tables) : ExpressionVisitor
    {
        protected override Expression VisitExtension(Expression node)
        {
            if (node is ShapedQueryExpression query)
            {
                Visit(query.QueryExpression);
                Visit(query.ShaperExpression);
                return node;
            }

            if (node is TableExpressionBase { Alias: { } alias } table and not JoinExpressionBase)
            {
                tables.TryAdd(alias, table);
            }

            return base.VisitExtension(node);
        }
    }
}
