using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Typed.Schema;
using Typed.Time;

namespace Typed.Storage.Model;

/// <summary>How EF converts what its providers would store in another way than the statements do.</summary>
internal static class Conversions
{
    private static readonly ValueConverter s_instant = new ValueConverter<DateTimeOffset, long>(value => Instant.From(value), stored => Instant.ToDateTimeOffset(stored));
    private static readonly ValueConverter s_guid = new ValueConverter<Guid, byte[]>(value => value.ToByteArray(true), stored => new Guid(stored, true));

    /// <summary>Whether it is how instants and UUIDs are stored on SQLite.</summary>
    public static bool AreOwn(ValueConverter converter) => converter == s_instant || converter == s_guid;

    public static ValueConverter? For(ColumnDefinition column, DatabaseKind database)
    {
        if (column.ClrType.IsEnum || Type.GetTypeCode(column.ClrType) is TypeCode.Byte or TypeCode.SByte or TypeCode.UInt16 or TypeCode.UInt32 or TypeCode.UInt64)
        {
            return Number(column);
        }

        return database == DatabaseKind.Sqlite ? OnSqlite(column) : OnPostgres(column);
    }

    // Npgsql writes offset zero only; a query may compare with any.
    private static ValueConverter? OnPostgres(ColumnDefinition column) => column.Kind == ColumnKind.Instant
        ? new ValueConverter<DateTimeOffset, DateTimeOffset>(value => value.ToUniversalTime(), stored => stored)
        : null;

    private static ValueConverter? OnSqlite(ColumnDefinition column) => column.Kind switch
    {
        ColumnKind.Instant => s_instant,
        ColumnKind.Guid => s_guid,
        ColumnKind.Duration => new ValueConverter<TimeSpan, long>(
            value => value.Ticks / TimeSpan.TicksPerMicrosecond, stored => new TimeSpan(stored * TimeSpan.TicksPerMicrosecond)),
        _ => null,
    };

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
