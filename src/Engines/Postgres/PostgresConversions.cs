namespace Typed.Generated;

/// <summary>Conversions of values in an EF model on PostgreSQL. The code of a compiled model calls them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PostgresConversions
{
    /// <summary>The instant that PostgreSQL reads from the text of one.</summary>
    public static DateTimeOffset Round(DateTimeOffset value) => new(Rounded(value.UtcTicks, DateTime.MaxValue.Ticks), TimeSpan.Zero);

    /// <summary>The time that PostgreSQL reads from the text of one.</summary>
    public static DateTime Round(DateTime value) => new(Rounded(ToUtc(value).Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc);

    /// <summary>The time of day that PostgreSQL reads from the text of one.</summary>
    public static TimeOnly Round(TimeOnly value) => new(Rounded(value.Ticks, TimeOnly.MaxValue.Ticks));

    /// <summary>The duration that PostgreSQL reads from the text of one.</summary>
    public static TimeSpan Round(TimeSpan value) => new(Rounded(value.Ticks, long.MaxValue));

    /// <summary>A <see cref="DateTime"/> as UTC, which one without a kind is.</summary>
    internal static DateTime ToUtc(DateTime value) =>
        value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : DateTime.SpecifyKind(value, DateTimeKind.Utc);

    /// <summary>
    /// Ticks to microseconds as PostgreSQL rounds the fraction of a second in a text (<c>rint(strtod(".1234567") * 1000000)</c>, in datetime.c), and back to
    /// ticks.
    /// </summary>
    private static long Rounded(long ticks, long most)
    {
        var (seconds, rest) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        var microseconds = (long)Math.Round((double)rest / TimeSpan.TicksPerSecond * 1_000_000, MidpointRounding.ToEven);
        var rounding = (microseconds * TimeSpan.TicksPerMicrosecond) - rest;
        return (rounding > 0 && ticks > most - rounding) || (rounding < 0 && ticks < long.MinValue - rounding) ? ticks : ticks + rounding;
    }
}
