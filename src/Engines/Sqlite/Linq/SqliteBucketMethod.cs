using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Typed.Linq;
using Typed.Time;

namespace Typed.Sqlite.Linq;

/// <summary>The start of a cell by a function of the connection: of instants of columns, which are integers, and of the texts of bodies.</summary>
#pragma warning disable CA1812 // EF Core makes it.
internal sealed class SqliteBucketMethod(ISqlExpressionFactory sql) : BucketMethod
#pragma warning restore CA1812
{
    protected override SqlExpression? Start(SqlExpression time, StepSpec step, string zone)
    {
        var function = SqliteMapping.IsInstant(time.TypeMapping?.Converter) ? SqliteFunctions.Cell
            : SqliteBodyConverters.IsTime(time.TypeMapping) ? SqliteFunctions.CellOfText
            : null;
        return function is null ? null : SqlNodes.Call(function, time.Type, time.TypeMapping, time, Text(step.ToString()), Text(zone));
    }

    private SqlExpression Text(string text) => sql.ApplyDefaultTypeMapping(sql.Constant(text));
}
