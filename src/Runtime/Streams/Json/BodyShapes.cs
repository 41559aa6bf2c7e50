using System.Text;
using Typed.Streams.Json;

namespace Typed.Generated;

/// <summary>Makes the members of a <see cref="BodyShape"/>. Emitted code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BodyShapes
{
    /// <summary>A value.</summary>
    public static BodyMember Scalar(string name, string json, Type type, bool nullable) =>
        new(name, json, BodyMemberKind.Scalar, type) { IsNullable = nullable };

    /// <summary>An enum.</summary>
    public static BodyMember Enum<T>(string name, string json, Type type, bool nullable, EnumText<T> text)
        where T : struct, Enum => WithText(new(name, json, BodyMemberKind.Scalar, type) { IsNullable = nullable }, text);

    /// <summary>A nested object.</summary>
    public static BodyMember Object(string name, string json, Type type, bool nullable, BodyShape shape) =>
        new(name, json, BodyMemberKind.Object, type) { IsNullable = nullable, Shape = shape };

    /// <summary>A list of values.</summary>
    public static BodyMember Scalars(string name, string json, Type type, bool nullable, Type element) =>
        new(name, json, BodyMemberKind.Scalars, type) { IsNullable = nullable, ElementType = element };

    /// <summary>A list of enums.</summary>
    public static BodyMember Enums<T>(string name, string json, Type type, bool nullable, EnumText<T> text)
        where T : struct, Enum => WithText(new(name, json, BodyMemberKind.Scalars, type) { IsNullable = nullable, ElementType = typeof(T) }, text);

    /// <summary>A list of objects.</summary>
    public static BodyMember Objects(string name, string json, Type type, bool nullable, BodyShape shape) =>
        new(name, json, BodyMemberKind.Objects, type) { IsNullable = nullable, ElementType = shape.Type, Shape = shape };

    /// <summary>A member that queries cannot see.</summary>
    public static BodyMember Unmapped(string name, string json, Type type, string reason) => new(name, json, BodyMemberKind.Unmapped, type) { Reason = reason };

    /// <summary>The JSON of a value.</summary>
    /// <param name="write">Writes the value.</param>
    public static string Text(Action<Utf8BodyWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using var buffer = new BodyBuffer();
        write(new Utf8BodyWriter(buffer));
        return Encoding.UTF8.GetString(buffer.Written.Span[..^1]); // without the comma after the value
    }

    private static BodyMember WithText<T>(BodyMember member, EnumText<T> text)
        where T : struct, Enum
    {
        EnumReaderWriter<T>.Text = text;
        return member with
        {
            Number = EnumConversions.Of(text),
            Reader = typeof(EnumReaderWriter<T>),
        };
    }
}
