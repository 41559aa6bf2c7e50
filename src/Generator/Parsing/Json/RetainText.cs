using System.Globalization;

namespace Typed.Generator.Parsing.Json;

/// <summary>The text of <c>Retain</c>: a fixed width of the interval grammar, <c>&lt;n&gt;s|m|h|d|w</c>.</summary>
internal static class RetainText
{
    private const long MaxDays = 36_525;

    public static bool TryParse(string text, out long ticks)
    {
        ticks = 0;
        text = text.Trim();
        var unit = text.Length == 0 ? 0 : text[text.Length - 1] switch
        {
            's' => TimeSpan.TicksPerSecond,
            'm' => TimeSpan.TicksPerMinute,
            'h' => TimeSpan.TicksPerHour,
            'd' => TimeSpan.TicksPerDay,
            'w' => 7 * TimeSpan.TicksPerDay,
            _ => 0,
        };
        if (unit == 0 || !decimal.TryParse(text.Substring(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count < 1 || count > MaxDays * TimeSpan.TicksPerDay / unit)
        {
            return false;
        }

        ticks = (long)count * unit;
        return true;
    }
}
