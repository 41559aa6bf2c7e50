using System.Globalization;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Typed.Storage.Model;

/// <summary>
/// How values inside a body's JSON are compared. PostgreSQL casts most texts to their types. SQLite has texts and numbers only, so a value of a body and a parameter
/// are brought to one form, which orders as the values do.
/// </summary>
internal static class BodyConversions
{
    private static readonly ValueConverter s_utc = new ValueConverter<DateTimeOffset, DateTimeOffset>(value => new DateTimeOffset(Rounded(value.UtcTicks), TimeSpan.Zero), stored => stored);
    private static readonly ValueConverter s_utcDateTime = new ValueConverter<DateTime, DateTime>(value => new DateTime(Rounded(value.Ticks), value.Kind), stored => stored);
    private static readonly ValueConverter s_time = new ValueConverter<TimeOnly, TimeOnly>(value => new TimeOnly(Rounded(value.Ticks)), stored => stored);
    private static readonly ValueConverter s_roundedTicks = new ValueConverter<TimeSpan, long>(value => Rounded(value.Ticks), stored => new TimeSpan(stored));
    private static readonly ValueConverter s_guid = new ValueConverter<Guid, string>(value => value.ToString("D"), stored => Guid.Parse(stored));
    private static readonly ValueConverter s_dateTime = new ValueConverter<DateTime, string>(value => Text(value), stored => ToDateTime(stored));
    private static readonly ValueConverter s_instant = new ValueConverter<DateTimeOffset, string>(value => Text(value.UtcDateTime), stored => ToDateTimeOffset(stored));
    private static readonly ValueConverter s_timeOnly = new ValueConverter<TimeOnly, string>(value => Text(value), stored => ToTimeOnly(stored));
    private static readonly ValueConverter s_ticks = new ValueConverter<TimeSpan, long>(value => value.Ticks, stored => new TimeSpan(stored));
    private static readonly ValueConverter s_bytes = new ValueConverter<byte[], string>(value => Convert.ToBase64String(value), stored => Convert.FromBase64String(stored));

    // 0.1 in JSON is the double 0.1, and the float 0.1f is another number; its shortest text is what JSON holds.
    private static readonly ValueConverter s_float = new ValueConverter<float, double>(value => ToDouble(value), stored => (float)stored);

    public static ValueConverter? For(Type type, DatabaseKind database)
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
                : value == typeof(TimeSpan) ? s_roundedTicks
                : null;
        }

        return value == typeof(Guid) ? s_guid
            : value == typeof(DateTime) ? s_dateTime
            : value == typeof(DateTimeOffset) ? s_instant
            : value == typeof(TimeOnly) ? s_timeOnly
            : value == typeof(TimeSpan) ? s_ticks
            : value == typeof(byte[]) ? s_bytes
            : null;
    }

    /// <summary>What reads a value from JSON where EF would go through the converter, which expects another form.</summary>
    public static Type? ReaderFor(Type type, DatabaseKind database)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        return value == typeof(TimeSpan) ? typeof(JsonTimeSpanReaderWriter)
            : value == typeof(float) ? typeof(JsonFloatReaderWriter)
            : value == typeof(decimal) && database == DatabaseKind.Sqlite ? typeof(JsonDecimalReaderWriter)
            : null;
    }

    /// <summary>Whether it is of durations, which are texts in JSON and numbers of ticks in queries.</summary>
    public static bool IsTicks(RelationalTypeMapping? mapping) => ReferenceEquals(mapping?.Converter, s_ticks) || ReferenceEquals(mapping?.Converter, s_roundedTicks);

    /// <summary>Whether it is of times on SQLite, whose texts are brought to one form.</summary>
    public static bool IsTime(RelationalTypeMapping? mapping) => ReferenceEquals(mapping?.Converter, s_dateTime) || ReferenceEquals(mapping?.Converter, s_instant);

    /// <summary>The type that a database compares.</summary>
    public static Type? Stored(RelationalTypeMapping? mapping) => (mapping?.Converter?.ProviderClrType ?? mapping?.ClrType) is { } type ? Nullable.GetUnderlyingType(type) ?? type : null;

    /// <summary>Whether JSON is that of an event. Where it comes from a list or a subquery it may be.</summary>
    public static bool IsBody(SqlExpression json) =>
        json is not ColumnExpression { Column.Table: { } table } || table.EntityTypeMappings.Any(mapping => mapping.TypeBase.FindAnnotation(Annotations.Stream) is not null);

    /// <summary>The form in which times on SQLite are compared: all in UTC, all of one length.</summary>
    public static string Text(DateTime utc) => utc.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// Ticks to microseconds as PostgreSQL rounds the fraction of a second in a text (<c>rint(strtod(".1234567") * 1000000)</c>, in datetime.c), and back to ticks.
    /// </summary>
    private static long Rounded(long ticks)
    {
        var (seconds, rest) = Math.DivRem(Math.Abs(ticks), TimeSpan.TicksPerSecond);
        var microseconds = (long)Math.Round((double)rest / TimeSpan.TicksPerSecond * 1_000_000, MidpointRounding.ToEven);
        return Math.Sign(ticks) * ((seconds * TimeSpan.TicksPerSecond) + (microseconds * TimeSpan.TicksPerMicrosecond));
    }

    private static string Text(TimeOnly value) =>
        value.ToString(value.Ticks % TimeSpan.TicksPerSecond == 0 ? "HH:mm:ss" : "HH:mm:ss.fffffff", CultureInfo.InvariantCulture);

    private static double ToDouble(float value) => double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static DateTime ToDateTime(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private static DateTimeOffset ToDateTimeOffset(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static TimeOnly ToTimeOnly(string text) => TimeOnly.Parse(text, CultureInfo.InvariantCulture);
}
