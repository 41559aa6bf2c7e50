using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Typed.Generated;

/// <summary>Writes JSON. Every method is one call, so that the walk compiles to calls of <see cref="Utf8JsonWriter"/>.</summary>
/// <param name="json">Where to write; with a depth limit, since that is what stops a cycle.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct JsonBodyWriter(Utf8JsonWriter json) : IBodyWriter
{
    /// <inheritdoc/>
    public void StartObject() => json.WriteStartObject();

    /// <inheritdoc/>
    public void EndObject() => json.WriteEndObject();

    /// <inheritdoc/>
    public void StartArray() => json.WriteStartArray();

    /// <inheritdoc/>
    public void EndArray() => json.WriteEndArray();

    /// <inheritdoc/>
    public void Name(JsonEncodedText name) => json.WritePropertyName(name);

    /// <inheritdoc/>
    public void Key(string key) => json.WritePropertyName(key);

    /// <inheritdoc/>
    public void Null(JsonEncodedText name) => json.WriteNull(name);

    /// <inheritdoc/>
    public void Null() => json.WriteNullValue();

    /// <inheritdoc/>
    [DoesNotReturn]
    public void RefuseNull(JsonEncodedText name) => BodyWriting.RefuseNull(name);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Required(JsonEncodedText name, string? value)
    {
        if (value is null)
        {
            BodyWriting.RefuseNull(name);
        }

        json.WriteString(name, value);
    }

    /// <inheritdoc/>
    public void Required(JsonEncodedText name, byte[]? value)
    {
        if (value is null)
        {
            BodyWriting.RefuseNull(name);
        }

        json.WriteBase64String(name, value);
    }

    /// <inheritdoc/>
    public void Member<T>(JsonEncodedText name, EnumText<T> text, T value)
        where T : struct, Enum
    {
        if (text.TryFormat(value, out var formatted))
        {
            json.WriteString(name, formatted);
        }
        else
        {
            json.WritePropertyName(name);
            EnumText<T>.WriteNumber(json, value);
        }
    }

    /// <inheritdoc/>
    public void Value<T>(EnumText<T> text, T value)
        where T : struct, Enum
    {
        if (text.TryFormat(value, out var formatted))
        {
            json.WriteStringValue(formatted);
        }
        else
        {
            EnumText<T>.WriteNumber(json, value);
        }
    }

    /// <inheritdoc/>
    public void Untyped(object? value)
    {
        if (!UntypedValue.Write(this, value))
        {
            throw new ArgumentException($"Extension data holds a value of type {value!.GetType()}.", nameof(value));
        }
    }

    /// <inheritdoc/>
    public void Member(JsonEncodedText name, bool value) => json.WriteBoolean(name, value);

    /// <inheritdoc/>
    public void Value(bool value) => json.WriteBooleanValue(value);

    /// <inheritdoc/>
    public void Member(JsonEncodedText name, int value) => json.WriteNumber(name, value);

    /// <inheritdoc/>
    public void Value(int value) => json.WriteNumberValue(value);

    /// <inheritdoc/>
    public void Member(JsonEncodedText name, uint value) => json.WriteNumber(name, value);

    /// <inheritdoc/>
    public void Value(uint value) => json.WriteNumberValue(value);

    /// <inheritdoc/>
    public void Member(JsonEncodedText name, long value) => json.WriteNumber(name, value);

    /// <inheritdoc/>
    public void Value(long value) => json.WriteNumberValue(value);

    /// <inheritdoc/>
    public void Member(JsonEncodedText name, ulong value) => json.WriteNumber(name, value);

    /// <inheritdoc/>
    public void Value(ulong value) => json.WriteNumberValue(value);

    /// <inheritdoc/>
    public void Member(JsonEncodedText name, float value) => json.WriteNumber(name, value);

    /// <inheritdoc/>
    public void Value(float value) => json.WriteNumberValue(value);

    /// <inheritdoc/>
    public void Member(JsonEncodedText name, double value) => json.WriteNumber(name, value);

    /// <inheritdoc/>
    public void Value(double value) => json.WriteNumberValue(value);

    /// <inheritdoc/>
    public void Member(JsonEncodedText name, decimal value) => json.WriteNumber(name, value);

    /// <inheritdoc/>
    public void Value(decimal value) => json.WriteNumberValue(value);

    /// <inheritdoc/>
    public void Member(JsonEncodedText name, string? value) => json.WriteString(name, value);

    /// <inheritdoc/>
    public void Value(string? value) => json.WriteStringValue(value);

    /// <inheritdoc/>
    public void Member(JsonEncodedText name, Guid value) => json.WriteString(name, value);

    /// <inheritdoc/>
    public void Value(Guid value) => json.WriteStringValue(value);

    /// <inheritdoc/>
    public void Member(JsonEncodedText name, DateTime value) => json.WriteString(name, BodyWriting.Utc(value));

    /// <inheritdoc/>
    public void Value(DateTime value) => json.WriteStringValue(BodyWriting.Utc(value));

    /// <inheritdoc/>
    public void Member(JsonEncodedText name, DateTimeOffset value) => json.WriteString(name, value);

    /// <inheritdoc/>
    public void Value(DateTimeOffset value) => json.WriteStringValue(value);

    /// <inheritdoc/>
    public void Member(JsonEncodedText name, DateOnly value)
    {
        json.WritePropertyName(name);
        JsonMetadataServices.DateOnlyConverter.Write(json, value, JsonSerializerOptions.Default);
    }

    /// <inheritdoc/>
    public void Value(DateOnly value) => JsonMetadataServices.DateOnlyConverter.Write(json, value, JsonSerializerOptions.Default);

    /// <inheritdoc/>
    public void Member(JsonEncodedText name, TimeOnly value)
    {
        json.WritePropertyName(name);
        JsonMetadataServices.TimeOnlyConverter.Write(json, value, JsonSerializerOptions.Default);
    }

    /// <inheritdoc/>
    public void Value(TimeOnly value) => JsonMetadataServices.TimeOnlyConverter.Write(json, value, JsonSerializerOptions.Default);

    /// <inheritdoc/>
    public void Member(JsonEncodedText name, TimeSpan value)
    {
        json.WritePropertyName(name);
        JsonMetadataServices.TimeSpanConverter.Write(json, value, JsonSerializerOptions.Default);
    }

    /// <inheritdoc/>
    public void Value(TimeSpan value) => JsonMetadataServices.TimeSpanConverter.Write(json, value, JsonSerializerOptions.Default);

    /// <inheritdoc/>
    public void Member(JsonEncodedText name, byte[]? value)
    {
        json.WritePropertyName(name);
        Value(value);
    }

    /// <inheritdoc/>
    public void Value(byte[]? value)
    {
        if (value is null)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteBase64StringValue(value);
        }
    }

    /// <inheritdoc/>
    public void Member(JsonEncodedText name, JsonElement value)
    {
        json.WritePropertyName(name);
        value.WriteTo(json);
    }

    /// <inheritdoc/>
    public void Value(JsonElement value) => value.WriteTo(json);
}
