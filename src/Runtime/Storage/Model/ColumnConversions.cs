using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Typed.Storage.Model;

/// <summary>Converters for values that EF's providers would store in another way than the statements do.</summary>
internal static class ColumnConversions
{
    // These converters convert nothing. They mark the columns of declared types, so that constants compared with them are written exactly.
    public static readonly ValueConverter Single = new ValueConverter<float, float>(value => ValueConversions.Exact(value), stored => stored);
    public static readonly ValueConverter Double = new ValueConverter<double, double>(value => ValueConversions.Exact(value), stored => stored);

    private static readonly ValueConverter s_unsigned =
        new ValueConverter<ulong, long>(value => ValueConversions.ToInt64(value), stored => (ulong)stored);

    private static readonly ValueConverter s_eventId =
        new ValueConverter<EventId, Guid>(value => value.ToGuid(), stored => ValueConversions.ToEventId(stored));

    /// <summary>Whether the mapping is that of a declared type's floating-point numbers, whose constants have to be exact.</summary>
    public static bool IsReal(RelationalTypeMapping? mapping) =>
        Conversion.Is(mapping?.Converter, Single) || Conversion.Is(mapping?.Converter, Double);

    /// <summary>The converter of a column; null where EF stores the value as the statements do.</summary>
    public static ValueConverter? Find(ColumnDefinition column, TableMapping mapping)
    {
        if (column.ClrType == typeof(ulong))
        {
            return s_unsigned;
        }

        if (column.ClrType == typeof(EventId))
        {
            return mapping.Converter(column with { ClrType = typeof(Guid) }) is { } stored ? s_eventId.ComposeWith(stored) : s_eventId;
        }

        return column.ClrType.IsEnum || Type.GetTypeCode(column.ClrType) is TypeCode.Byte or TypeCode.SByte or TypeCode.UInt16 or TypeCode.UInt32
            ? ToNumber(column)
            : mapping.Converter(column);
    }

    private static ValueConverter ToNumber(ColumnDefinition column)
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
