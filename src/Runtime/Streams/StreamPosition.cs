using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Typed;

/// <summary>
/// A place in the commit order of a stream, to go on from: every followed event has one. Opaque; positions of one database compare as the events were
/// committed, and so do their texts. The default of the type is <see cref="Start"/>.
/// </summary>
[JsonConverter(typeof(StreamPositionJsonConverter))]
public readonly struct StreamPosition : IEquatable<StreamPosition>, IComparable<StreamPosition>, IComparable, IParsable<StreamPosition>
{
    private const string StartText = "0";
    private const int NumberDigits = 16;
    private const int IdDigits = 32;
    private const int Length = NumberDigits + 1 + NumberDigits + 1 + IdDigits;
    private const string Example = "0199f0a1b2c3d4e5-00000000000002f1-019d0fe09e007134a123456789abcdef";

    internal StreamPosition(long epoch, long order, Guid id) => (Epoch, Order, Id) = (epoch, order, id);

    /// <summary>Before the first event, in every database.</summary>
    public static StreamPosition Start => default;

    /// <summary>The history of commits in which the order counts; 0 at the start of any.</summary>
    internal long Epoch { get; }

    /// <summary>The number of the commit.</summary>
    internal long Order { get; }

    /// <summary>What tells the events of one commit apart: the id, or where it is listed.</summary>
    internal Guid Id { get; }

    /// <summary>Reads a position from what <see cref="ToString"/> gave.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is no position.</exception>
    public static StreamPosition Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var position)
            ? position
            : throw new FormatException($"\"{text}\" is not the position of a stream: expected what {nameof(ToString)} gives, such as {Example}.");
    }

    /// <summary>Reads a position from what <see cref="ToString"/> gave; false where the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out StreamPosition position)
    {
        position = default;
        if (string.Equals(text, StartText, StringComparison.Ordinal))
        {
            return true;
        }

        if (text is not { Length: Length } || text[NumberDigits] != '-' || text[(2 * NumberDigits) + 1] != '-'
            || !TryNumber(text.AsSpan(0, NumberDigits), out var epoch) || epoch == 0
            || !TryNumber(text.AsSpan(NumberDigits + 1, NumberDigits), out var order)
            || !Guid.TryParseExact(text.AsSpan(^IdDigits..), "N", out var id))
        {
            return false;
        }

        position = new(epoch, order, id);
        return true;
    }

    static StreamPosition IParsable<StreamPosition>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<StreamPosition>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out StreamPosition result) =>
        TryParse(s, out result);

    /// <inheritdoc/>
    public int CompareTo(StreamPosition other)
    {
        var epochs = Epoch.CompareTo(other.Epoch);
        var orders = epochs != 0 ? epochs : Order.CompareTo(other.Order);
        return orders != 0 ? orders : Id.CompareTo(other.Id);
    }

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        StreamPosition other => CompareTo(other),
        _ => throw new ArgumentException($"A {nameof(StreamPosition)} compares with a {nameof(StreamPosition)}, not with a {obj.GetType()}.", nameof(obj)),
    };

    /// <inheritdoc/>
    public bool Equals(StreamPosition other) => Epoch == other.Epoch && Order == other.Order && Id == other.Id;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is StreamPosition other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Epoch, Order, Id);

    /// <summary>The text of the position: lower-case letters, digits and hyphens of ASCII. In ordinal order texts compare as positions do.</summary>
    public override string ToString() => Epoch == 0 ? StartText : string.Create(CultureInfo.InvariantCulture, $"{Epoch:x16}-{Order:x16}-{Id:N}");

    /// <summary>Whether both are the same position.</summary>
    public static bool operator ==(StreamPosition left, StreamPosition right) => left.Equals(right);

    /// <summary>Whether they are different positions.</summary>
    public static bool operator !=(StreamPosition left, StreamPosition right) => !left.Equals(right);

    /// <summary>Whether the first comes before the second.</summary>
    public static bool operator <(StreamPosition left, StreamPosition right) => left.CompareTo(right) < 0;

    /// <summary>Whether the first comes before the second, or is the same.</summary>
    public static bool operator <=(StreamPosition left, StreamPosition right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the first comes after the second.</summary>
    public static bool operator >(StreamPosition left, StreamPosition right) => left.CompareTo(right) > 0;

    /// <summary>Whether the first comes after the second, or is the same.</summary>
    public static bool operator >=(StreamPosition left, StreamPosition right) => left.CompareTo(right) >= 0;

    // Exactly the digits that are written, so that a position has one text.
    private static bool TryNumber(ReadOnlySpan<char> digits, out long number) =>
        long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number) && number >= 0
        && !digits.ContainsAnyInRange('A', 'F');
}
