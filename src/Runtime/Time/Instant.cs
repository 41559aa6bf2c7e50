using System.Globalization;
using System.Runtime.CompilerServices;

namespace Typed.Time;

/// <summary>
/// Times as Typed computes with them: a <see cref="long"/> of microseconds since 1970-01-01T00:00:00Z, negative before it.
/// Days have 86 400 seconds; leap seconds do not exist (POSIX time).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Instant
{
    /// <summary>Microseconds in a second.</summary>
    public const long PerSecond = 1_000_000;

    /// <summary>0001-01-01T00:00:00Z, the first instant.</summary>
    public const long Min = -62_135_596_800 * PerSecond;

    /// <summary>9999-12-31T23:59:59.999999Z, the last instant.</summary>
    public const long Max = 253_402_300_800 * PerSecond - 1;

    internal const long PerDay = 86_400 * PerSecond;

    // TimeSpan.TicksPerMicrosecond is missing from netstandard2.0.
    private const long TicksPerMicrosecond = 10;
    private const long EpochTicks = 621_355_968_000_000_000;

    /// <summary>The instant of <paramref name="value"/>, whatever its offset, cut to the microsecond toward the past.</summary>
    /// <param name="value">Any time.</param>
    /// <returns>Microseconds since 1970-01-01T00:00:00Z, <see cref="Min"/> to <see cref="Max"/>.</returns>
    // Ticks since year 1 are never negative, so that this division cuts toward the past.
    public static long From(DateTimeOffset value) => value.UtcTicks / TicksPerMicrosecond - EpochTicks / TicksPerMicrosecond;

    /// <summary>The time at <paramref name="instant"/>, with offset zero.</summary>
    /// <param name="instant">Microseconds since 1970-01-01T00:00:00Z.</param>
    /// <returns>The same instant; its offset is zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="instant"/> is outside the years 1 to 9999.</exception>
    public static DateTimeOffset ToDateTimeOffset(long instant)
    {
        Check(instant);
        return new DateTimeOffset(instant * TicksPerMicrosecond + EpochTicks, TimeSpan.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsInYears(long instant) => instant is >= Min and <= Max;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Check(long instant)
    {
        if (!IsInYears(instant))
        {
            OutOfYears.ThrowInstant(instant);
        }
    }

    /// <summary>ISO 8601 in UTC with the digits that are needed; the bare microseconds where no calendar date exists.</summary>
    internal static string Text(long instant) => IsInYears(instant)
        ? Text(ToDateTimeOffset(instant))
        : instant.ToString(CultureInfo.InvariantCulture) + " µs";

    /// <summary>ISO 8601 in UTC, to the last of .NET's seven digits where needed.</summary>
    internal static string Text(DateTimeOffset value) => value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
