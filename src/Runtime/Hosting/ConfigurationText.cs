using System.Globalization;

namespace Typed.Hosting;

/// <summary>Values of options as an application's configuration has them.</summary>
internal static class ConfigurationText
{
    public static long LongNumber(string text) => long.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture);

    public static int Number(string text) => int.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">The text is no duration, or a bare number, which .NET takes for days where seconds were meant.</exception>
    public static TimeSpan Duration(string text) =>
        TimeSpan.Parse(text, CultureInfo.InvariantCulture) is var duration && (text.Contains(':', StringComparison.Ordinal) || duration == TimeSpan.Zero)
            ? duration
            : throw new FormatException("A bare number would be days: 15 seconds are written 00:00:15, and a day is 1.00:00:00.");

    public static bool Truth(string text) => bool.Parse(text);

    public static TEnum Word<TEnum>(string text, string option)
        where TEnum : struct, Enum => Enum.TryParse<TEnum>(text, ignoreCase: true, out var word)
            ? word
            : throw new FormatException($"{option} is one of {string.Join(", ", Enum.GetNames<TEnum>())}.");
}
