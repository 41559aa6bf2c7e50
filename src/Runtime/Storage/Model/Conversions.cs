using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Typed.Generated;
using Typed.Time;

namespace Typed.Storage.Model;

/// <summary>How EF converts what its providers would store in another way than the statements do.</summary>
internal static class Conversions
{
    private static readonly ValueConverter s_instant = new ValueConverter<DateTimeOffset, long>(value => Instant.From(value), stored => Instant.ToDateTimeOffset(stored));
    private static readonly ValueConverter s_guid = new ValueConverter<Guid, byte[]>(value => value.ToByteArray(true), stored => new Guid(stored, true));
    private static readonly ValueConverter s_duration = new ValueConverter<TimeSpan, long>(
        value => value.Ticks / TimeSpan.TicksPerMicrosecond, stored => new TimeSpan(stored * TimeSpan.TicksPerMicrosecond));

    // Npgsql writes offset zero only; a query may compare with any. And it makes infinity of the last tick of year 9999; what is stored ends at the last microsecond.
    private static readonly ValueConverter s_utc = new ValueConverter<DateTimeOffset, DateTimeOffset>(value => Instant.ToDateTimeOffset(Instant.From(value)), stored => stored);
    private static readonly ValueConverter s_unsigned = new ValueConverter<ulong, long>(value => Signed(value), stored => (ulong)stored);

    // These convert nothing: by them what writes the SQL knows the constants that are compared with columns of declared types.
    private static readonly ValueConverter s_single = new ValueConverter<float, float>(value => value, stored => stored);
    private static readonly ValueConverter s_double = new ValueConverter<double, double>(value => value, stored => stored);

    /// <summary>Whether it is how instants, UUIDs and durations are stored on SQLite.</summary>
    public static bool AreOwn(ValueConverter converter) => converter == s_instant || converter == s_guid || converter == s_duration;

    /// <summary>How durations are stored on SQLite.</summary>
    public static ValueConverter Duration => s_duration;

    /// <summary>Whether it is how instants are stored on SQLite.</summary>
    public static bool IsInstant(ValueConverter? converter) => converter == s_instant;

    /// <summary>Whether it is of a declared type's numbers with a binary point, whose constants have to be exact.</summary>
    public static bool IsReal(RelationalTypeMapping? mapping) => mapping?.Converter is { } converter && (converter == s_single || converter == s_double);

    public static ValueConverter? For(ColumnDefinition column, DatabaseKind database)
    {
        if (column.ClrType == typeof(ulong))
        {
            return s_unsigned;
        }

        if (column.ClrType.IsEnum || Type.GetTypeCode(column.ClrType) is TypeCode.Byte or TypeCode.SByte or TypeCode.UInt16 or TypeCode.UInt32)
        {
            return Number(column);
        }

        return database == DatabaseKind.Sqlite ? OnSqlite(column) : OnPostgres(column);
    }

    private static ValueConverter? OnPostgres(ColumnDefinition column) => column.Kind switch
    {
        ColumnKind.Instant => s_utc,
        _ when column.ClrType == typeof(float) => s_single,
        _ => null,
    };

    private static ValueConverter? OnSqlite(ColumnDefinition column) => column.Kind switch
    {
        ColumnKind.Instant => s_instant,
        ColumnKind.Guid => s_guid,
        ColumnKind.Duration => s_duration,
        _ when column.ClrType == typeof(float) => s_single,
        _ when column.ClrType == typeof(double) => s_double,
        _ => null,
    };

    private static long Signed(ulong value) => value <= long.MaxValue ? (long)value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"Series hold no ulong beyond {long.MaxValue}: there is nothing to compare with it.");

    private static ValueConverter Number(ColumnDefinition column)
    {
        var stored = column.Kind switch
        {
            ColumnKind.Int16 => typeof(short),
            ColumnKind.Int32 => typeof(int),
            _ => typeof(long),
        };
        var converter = column.ClrType.IsEnum ? typeof(EnumToNumberConverter<,>) : typeof(CastingConverter<,>);
        return (ValueConverter)Activator.CreateInstance(converter.MakeGenericType(column.ClrType, stored), [null])!;
    }
}
