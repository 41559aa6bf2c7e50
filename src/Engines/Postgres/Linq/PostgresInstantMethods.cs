using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Typed.Linq;

namespace Typed.Postgres.Linq;

/// <summary><c>row.Bucket.AddMilliseconds(5)</c>: Npgsql adds spans down to seconds.</summary>
#pragma warning disable CA1812 // EF Core makes it.
internal sealed class PostgresInstantMethods(ISqlExpressionFactory sql, IRelationalTypeMappingSource types) : IMethodCallTranslatorPlugin, IMethodCallTranslator
#pragma warning restore CA1812
{
    IEnumerable<IMethodCallTranslator> IMethodCallTranslatorPlugin.Translators => [this];

    public SqlExpression? Translate(
        SqlExpression? instance, MethodInfo method, IReadOnlyList<SqlExpression> arguments, IDiagnosticsLogger<DbLoggerCategory.Query> logger)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(arguments);
        if (instance?.TypeMapping is not { Converter: not null, StoreType: "timestamp with time zone" } mapping
            || method.DeclaringType != typeof(DateTimeOffset)
            || method.Name is not (nameof(DateTimeOffset.AddMilliseconds) or nameof(DateTimeOffset.AddMicroseconds)))
        {
            return null;
        }

        var interval = types.FindMapping(typeof(TimeSpan));
        var unit = SqlNodes.Cast(new SqlConstantExpression(method.Name == nameof(DateTimeOffset.AddMilliseconds) ? "1 millisecond"
            : "1 microsecond", types.FindMapping(typeof(string))), typeof(TimeSpan), interval);
        var added = new SqlBinaryExpression(ExpressionType.Multiply, sql.ApplyDefaultTypeMapping(arguments[0]), unit, typeof(TimeSpan), interval);
        return new SqlBinaryExpression(ExpressionType.Add, instance, added, instance.Type, mapping);
    }
}
