using System.Globalization;
using Typed.Cli.Output;
using Typed.Time;

namespace Typed.Cli.Reading;

/// <summary>Times and durations as people type them.</summary>
internal static class TimeText
{
    /// <summary>A date, an instant (UTC unless it says otherwise), or a duration such as <c>24h</c>, which means so long ago.</summary>
    /// <exception cref="CliException">The text is none of these.</exception>
    public static DateTimeOffset Parse(string text, DateTimeOffset now, string option)
    {
        if (TryDuration(text, out var ago))
        {
            return now - DateTimeOffset.UnixEpoch < ago ? DateTimeOffset.UnixEpoch : now - ago;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUniversalTime()
            : throw new CliException(
                ExitCodes.Usage, $"{option} '{text}' is no time.", "Write 2026-03-21, 2026-03-21T12:00, 2026-03-21T12:00:00+01:00, or 24h for 24 hours ago.");
    }

    /// <summary>A duration: a number and one of <c>s</c>, <c>m</c> (minutes), <c>h</c>, <c>d</c>, <c>w</c>.</summary>
    /// <exception cref="CliException">The text is none.</exception>
    public static TimeSpan Duration(string text, string option) => TryDuration(text, out var duration)
        ? duration
        : throw new CliException(ExitCodes.Usage, $"{option} '{text}' is no duration.", "Write a number and s, m (minutes), h, d or w: 90s, 24h, 30d.");

    /// <summary>The grid of <c>--by</c>.</summary>
    /// <exception cref="CliException">The text is none.</exception>
    public static Grid Grid(string text, string? zone, string option)
    {
        try
        {
            var (step, own) = GridGrammar.Parse(text, zone, option);
            return Time.Grid.For(step, own);
        }
        catch (ArgumentException error)
        {
            throw new CliException(ExitCodes.Usage, $"{option}: {error.Message.Split(" (Parameter")[0]}", "Write 15m, 1h, daily, monthly in Europe/Paris.",
                error);
        }
    }

    private static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length < 2 || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var unit = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            'w' => TimeSpan.FromDays(7),
            _ => TimeSpan.Zero,
        };
        if (unit == TimeSpan.Zero || number > TimeSpan.FromDays(36_525) / unit)
        {
            return false;
        }

        duration = number * unit;
        return true;
    }
}
