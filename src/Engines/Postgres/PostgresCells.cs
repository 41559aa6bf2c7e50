using System.Globalization;
using Typed.Time;

namespace Typed.Postgres;

/// <summary>The start of the cell that holds an instant, as SQL. Exactly the grid's, where PostgreSQL sees a midnight in another way too.</summary>
internal static class PostgresCells
{
    public static string Start(string instant, StepSpec step, string? zone)
    {
        if (!step.IsCalendar)
        {
            return $"date_bin({Width(step)}, {instant}, {Origin(step)})";
        }

        var id = zone ?? IntervalSpec.DefaultZone;
        return string.Equals(id, IntervalSpec.DefaultZone, StringComparison.Ordinal)
            ? Truncate(step.Word, instant, id)
            : Start(instant, step.Word, id, ZonedCells.In(id, step.Word));
    }

    /// <summary>The word as date_trunc knows it.</summary>
    public static string Unit(CalendarWord word) => word switch
    {
        CalendarWord.Daily => "day",
        CalendarWord.Weekly => "week",
        CalendarWord.Monthly => "month",
        _ => "year",
    };

    /// <summary>The width of a step's cells.</summary>
    public static string Width(StepSpec step) => string.Create(CultureInfo.InvariantCulture, $"interval '{step.Seconds} seconds'");

    /// <summary>A start of a cell before year 1: date_bin of some versions is a cell off for starts before its origin.</summary>
    public static string Origin(StepSpec step)
    {
        var seconds = step.Seconds;
        var start = Arithmetic.FloorDivide(Instant.Min / Instant.PerSecond, seconds) * seconds;
        var (year, month, day) = Civil.Date((int)Arithmetic.FloorDivide(start, StepSpec.Day));
        var time = start - Arithmetic.FloorDivide(start, StepSpec.Day) * StepSpec.Day;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"timestamptz '{(year > 0 ? year : 1 - year):0000}-{month:00}-{day:00} {time / 3600:00}:{time / 60 % 60:00}:{time % 60:00}"
                + $"Z{(year > 0 ? "" : " BC")}'");
    }

    private static string Truncate(CalendarWord word, string instant, string zone) => $"date_trunc('{Unit(word)}', {instant}, '{zone}')";

    private static string Start(string instant, CalendarWord word, string zone, ZonedCells cells)
    {
        var modern = Modern(instant, word, zone, cells.Midnights);
        if (cells.Old.Count == 0)
        {
            return modern;
        }

        var piece = cells.Old.Count == 1 ? "1" : $"width_bucket({instant}, {Array([.. cells.Old.Skip(1).Select(piece => piece.From)])}) + 1";
        var starts = string.Join(",", cells.Old.Select(piece => piece.Start is { } start ? $"'{Instant.Text(start)}'" : "NULL"));
        var offsets = string.Join(",", cells.Old.Select(piece => piece.Offset is { } seconds ? $"'{Seconds(seconds)}'" : "NULL"));
        var offset = $"(ARRAY[{offsets}]::interval[])[{piece}]";
        return $"CASE WHEN {instant} >= '{Instant.Text(cells.Modern)}'::timestamptz THEN {modern} "
            + $"ELSE coalesce((ARRAY[{starts}]::timestamptz[])[{piece}], {Truncate(word, $"{instant} + {offset}", IntervalSpec.DefaultZone)} - {offset}) END";
    }

    private static string Modern(string instant, CalendarWord word, string zone, ZonedCells.OddMidnights odd)
    {
        if (odd.Returns.Count > 0)
        {
            long[] ends = [.. odd.Returns.SelectMany(pair => new[] { pair.From, pair.Until })];
            var place = $"width_bucket({instant}, {Array(ends)})";
            instant = $"CASE WHEN {place} % 2 = 1 THEN ({Array(ends)})[{place} + 1] ELSE {instant} END";
        }

        var start = Truncate(word, instant, zone);
        return odd.Starts.Count == 0
            ? start
            : $"coalesce(({Array([.. odd.Starts.Select(pair => pair.Ours)])})"
                + $"[array_position({Array([.. odd.Starts.Select(pair => pair.Theirs)])}, {start})], {start})";
    }

    /// <summary>An offset as the text of an interval.</summary>
    public static string Seconds(long offset) => string.Create(CultureInfo.InvariantCulture, $"{offset / Instant.PerSecond} seconds");

    private static string Array(long[] instants) =>
        $"ARRAY[{string.Join(",", instants.Select(instant => $"'{Instant.Text(instant)}'"))}]::timestamptz[]";
}
