namespace Typed.Time;

/// <summary>Cells of whole days in a zone. A subclass says which days make a cell; where they lie in time is the zone's affair.</summary>
internal abstract class CalendarGrid(LocalDays days) : Grid
{
    /// <summary>Beyond every cell number and every day number of the years 1 to 9999, yet small enough to compute with.</summary>
    private const int Far = 5_000_000;

    /// <summary>The number of the cell that holds a day.</summary>
    protected abstract int CellOf(int day);

    /// <summary>The first day of a cell, whether or not the zone skipped it.</summary>
    protected abstract int FirstDay(int cell);

    /// <summary>The label of the cell that holds a day.</summary>
    protected abstract long LabelOf(int day);

    public sealed override long Floor(long instant)
    {
        Instant.Check(instant);
        var start = Start(CellOf(days.DayOf(instant)));
        return start >= Instant.Min ? start : OutOfYears.ThrowStart(instant);
    }

    public sealed override bool TryNext(long start, out long next)
    {
        Instant.Check(start);
        next = Start(CellOf(days.DayOf(start)) + 1);
        if (next <= Instant.Max)
        {
            return true;
        }

        next = 0;
        return false;
    }

    public sealed override long Index(long instant)
    {
        Instant.Check(instant);
        return CellOf(days.DayOf(instant));
    }

    public sealed override long Label(long start)
    {
        Instant.Check(start);
        return LabelOf(days.DayOf(start));
    }

    internal sealed override bool TryStartOf(long index, out long start)
    {
        start = index is > -Far and < Far && FirstDay((int)index) is > -Far and < Far and int day ? days.StartOf(day) : long.MinValue;
        if (Instant.IsInYears(start))
        {
            return true;
        }

        start = 0;
        return false;
    }

    private long Start(int cell) => days.StartOf(FirstDay(cell));
}
