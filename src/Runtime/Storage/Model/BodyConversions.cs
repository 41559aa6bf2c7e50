using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Typed.Schema;

namespace Typed.Storage.Model;

/// <summary>How values inside a body's JSON are compared, where the databases agree.</summary>
internal static class BodyConversions
{
    /// <summary>0.1 in JSON is the double 0.1, and the float 0.1f is another number; its shortest text is what JSON holds.</summary>
    public static readonly ValueConverter Float = new ValueConverter<float, double>(value => ToDouble(value), stored => (float)stored);

    /// <summary>Whether it is of durations, which are texts in JSON, and in queries what the database adds and compares.</summary>
    public static bool IsDuration(RelationalTypeMapping? mapping) => mapping?.Converter is IDurationConverter;

    /// <summary>The type that a database compares.</summary>
    public static Type? Stored(RelationalTypeMapping? mapping) =>
        (mapping?.Converter?.ProviderClrType ?? mapping?.ClrType) is { } type ? Nullable.GetUnderlyingType(type) ?? type : null;

    /// <summary>The names of an enum, which are texts in JSON and numbers in queries; null: it is none.</summary>
    public static EnumNumbers? EnumOf(RelationalTypeMapping? mapping) => (mapping?.Converter as IEnumConverter)?.Numbers;

    private static double ToDouble(float value) => double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private interface IDurationConverter;

    /// <summary>Converts the durations of bodies.</summary>
    internal sealed class DurationConverter<TStored>(Expression<Func<TimeSpan, TStored>> store, Expression<Func<TStored, TimeSpan>> read)
        : ValueConverter<TimeSpan, TStored>(store, read), IDurationConverter;
}
