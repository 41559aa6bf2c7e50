using System.Linq.Expressions;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Typed.Schema;

namespace Typed.Streams.Json;

/// <summary>Converts an enum to its number, as which queries compare it.</summary>
internal sealed class EnumConverter<T>(EnumText<T> text)
    : ValueConverter<T, long>(value => (long)EnumText<T>.Key(value), stored => EnumText<T>.Value((ulong)stored)), IEnumConverter
    where T : struct, Enum
{
    public EnumNumbers Numbers { get; } = text.Numbers;
}

/// <summary>Reads an enum from its text in JSON where EF makes an object itself.</summary>
#pragma warning disable CA1812 // EF Core makes it.
internal sealed class EnumReaderWriter<T> : JsonValueReaderWriter<T>
#pragma warning restore CA1812
    where T : struct, Enum
{
    /// <summary>The texts of the enum, which are the same wherever it occurs.</summary>
    public static EnumText<T>? Text { get; set; }

    public override Expression ConstructorExpression => Expression.New(typeof(EnumReaderWriter<T>));

    public override T FromJsonTyped(ref Utf8JsonReaderManager manager, object? existingObject = null)
    {
        ref var reader = ref manager.CurrentReader;
        return Text!.Parse(reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan));
    }

    public override void ToJsonTyped(Utf8JsonWriter writer, T value) => writer.WriteStringValue(Text!.Format(value));
}
