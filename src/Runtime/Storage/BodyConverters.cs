using Microsoft.EntityFrameworkCore.Storage.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Typed.Storage;

/// <summary>Converts the members of bodies in queries on one database, except enums.</summary>
internal abstract class BodyConverters
{
    /// <summary>The converter of a value.</summary>
    /// <param name="type">The member's type, which may be nullable.</param>
    public ValueConverter? FindValue(Type type) => ConverterOf(Nullable.GetUnderlyingType(type) ?? type);

    /// <summary>The converter of an element of a list.</summary>
    public virtual ValueConverter? FindElement(Type type) => FindValue(type);

    /// <summary>The type that reads a value from JSON, where EF would use the converter, which expects another form.</summary>
    public Type? FindReader(Type type) => ReaderOf(Nullable.GetUnderlyingType(type) ?? type);

    protected abstract ValueConverter? ConverterOf(Type type);

    protected virtual Type? ReaderOf(Type type) => type == typeof(TimeSpan) ? typeof(JsonTimeSpanReaderWriter)
        : type == typeof(float) ? typeof(JsonFloatReaderWriter)
        : type == typeof(char) ? typeof(JsonCharReaderWriter)
        : null;
}
