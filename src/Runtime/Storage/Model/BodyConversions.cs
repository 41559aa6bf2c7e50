using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Typed.Schema;

namespace Typed.Storage.Model;

/// <summary>Converts values inside a body's JSON for comparisons, where the databases agree.</summary>
internal static class BodyConversions
{
    private static readonly ValueConverter s_float =
        new ValueConverter<float, double>(value => ValueConversions.ToDouble(value), stored => (float)stored);

    private static readonly ValueConverter s_half =
        new ValueConverter<Half, double>(value => ValueConversions.ToDouble(value), stored => (Half)stored);

    private static readonly ValueConverter s_character = new ValueConverter<char, int>(value => ValueConversions.ToCode(value), stored => (char)stored);

    // To the text, as it was written.
    private static readonly ValueConverter s_address =
        new ValueConverter<Uri, string>(value => value.OriginalString, stored => new Uri(stored, UriKind.RelativeOrAbsolute));

    /// <summary>Whether the mapping is that of characters, which are texts in JSON and codes in queries.</summary>
    public static bool IsCharacter(RelationalTypeMapping? mapping) => Conversion.Is(mapping?.Converter, s_character);

    /// <summary>The converter of a type that has the same on all databases; null: it has none.</summary>
    public static ValueConverter? Find(Type type) => type == typeof(float) ? s_float
        : type == typeof(Half) ? s_half
        : type == typeof(char) ? s_character
        : type == typeof(Uri) ? s_address
        : null;

    /// <summary>The type that a database compares.</summary>
    public static Type? Stored(RelationalTypeMapping? mapping) =>
        (mapping?.Converter?.ProviderClrType ?? mapping?.ClrType) is { } type ? Nullable.GetUnderlyingType(type) ?? type : null;

    /// <summary>The names of an enum, which are texts in JSON and numbers in queries; null where the mapping is that of another type.</summary>
    public static EnumNumbers? EnumOf(RelationalTypeMapping? mapping) =>
        Conversion.MethodOf(mapping?.Converter) is { IsGenericMethod: true } method ? EnumNumbers.Find(method) : null;
}
