using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Typed.Linq;
using Typed.Time;

namespace Typed.Postgres.Linq;

/// <summary>The start of a cell by date_bin and date_trunc, as <see cref="PostgresCells"/> has it.</summary>
#pragma warning disable CA1812 // EF Core makes it.
internal sealed class PostgresBucketMethod(ISqlExpressionFactory sql) : BucketMethod
#pragma warning restore CA1812
{
    protected override SqlExpression? Start(SqlExpression time, StepSpec step, string zone)
    {
        if (time.TypeMapping?.StoreType is not "timestamp with time zone")
        {
            return null;
        }

        if (!step.IsCalendar)
        {
            return SqlNodes.Call(
                "date_bin", time.Type, time.TypeMapping, sql.Fragment(PostgresCells.Width(step)), time, sql.Fragment(PostgresCells.Origin(step)));
        }

        return string.Equals(zone, IntervalSpec.DefaultZone, StringComparison.Ordinal)
            ? Truncate(time, step.Word, zone)
            : Zoned(time, step.Word, zone, ZonedCells.In(zone, step.Word));
    }

    private SqlExpression Zoned(SqlExpression time, CalendarWord word, string zone, ZonedCells cells)
    {
        // The last piece that has begun.
        List<CaseWhenClause> pieces = [];
        if (cells.Old.Count > 0)
        {
            pieces.Add(new(sql.GreaterThanOrEqual(time, At(cells.Modern, time)), Modern(time, word, zone, cells.Midnights)));
        }

        foreach (var piece in cells.Old.Skip(1).Reverse())
        {
            pieces.Add(new(sql.GreaterThanOrEqual(time, At(piece.From, time)), Old(time, word, piece)));
        }

        return pieces.Count == 0 ? Modern(time, word, zone, cells.Midnights) : new CaseExpression(pieces, Old(time, word, cells.Old[0]));
    }

    private SqlExpression Old(SqlExpression time, CalendarWord word, ZonedCells.Piece piece)
    {
        if (piece.Start is { } start)
        {
            return At(start, time);
        }

        var offset = sql.Fragment($"interval '{PostgresCells.Seconds(piece.Offset!.Value)}'");
        var local = new SqlBinaryExpression(System.Linq.Expressions.ExpressionType.Add, time, offset, time.Type, time.TypeMapping);
        return new SqlBinaryExpression(
            System.Linq.Expressions.ExpressionType.Subtract, Truncate(local, word, IntervalSpec.DefaultZone), offset, time.Type, time.TypeMapping);
    }

    private SqlExpression Modern(SqlExpression time, CalendarWord word, string zone, ZonedCells.OddMidnights odd)
    {
        var within = time;
        if (odd.Returns.Count > 0)
        {
            within = new CaseExpression(
                [.. odd.Returns.Select(pair => new CaseWhenClause(
                    sql.AndAlso(sql.GreaterThanOrEqual(time, At(pair.From, time)), sql.LessThan(time, At(pair.Until, time))), At(pair.Until, time)))],
                time);
        }

        var start = Truncate(within, word, zone);
        return odd.Starts.Count == 0
            ? start
            : new CaseExpression(start, [.. odd.Starts.Select(pair => new CaseWhenClause(At(pair.Theirs, time), At(pair.Ours, time)))], start);
    }

    private SqlFunctionExpression Truncate(SqlExpression time, CalendarWord word, string zone) => SqlNodes.Call(
        "date_trunc", time.Type, time.TypeMapping, sql.Fragment($"'{PostgresCells.Unit(word)}'"), time, sql.Fragment($"'{zone}'"));

    private SqlExpression At(long instant, SqlExpression time) => sql.Constant(Instant.ToDateTimeOffset(instant), time.TypeMapping);
}
