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
    private static readonly ValueConverter s_instant = new ValueConverter<DateTimeOffset, DateTimeOffset>(
        value => new DateTimeOffset(Rounded(value.UtcTicks, DateTime.MaxValue.Ticks), TimeSpan.Zero), stored => stored);

    private static readonly ValueConverter s_dateTime = new ValueConverter<DateTime, DateTime>(
        value => new DateTime(Rounded(Utc(value).Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc), stored => stored);

    private static readonly ValueConverter s_time =
        new ValueConverter<TimeOnly, TimeOnly>(value => new TimeOnly(Rounded(value.Ticks, TimeOnly.MaxValue.Ticks)), stored => stored);
    private static readonly ValueConverter s_duration =
        new BodyConversions.DurationConverter<TimeSpan>(value => new TimeSpan(Rounded(value.Ticks, long.MaxValue)), stored => stored);

    /// <summary>Whether the mapping is that of instants.</summary>
    public static bool IsTime(RelationalTypeMapping? mapping) =>
        ReferenceEquals(mapping?.Converter, s_dateTime) || ReferenceEquals(mapping?.Converter, s_instant);

    protected override ValueConverter? ConverterOf(Type type) => BodyConversions.Find(type) is { } common ? common
        : type == typeof(DateTimeOffset) ? s_instant
        : type == typeof(DateTime) ? s_dateTime
        : type == typeof(TimeOnly) ? s_time
        : type == typeof(TimeSpan) ? s_duration
        : null;

    /// <summary>A <see cref="DateTime"/> as UTC, which one without a kind is.</summary>
    public static DateTime Utc(DateTime value) => value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : DateTime.SpecifyKind(value, DateTimeKind.Utc);

    /// <summary>
    /// Ticks to microseconds as PostgreSQL rounds the fraction of a second in a text (<c>rint(strtod(".1234567") * 1000000)</c>, in datetime.c), and back to
    /// ticks.
    /// </summary>
    private static long Rounded(long ticks, long most)
    {
        var (seconds, rest) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        var microseconds = (long)Math.Round((double)rest / TimeSpan.TicksPerSecond * 1_000_000, MidpointRounding.ToEven);
        var rounding = (microseconds * TimeSpan.TicksPerMicrosecond) - rest;
        return (rounding > 0 && ticks > most - rounding) || (rounding < 0 && ticks < long.MinValue - rounding) ? ticks : ticks + rounding;
    }
}
