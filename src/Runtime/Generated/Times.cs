using System.Globalization;

namespace Typed.Generated;

/// <summary>Times of points.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Times
{
    /// <summary>The time as an instant.</summary>
    /// <exception cref="RejectedPointException">It is not UTC.</exception>
    public static DateTimeOffset? OfUtc(DateTime? value, string member) => value switch
    {
        null => null,
        { Kind: DateTimeKind.Utc } time => new DateTimeOffset(time),
        { } time => throw new RejectedPointException(
            member, string.Create(CultureInfo.InvariantCulture, $"{time:O} is not UTC (its Kind is {time.Kind}); convert it, or use DateTimeOffset")),
    };
}
