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
    private static readonly ValueConverter s_guid =
        new ValueConverter<Guid, string>(value => SqliteConversions.ToText(value), stored => Guid.Parse(stored));
    private static readonly ValueConverter s_dateTime =
        new ValueConverter<DateTime, string>(value => SqliteConversions.ToText(value), stored => SqliteConversions.ToDateTime(stored));
    private static readonly ValueConverter s_instant =
        new ValueConverter<DateTimeOffset, string>(value => SqliteConversions.ToText(value), stored => SqliteConversions.ToDateTimeOffset(stored));
    private static readonly ValueConverter s_time =
        new ValueConverter<TimeOnly, string>(value => SqliteConversions.ToText(value), stored => SqliteConversions.ToTimeOnly(stored));
    private static readonly ValueConverter s_duration =
        new ValueConverter<TimeSpan, long>(value => SqliteConversions.ToTicks(value), stored => new TimeSpan(stored));

    // EF uses a reader of elements only where there is a converter.
    private static readonly ValueConverter s_decimal = new ValueConverter<decimal, decimal>(value => value, stored => stored);

    /// <summary>Whether the mapping is that of UUIDs, which are texts.</summary>
    public static bool IsGuid(RelationalTypeMapping? mapping) => Conversion.Is(mapping?.Converter, s_guid);

    /// <summary>Whether the mapping is that of times, whose texts are brought to one form.</summary>
    public static bool IsTime(RelationalTypeMapping? mapping) =>
        Conversion.Is(mapping?.Converter, s_dateTime) || Conversion.Is(mapping?.Converter, s_instant);

    /// <summary>Whether the mapping is that of durations, which are ticks.</summary>
    public static bool IsDuration(RelationalTypeMapping? mapping) => Conversion.Is(mapping?.Converter, s_duration);

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
}
