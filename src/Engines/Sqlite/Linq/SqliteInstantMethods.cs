using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Typed.Linq;
using Typed.Storage.Model;
using Typed.Time;

namespace Typed.Sqlite.Linq;

/// <summary>
/// <c>row.Bucket.AddDays(7)</c>: instants of columns are integers, to which microseconds are added, and a function adds them to the texts of bodies. EF
/// translates only additions to a <see cref="DateTime"/>.
/// </summary>
#pragma warning disable CA1812 // EF Core makes it.
internal sealed class SqliteInstantMethods(ISqlExpressionFactory sql, IRelationalTypeMappingSource types) : IMethodCallTranslatorPlugin, IMethodCallTranslator
#pragma warning restore CA1812
{
    private static readonly Dictionary<string, long> s_microseconds = new(StringComparer.Ordinal)
    {
        [nameof(DateTimeOffset.AddDays)] = 24 * 60 * 60 * Instant.PerSecond,
        [nameof(DateTimeOffset.AddHours)] = 60 * 60 * Instant.PerSecond,
        [nameof(DateTimeOffset.AddMinutes)] = 60 * Instant.PerSecond,
        [nameof(DateTimeOffset.AddSeconds)] = Instant.PerSecond,
        [nameof(DateTimeOffset.AddMilliseconds)] = Instant.PerSecond / 1000,
        [nameof(DateTimeOffset.AddMicroseconds)] = 1,
    };

    IEnumerable<IMethodCallTranslator> IMethodCallTranslatorPlugin.Translators => [this];

    public SqlExpression? Translate(
        SqlExpression? instance, MethodInfo method, IReadOnlyList<SqlExpression> arguments, IDiagnosticsLogger<DbLoggerCategory.Query> logger)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(arguments);
        if (method.DeclaringType == typeof(DateTimeOffset) && method.Name == "op_Subtraction" && arguments is [{ } later, { } earlier]
            && earlier.PlainType() == typeof(DateTimeOffset))
        {
            return Difference(later, earlier);
        }

        if (method.DeclaringType != typeof(DateTimeOffset) || instance?.TypeMapping is not { } mapping
            || !s_microseconds.TryGetValue(method.Name, out var unit))
        {
            return null;
        }

        if (SqliteBodyConverters.IsTime(mapping))
        {
            return SqlNodes.Call(SqliteFunctions.TimeAdd, instance.Type, mapping, instance, Microseconds(arguments[0], unit));
        }

        return SqliteMapping.IsInstant(mapping.Converter)
            ? new SqlBinaryExpression(ExpressionType.Add, instance, Microseconds(arguments[0], unit), instance.Type, mapping)
            : null;
    }

    /// <summary>The difference of two times in rows of series, as microseconds, which durations of series are too; null for other times.</summary>
    private SqlBinaryExpression? Difference(SqlExpression later, SqlExpression earlier)
    {
        var mapping = later.TypeMapping ?? earlier.TypeMapping;
        return SqliteMapping.IsInstant(mapping?.Converter) && (IsOfSeries(later) || IsOfSeries(earlier))
            && SqliteMapping.IsInstant((earlier.TypeMapping ?? mapping)!.Converter)
            ? new SqlBinaryExpression(
                ExpressionType.Subtract, sql.ApplyTypeMapping(later, mapping), sql.ApplyTypeMapping(earlier, mapping), typeof(TimeSpan),
                (RelationalTypeMapping)types.FindMapping(typeof(long))!.WithComposedConverter(SqliteMapping.Duration))
            : null;
    }

    private static bool IsOfSeries(SqlExpression value) => value switch
    {
        ColumnExpression { Column.Table.EntityTypeMappings: { } mappings } =>
            mappings.Any(mapping => mapping.TypeBase.FindAnnotation(Annotations.Series) is not null),
        SqlBinaryExpression binary => IsOfSeries(binary.Left),
        _ => false,
    };

    private SqlExpression Microseconds(SqlExpression number, long unit) => number is SqlConstantExpression { Value: double known }
        ? SqlNodes.Integer((long)Math.Round(known * unit))
        : SqlNodes.Cast(SqlNodes.Call("round", sql.Multiply(sql.ApplyDefaultTypeMapping(number), sql.Constant((double)unit))), typeof(long),
            LongTypeMapping.Default);
}
