using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Typed.Generated;

/// <summary>What an emitted walk over a body calls, value by value. Values of an array stand alone; members bring their name along, which is faster than naming first.</summary>
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

    /// <summary>A member that is null.</summary>
    void Null(JsonEncodedText name);

    /// <summary>A null.</summary>
    void Null();

    /// <summary>A null in a member that may not be null.</summary>
    [DoesNotReturn]
    void RefuseNull(JsonEncodedText name);

    /// <summary>A text member that may not be null.</summary>
    void Required(JsonEncodedText name, string? value);

    /// <summary>A bytes member that may not be null.</summary>
    void Required(JsonEncodedText name, byte[]? value);

    /// <summary>An enum member.</summary>
    void Member<T>(JsonEncodedText name, EnumText<T> text, T value)
        where T : struct, Enum;

    /// <summary>An enum value.</summary>
    void Value<T>(EnumText<T> text, T value)
        where T : struct, Enum;

    /// <summary>A value of extension data that is not a <see cref="JsonElement"/>.</summary>
    void Untyped(object? value);

    /// <summary>A member.</summary>
    void Member(JsonEncodedText name, bool value);

    /// <summary>A value.</summary>
    void Value(bool value);

    /// <summary>A member.</summary>
    void Member(JsonEncodedText name, int value);

    /// <summary>A value.</summary>
    void Value(int value);

    /// <summary>A member.</summary>
    void Member(JsonEncodedText name, uint value);

    /// <summary>A value.</summary>
    void Value(uint value);

    /// <summary>A member.</summary>
    void Member(JsonEncodedText name, long value);

    /// <summary>A value.</summary>
    void Value(long value);

    /// <summary>A member.</summary>
    void Member(JsonEncodedText name, ulong value);

    /// <summary>A value.</summary>
    void Value(ulong value);

    /// <summary>A member.</summary>
    void Member(JsonEncodedText name, float value);

    /// <summary>A value.</summary>
    void Value(float value);

    /// <summary>A member.</summary>
    void Member(JsonEncodedText name, double value);

    /// <summary>A value.</summary>
    void Value(double value);

    /// <summary>A member.</summary>
    void Member(JsonEncodedText name, decimal value);

    /// <summary>A value.</summary>
    void Value(decimal value);

    /// <summary>A member.</summary>
    void Member(JsonEncodedText name, string? value);

    /// <summary>A value.</summary>
    void Value(string? value);

    /// <summary>A member.</summary>
    void Member(JsonEncodedText name, Guid value);

    /// <summary>A value.</summary>
    void Value(Guid value);

    /// <summary>A member.</summary>
    void Member(JsonEncodedText name, DateTime value);

    /// <summary>A value.</summary>
    void Value(DateTime value);

    /// <summary>A member.</summary>
    void Member(JsonEncodedText name, DateTimeOffset value);

    /// <summary>A value.</summary>
    void Value(DateTimeOffset value);

    /// <summary>A member.</summary>
    void Member(JsonEncodedText name, DateOnly value);

    /// <summary>A value.</summary>
    void Value(DateOnly value);

    /// <summary>A member.</summary>
    void Member(JsonEncodedText name, TimeOnly value);

    /// <summary>A value.</summary>
    void Value(TimeOnly value);

    /// <summary>A member.</summary>
    void Member(JsonEncodedText name, TimeSpan value);

    /// <summary>A value.</summary>
    void Value(TimeSpan value);

    /// <summary>A member.</summary>
    void Member(JsonEncodedText name, byte[]? value);

    /// <summary>A value.</summary>
    void Value(byte[]? value);

    /// <summary>A member.</summary>
    void Member(JsonEncodedText name, JsonElement value);

    /// <summary>A value.</summary>
    void Value(JsonElement value);
}
