using System.Collections.Concurrent;

namespace Typed.Time;

/// <summary>
/// Where the days of a zone start. Day 0 is 1970-01-01 on the zone's calendar. A day starts at the first instant whose local date is that day or a later one:
/// so a midnight that does not exist starts when the clock goes on, of a midnight that comes twice the first counts, and a skipped day has no length.
/// </summary>
internal abstract class LocalDays
{
    private static readonly ConcurrentDictionary<string, LocalDays> s_shared = new(StringComparer.Ordinal);

    /// <summary>The days of an IANA zone, shared.</summary>
    public static LocalDays In(string zone) => string.Equals(zone, IntervalSpec.DefaultZone, StringComparison.Ordinal)
        ? UtcDays.Instance
        : s_shared.GetOrAdd(zone, static id => new ZoneDays(Zones.Find(id)));

    /// <summary>Days without length, ascending.</summary>
    public virtual int[] Skipped => [];

    /// <summary>The day that holds an instant of the years 1 to 9999; never a skipped one.</summary>
    public abstract int DayOf(long instant);

    /// <summary>The start of any day; it need not be in the years 1 to 9999.</summary>
    public abstract long StartOf(int day);
}

/// <summary>Days of 86 400 seconds from midnight UTC.</summary>
internal sealed class UtcDays : LocalDays
{
    public static readonly UtcDays Instance = new();

    public override int DayOf(long instant) => (int)Arithmetic.FloorDivide(instant, Instant.PerDay);

    public override long StartOf(int day) => day * Instant.PerDay;
}
