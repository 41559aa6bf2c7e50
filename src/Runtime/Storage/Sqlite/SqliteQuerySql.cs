#pragma warning disable EF1001 // EF's generator has no other place to be mended.
using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Sqlite.Query.Internal;
using Microsoft.EntityFrameworkCore.Storage;
using Typed.Storage.Model;

namespace Typed.Storage.Sqlite;

/// <summary>
/// Queries of JSON members, where EF's own SQL asks for something else than what stands in a body:
/// <list type="bullet">
/// <item>EF writes a member that it has to quote as <c>body ->> '"user_name"'</c>, and SQLite looks for a member with quotes in its name. In a path,
/// <c>'$."user_name"'</c>, the quotes are quotes.</item>
/// <item>SQLite has no types for times, durations and decimals. Functions bring the texts and numbers of JSON to the forms that parameters have (<see cref="BodyConversions"/>).</item>
/// <item>A list that is null has one row. Here it has none.</item>
/// </list>
/// </summary>
internal sealed class SqliteQuerySql(QuerySqlGeneratorDependencies dependencies) : SqliteQuerySqlGenerator(dependencies)
{
    protected override Expression VisitJsonScalar(JsonScalarExpression jsonScalarExpression)
    {
        ArgumentNullException.ThrowIfNull(jsonScalarExpression);
        var function = jsonScalarExpression.Path.Count > 0 && BodyConversions.IsBody(jsonScalarExpression.Json) ? Function(jsonScalarExpression.TypeMapping) : null;
        Sql.Append(function is null ? "" : $"{function}(");
        Visit(jsonScalarExpression.Json);

        // SQLite makes another number of a text of many digits.
        AppendPath(jsonScalarExpression.Path, function is SqliteFunctions.Decimal or SqliteFunctions.Real ? "->" : "->>");
        Sql.Append(function is null ? "" : ")");
        return jsonScalarExpression;
    }

    protected override Expression VisitColumn(ColumnExpression columnExpression)
    {
        ArgumentNullException.ThrowIfNull(columnExpression);

        // An element of a list, as json_each gives it.
        var function = columnExpression is { Column: null, Name: "value" } ? Function(columnExpression.TypeMapping) : null;
        Sql.Append(function is null ? "" : $"{function}(");
        base.VisitColumn(columnExpression);
        Sql.Append(function is null ? "" : ")");
        return columnExpression;
    }

    // EF gives the path as json_each's second argument, and gets one row for a list that is null; ->> makes it NULL, which has no rows.
    protected override void GenerateJsonEach(JsonEachExpression jsonEachExpression)
    {
        ArgumentNullException.ThrowIfNull(jsonEachExpression);
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

    private static string? Function(RelationalTypeMapping? mapping) => BodyConversions.IsTicks(mapping) ? SqliteFunctions.Ticks
        : BodyConversions.IsTime(mapping) ? SqliteFunctions.Time
        : BodyConversions.Stored(mapping) == typeof(decimal) ? SqliteFunctions.Decimal
        : BodyConversions.Stored(mapping) == typeof(double) ? SqliteFunctions.Real
        : null;

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
