#pragma warning disable EF1001 // EF's generator has no other place to be mended.
using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Sqlite.Query.Internal;
using Microsoft.EntityFrameworkCore.Storage;
using Typed.Generated;
using Typed.Storage;
using Typed.Storage.Model;

namespace Typed.Sqlite.Linq;

/// <summary>
/// Queries of declared types, where EF's own SQL asks for something else than what is stored:
/// <list type="bullet">
/// <item>EF writes a member that it has to quote as <c>body ->> '"user_name"'</c>, and SQLite looks for a member with quotes in its name. In a path,
/// <c>'$."user_name"'</c>, the quotes are quotes.</item>
/// <item>SQLite has no types for times, durations, decimals and enums. Functions bring the texts and numbers of JSON to the forms that parameters have (<see cref="BodyConversions"/>).</item>
/// <item>Values that are not of a body, such as the time of an event, the bucket of a series and the columns of an application, have other forms there. They are brought to one (<see cref="SqliteForms"/>).</item>
/// <item>Constants of <see cref="float"/> and <see cref="double"/> and integers that are compared with decimals are other values, or other texts, than those stored.</item>
/// <item>LIKE takes <c>a</c> for <c>A</c>, and the collation of decimals reads their texts as the current culture has them. For declared types it is as on PostgreSQL
/// (<see cref="SqlitePatterns"/>, <see cref="SqliteFunctions.DecimalOrder"/>).</item>
/// <item>A list that is null has one row. Here it has none.</item>
/// <item>A member that the JSON lacks is NULL, also where it cannot be null. Here it is what the class makes of it (<see cref="BodyAbsence"/>).</item>
/// </list>
/// </summary>
internal sealed class SqliteQuerySql(QuerySqlGeneratorDependencies dependencies) : SqliteQuerySqlGenerator(dependencies)
{
    /// <summary>EF's name.</summary>
    private const string OrderOfDecimals = "EF_DECIMAL";

    private static readonly EnumSql s_enums = new("GLOB '[-0-9]*'", "instr");

    private readonly BodyAliases _bodies = new();
    private readonly ColumnOrigins _origins = new();

    protected override Expression VisitSelect(SelectExpression selectExpression)
    {
        ArgumentNullException.ThrowIfNull(selectExpression);
        Add(selectExpression);
        return base.VisitSelect(selectExpression);
    }

    // The select of a deletion or update is not visited.
    protected override Expression VisitDelete(DeleteExpression deleteExpression)
    {
        ArgumentNullException.ThrowIfNull(deleteExpression);
        Add(deleteExpression.SelectExpression);
        return base.VisitDelete(deleteExpression);
    }

    protected override Expression VisitUpdate(UpdateExpression updateExpression)
    {
        ArgumentNullException.ThrowIfNull(updateExpression);
        Add(updateExpression.SelectExpression);
        return base.VisitUpdate(updateExpression);
    }

    private void Add(SelectExpression select)
    {
        _bodies.Add(select);
        _origins.Add(select);
    }

    protected override void GenerateLike(LikeExpression likeExpression, bool negated)
    {
        ArgumentNullException.ThrowIfNull(likeExpression);
        if (!_origins.AreDeclared(likeExpression.Match))
        {
            base.GenerateLike(likeExpression, negated);
            return;
        }

        Sql.Append(negated ? "NOT (" : "(");
        if (likeExpression.Match is ColumnExpression)
        {
            Bound($" >= {SqlitePatterns.Low}");
            Sql.Append(" AND ");
            Bound($" < {SqlitePatterns.High}");
            Sql.Append(" AND ");
        }

        Bound($" GLOB {SqlitePatterns.Glob}");
        Sql.Append(")");

        void Bound(string function)
        {
            Visit(likeExpression.Match);
            Sql.Append($"{function}(");
            Visit(likeExpression.Pattern);
            Sql.Append(", ");
            if (likeExpression.EscapeChar is { } escape)
            {
                Visit(escape);
            }
            else
            {
                Sql.Append("NULL");
            }

            Sql.Append(")");
        }
    }

    protected override Expression VisitCollate(CollateExpression collateExpression)
    {
        ArgumentNullException.ThrowIfNull(collateExpression);
        return base.VisitCollate(
            collateExpression.Collation == OrderOfDecimals && _origins.Any ? new CollateExpression(collateExpression.Operand, SqliteFunctions.DecimalOrder) : collateExpression);
    }

    protected override Expression VisitJsonScalar(JsonScalarExpression jsonScalarExpression)
    {
        ArgumentNullException.ThrowIfNull(jsonScalarExpression);
        if (jsonScalarExpression.Path.Count == 0 || !_bodies.Have(jsonScalarExpression))
        {
            return base.VisitJsonScalar(jsonScalarExpression);
        }

        var absence = BodyAbsence.Find(jsonScalarExpression)
            ?? (jsonScalarExpression.Json is ColumnExpression { Name: "value" } && BodyAbsence.OfType(jsonScalarExpression, jsonScalarExpression.IsNullable) is { } sql ? new(sql, Around: null) : null);
        Sql.Append(absence is null ? "" : "COALESCE(");
        Convert(jsonScalarExpression.TypeMapping, isElement: false, access => AppendScalar(jsonScalarExpression, access));
        if (absence?.Around is { } around)
        {
            Sql.Append(", CASE WHEN ");
            AppendScalar(new JsonScalarExpression(jsonScalarExpression.Json, around, typeof(string), jsonScalarExpression.Json.TypeMapping, nullable: true), "->>");
            Sql.Append($" IS NOT NULL THEN {absence.Sql} END)");
        }
        else if (absence is not null)
        {
            Sql.Append($", {absence.Sql})");
        }

        return jsonScalarExpression;
    }

    protected override Expression VisitColumn(ColumnExpression columnExpression)
    {
        ArgumentNullException.ThrowIfNull(columnExpression);

        if (IsElement(columnExpression))
        {
            Convert(columnExpression.TypeMapping, isElement: true, _ => base.VisitColumn(columnExpression));
            return columnExpression;
        }

        return base.VisitColumn(columnExpression);
    }

    // EF names no column that has its name already, but what is made of a column has none.
    protected override Expression VisitProjection(ProjectionExpression projectionExpression)
    {
        ArgumentNullException.ThrowIfNull(projectionExpression);
        base.VisitProjection(projectionExpression);
        if (projectionExpression.Expression is ColumnExpression column && column.Name == projectionExpression.Alias && IsElement(column))
        {
            Sql.Append(AliasSeparator + Dependencies.SqlGenerationHelper.DelimitIdentifier(projectionExpression.Alias));
        }

        return projectionExpression;
    }

    protected override Expression VisitSqlBinary(SqlBinaryExpression sqlBinaryExpression) => base.VisitSqlBinary(SqliteForms.Same(sqlBinaryExpression));

    protected override void GenerateIn(InExpression inExpression, bool negated) => base.GenerateIn(SqliteForms.Same(inExpression), negated);

    protected override Expression VisitCase(CaseExpression caseExpression) => base.VisitCase(SqliteForms.Same(caseExpression));

    protected override Expression VisitSqlFunction(SqlFunctionExpression sqlFunctionExpression)
    {
        var call = SqliteForms.Same(sqlFunctionExpression);

        // Of several decimals, EF takes the one whose text comes first or last.
        return base.VisitSqlFunction(call is { Name: "max" or "min", Arguments: [{ } first, _, ..] } && BodyConversions.Stored(call.TypeMapping) == typeof(decimal) && call.Arguments.Any(_bodies.Have)
            ? call.Update(call.Instance, [new CollateExpression(first, SqliteFunctions.DecimalOrder), .. call.Arguments.Skip(1)])
            : call);
    }

    protected override void GenerateSetOperation(SetOperationBase setOperation)
    {
        SqliteForms.Check(setOperation);
        base.GenerateSetOperation(setOperation);
    }

    // SQLite reads a literal to 15 digits, and 0.1 is not 0.1f. Only columns of series are marked.
    protected override Expression VisitSqlConstant(SqlConstantExpression sqlConstantExpression)
    {
        ArgumentNullException.ThrowIfNull(sqlConstantExpression);
        if (sqlConstantExpression.Value is not { } value || !ColumnConversions.IsReal(sqlConstantExpression.TypeMapping))
        {
            return base.VisitSqlConstant(sqlConstantExpression);
        }

        Sql.Append(string.Create(CultureInfo.InvariantCulture, $"{SqliteFunctions.Real}('{System.Convert.ToDouble(value, CultureInfo.InvariantCulture):R}')"));
        return sqlConstantExpression;
    }

    // Enums and durations are numbers only while they are compared: as texts they are those in JSON.
    protected override Expression VisitSqlUnary(SqlUnaryExpression sqlUnaryExpression)
    {
        ArgumentNullException.ThrowIfNull(sqlUnaryExpression);
        var known = SqliteForms.Same(sqlUnaryExpression);
        if (!ReferenceEquals(known, sqlUnaryExpression))
        {
            Visit(known);
            return sqlUnaryExpression;
        }

        // The text of an integer is no decimal's, which has a point.
        if (sqlUnaryExpression.OperatorType == ExpressionType.Convert && Plain(sqlUnaryExpression.Type) == typeof(decimal)
            && Type.GetTypeCode(Plain(sqlUnaryExpression.Operand.Type)) is >= TypeCode.SByte and <= TypeCode.UInt64 && _origins.Any)
        {
            Sql.Append($"{SqliteFunctions.Decimal}(");
            base.VisitSqlUnary(sqlUnaryExpression);
            Sql.Append(")");
            return sqlUnaryExpression;
        }

        if (sqlUnaryExpression.OperatorType != ExpressionType.Convert || sqlUnaryExpression.Type != typeof(string)
            || !(BodyConversions.IsDuration(sqlUnaryExpression.Operand.TypeMapping) || BodyConversions.EnumOf(sqlUnaryExpression.Operand.TypeMapping) is not null))
        {
            return base.VisitSqlUnary(sqlUnaryExpression);
        }

        if (sqlUnaryExpression.Operand is not JsonScalarExpression json)
        {
            throw new InvalidOperationException("Enums and durations in lists, and those that are computed, are no texts in SQLite: make texts of them in memory.");
        }

        Sql.Append("(");
        VisitJsonScalar(new JsonScalarExpression(json.Json, json.Path, typeof(string), sqlUnaryExpression.TypeMapping, json.IsNullable));
        Sql.Append(")");
        return sqlUnaryExpression;
    }

    private static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>Whether it is an element of a list, as json_each gives it.</summary>
    private bool IsElement(ColumnExpression column) => column is { Column: null, Name: "value" } && _bodies.Have(column);

    // EF gives the path as json_each's second argument, and gets one row for a list that is null; ->> makes it NULL, which has no rows.
    protected override void GenerateJsonEach(JsonEachExpression jsonEachExpression)
    {
        ArgumentNullException.ThrowIfNull(jsonEachExpression);
        if (!_bodies.Have(jsonEachExpression.JsonExpression))
        {
            base.GenerateJsonEach(jsonEachExpression);
            return;
        }

        Sql.Append("json_each(");
        Visit(jsonEachExpression.JsonExpression);
        AppendPath(jsonEachExpression.Path ?? [], "->>");
        Sql.Append($"){AliasSeparator}{Dependencies.SqlGenerationHelper.DelimitIdentifier(jsonEachExpression.Alias)}");
    }

    private void AppendPath(IReadOnlyList<PathSegment> path, string access)
    {
        var isOpen = false;
        foreach (var segment in path)
        {
            if (segment.PropertyName is { } name)
            {
                Open();
                Sql.Append($".\"{Escape(name)}\"");
            }
            else if (segment.ArrayIndex is SqlConstantExpression { Value: int index })
            {
                Open();
                Sql.Append(string.Create(CultureInfo.InvariantCulture, $"[{index}]"));
            }
            else
            {
                Close();
                Sql.Append($" {access} (");
                Visit(segment.ArrayIndex!);
                Sql.Append(")");
            }
        }

        Close();

        void Open()
        {
            Sql.Append(isOpen ? "" : $" {access} '$");
            isOpen = true;
        }

        void Close()
        {
            Sql.Append(isOpen ? "'" : "");
            isOpen = false;
        }
    }

    private void AppendScalar(JsonScalarExpression json, string access)
    {
        Visit(json.Json);
        AppendPath(json.Path, access);
    }

    /// <summary>From a text or number in JSON to the value that parameters are.</summary>
    /// <param name="mapping">The value's.</param>
    /// <param name="isElement">Whether it is a number by now, if it is one.</param>
    /// <param name="json">Writes the value in JSON, by an operator: SQLite makes another number of a text of many digits, so such a one stays a text.</param>
    private void Convert(RelationalTypeMapping? mapping, bool isElement, Action<string> json)
    {
        if (BodyConversions.EnumOf(mapping) is { } names)
        {
            s_enums.Append(names, () => json("->>"), part => Sql.Append(part));
            return;
        }

        var stored = BodyConversions.Stored(mapping);
        var (function, access) = BodyConversions.IsDuration(mapping) ? (SqliteFunctions.Ticks, "->>")
            : BodyConversions.IsTime(mapping) ? (SqliteFunctions.Time, "->>")
            : stored == typeof(byte[]) ? (SqliteFunctions.Bytes, "->>")
            : stored == typeof(decimal) ? (SqliteFunctions.Decimal, "->")
            : stored == typeof(double) && !isElement ? (SqliteFunctions.Real, "->")
            : ("", "->>");
        Sql.Append(function.Length == 0 ? "" : $"{function}(");
        json(access);
        Sql.Append(function.Length == 0 ? "" : ")");
    }

    private static string Escape(string name) =>
        name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal);
}

/// <summary>Makes them.</summary>
#pragma warning disable CA1812 // EF Core makes it.
internal sealed class SqliteQuerySqlFactory(QuerySqlGeneratorDependencies dependencies) : IQuerySqlGeneratorFactory
#pragma warning restore CA1812
{
    public QuerySqlGenerator Create() => new SqliteQuerySql(dependencies);
}
