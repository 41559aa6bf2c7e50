using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Typed.Storage.Model;

namespace Typed.Linq;

/// <summary>
/// <c>e.Body.Kind.ToString()</c>: the name in code, or the number of a value without one. Flags have too many names, and EF says that it does not translate
/// them.
/// </summary>
#pragma warning disable CA1812 // EF Core makes it.
internal sealed class EnumTexts(ISqlExpressionFactory sql) : IMethodCallTranslatorPlugin, IMethodCallTranslator
#pragma warning restore CA1812
{
    IEnumerable<IMethodCallTranslator> IMethodCallTranslatorPlugin.Translators => [this];

    public SqlExpression? Translate(
        SqlExpression? instance, MethodInfo method, IReadOnlyList<SqlExpression> arguments, IDiagnosticsLogger<DbLoggerCategory.Query> logger)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(arguments);
        if (instance is null || method.Name != nameof(ToString) || arguments.Count != 0
            || BodyConversions.EnumOf(instance.TypeMapping) is not { IsFlags: false })
        {
            return null;
        }

        var type = instance.PlainType();
        var names = Enum.GetValues(type).Cast<object>().Distinct()
            .Select(value => new CaseWhenClause(sql.Constant(value, instance.TypeMapping), sql.Constant(value.ToString()!)));
        return sql.Case(instance, [.. names], sql.Convert(sql.Convert(instance, typeof(long)), typeof(string)));
    }
}
