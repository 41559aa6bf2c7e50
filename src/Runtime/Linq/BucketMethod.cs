using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Typed.Time;

namespace Typed.Linq;

/// <summary>Translates <see cref="TypedFunctions"/>: what all databases share of it.</summary>
internal abstract class BucketMethod : IMethodCallTranslatorPlugin, IMethodCallTranslator
{
    IEnumerable<IMethodCallTranslator> IMethodCallTranslatorPlugin.Translators => [this];

    public SqlExpression? Translate(
        SqlExpression? instance, MethodInfo method, IReadOnlyList<SqlExpression> arguments, IDiagnosticsLogger<DbLoggerCategory.Query> logger)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(arguments);
        if (method.DeclaringType != typeof(TypedFunctions) || arguments is not [{ } time, SqlConstantExpression { Value: string grid }, ..])
        {
            return null;
        }

        var (step, zone) = TypedFunctions.ParseGrid(grid, arguments.Count > 2 ? (arguments[2] as SqlConstantExpression)?.Value as string : null);
        return Start(time, step, zone ?? IntervalSpec.DefaultZone);
    }

    /// <summary>The start of the cell that holds a time; null where the database has no form of such a time.</summary>
    protected abstract SqlExpression? Start(SqlExpression time, StepSpec step, string zone);
}
