using System.Diagnostics.CodeAnalysis;

namespace Typed.Time;

/// <summary>Reads a step or a resolution: a width such as <c>5m</c>, or a calendar word.</summary>
internal static class StepParser
{
    public static bool TryParse(string text, out StepSpec step, out IntervalErrorKind kind, [NotNullWhen(false)] out string? message)
    {
        message = null;
        kind = IntervalErrorKind.Step;
        step = new StepSpec(0, CalendarOf(text));
        if (step.IsCalendar)
        {
            return true;
        }

        var digits = text.Length - 1;
        var unit = UnitOf(text[digits]);
        if (unit == 0 || !IsDigits(text, digits))
        {
            message = Advice(text);
            return false;
        }

        kind = IntervalErrorKind.Width;
        var seconds = Width(text, digits, unit);
        if (seconds == 0)
        {
            message = $"The width '{text}' is empty; it is at least one second.";
        }
        else if (seconds > StepSpec.MaxSeconds)
        {
            message = $"The width '{text}' is longer than 36525 days.";
        }

        step = new StepSpec(seconds, CalendarWord.None);
        return message is null;
    }

    /// <summary>Whether the first <paramref name="length"/> characters are ASCII digits, at least one.</summary>
    public static bool IsDigits(string text, int length)
    {
        for (var i = 0; i < length; i++)
        {
            if (text[i] is < '0' or > '9')
            {
                return false;
            }
        }

        return length > 0;
    }

    private static CalendarWord CalendarOf(string text) => text switch
    {
        "daily" => CalendarWord.Daily,
        "weekly" => CalendarWord.Weekly,
        "monthly" => CalendarWord.Monthly,
        "yearly" => CalendarWord.Yearly,
        _ => CalendarWord.None,
    };

    private static long UnitOf(char suffix) => suffix switch
    {
        's' => 1,
        'm' => StepSpec.Minute,
        'h' => StepSpec.Hour,
        'd' => StepSpec.Day,
        'w' => StepSpec.Week,
        _ => 0,
    };

    /// <summary>The width in seconds, or something above the maximum: any number of digits may come.</summary>
    private static long Width(string text, int digits, long unit)
    {
        var seconds = 0L;
        for (var i = 0; i < digits && seconds <= StepSpec.MaxSeconds; i++)
        {
            seconds = seconds * 10 + (text[i] - '0') * unit;
        }

        return seconds;
    }

    private static string Advice(string text)
    {
        var right = "a step is a width (30s, 5m, 1h, 7d, 2w) or one of daily, weekly, monthly, yearly";
        var lower = text.ToLowerInvariant();
        if (IsDigits(text, text.Length))
        {
            return $"'{text}' has no unit; write {text}s for seconds, {text}m for minutes, {text}h, {text}d or {text}w.";
        }

        if (CalendarOf(lower) != CalendarWord.None)
        {
            return $"'{text}' is written '{lower}'.";
        }

        if (text[text.Length - 1] is 'y' or 'Y' or 'M' && IsDigits(text, text.Length - 1))
        {
            return $"'{text}' is no step: months and years have no suffix; write monthly, yearly, or days as in 30d.";
        }

        return $"'{text}' is no step; {right}.";
    }
}
