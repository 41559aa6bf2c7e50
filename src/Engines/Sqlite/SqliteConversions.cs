using System.Globalization;
using Typed.Sqlite;

namespace Typed.Generated;

/// <summary>Conversions of values in an EF model on SQLite. The code of a compiled model calls them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SqliteConversions
{
    /// <summary>A UUID as columns store it.</summary>
    public static byte[] ToBytes(Guid value) => value.ToByteArray(bigEndian: true);

    /// <summary>The UUID of a column.</summary>
    public static Guid ToGuid(byte[] stored) => new(stored, bigEndian: true);

    /// <summary>A duration as columns store it.</summary>
    public static long ToMicroseconds(TimeSpan value) => SqliteTexts.Microseconds(value);

    /// <summary>The duration of a column.</summary>
    public static TimeSpan ToDuration(long stored) => new(stored * TimeSpan.TicksPerMicrosecond);

    /// <summary>A duration of a body as it is compared.</summary>
    public static long ToTicks(TimeSpan value) => value.Ticks;

    /// <summary>A UUID of a body as it is compared.</summary>
    public static string ToText(Guid value) => value.ToString("D");

    /// <summary>The form in which times are compared: all in UTC, all of one length. A time without a kind is one in UTC, on every machine.</summary>
    public static string ToText(DateTime value) => (value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value)
        .ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    /// <inheritdoc cref="ToText(DateTime)"/>
    public static string ToText(DateTimeOffset value) => ToText(value.UtcDateTime);

    /// <summary>A time of day as it is compared.</summary>
    public static string ToText(TimeOnly value) => SqliteTexts.Format(value);

    /// <summary>The time of a text.</summary>
    public static DateTime ToDateTime(string stored) => DateTime.Parse(stored, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    /// <summary>The instant of a text.</summary>
    public static DateTimeOffset ToDateTimeOffset(string stored) => DateTimeOffset.Parse(stored, CultureInfo.InvariantCulture);

    /// <summary>The time of day of a text.</summary>
    public static TimeOnly ToTimeOnly(string stored) => TimeOnly.Parse(stored, CultureInfo.InvariantCulture);
}
