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

    /// <summary>
    /// Up to here cells are computed from offsets as .NET knows them. It cuts those of old times, which have seconds, to the minute, and PostgreSQL does not.
    /// </summary>
    private static readonly long s_old = Civil.DayNumber(1945, 1, 1) * Instant.PerDay;

    private static readonly ConcurrentDictionary<(CalendarWord Word, string Zone), ZonedCells> s_zoned = new();

    public static string Start(string instant, StepSpec step, string? zone)
    {
        if (!step.IsCalendar)
        {
            return $"date_bin(interval '{step.Seconds} seconds', {instant}, {Origin(step.Seconds)})";
        }

        var id = zone ?? IntervalSpec.DefaultZone;
        return string.Equals(id, IntervalSpec.DefaultZone, StringComparison.Ordinal)
            ? Truncate(step.Word, instant, id)
            : s_zoned.GetOrAdd((step.Word, id), static key => Find(key.Word, key.Zone)).Start(instant);
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

    private static ZonedCells Find(CalendarWord word, string zone)
    {
        var grid = Grid.For(new(0, word), zone);
        (long From, long Until, long Offset)[] stretches = [.. Zones.Stretches(Zones.Find(zone), s_from, s_until)];
        var old = System.Array.FindLastIndex(stretches, stretch => stretch.From < s_old || stretch.Offset % (15 * 60 * Instant.PerSecond) != 0);
        List<Piece> pieces = [];
        foreach (var (from, until, offset) in stretches.Take(old + 1))
        {
            var start = from == s_from || IsMidnight(from + offset) && grid.Floor(from) == from ? from : Fixed(from, pieces);
            if (start < until)
            {
                pieces.Add(new(start, Start: null, offset));
            }
        }

        var modern = old < 0 ? s_from : Fixed(stretches[old].Until, pieces);
        return new(word, zone, modern, [.. pieces], Midnights.Find(zone, stretches.AsSpan(old + 1)));

        // The cell that an offset begins in began under another one, or with the change itself; the next one is the offset's own.
        long Fixed(long from, List<Piece> found)
        {
            var cell = grid.Floor(from);
            found.Add(new(from, cell, Offset: null));
            return grid.End(cell);
        }

        static bool IsMidnight(long local) => Arithmetic.FloorDivide(local, Instant.PerDay) * Instant.PerDay == local;
    }

    private static string Array(long[] instants) =>
        $"ARRAY[{string.Join(",", instants.Select(instant => $"'{Instant.Text(instant)}'"))}]::timestamptz[]";

    /// <summary>A time in which cells start at one instant, or at local midnights of one offset.</summary>
    private readonly record struct Piece(long From, long? Start, long? Offset);

    /// <summary>The cells of a calendar word in a zone.</summary>
    /// <param name="Word">The word.</param>
    /// <param name="Zone">The zone.</param>
    /// <param name="Modern">From here on PostgreSQL's own offsets are the grid's.</param>
    /// <param name="Old">The pieces of time before.</param>
    /// <param name="Midnights">Where PostgreSQL sees a midnight in another way.</param>
    private sealed record ZonedCells(CalendarWord Word, string Zone, long Modern, Piece[] Old, Midnights Midnights)
    {
        public string Start(string instant)
        {
            var modern = Midnights.Mend(Word, instant, Zone);
            if (Old.Length == 0)
            {
                return modern;
            }

            var piece = Old.Length == 1 ? "1" : $"width_bucket({instant}, {Array([.. Old.Skip(1).Select(piece => piece.From)])}) + 1";
            var starts = string.Join(",", Old.Select(piece => piece.Start is { } start ? $"'{Instant.Text(start)}'" : "NULL"));
            var offsets = string.Join(",", Old.Select(piece =>
                piece.Offset is { } offset ? string.Create(CultureInfo.InvariantCulture, $"'{offset / Instant.PerSecond} seconds'") : "NULL"));
            var offset = $"(ARRAY[{offsets}]::interval[])[{piece}]";
            return $"CASE WHEN {instant} >= '{Instant.Text(Modern)}'::timestamptz THEN {modern} "
                + $"ELSE coalesce((ARRAY[{starts}]::timestamptz[])[{piece}], {Truncate(Word, $"{instant} + {offset}", IntervalSpec.DefaultZone)} - {offset}) END";
        }
    }

    /// <summary>
    /// Clocks that were changed at midnight or across it. Of a midnight that comes twice PostgreSQL takes the second, one that does not exist it takes for one
    /// before the change, and a day that has begun ends for it when the clock is set back across midnight.
    /// </summary>
    /// <param name="Theirs">Starts of days as PostgreSQL has them.</param>
    /// <param name="Ours">The starts of the same days.</param>
    /// <param name="Returns">Pairs of instants between which the clock went back across midnight: the day goes on.</param>
    private sealed record Midnights(long[] Theirs, long[] Ours, long[] Returns)
    {
        public static Midnights Find(string zone, ReadOnlySpan<(long From, long Until, long Offset)> stretches)
        {
            var days = LocalDays.In(zone);
            List<long> theirs = [], ours = [], returns = [];
            for (var i = 1; i < stretches.Length; i++)
            {
                var (change, earlier, later) = (stretches[i].From, stretches[i - 1].Offset, stretches[i].Offset);
                var midnight = Arithmetic.FloorDivide(change + Math.Max(earlier, later) - 1, Instant.PerDay) * Instant.PerDay;
                if (midnight < change + Math.Min(earlier, later))
                {
                    continue;
                }

                var seen = midnight - (later > earlier ? earlier : later);
                var begins = days.StartOf((int)(midnight / Instant.PerDay));
                if (seen != begins)
                {
                    theirs.Add(seen);
                    ours.Add(begins);
                }

                if (later < earlier && midnight > change + later)
                {
                    returns.AddRange([begins, seen]);
                }
            }

            return new([.. theirs], [.. ours], [.. returns]);
        }

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
