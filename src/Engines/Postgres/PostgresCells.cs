using System.Collections.Concurrent;
using System.Globalization;
using Typed.Time;

namespace Typed.Postgres;

/// <summary>The start of the cell that holds an instant, as SQL. Exactly the grid's, where PostgreSQL sees a midnight in another way too.</summary>
internal static class PostgresCells
{
    // No list of a zone's changes starts before, and the yearly rules are followed that far.
    private static readonly long s_from = Civil.DayNumber(1840, 1, 1) * Instant.PerDay;
    private static readonly long s_until = Civil.DayNumber(2200, 1, 1) * Instant.PerDay;

    private static readonly ConcurrentDictionary<string, Oddities> s_oddities = new(StringComparer.Ordinal);

    public static string Start(string instant, StepSpec step, string? zone)
    {
        if (!step.IsCalendar)
        {
            return $"date_bin(interval '{step.Seconds} seconds', {instant}, {Origin(step.Seconds)})";
        }

        var id = zone ?? IntervalSpec.DefaultZone;
        return string.Equals(id, IntervalSpec.DefaultZone, StringComparison.Ordinal)
            ? Truncate(step.Word, instant, id)
            : s_oddities.GetOrAdd(id, Find).Mend(step.Word, instant, id);
    }

    private static string Truncate(CalendarWord word, string instant, string zone)
    {
        var unit = word switch
        {
            CalendarWord.Daily => "day",
            CalendarWord.Weekly => "week",
            CalendarWord.Monthly => "month",
            _ => "year",
        };
        return $"date_trunc('{unit}', {instant}, '{zone}')";
    }

    /// <summary>A start of a cell before year 1: date_bin of some versions is a cell off for starts before its origin.</summary>
    private static string Origin(long seconds)
    {
        var start = Arithmetic.FloorDivide(Instant.Min / Instant.PerSecond, seconds) * seconds;
        var (year, month, day) = Civil.Date((int)Arithmetic.FloorDivide(start, StepSpec.Day));
        var time = start - Arithmetic.FloorDivide(start, StepSpec.Day) * StepSpec.Day;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"timestamptz '{(year > 0 ? year : 1 - year):0000}-{month:00}-{day:00} {time / 3600:00}:{time / 60 % 60:00}:{time % 60:00}Z{(year > 0 ? "" : " BC")}'");
    }

    /// <summary>
    /// Looks for the clocks that were changed at midnight or across it. Of a midnight that comes twice PostgreSQL takes the second, one that does not exist it
    /// takes for one before the change, and a day that has begun ends for it when the clock is set back across midnight.
    /// </summary>
    private static Oddities Find(string zone)
    {
        var days = LocalDays.In(zone);
        List<long> theirs = [], ours = [], returns = [];
        long? before = null;
        foreach (var (change, _, offset) in Zones.Stretches(Zones.Find(zone), s_from, s_until))
        {
            if (before is { } earlier)
            {
                var midnight = Arithmetic.FloorDivide(change + Math.Max(earlier, offset), Instant.PerDay) * Instant.PerDay;
                var begins = days.StartOf((int)(midnight / Instant.PerDay));
                if (midnight >= change + Math.Min(earlier, offset) && midnight < change + Math.Max(earlier, offset))
                {
                    var seen = midnight - (offset > earlier ? earlier : offset);
                    if (seen != begins)
                    {
                        theirs.Add(seen);
                        ours.Add(begins);
                    }

                    if (offset < earlier && midnight > change + offset)
                    {
                        returns.AddRange([begins, seen]);
                    }
                }
            }

            before = offset;
        }

        return new([.. theirs], [.. ours], [.. returns]);
    }

    private static string Array(long[] instants) =>
        $"ARRAY[{string.Join(",", instants.Select(instant => $"'{Instant.Text(instant)}'"))}]::timestamptz[]";

    /// <summary>Where PostgreSQL's days are not the grid's.</summary>
    /// <param name="Theirs">Starts of days as PostgreSQL has them.</param>
    /// <param name="Ours">The starts of the same days.</param>
    /// <param name="Returns">Pairs of instants between which the clock went back across midnight: the day goes on.</param>
    private sealed record Oddities(long[] Theirs, long[] Ours, long[] Returns)
    {
        public string Mend(CalendarWord word, string instant, string zone)
        {
            if (Returns.Length > 0)
            {
                var place = $"width_bucket({instant}, {Array(Returns)})";
                instant = $"CASE WHEN {place} % 2 = 1 THEN ({Array(Returns)})[{place} + 1] ELSE {instant} END";
            }

            var start = Truncate(word, instant, zone);
            return Theirs.Length == 0 ? start : $"coalesce(({Array(Ours)})[array_position({Array(Theirs)}, {start})], {start})";
        }
    }
}
