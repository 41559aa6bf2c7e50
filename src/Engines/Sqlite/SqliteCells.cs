using System.Collections.Concurrent;
using System.Globalization;
using Typed.Time;

namespace Typed.Sqlite;

/// <summary>The start of the cell that holds an instant, as SQL: fixed widths by arithmetic, calendar words by a function of the connection.</summary>
internal static class SqliteCells
{
    private static readonly ConcurrentDictionary<(string Word, string Zone), Grid> s_grids = new();

    public static string Start(string instant, StepSpec step, string? zone)
    {
        if (step.IsCalendar)
        {
            return $"{SqliteFunctions.Cell}({instant}, '{step}', '{zone ?? IntervalSpec.DefaultZone}')";
        }

        // The remainder of a negative number is negative, so that a multiple of the width is added that no instant is below.
        var width = step.Seconds * Instant.PerSecond;
        var cells = -Arithmetic.FloorDivide(Instant.Min, width) * width;
        return string.Create(CultureInfo.InvariantCulture, $"({instant} - ({instant} + {cells}) % {width})");
    }

    public static long Floor(long instant, string word, string zone) =>
        s_grids.GetOrAdd((word, zone), static name => Find(name.Word, name.Zone)).Floor(instant);

    private static Grid Find(string word, string zone) =>
        StepParser.TryParse(word, out var step, out _, out var message) ? Grid.For(step, zone) : throw new ArgumentException(message, nameof(word));
}
