using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Typed.Streams;

namespace Typed;

/// <summary>
/// Ids of events: UUID version 7 with the exact time in units of 100 ns, then a counter, so that ids order by time and then by arrival.
/// The order is that of the 16 bytes, of <see cref="Guid.CompareTo(Guid)"/>, of PostgreSQL's <c>uuid</c> and of the text.
/// </summary>
public static class EventId
{
    private const ulong TailMask = (1UL << 60) - 1;

    /// <summary>
    /// A new id, for <see cref="EventStream{TBody}.PutAsync(Guid, TBody, CancellationToken)"/>: drawn as puts draw theirs, so that among ids of one time it
    /// stands where it was made.
    /// </summary>
    /// <param name="at">
    /// The time of the event, from 1970-01-01T00:00Z to the end of year 9999; its offset does not matter. Default: now, by the system's clock.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="at"/> is before 1970.</exception>
    public static Guid New(DateTimeOffset? at = null) => EventIdGenerator.Shared.Reserve(1).Id(0, Ticks(at ?? DateTimeOffset.UtcNow, nameof(at)));

    /// <summary>The lowest id an event at <paramref name="time"/> can have.</summary>
    /// <param name="time">An instant from 1970-01-01T00:00Z to the end of year 9999; its offset does not matter.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is before 1970.</exception>
    public static Guid First(DateTimeOffset time) => Create(Ticks(time), 0);

    /// <summary>The highest id an event at <paramref name="time"/> can have.</summary>
    /// <param name="time">An instant from 1970-01-01T00:00Z to the end of year 9999; its offset does not matter.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is before 1970.</exception>
    public static Guid Last(DateTimeOffset time) => Create(Ticks(time), TailMask);

    /// <summary>The time in an id, exact to 100 ns, in UTC.</summary>
    /// <exception cref="ArgumentException">The id is not one of this layout: another version or variant, or a time that does not exist.</exception>
    public static DateTimeOffset TimeOf(Guid id) => TryTimeOf(id, out var time)
        ? time
        : throw new ArgumentException(
            $"{id:D} is not the id of an event: version, variant or time are not those of the layout. "
            + "Puts give ids, and EventId.New() makes them; Guid.NewGuid() and Guid.CreateVersion7() do not.",
            nameof(id));

    /// <summary>The time in an id, or false where the id is not one of this layout.</summary>
    public static bool TryTimeOf(Guid id, out DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var head = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var tail = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
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

    /// <summary>Reads an id from text: exactly the form of 36 characters, in either case, without white space or braces.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is anything else.</exception>
    public static Guid Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var id)
            ? id
            : throw new FormatException($"\"{text}\" is not an id: expected 36 characters such as 019d0fe0-9e00-7134-a123-456789abcdef.");
    }

    /// <summary>Reads an id from text; false where it is not exactly the form of 36 characters.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Guid id)
    {
        // Guid's own parser trims white space and lets signs and prefixes pass.
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

    private static readonly long s_maxMilliseconds = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The time in units of 100 ns since 1970, after checking that an id can hold it.</summary>
    internal static long Ticks(DateTimeOffset time, string argument = "time")
    {
        var ticks = time.UtcTicks - DateTime.UnixEpoch.Ticks;
        return ticks >= 0
            ? ticks
            : throw new ArgumentOutOfRangeException(argument, time, "The time of an event is an instant from 1970-01-01T00:00Z to the end of year 9999.");
    }

    /// <summary>The id of a time, already checked, and the 60 bits of counter and node.</summary>
    internal static Guid Create(long ticks, ulong tail)
    {
        var (milliseconds, sub) = Math.DivRem((ulong)ticks, (ulong)TimeSpan.TicksPerMillisecond);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (milliseconds << 16) | 0x7000 | (sub >> 2));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (2UL << 62) | ((sub & 3) << 60) | tail);
        return new Guid(bytes, bigEndian: true);
    }
}
