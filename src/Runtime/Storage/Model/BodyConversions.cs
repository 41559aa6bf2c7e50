using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Typed.Schema;

namespace Typed.Storage.Model;

/// <summary>How the members of bodies are converted in queries.</summary>
/// <param name="Value">By type: the converter of a value.</param>
/// <param name="Element">By type: the converter of an element of a list.</param>
/// <param name="Reader">By type: what reads a value from JSON where EF would go through the converter, which expects another form.</param>
internal sealed record BodyConverters(Func<Type, ValueConverter?> Value, Func<Type, ValueConverter?> Element, Func<Type, Type?> Reader);

/// <summary>
/// How values inside a body's JSON are compared, with the help of an engine's forms. PostgreSQL casts most texts to their types. SQLite has texts and numbers only, so a value of a body and a parameter
/// are brought to one form, which orders as the values do.
/// </summary>
internal static class BodyConversions
{
    private static readonly ValueConverter s_utc = new ValueConverter<DateTimeOffset, DateTimeOffset>(value => new DateTimeOffset(Rounded(value.UtcTicks, DateTime.MaxValue.Ticks), TimeSpan.Zero), stored => stored);
    private static readonly ValueConverter s_utcDateTime = new ValueConverter<DateTime, DateTime>(value => new DateTime(Rounded(value.Ticks, DateTime.MaxValue.Ticks), value.Kind), stored => stored);
    private static readonly ValueConverter s_time = new ValueConverter<TimeOnly, TimeOnly>(value => new TimeOnly(Rounded(value.Ticks, TimeOnly.MaxValue.Ticks)), stored => stored);
    private static readonly ValueConverter s_duration = new ValueConverter<TimeSpan, TimeSpan>(value => new TimeSpan(Rounded(value.Ticks, long.MaxValue)), stored => stored);
    private static readonly ValueConverter s_guid = new ValueConverter<Guid, string>(value => value.ToString("D"), stored => Guid.Parse(stored));
    private static readonly ValueConverter s_dateTime = new ValueConverter<DateTime, string>(value => Text(value), stored => ToDateTime(stored));
    private static readonly ValueConverter s_instant = new ValueConverter<DateTimeOffset, string>(value => Text(value.UtcDateTime), stored => ToDateTimeOffset(stored));
    private static readonly ValueConverter s_timeOnly = new ValueConverter<TimeOnly, string>(value => Text(value), stored => ToTimeOnly(stored));
    private static readonly ValueConverter s_ticks = new ValueConverter<TimeSpan, long>(value => value.Ticks, stored => new TimeSpan(stored));

    // 0.1 in JSON is the double 0.1, and the float 0.1f is another number; its shortest text is what JSON holds.
    private static readonly ValueConverter s_float = new ValueConverter<float, double>(value => ToDouble(value), stored => (float)stored);

    // Of elements EF takes a reader only where there is a converter.
    private static readonly ValueConverter s_decimal = new ValueConverter<decimal, decimal>(value => value, stored => stored);

    public static BodyConverters Of(DatabaseKind database) => new(type => For(type, database), type => type == typeof(decimal) && database == DatabaseKind.Sqlite ? s_decimal : For(type, database), type => ReaderFor(type, database));

    private static ValueConverter? For(Type type, DatabaseKind database)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        if (value == typeof(float))
        {
            return s_float;
        }

        if (database == DatabaseKind.Postgres)
        {
            // PostgreSQL rounds the times of JSON to microseconds, and Npgsql cuts those of parameters. It takes offset zero only; a query may compare with any.
            return value == typeof(DateTimeOffset) ? s_utc
                : value == typeof(DateTime) ? s_utcDateTime
                : value == typeof(TimeOnly) ? s_time
                : value == typeof(TimeSpan) ? s_duration
                : null;
        }

        return value == typeof(Guid) ? s_guid
            : value == typeof(DateTime) ? s_dateTime
            : value == typeof(DateTimeOffset) ? s_instant
            : value == typeof(TimeOnly) ? s_timeOnly
            : value == typeof(TimeSpan) ? s_ticks
            : null;
    }

    private static Type? ReaderFor(Type type, DatabaseKind database)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        return value == typeof(TimeSpan) ? typeof(JsonTimeSpanReaderWriter)
            : value == typeof(float) ? typeof(JsonFloatReaderWriter)
            : value == typeof(decimal) && database == DatabaseKind.Sqlite ? typeof(JsonDecimalReaderWriter)
            : value == typeof(byte[]) && database == DatabaseKind.Sqlite ? typeof(JsonByteArrayReaderWriter)
            : null;
    }

    /// <summary>Whether it is of durations, which are texts in JSON, and in queries numbers of ticks on SQLite and intervals on PostgreSQL.</summary>
    public static bool IsDuration(RelationalTypeMapping? mapping) => ReferenceEquals(mapping?.Converter, s_ticks) || ReferenceEquals(mapping?.Converter, s_duration);

    /// <summary>Whether it is of UUIDs on SQLite, which are texts.</summary>
    public static bool IsGuid(RelationalTypeMapping? mapping) => ReferenceEquals(mapping?.Converter, s_guid);

    /// <summary>Whether it is of times on SQLite, whose texts are brought to one form.</summary>
    public static bool IsTime(RelationalTypeMapping? mapping) => ReferenceEquals(mapping?.Converter, s_dateTime) || ReferenceEquals(mapping?.Converter, s_instant);

    /// <summary>The type that a database compares.</summary>
    public static Type? Stored(RelationalTypeMapping? mapping) => (mapping?.Converter?.ProviderClrType ?? mapping?.ClrType) is { } type ? Nullable.GetUnderlyingType(type) ?? type : null;

    /// <summary>The names of an enum, which are texts in JSON and numbers in queries; null: it is none.</summary>
    public static EnumNumbers? EnumOf(RelationalTypeMapping? mapping) => (mapping?.Converter as IEnumConverter)?.Numbers;

    /// <summary>The form in which times on SQLite are compared: all in UTC, all of one length.</summary>
    public static string Text(DateTime utc) => utc.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// Ticks to microseconds as PostgreSQL rounds the fraction of a second in a text (<c>rint(strtod(".1234567") * 1000000)</c>, in datetime.c), and back to ticks.
    /// </summary>
    private static long Rounded(long ticks, long most)
    {
        var (seconds, rest) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        var microseconds = (long)Math.Round((double)rest / TimeSpan.TicksPerSecond * 1_000_000, MidpointRounding.ToEven);
        var rounding = (microseconds * TimeSpan.TicksPerMicrosecond) - rest;
        return (rounding > 0 && ticks > most - rounding) || (rounding < 0 && ticks < long.MinValue - rounding) ? ticks : ticks + rounding;
    }

    private static string Text(TimeOnly value) =>
        value.ToString(value.Ticks % TimeSpan.TicksPerSecond == 0 ? "HH:mm:ss" : "HH:mm:ss.fffffff", CultureInfo.InvariantCulture);

    private static double ToDouble(float value) => double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static DateTime ToDateTime(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private static DateTimeOffset ToDateTimeOffset(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static TimeOnly ToTimeOnly(string text) => TimeOnly.Parse(text, CultureInfo.InvariantCulture);
}
