#pragma warning disable EF1001 // EF's generator has no other place to be mended.
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Query.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Storage.Internal.Mapping;
using Typed.Storage.Model;

namespace Typed.Storage.Postgres;

/// <summary>
/// Queries of JSON members. A list or an object that is null in JSON is <c>'null'::jsonb</c> in Npgsql's SQL, which is a value: its elements cannot be counted
/// ("cannot extract elements from a scalar"), and it is not null. In the bodies of events it becomes NULL first.
/// </summary>
internal sealed class PostgresQuerySql(QuerySqlGeneratorDependencies dependencies, IRelationalTypeMappingSource types, INpgsqlSingletonOptions options)
    : NpgsqlQuerySqlGenerator(dependencies, types, options.ReverseNullOrderingEnabled, options.PostgresVersion)
{
    protected override Expression VisitJsonScalar(JsonScalarExpression jsonScalarExpression)
    {
        ArgumentNullException.ThrowIfNull(jsonScalarExpression);
        if (jsonScalarExpression.Path.Count == 0 || jsonScalarExpression.TypeMapping is not (NpgsqlStructuralJsonTypeMapping or NpgsqlJsonTypeMapping) || IsOfAnotherTable(jsonScalarExpression))
        {
            return base.VisitJsonScalar(jsonScalarExpression);
        }

        Sql.Append("NULLIF(");
        base.VisitJsonScalar(jsonScalarExpression);
        Sql.Append(", 'null')");
        return jsonScalarExpression;
    }

    // A table of the application's own may have an index on the expression as Npgsql writes it.
    private static bool IsOfAnotherTable(JsonScalarExpression json) =>
        json.Json is ColumnExpression { Column.Table: { } table } && table.EntityTypeMappings.All(mapping => mapping.TypeBase.FindAnnotation(Annotations.Stream) is null);
}

/// <summary>Makes them.</summary>
#pragma warning disable CA1812 // EF Core makes it.
internal sealed class PostgresQuerySqlFactory(QuerySqlGeneratorDependencies dependencies, IRelationalTypeMappingSource types, INpgsqlSingletonOptions options) : IQuerySqlGeneratorFactory
#pragma warning restore CA1812
{
    public QuerySqlGenerator Create() => new PostgresQuerySql(dependencies, types, options);
}
