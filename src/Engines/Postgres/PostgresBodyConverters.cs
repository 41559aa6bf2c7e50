using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Typed.Storage;
using Typed.Storage.Model;

namespace Typed.Postgres;

/// <summary>
/// Values of bodies on PostgreSQL, which casts most texts to their types. PostgreSQL rounds the times of JSON to microseconds, while Npgsql cuts off the digits
/// of parameters. Npgsql takes only offset zero, while a query may compare with any.
/// </summary>
internal sealed class PostgresBodyConverters : BodyConverters
{
    private static readonly ValueConverter s_instant =
        new ValueConverter<DateTimeOffset, DateTimeOffset>(value => PostgresConversions.Round(value), stored => stored);
    private static readonly ValueConverter s_dateTime =
        new ValueConverter<DateTime, DateTime>(value => PostgresConversions.Round(value), stored => stored);
    private static readonly ValueConverter s_time =
        new ValueConverter<TimeOnly, TimeOnly>(value => PostgresConversions.Round(value), stored => stored);
    private static readonly ValueConverter s_duration =
        new ValueConverter<TimeSpan, TimeSpan>(value => PostgresConversions.Round(value), stored => stored);

    /// <summary>Whether the mapping is that of instants.</summary>
    public static bool IsTime(RelationalTypeMapping? mapping) =>
        Conversion.Is(mapping?.Converter, s_dateTime) || Conversion.Is(mapping?.Converter, s_instant);

    /// <summary>Whether the mapping is that of durations.</summary>
    public static bool IsDuration(RelationalTypeMapping? mapping) => Conversion.Is(mapping?.Converter, s_duration);

    protected override ValueConverter? ConverterOf(Type type) => BodyConversions.Find(type) is { } common ? common
        : type == typeof(DateTimeOffset) ? s_instant
        : type == typeof(DateTime) ? s_dateTime
        : type == typeof(TimeOnly) ? s_time
        : type == typeof(TimeSpan) ? s_duration
        : null;
}
