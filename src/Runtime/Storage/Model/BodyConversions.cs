using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Typed.Schema;

namespace Typed.Storage.Model;

/// <summary>Converts values inside a body's JSON for comparisons, where the databases agree.</summary>
internal static class BodyConversions
{
    // To the double with the same shortest text: JSON holds 0.1, and the exact value of 0.1f is another number.
    private static readonly ValueConverter s_float = new ValueConverter<float, double>(value => ToDouble(value), stored => (float)stored);

    private static readonly ValueConverter s_half = new ValueConverter<Half, double>(value => ToDouble(value), stored => (Half)stored);

    // To the code, as which .NET orders characters; a collation of the database would order them otherwise.
    private static readonly ValueConverter s_character = new ValueConverter<char, int>(value => value, stored => (char)stored);

    // To the text, as it was written.
    private static readonly ValueConverter s_address =
        new ValueConverter<Uri, string>(value => value.OriginalString, stored => new Uri(stored, UriKind.RelativeOrAbsolute));

    /// <summary>Whether the mapping is that of characters, which are texts in JSON and codes in queries.</summary>
    public static bool IsCharacter(RelationalTypeMapping? mapping) => ReferenceEquals(mapping?.Converter, s_character);

    /// <summary>The converter of a type that has the same on all databases; null: it has none.</summary>
    public static ValueConverter? Find(Type type) => type == typeof(float) ? s_float
        : type == typeof(Half) ? s_half
        : type == typeof(char) ? s_character
        : type == typeof(Uri) ? s_address
        : null;

    /// <summary>Whether the mapping is that of durations, which are texts in JSON and a type of the database in queries.</summary>
    public static bool IsDuration(RelationalTypeMapping? mapping) => mapping?.Converter is IDurationConverter;

    /// <summary>The type that a database compares.</summary>
    public static Type? Stored(RelationalTypeMapping? mapping) =>
        (mapping?.Converter?.ProviderClrType ?? mapping?.ClrType) is { } type ? Nullable.GetUnderlyingType(type) ?? type : null;

    /// <summary>The names of an enum, which are texts in JSON and numbers in queries; null where the mapping is that of another type.</summary>
    public static EnumNumbers? EnumOf(RelationalTypeMapping? mapping) => (mapping?.Converter as IEnumConverter)?.Numbers;

    private static double ToDouble(Half value) => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double ToDouble(float value) => double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private interface IDurationConverter;

    /// <summary>Converts the durations of bodies.</summary>
    internal sealed class DurationConverter<TStored>(Expression<Func<TimeSpan, TStored>> store, Expression<Func<TStored, TimeSpan>> read)
        : ValueConverter<TimeSpan, TStored>(store, read), IDurationConverter;
}
