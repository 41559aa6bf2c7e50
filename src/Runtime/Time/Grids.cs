using System.Runtime.CompilerServices;

namespace Typed.Time;

/// <summary>
/// The cells of emitted code: fixed widths and UTC calendar words, as static calls that the JIT inlines and specialises for a constant width.
/// Each gives what the <see cref="Grid"/> of the same step gives. Calendar cells of other zones go through a <see cref="Grid"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Grids
{
    /// <summary>The start of the cell of a fixed width that holds <paramref name="instant"/>; cells are anchored at the Unix epoch.</summary>
    /// <param name="instant">Microseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="widthMicros">Width of a cell in microseconds, above 0.</param>
    /// <returns>The cell's first microsecond.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The instant or the start is outside the years 1 to 9999.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Floor(long instant, long widthMicros)
    {
        Instant.Check(instant);
        var start = Arithmetic.FloorDivide(instant, widthMicros) * widthMicros;
        return start >= Instant.Min ? start : OutOfYears.ThrowStart(instant);
    }

    /// <summary>Midnight UTC of the day that holds <paramref name="instant"/>.</summary>
    /// <param name="instant">Microseconds since 1970-01-01T00:00:00Z.</param>
    /// <returns>The day's first microsecond.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The instant is outside the years 1 to 9999.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long FloorDayUtc(long instant) => Floor(instant, Instant.PerDay);

    /// <summary>Midnight UTC of the Monday (ISO 8601) of the week that holds <paramref name="instant"/>.</summary>
    /// <param name="instant">Microseconds since 1970-01-01T00:00:00Z.</param>
    /// <returns>The week's first microsecond.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The instant is outside the years 1 to 9999.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long FloorWeekUtc(long instant)
    {
        const long Anchor = WeekGrid.FirstMonday * Instant.PerDay;
        const long Week = 7 * Instant.PerDay;
        Instant.Check(instant);
        // 0001-01-01 is a Monday: no week of the years 1 to 9999 starts before them.
        return Arithmetic.FloorDivide(instant - Anchor, Week) * Week + Anchor;
    }

    /// <summary>Midnight UTC of the 1st of the month that holds <paramref name="instant"/>.</summary>
    /// <param name="instant">Microseconds since 1970-01-01T00:00:00Z.</param>
    /// <returns>The month's first microsecond.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The instant is outside the years 1 to 9999.</exception>
    public static long FloorMonthUtc(long instant)
    {
        Instant.Check(instant);
        var day = UtcDays.Instance.DayOf(instant);
        return UtcDays.Instance.StartOf(day - Civil.Date(day).Day + 1);
    }

    /// <summary>Midnight UTC of 1 January of the year that holds <paramref name="instant"/>.</summary>
    /// <param name="instant">Microseconds since 1970-01-01T00:00:00Z.</param>
    /// <returns>The year's first microsecond.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The instant is outside the years 1 to 9999.</exception>
    public static long FloorYearUtc(long instant)
    {
        Instant.Check(instant);
        var day = UtcDays.Instance.DayOf(instant);
        return UtcDays.Instance.StartOf(Civil.DayNumber(Civil.Date(day).Year, 1, 1));
    }
}
