using System.Globalization;
using System.Text.Json;

namespace Typed.Conformance.Tests;

/// <summary>Times of the vectors, exact to 100 ns: Unix seconds as decimals, <c>{"ticks": n}</c>, or ISO 8601 with an offset.</summary>
public static class VectorTime
{
    /// <summary>The time of a vector.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is outside the years 1 to 9999.</exception>
    public static DateTimeOffset Read(JsonElement time) => new(DateTimeOffset.UnixEpoch.Ticks + Ticks(time), TimeSpan.Zero);

    /// <summary>100 ns units since 1970-01-01T00:00:00Z; any year.</summary>
    public static long Ticks(JsonElement time) => time.ValueKind switch
    {
        JsonValueKind.Number => Whole(time.GetDecimal() * TimeSpan.TicksPerSecond),
        JsonValueKind.Object => time.GetProperty("ticks").GetInt64(),
        JsonValueKind.String => Ticks(time.GetString()!),
        _ => throw new FormatException($"{time.GetRawText()} is no time."),
    };

    private static long Whole(decimal ticks) => ticks == decimal.Truncate(ticks)
        ? (long)ticks
        : throw new FormatException($"{ticks.ToString(CultureInfo.InvariantCulture)} ticks are finer than 100 ns.");

    // Not DateTimeOffset.Parse: it refuses a time whose UTC is outside the years 1 to 9999, and its own refusal is no ArgumentOutOfRangeException.
    private static long Ticks(string text)
    {
        var zone = text.EndsWith('Z') ? text.Length - 1 : text.Length - "+00:00".Length;
        var local = DateTime.ParseExact(text[..zone], "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
        var offset = text[zone] == 'Z' ? TimeSpan.Zero : TimeSpan.ParseExact(text[(zone + 1)..], "hh':'mm", CultureInfo.InvariantCulture);
        return local.Ticks - DateTimeOffset.UnixEpoch.Ticks - (text[zone] == '-' ? -offset.Ticks : offset.Ticks);
    }
}
