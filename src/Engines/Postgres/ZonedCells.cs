using System.Collections.Concurrent;
using Typed.Time;

namespace Typed.Postgres;

/// <summary>
/// The cells of a calendar word in a zone, where PostgreSQL has others than the grid: in old times, whose offsets have seconds there and are cut to the minute
/// in .NET, and where a clock was changed at midnight.
/// </summary>
/// <param name="Modern">From here on PostgreSQL's own offsets are the grid's.</param>
/// <param name="Old">The pieces of time before; the first begins with time.</param>
/// <param name="Midnights">Where PostgreSQL sees a midnight in another way.</param>
internal sealed record ZonedCells(long Modern, IReadOnlyList<ZonedCells.Piece> Old, ZonedCells.OddMidnights Midnights)
{
    // No list of a zone's changes starts before, and the yearly rules are followed that far.
    private static readonly long s_from = Civil.DayNumber(1840, 1, 1) * Instant.PerDay;
    private static readonly long s_until = Civil.DayNumber(2200, 1, 1) * Instant.PerDay;

    /// <summary>Hardly any offset has seconds since.</summary>
    private static readonly long s_old = Civil.DayNumber(1945, 1, 1) * Instant.PerDay;

    private static readonly ConcurrentDictionary<(string Zone, CalendarWord Word), ZonedCells> s_shared = new();

    public static ZonedCells In(string zone, CalendarWord word) => s_shared.GetOrAdd((zone, word), static key => Find(key.Zone, key.Word));

    private static ZonedCells Find(string zone, CalendarWord word)
    {
        var grid = Grid.For(new(0, word), zone);
        (long From, long Until, long Offset)[] stretches = [.. Zones.Stretches(Zones.Find(zone), s_from, s_until)];
        var old = Array.FindLastIndex(stretches, stretch => stretch.From < s_old || stretch.Offset % (15 * 60 * Instant.PerSecond) != 0);
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
        return new(modern, pieces, OddMidnights.Find(zone, stretches.AsSpan(old + 1)));

        // The cell that an offset begins in began under another one, or with the change itself; the next one is the offset's own.
        long Fixed(long from, List<Piece> found)
        {
            var cell = grid.Floor(from);
            found.Add(new(from, cell, Offset: null));
            return grid.End(cell);
        }

        static bool IsMidnight(long local) => Arithmetic.FloorDivide(local, Instant.PerDay) * Instant.PerDay == local;
    }

    /// <summary>A time in which cells start at one instant, or at local midnights of one offset.</summary>
    internal readonly record struct Piece(long From, long? Start, long? Offset);

    /// <summary>
    /// Clocks that were changed at midnight or across it. Of a midnight that comes twice PostgreSQL takes the second, one that does not exist it takes for one
    /// before the change, and a day that has begun ends for it when the clock is set back across midnight.
    /// </summary>
    /// <param name="Starts">Starts of days as PostgreSQL has them, and as the grid has them.</param>
    /// <param name="Returns">From and until when a day goes on although the clock shows the one before.</param>
    internal sealed record OddMidnights(IReadOnlyList<(long Theirs, long Ours)> Starts, IReadOnlyList<(long From, long Until)> Returns)
    {
        public static OddMidnights Find(string zone, ReadOnlySpan<(long From, long Until, long Offset)> stretches)
        {
            var days = LocalDays.In(zone);
            List<(long Theirs, long Ours)> starts = [];
            List<(long From, long Until)> returns = [];
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
                    starts.Add((seen, begins));
                }

                if (later < earlier && midnight > change + later)
                {
                    returns.Add((begins, seen));
                }
            }

            return new(starts, returns);
        }
    }
}
