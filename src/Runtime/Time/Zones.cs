namespace Typed.Time;

/// <summary>What the machine knows of a zone.</summary>
/// <remarks>
/// After the last change that a zone's file lists, .NET follows the file's yearly rule, and cuts a time of day outside 0 to 24 h down to one inside:
/// a few zones (Cairo, Jerusalem, Nuuk, Santiago) then change their clocks a day off. Full files list changes up to 2037; "slim" ones end earlier.
/// </remarks>
internal static class Zones
{
    /// <summary>How densely offsets are asked for. In tzdata 2025b no zone changes its offset twice within three days.</summary>
    private const long Sample = Instant.PerDay;

    public static TimeZoneInfo Find(string id)
    {
        // .NET would also take Windows ids, and on some systems any case; a declaration means the same everywhere.
        if (!ZoneIds.Contains(id))
        {
            throw new ArgumentException($"'{id}' is no IANA time zone; ids are matched with their case.", nameof(id));
        }

        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(id);
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new TimeZoneNotFoundException(
                $"The time zone '{id}' is missing from this machine's zone data; install the tzdata package, or ICU on Windows.", e);
        }
    }

    /// <summary>The stretches of one UTC offset that tile the time from <paramref name="from"/> to <paramref name="until"/>, both at whole seconds.</summary>
    public static IEnumerable<(long From, long Until, long Offset)> Stretches(TimeZoneInfo zone, long from, long until)
    {
        var offset = OffsetAt(zone, from);
        for (var at = from; at < until;)
        {
            var next = Math.Min(at + Sample, until);
            if (OffsetAt(zone, next) == offset)
            {
                at = next;
                continue;
            }

            at = Change(zone, at, next, offset);
            yield return (from, at, offset);
            from = at;
            offset = OffsetAt(zone, at);
        }

        yield return (from, until, offset);
    }

    /// <summary>What the zone adds to UTC, in microseconds. Outside the years 1 to 9999 the nearest known offset holds on.</summary>
    public static long OffsetAt(TimeZoneInfo zone, long instant)
    {
        var utc = Instant.ToDateTimeOffset(Math.Min(Math.Max(instant, Instant.Min), Instant.Max)).UtcDateTime;
        return zone.GetUtcOffset(utc).Ticks / (TimeSpan.TicksPerSecond / Instant.PerSecond);
    }

    /// <summary>The first second after <paramref name="before"/> at which the offset is no longer <paramref name="offset"/>.</summary>
    private static long Change(TimeZoneInfo zone, long before, long after, long offset)
    {
        while (after - before > Instant.PerSecond)
        {
            var middle = before + (after - before) / (2 * Instant.PerSecond) * Instant.PerSecond;
            if (OffsetAt(zone, middle) == offset)
            {
                before = middle;
            }
            else
            {
                after = middle;
            }
        }

        return after;
    }
}
