#pragma warning disable EF1001 // EF's generator has no other place to be mended.
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Query.Expressions;
using Npgsql.EntityFrameworkCore.PostgreSQL.Query.Expressions.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Query.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Storage.Internal.Mapping;
using Typed.Storage.Model;

namespace Typed.Storage.Postgres;

/// <summary>
/// Queries of JSON members, where Npgsql's own SQL asks for something else than what stands in a body:
/// <list type="bullet">
/// <item>A list or an object that is null is <c>'null'::jsonb</c> there, which is a value: its elements cannot be counted, and it is not null. Here it is NULL.</item>
/// <item>Durations are texts such as <c>1.06:00:00</c>, which PostgreSQL reads as 1.06 days. Here they are numbers of ticks.</item>
/// <item>A list contains a time if it has the very text that to_jsonb makes of it. Here its elements are compared as times.</item>
/// <item>The text of a <c>json</c> column is asked by the operators and functions of <c>jsonb</c>, of which there are more.</item>
/// <item>Bytes of objects in lists are read as text. Here they are decoded.</item>
/// </list>
/// </summary>
#pragma warning disable CS9107 // The type mapping source is the same for both.
internal sealed class PostgresQuerySql(QuerySqlGeneratorDependencies dependencies, IRelationalTypeMappingSource types, INpgsqlSingletonOptions options)
    : NpgsqlQuerySqlGenerator(dependencies, types, options.ReverseNullOrderingEnabled, options.PostgresVersion)
#pragma warning restore CS9107
{
    private const string Element = "\"typed_element\"";

    /// <summary>Columns of objects in lists that are declared as text, to be converted where they are used.</summary>
    private readonly HashSet<(string Table, string Column)> _texts = [];

    private readonly RelationalTypeMapping _text = types.FindMapping(typeof(string))!;

    protected override Expression VisitSelect(SelectExpression selectExpression)
    {
        ArgumentNullException.ThrowIfNull(selectExpression);
        foreach (var table in selectExpression.Tables)
        {
            if ((table is JoinExpressionBase join ? join.Table : table) is PgTableValuedFunctionExpression { ColumnInfos: { } columns } rows)
            {
                _texts.UnionWith(columns.Where(column => IsOtherText(column.TypeMapping)).Select(column => (rows.Alias, column.Name)));
            }
        }

        return base.VisitSelect(selectExpression);
    }

    protected override Expression VisitPgTableValuedFunctionExpression(PgTableValuedFunctionExpression tableValuedFunctionExpression)
    {
        ArgumentNullException.ThrowIfNull(tableValuedFunctionExpression);
        var name = tableValuedFunctionExpression.Name;
        if (name.StartsWith("json_", StringComparison.Ordinal) && tableValuedFunctionExpression.Arguments is [var list] && BodyConversions.IsBody(list is JsonScalarExpression { Json: var json } ? json : list))
        {
            name = $"jsonb{name.AsSpan("json".Length)}";
        }

        var columns = tableValuedFunctionExpression.ColumnInfos?.Select(column => IsOtherText(column.TypeMapping) ? column with { TypeMapping = _text } : column).ToArray();
        base.VisitPgTableValuedFunctionExpression(new PgTableValuedFunctionExpression(
            tableValuedFunctionExpression.Alias, name, tableValuedFunctionExpression.Arguments, columns, tableValuedFunctionExpression.WithOrdinality));
        return tableValuedFunctionExpression;
    }

    protected override Expression VisitColumn(ColumnExpression columnExpression)
    {
        ArgumentNullException.ThrowIfNull(columnExpression);
        if (_texts.Contains((columnExpression.TableAlias, columnExpression.Name)))
        {
            Convert(columnExpression.TypeMapping, () => base.VisitColumn(columnExpression));
        }
        else if (columnExpression.TypeMapping is NpgsqlStructuralJsonTypeMapping { StoreType: "json" } or NpgsqlJsonTypeMapping { StoreType: "json" } && BodyConversions.IsBody(columnExpression))
        {
            Sql.Append("CAST(");
            base.VisitColumn(columnExpression);
            Sql.Append(" AS jsonb)");
        }
        else
        {
            base.VisitColumn(columnExpression);
        }

        return columnExpression;
    }

    protected override Expression VisitSqlUnary(SqlUnaryExpression sqlUnaryExpression)
    {
        ArgumentNullException.ThrowIfNull(sqlUnaryExpression);
        if (sqlUnaryExpression.OperatorType != ExpressionType.Convert || !BodyConversions.IsTicks(sqlUnaryExpression.TypeMapping) || sqlUnaryExpression.Operand.Type != typeof(string))
        {
            return base.VisitSqlUnary(sqlUnaryExpression);
        }

        Convert(sqlUnaryExpression.TypeMapping, () => Visit(sqlUnaryExpression.Operand));
        return sqlUnaryExpression;
    }

    protected override Expression VisitJsonScalar(JsonScalarExpression jsonScalarExpression)
    {
        ArgumentNullException.ThrowIfNull(jsonScalarExpression);
        if (jsonScalarExpression.Path.Count > 0 && BodyConversions.IsTicks(jsonScalarExpression.TypeMapping))
        {
            var text = new JsonScalarExpression(jsonScalarExpression.Json, jsonScalarExpression.Path, typeof(string), _text, jsonScalarExpression.IsNullable);
            Convert(jsonScalarExpression.TypeMapping, () => base.VisitJsonScalar(text));
        }
        else if (jsonScalarExpression is { Path.Count: > 0, TypeMapping: NpgsqlStructuralJsonTypeMapping or NpgsqlJsonTypeMapping } && BodyConversions.IsBody(jsonScalarExpression.Json))
        {
            Sql.Append("NULLIF(");
            base.VisitJsonScalar(jsonScalarExpression);
            Sql.Append(", 'null')");
        }
        else
        {
            base.VisitJsonScalar(jsonScalarExpression);
        }

        return jsonScalarExpression;
    }

    protected override Expression VisitPgBinary(PgBinaryExpression binaryExpression)
    {
        ArgumentNullException.ThrowIfNull(binaryExpression);
        if (binaryExpression is not { OperatorType: PgExpressionType.Contains, Right: SqlFunctionExpression { Name: "to_jsonb", Arguments: [{ TypeMapping: { } mapping } item] } })
        {
            return base.VisitPgBinary(binaryExpression);
        }

        if (BodyConversions.IsTicks(mapping) || mapping.StoreType.StartsWith("time", StringComparison.Ordinal))
        {
            Sql.Append("EXISTS (SELECT 1 FROM jsonb_array_elements_text(");
            Visit(binaryExpression.Left);
            Sql.Append($") AS {Element} WHERE ");
            Convert(mapping, () => Sql.Append(Element));
            Sql.Append(" = ");
            Visit(item);
            Sql.Append(")");
            return binaryExpression;
        }

        // to_jsonb has to know what a constant is.
        Visit(binaryExpression.Left);
        Sql.Append(" @> to_jsonb(CAST(");
        Visit(item);
        Sql.Append($" AS {mapping.StoreType}))");
        return binaryExpression;
    }

    private static bool IsOtherText(RelationalTypeMapping? mapping) => BodyConversions.IsTicks(mapping) || mapping is NpgsqlByteArrayTypeMapping;

    /// <summary>From the text in JSON to the value.</summary>
    private void Convert(RelationalTypeMapping? mapping, Action text)
    {
        var (before, after) = mapping is NpgsqlByteArrayTypeMapping ? ("decode(", ", 'base64')")
            : BodyConversions.IsTicks(mapping) ? ("CAST(extract(epoch FROM CAST(regexp_replace(", @", '^(-?)(\d+)\.(\d\d:)', '\1\2 \1\3') AS interval)) * 10000000 AS bigint)")
            : ("CAST(", $" AS {mapping!.StoreType})");
        Sql.Append(before);
        text();
        Sql.Append(after);
    }
}

/// <summary>Makes them.</summary>
#pragma warning disable CA1812 // EF Core makes it.
internal sealed class PostgresQuerySqlFactory(QuerySqlGeneratorDependencies dependencies, IRelationalTypeMappingSource types, INpgsqlSingletonOptions options) : IQuerySqlGeneratorFactory
#pragma warning restore CA1812
{
    public QuerySqlGenerator Create() => new PostgresQuerySql(dependencies, types, options);
}
