using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Typed.Storage.Model;

namespace Typed.Generated;

/// <summary>Converts enums of bodies to their numbers, as which queries compare them. The code of a compiled model calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EnumConversions
{
    /// <summary>The number of a value.</summary>
    public static long ToNumber<T>(T value)
        where T : struct, Enum => (long)EnumText<T>.Key(value);

    /// <summary>The value of a number.</summary>
    public static T ToEnum<T>(long stored)
        where T : struct, Enum => EnumText<T>.Value((ulong)stored);

    /// <summary>The converter of an enum with these names in JSON.</summary>
    internal static ValueConverter Of<T>(EnumText<T> text)
        where T : struct, Enum
    {
        var converter = new ValueConverter<T, long>(value => ToNumber(value), stored => ToEnum<T>(stored));
        text.Numbers.Know(Conversion.MethodOf(converter)!);
        return converter;
    }
}
