using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Typed.Time;

namespace Typed.Sqlite.Linq;

/// <summary>
/// Parts of instants in queries, such as the day to group by: in UTC, as Npgsql gives them. EF translates no parts of <see cref="DateTimeOffset"/> on SQLite.
/// Instants of columns are microseconds there (<see cref="Instant"/>), those of bodies are texts.
/// </summary>
#pragma warning disable CA1812 // EF Core makes it.
internal sealed class SqliteInstantMembers(ISqlExpressionFactory sql) : IMemberTranslatorPlugin, IMemberTranslator
#pragma warning restore CA1812
{
    private static readonly Dictionary<string, string> s_formats = new(StringComparer.Ordinal)
    {
        [nameof(DateTimeOffset.Year)] = "%Y",
        [nameof(DateTimeOffset.Month)] = "%m",
        [nameof(DateTimeOffset.Day)] = "%d",
        [nameof(DateTimeOffset.Hour)] = "%H",
        [nameof(DateTimeOffset.Minute)] = "%M",
        [nameof(DateTimeOffset.Second)] = "%S",
        [nameof(DateTimeOffset.DayOfYear)] = "%j",
        [nameof(DateTimeOffset.DayOfWeek)] = "%w",
        [nameof(DateTimeOffset.Date)] = "%Y-%m-%d 00:00:00",
    };

    IEnumerable<IMemberTranslator> IMemberTranslatorPlugin.Translators => [this];

    public SqlExpression? Translate(SqlExpression? instance, MemberInfo member, Type returnType, IDiagnosticsLogger<DbLoggerCategory.Query> logger)
    {
        if (instance is null || member.DeclaringType != typeof(DateTimeOffset) || !s_formats.TryGetValue(member.Name, out var format)
            || Time(instance) is not { } time)
        {
            return null;
        }

        var text = sql.Function("strftime", [sql.Constant(format), .. time], nullable: true, [false, .. time.Select((_, index) => index == 0)], typeof(string));
        return returnType == typeof(DateTime) ? sql.Function("datetime", [text], nullable: true, [true], returnType) : sql.Convert(text, returnType);
    }

    /// <summary>The arguments of strftime for an instant; null where the value is no instant of a declared type.</summary>
    private SqlExpression[]? Time(SqlExpression instance)
    {
        if (SqliteBodyConverters.IsTime(instance.TypeMapping))
        {
            return [sql.Function(SqliteFunctions.Time, [instance], nullable: true, [true], typeof(string))];
        }

        if (!SqliteMapping.IsInstant(instance.TypeMapping?.Converter))
        {
            return null;
        }

        // SQLite divides toward zero, and times before 1970 are negative.
        var instants = sql.Convert(instance, typeof(long));
        var second = sql.Constant(Instant.PerSecond);
        var rest = sql.Modulo(sql.Add(sql.Modulo(instants, second), second), second);
        return [sql.Divide(sql.Subtract(instants, rest), second), sql.Constant("unixepoch")];
    }
}
