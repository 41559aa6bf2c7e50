using System.Globalization;

namespace Typed.Time;

/// <summary>The width of a grid's cells as declared: a fixed number of seconds, or a calendar word. Exactly one of the two is set.</summary>
/// <param name="Seconds">Width in seconds, 1 to <see cref="MaxSeconds"/>; 0 for a calendar word.</param>
/// <param name="Word">The calendar word; <see cref="CalendarWord.None"/> for a fixed width.</param>
public readonly record struct StepSpec(long Seconds, CalendarWord Word)
{
    /// <summary>The longest fixed width: 36 525 days, a hundred years.</summary>
    public const long MaxSeconds = 36_525 * Day;

    internal const long Minute = 60;
    internal const long Hour = 3_600;
    internal const long Day = 86_400;
    internal const long Week = 7 * Day;

    // Mean lengths in the Gregorian calendar: 400 years are 146 097 days.
    private const long Year = 146_097 * Day / 400;
    private const long Month = Year / 12;

    /// <summary>Whether the step is a calendar word and so depends on a zone.</summary>
    public bool IsCalendar => Word != CalendarWord.None;

    /// <summary>The length by which steps are compared, in seconds: day 86 400, week 604 800, month 2 629 746, year 31 556 952.</summary>
    public long NominalSeconds => Word switch
    {
        CalendarWord.None => Seconds,
        CalendarWord.Daily => Day,
        CalendarWord.Weekly => Week,
        CalendarWord.Monthly => Month,
        _ => Year,
    };

    /// <summary>The step in the grammar's words, with the largest unit that divides it: <c>60s</c> is <c>1m</c>.</summary>
    public override string ToString() => Word switch
    {
        CalendarWord.Daily => "daily",
        CalendarWord.Weekly => "weekly",
        CalendarWord.Monthly => "monthly",
        CalendarWord.Yearly => "yearly",
        _ when Seconds % Week == 0 => Text(Week, 'w'),
        _ when Seconds % Day == 0 => Text(Day, 'd'),
        _ when Seconds % Hour == 0 => Text(Hour, 'h'),
        _ when Seconds % Minute == 0 => Text(Minute, 'm'),
        _ => Text(1, 's'),
    };

    private string Text(long unit, char suffix) => (Seconds / unit).ToString(CultureInfo.InvariantCulture) + suffix;
}
