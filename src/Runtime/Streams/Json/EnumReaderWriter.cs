using System.Linq.Expressions;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.Json;

namespace Typed.Generated;

/// <summary>Reads an enum from its text in JSON where EF makes an object itself. The code of a compiled model makes one.</summary>
/// <typeparam name="T">The enum.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EnumReaderWriter<T> : JsonValueReaderWriter<T>
    where T : struct, Enum
{
    /// <inheritdoc/>
    public override Expression ConstructorExpression => Expression.New(typeof(EnumReaderWriter<T>));

    /// <summary>The texts of the enum, which are the same wherever it occurs.</summary>
    internal static EnumText<T>? Text { get; set; }

    /// <inheritdoc/>
    public override T FromJsonTyped(ref Utf8JsonReaderManager manager, object? existingObject = null)
    {
        ref var reader = ref manager.CurrentReader;
        return Text!.Parse(reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan));
    }

    /// <inheritdoc/>
    public override void ToJsonTyped(Utf8JsonWriter writer, T value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(Text!.Format(value));
    }
}
