using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Typed.Values;

namespace Typed;

/// <summary>
/// The id of an event: UUID version 7 with the exact time in units of 100 ns, then a counter, so that ids order by time and then by arrival. The order is that of
/// the 16 bytes, of <see cref="Guid.CompareTo(Guid)"/>, of PostgreSQL's <c>uuid</c> and of the text.
/// </summary>
/// <remarks>
/// It converts to <see cref="Guid"/> by itself. A <see cref="Guid"/> converts explicitly, and is refused where it is no such id: those of
/// <c>Guid.NewGuid()</c> and <c>Guid.CreateVersion7()</c> hold no exact time. The default of the type is no id.
/// </remarks>
[JsonConverter(typeof(EventIdJsonConverter))]
public readonly struct EventId : IEquatable<EventId>, IComparable<EventId>, IComparable, IParsable<EventId>
{
    private const string Example = "019d0fe0-9e00-7134-a123-456789abcdef";

    private readonly Guid _value;

    private EventId(Guid value) => _value = value;

    /// <summary>When the event happened, exact to 100 ns, in UTC.</summary>
    /// <exception cref="InvalidOperationException">It is the default of the type, or was read from a row that another program stored.</exception>
    public DateTimeOffset Time => TryTimeOf(_value, out var time) ? time : throw new InvalidOperationException(IdLayout.Refusal(_value));

    /// <summary>
    /// A new id, for <see cref="EventStream{TBody}.PutAsync(EventId, TBody, CancellationToken)"/>: drawn as puts draw theirs, so that among ids of one time it
    /// stands where it was made.
    /// </summary>
    /// <param name="at">
    /// The time of the event, from 1970-01-01T00:00Z to the end of year 9999; its offset does not matter. Default: now, by the system's clock.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="at"/> is before 1970.</exception>
    public static EventId New(DateTimeOffset? at = null) =>
        EventIdGenerator.Shared.Reserve(1).Id(0, IdLayout.Ticks(at ?? DateTimeOffset.UtcNow, nameof(at)));

    /// <summary>The lowest id an event at <paramref name="time"/> can have.</summary>
    /// <param name="time">An instant from 1970-01-01T00:00Z to the end of year 9999; its offset does not matter.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is before 1970.</exception>
    public static EventId First(DateTimeOffset time) => new(IdLayout.Create(IdLayout.Ticks(time), 0));

    /// <summary>The highest id an event at <paramref name="time"/> can have.</summary>
    /// <param name="time">An instant from 1970-01-01T00:00Z to the end of year 9999; its offset does not matter.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is before 1970.</exception>
    public static EventId Last(DateTimeOffset time) => new(IdLayout.Create(IdLayout.Ticks(time), IdLayout.TailMask));

    /// <summary>The id that a <see cref="Guid"/> is.</summary>
    /// <exception cref="ArgumentException">It is of another layout: another version or variant, or a time that does not exist.</exception>
    public static EventId FromGuid(Guid id) => TryFromGuid(id, out var known) ? known : throw new ArgumentException(IdLayout.Refusal(id), nameof(id));

    /// <summary>The id that a <see cref="Guid"/> is; false where it is of another layout.</summary>
    public static bool TryFromGuid(Guid id, out EventId known)
    {
        var isKnown = TryTimeOf(id, out _);
        known = isKnown ? new(id) : default;
        return isKnown;
    }

    /// <summary>
    /// The id of an event of Kronos, without loss: time and random bits stay as they are, so the same event has the same id at every import, and the order is
    /// kept.
    /// </summary>
    /// <param name="id">An id that Kronos gave: a UUID version 1 with 60 random bits.</param>
    /// <exception cref="ArgumentException">It is no id of Kronos, or its time is before 1970.</exception>
    public static EventId FromKronos(Guid id) => new(IdLayout.FromKronos(id));

    /// <summary>The time in an id, exact to 100 ns, in UTC.</summary>
    /// <exception cref="ArgumentException">The id is not one of this layout: another version or variant, or a time that does not exist.</exception>
    public static DateTimeOffset TimeOf(Guid id) => TryTimeOf(id, out var time) ? time : throw new ArgumentException(IdLayout.Refusal(id), nameof(id));

    /// <summary>The time in an id, or false where the id is not one of this layout.</summary>
    public static bool TryTimeOf(Guid id, out DateTimeOffset time) => IdLayout.TryTimeOf(id, out time);

    /// <summary>Reads an id from text: exactly the form of 36 characters, in either case, without white space or braces.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is anything else, or a UUID of another layout.</exception>
    public static EventId Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return !IdLayout.TryParse(text, out var id) ? throw new FormatException($"\"{text}\" is not an id: expected 36 characters such as {Example}.")
            : TryFromGuid(id, out var known) ? known
            : throw new FormatException(IdLayout.Refusal(id));
    }

    /// <summary>Reads an id from text; false where it is not exactly the form of 36 characters, or a UUID of another layout.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out EventId id)
    {
        id = default;
        return IdLayout.TryParse(text, out var value) && TryFromGuid(value, out id);
    }

    static EventId IParsable<EventId>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<EventId>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out EventId result) => TryParse(s, out result);

    /// <summary>The 16 bytes as a <see cref="Guid"/>.</summary>
    public Guid ToGuid() => _value;

    /// <inheritdoc/>
    public int CompareTo(EventId other) => _value.CompareTo(other._value);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        EventId other => CompareTo(other),
        _ => throw new ArgumentException($"An {nameof(EventId)} compares with an {nameof(EventId)}, not with a {obj.GetType()}.", nameof(obj)),
    };

    /// <inheritdoc/>
    public bool Equals(EventId other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is EventId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <summary>The form of 36 characters, in lower case.</summary>
    public override string ToString() => _value.ToString();

    /// <summary>The 16 bytes as a <see cref="Guid"/>.</summary>
    public static implicit operator Guid(EventId id) => id._value;

    /// <summary>The id that a <see cref="Guid"/> is.</summary>
    /// <exception cref="ArgumentException">It is of another layout: another version or variant, or a time that does not exist.</exception>
    public static explicit operator EventId(Guid id) => FromGuid(id);

    /// <summary>Whether both are the same id.</summary>
    public static bool operator ==(EventId left, EventId right) => left._value == right._value;

    /// <summary>Whether they are different ids.</summary>
    public static bool operator !=(EventId left, EventId right) => left._value != right._value;

    /// <summary>Whether the first comes before the second.</summary>
    public static bool operator <(EventId left, EventId right) => left._value < right._value;

    /// <summary>Whether the first comes before the second, or is the same.</summary>
    public static bool operator <=(EventId left, EventId right) => left._value <= right._value;

    /// <summary>Whether the first comes after the second.</summary>
    public static bool operator >(EventId left, EventId right) => left._value > right._value;

    /// <summary>Whether the first comes after the second, or is the same.</summary>
    public static bool operator >=(EventId left, EventId right) => left._value >= right._value;

    /// <summary>The id of a stored row, whatever it is: one of another layout is reported with the row.</summary>
    internal static EventId Stored(Guid id) => new(id);
}
