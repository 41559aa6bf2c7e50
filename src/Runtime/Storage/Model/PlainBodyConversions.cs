using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Typed.Storage.Model;

/// <summary>
/// How values inside a body's JSON are compared by EF alone, in a context without <c>UseTyped()</c>. PostgreSQL casts most of them to their types. SQLite has texts
/// and numbers only, so a parameter becomes the very text that the serializer writes: right for equality, and for the order of times in UTC.
/// </summary>
internal static class PlainBodyConversions
{
    private static readonly ValueConverter s_utc = new ValueConverter<DateTimeOffset, DateTimeOffset>(value => value.ToUniversalTime(), stored => stored);
    private static readonly ValueConverter s_guid = new ValueConverter<Guid, string>(value => value.ToString("D"), stored => Guid.Parse(stored));
    private static readonly ValueConverter s_dateTime = new ValueConverter<DateTime, string>(value => Text(value), stored => ToDateTime(stored));
    private static readonly ValueConverter s_instant = new ValueConverter<DateTimeOffset, string>(value => Text(value), stored => ToDateTimeOffset(stored));
    private static readonly ValueConverter s_timeOnly = new ValueConverter<TimeOnly, string>(value => Text(value), stored => ToTimeOnly(stored));
    private static readonly ValueConverter s_duration = new ValueConverter<TimeSpan, string>(value => Text(value), stored => ToTimeSpan(stored));
    private static readonly ValueConverter s_bytes = new ValueConverter<byte[], string>(value => Convert.ToBase64String(value), stored => Convert.FromBase64String(stored));
    private static readonly ValueConverter s_decimal = new ValueConverter<decimal, double>(value => (double)value, stored => (decimal)stored);

    public static BodyConverters Of(DatabaseKind database) => new(type => For(type, database), type => ForElement(type, database), type => ReaderFor(type, database), UsesNumbers: false);

    private static ValueConverter? For(Type type, DatabaseKind database)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        if (database == DatabaseKind.Postgres)
        {
            // Npgsql writes offset zero only; a query may compare with any. And PostgreSQL reads 1.06:00:00 as 1.06 days: durations compare as the texts they are.
            return value == typeof(DateTimeOffset) ? s_utc : value == typeof(TimeSpan) ? s_duration : null;
        }

        return value == typeof(Guid) ? s_guid
            : value == typeof(DateTime) ? s_dateTime
            : value == typeof(DateTimeOffset) ? s_instant
            : value == typeof(TimeOnly) ? s_timeOnly
            : value == typeof(byte[]) ? s_bytes
            : value == typeof(decimal) ? s_decimal
            : null;
    }

    /// <summary>
    /// The same for elements of lists. PostgreSQL asks whether a list contains what to_jsonb makes of a parameter, which of a time is another text than the
    /// serializer's, and depends on the session's time zone: the parameter has to be a text already. Other questions about such a list fail there, and say so.
    /// </summary>
    private static ValueConverter? ForElement(Type type, DatabaseKind database) =>
        For(type, type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(TimeOnly) ? DatabaseKind.Sqlite : database);

    /// <summary>What reads a value from JSON where EF would go through the converter, and lose digits.</summary>
    private static Type? ReaderFor(Type type, DatabaseKind database) =>
        database == DatabaseKind.Sqlite && (Nullable.GetUnderlyingType(type) ?? type) == typeof(decimal) ? typeof(JsonDecimalReaderWriter) : null;

    private static string Text(DateTime value) => value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    // Texts of one offset order as times do. A parameter can only be brought to one: that of bodies made in UTC.
    private static string Text(DateTimeOffset value) => value.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    private static string Text(TimeOnly value) =>
        value.ToString(value.Ticks % TimeSpan.TicksPerSecond == 0 ? "HH:mm:ss" : "HH:mm:ss.fffffff", CultureInfo.InvariantCulture);

    private static string Text(TimeSpan value) => value.ToString("c", CultureInfo.InvariantCulture);

    private static TimeSpan ToTimeSpan(string text) => TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture);

    private static DateTime ToDateTime(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private static DateTimeOffset ToDateTimeOffset(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static TimeOnly ToTimeOnly(string text) => TimeOnly.Parse(text, CultureInfo.InvariantCulture);
}
