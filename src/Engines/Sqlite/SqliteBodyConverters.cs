using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Typed.Storage;
using Typed.Storage.Model;

namespace Typed.Sqlite;

/// <summary>
/// Values of bodies on SQLite, which has texts and numbers only: a value of a body and a parameter are brought to one form, which orders as the values do.
/// </summary>
internal sealed class SqliteBodyConverters : BodyConverters
{
    private static readonly ValueConverter s_guid = new ValueConverter<Guid, string>(value => value.ToString("D"), stored => Guid.Parse(stored));
    private static readonly ValueConverter s_dateTime = new ValueConverter<DateTime, string>(value => Text(value), stored => ToDateTime(stored));
    private static readonly ValueConverter s_instant =
        new ValueConverter<DateTimeOffset, string>(value => Text(value.UtcDateTime), stored => ToDateTimeOffset(stored));
    private static readonly ValueConverter s_time = new ValueConverter<TimeOnly, string>(value => SqliteTexts.Format(value), stored => ToTimeOnly(stored));
    private static readonly ValueConverter s_duration = new BodyConversions.DurationConverter<long>(value => value.Ticks, stored => new TimeSpan(stored));

    // EF uses a reader of elements only where there is a converter.
    private static readonly ValueConverter s_decimal = new ValueConverter<decimal, decimal>(value => value, stored => stored);

    /// <summary>Whether the mapping is that of UUIDs, which are texts.</summary>
    public static bool IsGuid(RelationalTypeMapping? mapping) => ReferenceEquals(mapping?.Converter, s_guid);

    /// <summary>Whether the mapping is that of times, whose texts are brought to one form.</summary>
    public static bool IsTime(RelationalTypeMapping? mapping) =>
        ReferenceEquals(mapping?.Converter, s_dateTime) || ReferenceEquals(mapping?.Converter, s_instant);

    /// <summary>The form in which times are compared: all in UTC, all of one length. A time without a kind is one in UTC, on every machine.</summary>
    public static string Text(DateTime time) => (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time)
        .ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    public override ValueConverter? FindElement(Type type) => type == typeof(decimal) ? s_decimal : FindValue(type);

    protected override ValueConverter? ConverterOf(Type type) => BodyConversions.Find(type) is { } common ? common
        : type == typeof(Guid) ? s_guid
        : type == typeof(DateTime) ? s_dateTime
        : type == typeof(DateTimeOffset) ? s_instant
        : type == typeof(TimeOnly) ? s_time
        : type == typeof(TimeSpan) ? s_duration
        : null;

    protected override Type? ReaderOf(Type type) => type == typeof(decimal) ? typeof(JsonDecimalReaderWriter)
        : type == typeof(byte[]) ? typeof(JsonByteArrayReaderWriter)
        : base.ReaderOf(type);

    private static DateTime ToDateTime(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private static DateTimeOffset ToDateTimeOffset(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static TimeOnly ToTimeOnly(string text) => TimeOnly.Parse(text, CultureInfo.InvariantCulture);
}
