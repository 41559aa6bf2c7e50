namespace Typed.Time;

/// <summary>Days from midnight to midnight, without those that the zone skipped.</summary>
internal sealed class DayGrid(LocalDays days) : CalendarGrid(days)
{
    private readonly int[] _skippedDays = days.Skipped;

    protected override int CellOf(int day)
    {
        var cell = day;
        foreach (var skipped in _skippedDays)
        {
            cell -= skipped < day ? 1 : 0;
        }

        return cell;
    }

    protected override int FirstDay(int cell)
    {
        var day = cell;
        foreach (var skipped in _skippedDays)
        {
            day += skipped <= day ? 1 : 0;
        }

        return day;
    }

    protected override long LabelOf(int day)
    {
        var (year, month, dayOfMonth) = Civil.Date(day);
        return (year * 100L + month) * 100 + dayOfMonth;
    }
}

/// <summary>ISO 8601 weeks, Monday to Monday.</summary>
internal sealed class WeekGrid(LocalDays days) : CalendarGrid(days)
{
    /// <summary>1969-12-29, the Monday of the week that holds the epoch.</summary>
    internal const int FirstMonday = -3;

    protected override int CellOf(int day) => (int)Arithmetic.FloorDivide(day - FirstMonday, 7);

    protected override int FirstDay(int cell) => cell * 7 + FirstMonday;

    protected override long LabelOf(int day)
    {
        var (year, week) = Civil.IsoWeek(FirstDay(CellOf(day)));
        return year * 100L + week;
    }
}

/// <summary>Months, from the 1st to the next 1st.</summary>
internal sealed class MonthGrid(LocalDays days) : CalendarGrid(days)
{
    protected override int CellOf(int day)
    {
        var (year, month, _) = Civil.Date(day);
        return year * 12 + month - 1;
    }

    protected override int FirstDay(int cell)
    {
        var year = (int)Arithmetic.FloorDivide(cell, 12);
        return Civil.DayNumber(year, cell - year * 12 + 1, 1);
    }

    protected override long LabelOf(int day)
    {
        var (year, month, _) = Civil.Date(day);
        return year * 100L + month;
    }
}

/// <summary>Years, from 1 January to 1 January. Their number is their label.</summary>
internal sealed class YearGrid(LocalDays days) : CalendarGrid(days)
{
    protected override int CellOf(int day) => Civil.Date(day).Year;

    protected override int FirstDay(int cell) => Civil.DayNumber(cell, 1, 1);

    protected override long LabelOf(int day) => CellOf(day);
}
