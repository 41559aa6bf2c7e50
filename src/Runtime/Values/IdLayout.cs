using System.Buffers.Binary;

namespace Typed.Values;

/// <summary>The 16 bytes of an <see cref="EventId"/>: 48 bits of milliseconds, the version, 14 bits of 100 ns around the variant, 60 bits of counter and node.</summary>
internal static class IdLayout
{
    public const ulong TailMask = (1UL << 60) - 1;

    /// <summary>The time that UUIDs of version 1 count from, 1582-10-15, in units of 100 ns before 1970.</summary>
    private const long GregorianEpoch = 0x01b21dd213814000;

    private static readonly long s_maxMilliseconds = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The time in units of 100 ns since 1970, after checking that an id can hold it.</summary>
    public static long Ticks(DateTimeOffset time, string argument = "time")
    {
        var ticks = time.UtcTicks - DateTime.UnixEpoch.Ticks;
        return ticks >= 0
            ? ticks
            : throw new ArgumentOutOfRangeException(argument, time, "The time of an event is an instant from 1970-01-01T00:00Z to the end of year 9999.");
    }

    /// <summary>The id of a time, already checked, and the 60 bits of counter and node.</summary>
    public static Guid Create(long ticks, ulong tail)
    {
        var (milliseconds, sub) = Math.DivRem((ulong)ticks, (ulong)TimeSpan.TicksPerMillisecond);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (milliseconds << 16) | 0x7000 | (sub >> 2));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (2UL << 62) | ((sub & 3) << 60) | tail);
        return new Guid(bytes, bigEndian: true);
    }

    public static bool TryTimeOf(Guid id, out DateTimeOffset time)
    {
        var (head, tail) = Halves(id);
        var milliseconds = (long)(head >> 16);
        var sub = (long)(((head & 0xFFF) << 2) | ((tail >> 60) & 3));
        time = default;
        if ((head >> 12 & 0xF) != 7 || tail >> 62 != 2 || sub >= TimeSpan.TicksPerMillisecond || milliseconds > s_maxMilliseconds)
        {
            return false;
        }

        time = new DateTimeOffset(DateTime.UnixEpoch.Ticks + (milliseconds * TimeSpan.TicksPerMillisecond) + sub, TimeSpan.Zero);
        return true;
    }

    /// <summary>The id of an event of Kronos, whose ids hold the time of UUID version 1 and, after variant <c>8</c>, 60 random bits.</summary>
    /// <exception cref="ArgumentException">It is no such id, or its time is before 1970.</exception>
    public static Guid FromKronos(Guid id)
    {
        var (head, tail) = Halves(id);
        if ((head >> 12 & 0xF) != 1 || tail >> 60 != 8)
        {
            throw new ArgumentException(
                $"{id:D} is not an id of Kronos, whose ids are UUIDs of version 1 with the digit 8 after the third hyphen. "
                    + "Put an event of another origin under EventId.New(its time), or without an id.",
                nameof(id));
        }

        var ticks = (long)(((head & 0xFFF) << 48) | ((head >> 16 & 0xFFFF) << 32) | (head >> 32)) - GregorianEpoch;
        return ticks >= 0
            ? Create(ticks, tail & TailMask)
            : throw new ArgumentException(
                $"{id:D} is of {DateTime.UnixEpoch.AddTicks(ticks):O}, which is before 1970-01-01T00:00Z: events have times from there on.", nameof(id));
    }

    /// <summary>Reads exactly the form of 36 characters. Guid's own parser trims white space and lets signs and prefixes pass.</summary>
    public static bool TryParse(string? text, out Guid id)
    {
        id = default;
        if (text is not { Length: 36 })
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !char.IsAsciiHexDigit(text[i]))
            {
                return false;
            }
        }

        return Guid.TryParseExact(text, "D", out id);
    }

    /// <summary>Why a UUID is no id, and where ids come from.</summary>
    public static string Refusal(Guid id) => id == Guid.Empty
        ? $"{id:D} is not the id of an event, but the default of the type: puts give ids, and EventId.New() makes them."
        : $"{id:D} is not the id of an event: version, variant or time are not those of the layout. "
            + "Puts give ids, and EventId.New() makes them; Guid.NewGuid() and Guid.CreateVersion7() do not.";

    private static (ulong Head, ulong Tail) Halves(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return (BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
    }
}
