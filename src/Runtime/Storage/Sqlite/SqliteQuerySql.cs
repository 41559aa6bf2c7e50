#pragma warning disable EF1001 // EF's generator has no other place to be mended.
using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Sqlite.Query.Internal;
using Typed.Schema;

namespace Typed.Storage.Sqlite;

/// <summary>
/// Queries of JSON members. EF Core 10 writes a member that it has to quote as <c>body ->> '"user_name"'</c>, and SQLite looks for a member with quotes in its
/// name, and finds null. As a path, <c>'$."user_name"'</c>, the quotes are quotes.
/// </summary>
internal sealed class SqliteQuerySql(QuerySqlGeneratorDependencies dependencies) : SqliteQuerySqlGenerator(dependencies)
{
    protected override Expression VisitJsonScalar(JsonScalarExpression jsonScalarExpression)
    {
        ArgumentNullException.ThrowIfNull(jsonScalarExpression);
        Visit(jsonScalarExpression.Json);
        AppendPath(jsonScalarExpression.Path);
        return jsonScalarExpression;
    }

    // EF gives the path as json_each's second argument, and gets one row for a list that is null; ->> makes it NULL, which has no rows.
    protected override void GenerateJsonEach(JsonEachExpression jsonEachExpression)
    {
        ArgumentNullException.ThrowIfNull(jsonEachExpression);
        Sql.Append("json_each(");
        Visit(jsonEachExpression.JsonExpression);
        AppendPath(jsonEachExpression.Path ?? []);
        Sql.Append($"){AliasSeparator}{Dependencies.SqlGenerationHelper.DelimitIdentifier(jsonEachExpression.Alias)}");
    }

    private void AppendPath(IReadOnlyList<PathSegment> path)
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
                Sql.Append(" ->> (");
                Visit(segment.ArrayIndex!);
                Sql.Append(")");
            }
        }

        Close();

        void Open()
        {
            Sql.Append(isOpen ? "" : " ->> '$");
            isOpen = true;
        }

        void Close()
        {
            Sql.Append(isOpen ? "'" : "");
            isOpen = false;
        }
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

    /// <exception cref="InvalidOperationException">EF's own generator would look for the stream's members under other names.</exception>
    public static void Require(DbContext context, StreamDefinition stream)
    {
        if (stream.Shape.OddName is { } name && context.GetService<IQuerySqlGeneratorFactory>() is not SqliteQuerySqlFactory)
        {
            throw new InvalidOperationException(
                $"EF Core does not find members of JSON such as '{name}' of {stream.BodyType.FullName} on SQLite: call UseTyped() on the options of {context.GetType().Name}, after UseSqlite(...).");
        }
    }
}
