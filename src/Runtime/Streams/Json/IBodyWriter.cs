using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text.Json;

namespace Typed.Generated;

/// <summary>What an emitted walk over a body calls, value by value.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IBodyWriter
{
    /// <summary>Begins an object.</summary>
    void StartObject();

    /// <summary>Ends an object.</summary>
    void EndObject();

    /// <summary>Begins an array.</summary>
    void StartArray();

    /// <summary>Ends an array.</summary>
    void EndArray();

    /// <summary>Names the member whose value follows.</summary>
    void Name(JsonEncodedText name);

    /// <summary>Names the entry of a dictionary whose value follows.</summary>
    void Key(string key);

    /// <summary>Names the entry of a dictionary whose value follows.</summary>
    void Key<T>(T key)
        where T : struct, IUtf8SpanFormattable;

    /// <summary>Names the entry of a dictionary whose value follows.</summary>
    void Key<T>(EnumText<T> text, T key)
        where T : struct, Enum;

    /// <summary>A null.</summary>
    void Null();

    /// <summary>A null in a member that may not be null.</summary>
    [DoesNotReturn]
    void RefuseNull();

    /// <summary>A value that cannot be written.</summary>
    /// <param name="reason">What it is, in words.</param>
    [DoesNotReturn]
    void Refuse(string reason);

    /// <summary>A text that may not be null.</summary>
    void Required(string? value);

    /// <summary>Bytes that may not be null.</summary>
    void Required(byte[]? value);

    /// <summary>An address that may not be null.</summary>
    void Required(Uri? value);

    /// <summary>A version that may not be null.</summary>
    void Required(Version? value);

    /// <summary>An enum value.</summary>
    void Value<T>(EnumText<T> text, T value)
        where T : struct, Enum;

    /// <summary>A value that a converter writes.</summary>
    void Value<T>(BodyConverter<T> converter, T? value);

    /// <summary>A value that a converter writes, and that may not be null.</summary>
    void Required<T>(BodyConverter<T> converter, T? value);

    /// <summary>A number of a type that has no overload, for it would make calls with other numbers ambiguous.</summary>
    void Number<T>(T value)
        where T : struct, INumberBase<T>;

    /// <summary>A value of extension data that is not a <see cref="JsonElement"/>.</summary>
    void Untyped(object? value);

    /// <summary>A value.</summary>
    void Value(bool value);

    /// <summary>A value.</summary>
    void Value(int value);

    /// <summary>A value.</summary>
    void Value(uint value);

    /// <summary>A value.</summary>
    void Value(long value);

    /// <summary>A value.</summary>
    void Value(ulong value);

    /// <summary>A value.</summary>
    void Value(float value);

    /// <summary>A value.</summary>
    void Value(double value);

    /// <summary>A value.</summary>
    void Value(decimal value);

    /// <summary>A value.</summary>
    void Value(string? value);

    /// <summary>A value.</summary>
    void Value(char value);

    /// <summary>A value.</summary>
    void Value(Uri? value);

    /// <summary>A value.</summary>
    void Value(Version? value);

    /// <summary>A value.</summary>
    void Value(Guid value);

    /// <summary>A value.</summary>
    void Value(DateTime value);

    /// <summary>A value.</summary>
    void Value(DateTimeOffset value);

    /// <summary>A value.</summary>
    void Value(DateOnly value);

    /// <summary>A value.</summary>
    void Value(TimeOnly value);

    /// <summary>A value.</summary>
    void Value(TimeSpan value);

    /// <summary>A value.</summary>
    void Value(byte[]? value);

    /// <summary>A value.</summary>
    void Value(JsonElement value);
}
