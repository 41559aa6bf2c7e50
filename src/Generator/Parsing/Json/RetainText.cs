using Typed.Time;

namespace Typed.Generator.Parsing.Json;

/// <summary>The text of <c>Retain</c>: a fixed width of the interval grammar, <c>&lt;n&gt;s|m|h|d|w</c>.</summary>
internal static class RetainText
{
    public static bool TryParse(string text, out long ticks)
    {
        var trimmed = text.Trim();
        ticks = 0;
        if (trimmed.Length == 0 || !StepParser.TryParse(trimmed, out var step, out _, out _) || step.IsCalendar)
        {
            return false;
        }

        ticks = step.Seconds * TimeSpan.TicksPerSecond;
        return true;
    }
}
