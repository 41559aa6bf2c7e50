using System.Globalization;
using Typed.Time;

namespace Typed.Cli.Charts;

/// <summary>The labels beside and below a chart.</summary>
internal static class Axis
{
    /// <summary>The width of the labels beside a chart.</summary>
    public const int Width = 9;

    /// <summary>A number in at most eight characters: <c>12.5k</c>, <c>0.031</c>.</summary>
    public static string Number(double value)
    {
        var size = Math.Abs(value);
        return size switch
        {
            >= 1e15 or (< 1e-3 and > 0) => value.ToString("0.##e0", CultureInfo.InvariantCulture),
            >= 1e9 => (value / 1e9).ToString("0.##", CultureInfo.InvariantCulture) + "G",
            >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + "M",
            >= 1e4 => (value / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + "k",
            >= 100 => value.ToString("0.#", CultureInfo.InvariantCulture),
            _ => value.ToString("0.###", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The line of times below a chart of so many columns, one character wide each.</summary>
    public static string Times(IReadOnlyList<long> starts, long end)
    {
        if (starts.Count == 0)
        {
            return "";
        }

        var span = end - starts[0];
        var format = span > 3L * 365 * 86_400 * Instant.PerSecond ? "yyyy-MM" : span > 3L * 86_400 * Instant.PerSecond ? "MM-dd"
            : span > 36L * 3_600 * Instant.PerSecond ? "dd. HH:mm" : "HH:mm";
        var line = new char[starts.Count + format.Length];
        Array.Fill(line, ' ');
        var gap = Math.Max(format.Length + 3, starts.Count / 6);
        for (var column = 0; column + format.Length <= line.Length && column < starts.Count; column += gap)
        {
            Instant.ToDateTimeOffset(starts[column]).UtcDateTime.ToString(format, CultureInfo.InvariantCulture).CopyTo(0, line, column, format.Length);
        }

        return new string(line).TrimEnd();
    }
}
