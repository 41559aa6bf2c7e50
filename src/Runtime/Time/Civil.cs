namespace Typed.Time;

/// <summary>
/// Dates of the proleptic Gregorian calendar (ISO 8601) and their day numbers; day 0 is 1970-01-01.
/// DateTime cannot do this: east of Greenwich the last hours of 9999 are already 1 January 10000, and year cells may start before year 1.
/// </summary>
internal static class Civil
{
    private const int DaysIn400Years = 146_097;

    // Years are counted from 1 March, so that the leap day comes last: day 0 of this count is 0000-03-01.
    private const int MarchEpoch = 719_468;

    public static int DayNumber(int year, int month, int day)
    {
        var marchYear = month <= 2 ? year - 1 : year;
        var era = (int)Arithmetic.FloorDivide(marchYear, 400);
        var yearOfEra = marchYear - era * 400;
        var dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        var dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DaysIn400Years + dayOfEra - MarchEpoch;
    }

    public static (int Year, int Month, int Day) Date(int dayNumber)
    {
        var shifted = dayNumber + MarchEpoch;
        var era = (int)Arithmetic.FloorDivide(shifted, DaysIn400Years);
        var dayOfEra = shifted - era * DaysIn400Years;
        var yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        var dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        var marchMonth = (5 * dayOfYear + 2) / 153;
        var month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1);
    }

    /// <summary>The ISO 8601 week-year and week of a Monday: those of its Thursday.</summary>
    public static (int Year, int Week) IsoWeek(int monday)
    {
        var thursday = monday + 3;
        var year = Date(thursday).Year;
        return (year, (thursday - DayNumber(year, 1, 1)) / 7 + 1);
    }
}
