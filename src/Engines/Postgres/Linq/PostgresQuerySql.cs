#pragma warning disable EF1001 // EF's generator has no other place to be mended.
using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Query.Expressions;
using Npgsql.EntityFrameworkCore.PostgreSQL.Query.Expressions.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Query.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Storage.Internal.Mapping;
using Typed.Storage;
using Typed.Storage.Model;

namespace Typed.Postgres.Linq;

/// <summary>
/// Queries of JSON members, where Npgsql's own SQL asks for something else than what stands in a body:
/// <list type="bullet">
/// <item>A list or an object that is null is <c>'null'::jsonb</c> there, which is a value: its elements cannot be counted, and it is not null. Here it is NULL.</item>
/// <item>A member that the JSON lacks is NULL there, also where it cannot be null. Here it is what the class makes of it (<see cref="BodyAbsence"/>).</item>
/// <item>Durations are texts such as <c>1.06:00:00</c>, which PostgreSQL reads as 1.06 days, and enums are their names. Here they are intervals and numbers.</item>
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
    private const string Json = "json_";

    private const string Element = "\"typed_element\"";

    private static readonly EnumSql s_enums = new("~ '^-?[0-9]+$'", "strpos");

    private readonly BodyAliases _bodies = new();
    private readonly ColumnOrigins _origins = new();

    /// <summary>The lists of objects in bodies.</summary>
    private readonly HashSet<string> _objects = new(StringComparer.Ordinal);
    private readonly RelationalTypeMapping _text = types.FindMapping(typeof(string))!;

    protected override Expression VisitSelect(SelectExpression selectExpression)
    {
        ArgumentNullException.ThrowIfNull(selectExpression);
        _bodies.Add(selectExpression);
        _origins.Add(selectExpression);
        foreach (var table in selectExpression.Tables)
        {
            if ((table is JoinExpressionBase join ? join.Table : table) is PgTableValuedFunctionExpression { Name: "jsonb_to_recordset" or "json_to_recordset" } rows && rows.Arguments.Any(_bodies.Have))
            {
                _objects.Add(rows.Alias);
            }
        }

        return base.VisitSelect(selectExpression);
    }

    // The select of a deletion or update is not visited.
    protected override Expression VisitPgDelete(PgDeleteExpression pgDeleteExpression)
    {
        ArgumentNullException.ThrowIfNull(pgDeleteExpression);
        _bodies.Add([pgDeleteExpression.Table, .. pgDeleteExpression.FromItems]);
        _origins.Add([pgDeleteExpression.Table, .. pgDeleteExpression.FromItems]);
        return base.VisitPgDelete(pgDeleteExpression);
    }

    protected override Expression VisitUpdate(UpdateExpression updateExpression)
    {
        ArgumentNullException.ThrowIfNull(updateExpression);
        _bodies.Add(updateExpression.SelectExpression);
        return base.VisitUpdate(updateExpression);
    }

    protected override Expression VisitPgTableValuedFunctionExpression(PgTableValuedFunctionExpression tableValuedFunctionExpression)
    {
        ArgumentNullException.ThrowIfNull(tableValuedFunctionExpression);
        if (tableValuedFunctionExpression.Arguments is not [var list] || !_bodies.Have(list))
        {
            return base.VisitPgTableValuedFunctionExpression(tableValuedFunctionExpression);
        }

        var columns = tableValuedFunctionExpression.ColumnInfos?.Select(column => IsOtherText(column.TypeMapping) ? column with { TypeMapping = _text } : column).ToArray();
        base.VisitPgTableValuedFunctionExpression(new PgTableValuedFunctionExpression(
            tableValuedFunctionExpression.Alias, InJsonb(tableValuedFunctionExpression.Name), tableValuedFunctionExpression.Arguments, columns, tableValuedFunctionExpression.WithOrdinality));
        return tableValuedFunctionExpression;
    }

    protected override Expression VisitSqlFunction(SqlFunctionExpression sqlFunctionExpression)
    {
        ArgumentNullException.ThrowIfNull(sqlFunctionExpression);
        return base.VisitSqlFunction(sqlFunctionExpression is { Arguments: [{ } json, ..] values } call && call.Name.StartsWith(Json, StringComparison.Ordinal) && _bodies.Have(json)
            ? new SqlFunctionExpression(InJsonb(call.Name), values, call.IsNullable, call.ArgumentsPropagateNullability ?? [], call.Type, call.TypeMapping)
            : sqlFunctionExpression);
    }

    protected override Expression VisitColumn(ColumnExpression columnExpression)
    {
        ArgumentNullException.ThrowIfNull(columnExpression);
        var mapping = columnExpression.TypeMapping;
        if (mapping is NpgsqlStructuralJsonTypeMapping { StoreType: "json" } or NpgsqlJsonTypeMapping { StoreType: "json" } && _bodies.Have(columnExpression))
        {
            Sql.Append("CAST(");
            base.VisitColumn(columnExpression);
            Sql.Append(" AS jsonb)");
        }
        else if (!_objects.Contains(columnExpression.TableAlias))
        {
            base.VisitColumn(columnExpression);
        }
        else if (BodyAbsence.OfType(columnExpression, columnExpression.IsNullable) is { } absent)
        {
            Sql.Append("COALESCE(");
            Convert(mapping, () => base.VisitColumn(columnExpression));
            Sql.Append($", {absent})");
        }
        else
        {
            Convert(mapping, () => base.VisitColumn(columnExpression));
        }

        return columnExpression;
    }

    // EF names no column that has its name already, but what is made of a column has none.
    protected override Expression VisitProjection(ProjectionExpression projectionExpression)
    {
        ArgumentNullException.ThrowIfNull(projectionExpression);
        base.VisitProjection(projectionExpression);
        if (projectionExpression.Expression is ColumnExpression column && column.Name == projectionExpression.Alias && _objects.Contains(column.TableAlias))
        {
            Sql.Append(AliasSeparator + Dependencies.SqlGenerationHelper.DelimitIdentifier(projectionExpression.Alias));
        }

        return projectionExpression;
    }

    protected override Expression VisitSqlUnary(SqlUnaryExpression sqlUnaryExpression)
    {
        ArgumentNullException.ThrowIfNull(sqlUnaryExpression);
        if (sqlUnaryExpression.OperatorType == ExpressionType.Convert && sqlUnaryExpression.Type == typeof(string) && IsRead(sqlUnaryExpression.Operand.TypeMapping))
        {
            AppendText(sqlUnaryExpression.Operand);
            return sqlUnaryExpression;
        }

        if (sqlUnaryExpression.OperatorType != ExpressionType.Convert || !IsRead(sqlUnaryExpression.TypeMapping) || sqlUnaryExpression.Operand.Type != typeof(string))
        {
            return base.VisitSqlUnary(sqlUnaryExpression);
        }

        Convert(sqlUnaryExpression.TypeMapping, () => Visit(sqlUnaryExpression.Operand));
        return sqlUnaryExpression;
    }

    // Npgsql writes -1.06:00:00 as '-1 06:00:00', which is 18 hours before. And 0.1 is a double precision, which 0.1f is not.
    protected override Expression VisitSqlConstant(SqlConstantExpression sqlConstantExpression)
    {
        ArgumentNullException.ThrowIfNull(sqlConstantExpression);
        if (sqlConstantExpression.Value is not null && ColumnConversions.IsReal(sqlConstantExpression.TypeMapping))
        {
            Sql.Append("CAST(");
            base.VisitSqlConstant(sqlConstantExpression);
            Sql.Append(" AS real)");
            return sqlConstantExpression;
        }

        var mapping = sqlConstantExpression.TypeMapping;
        if ((BodyConversions.IsDuration(mapping) ? mapping!.Converter!.ConvertToProvider(sqlConstantExpression.Value) : mapping is { Converter: null } && _origins.Any ? sqlConstantExpression.Value : null) is not TimeSpan duration)
        {
            return base.VisitSqlConstant(sqlConstantExpression);
        }

        Sql.Append(string.Create(CultureInfo.InvariantCulture, $"INTERVAL '{duration.Ticks / TimeSpan.TicksPerMicrosecond} microseconds'"));
        return sqlConstantExpression;
    }

    protected override Expression VisitJsonScalar(JsonScalarExpression jsonScalarExpression)
    {
        ArgumentNullException.ThrowIfNull(jsonScalarExpression);
        if (jsonScalarExpression.Path.Count == 0 || !_bodies.Have(jsonScalarExpression))
        {
            return base.VisitJsonScalar(jsonScalarExpression);
        }

        if (BodyAbsence.Find(jsonScalarExpression) is not { } absence)
        {
            Present(jsonScalarExpression);
            return jsonScalarExpression;
        }

        Sql.Append("COALESCE(");
        Present(jsonScalarExpression);
        Sql.Append(", ");
        if (absence.Around is { } around)
        {
            Sql.Append("CASE WHEN ");
            Present(new JsonScalarExpression(jsonScalarExpression.Json, around, typeof(string), jsonScalarExpression.Json.TypeMapping, nullable: true));
            Sql.Append($" IS NOT NULL THEN {absence.Sql} END");
        }
        else
        {
            Sql.Append(absence.Sql);
        }

        Sql.Append(")");
        return jsonScalarExpression;
    }

    protected override Expression VisitPgBinary(PgBinaryExpression binaryExpression)
    {
        ArgumentNullException.ThrowIfNull(binaryExpression);
        if (binaryExpression is not { OperatorType: PgExpressionType.Contains, Right: SqlFunctionExpression { Name: "to_jsonb", Arguments: [{ TypeMapping: { } mapping } item] } } || !_bodies.Have(binaryExpression.Left))
        {
            return base.VisitPgBinary(binaryExpression);
        }

        if (IsRead(mapping) || mapping.StoreType.StartsWith("time", StringComparison.Ordinal))
        {
            Sql.Append("EXISTS (SELECT 1 FROM jsonb_array_elements_text(");
            Visit(binaryExpression.Left);
            Sql.Append($") AS {Element} WHERE ");
            var (before, after) = IsRead(mapping) ? ("", "") : ("CAST(", $" AS {mapping.StoreType})");
            Sql.Append(before);
            Convert(mapping, () => Sql.Append(Element));
            Sql.Append($"{after} = ");
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

    /// <summary>Whether its text in JSON is one that PostgreSQL cannot read, or not as the same value.</summary>
    private static bool IsRead(RelationalTypeMapping? mapping) => BodyConversions.IsDuration(mapping) || BodyConversions.EnumOf(mapping) is not null;

    /// <summary>Whether its text in JSON is another than PostgreSQL's own.</summary>
    private static bool IsOtherText(RelationalTypeMapping? mapping) => IsRead(mapping) || mapping is NpgsqlByteArrayTypeMapping;

    /// <summary>An enum or duration as the text in JSON: only for comparisons it is something else.</summary>
    private void AppendText(SqlExpression value)
    {
        switch (value)
        {
            case JsonScalarExpression json:
                Sql.Append("(");
                VisitJsonScalar(new JsonScalarExpression(json.Json, json.Path, typeof(string), _text, json.IsNullable));
                Sql.Append(")");
                break;
            case ColumnExpression column when _objects.Contains(column.TableAlias):
                base.VisitColumn(column);
                break;
            default:
                throw new InvalidOperationException("Enums and durations that are computed are no texts in the database: make texts of them in memory.");
        }
    }

    private static string InJsonb(string function) => function.StartsWith(Json, StringComparison.Ordinal) ? $"jsonb_{function.AsSpan(Json.Length)}" : function;

    private void Present(JsonScalarExpression json)
    {
        if (IsRead(json.TypeMapping))
        {
            var text = new JsonScalarExpression(json.Json, json.Path, typeof(string), _text, json.IsNullable);
            Convert(json.TypeMapping, () => base.VisitJsonScalar(text));
        }
        else if (json.TypeMapping is NpgsqlStructuralJsonTypeMapping or NpgsqlJsonTypeMapping)
        {
            Sql.Append("NULLIF(");
            base.VisitJsonScalar(json);
            Sql.Append(", 'null')");
        }
        else
        {
            base.VisitJsonScalar(json);
        }
    }

    /// <summary>From a text in JSON to the value, where PostgreSQL itself would read another one.</summary>
    private void Convert(RelationalTypeMapping? mapping, Action text)
    {
        if (BodyConversions.EnumOf(mapping) is { } names)
        {
            s_enums.Append(names, text, part => Sql.Append(part));
            return;
        }

        var (before, after) = mapping is NpgsqlByteArrayTypeMapping ? ("decode(", ", 'base64')")
            : BodyConversions.IsDuration(mapping) ? ("CAST(regexp_replace(", @", '^(-?)(\d+)\.(\d\d:)', '\1\2 \1\3') AS interval)")
            : ("", "");
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
