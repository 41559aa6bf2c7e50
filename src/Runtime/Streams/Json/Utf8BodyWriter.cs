using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Typed.Streams.Json;

#pragma warning disable CS1591 // IBodyWriter says what the methods do.
namespace Typed.Generated;

/// <summary>
/// Writes JSON straight into a <see cref="BodyBuffer"/>, byte for byte as <see cref="Utf8JsonWriter"/> does. It is faster because a walk is well
/// formed by construction: nothing has to be validated, and every value is followed by a comma that the next bracket takes back.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly partial struct Utf8BodyWriter : IBodyWriter
{
    // The longest of the numbers and dates, quotes and comma included; a double has at most 24 characters.
    private const int Longest = 64;

    private readonly BodyBuffer _buffer;

    internal Utf8BodyWriter(BodyBuffer buffer) => _buffer = buffer;

    public void StartObject() => _buffer.Open((byte)'{');

    public void EndObject() => _buffer.Close((byte)'}');

    public void StartArray() => _buffer.Open((byte)'[');

    public void EndArray() => _buffer.Close((byte)']');

    public void Name(JsonEncodedText name) => _buffer.Name(name.EncodedUtf8Bytes);

    public void Key(string key)
    {
        _buffer.Text(key);
        _buffer.ReplaceComma((byte)':');
    }

    public void Key<T>(T key)
        where T : struct, IUtf8SpanFormattable
    {
        BodyKeys.CheckFinite(key);
        key.TryFormat(_buffer.Quoted(Longest), out var length, default, CultureInfo.InvariantCulture);
        _buffer.EndQuoted(length);
        _buffer.ReplaceComma((byte)':');
    }

    public void Key<T>(EnumText<T> text, T key)
        where T : struct, Enum
    {
        if (text.TryFormat(key, out var formatted))
        {
            Name(formatted);
        }
        else if (EnumText<T>.IsSigned)
        {
            Key((long)EnumText<T>.Key(key));
        }
        else
        {
            Key(EnumText<T>.Key(key));
        }
    }

    public void Null() => _buffer.Raw("null,"u8);

    [DoesNotReturn]
    public void RefuseNull() => throw new JsonException("Null in a member that may not be null.");

    [DoesNotReturn]
    public void Refuse(string reason) => throw new JsonException($"Holds {reason}.");

    public void Required(string? value)
    {
        if (value is null)
        {
            RefuseNull();
        }

        _buffer.Text(value);
    }

    public void Required(byte[]? value)
    {
        if (value is null)
        {
            RefuseNull();
        }

        Value(value);
    }

    public void Required(Uri? value)
    {
        if (value is null)
        {
            RefuseNull();
        }

        _buffer.Text(value.OriginalString);
    }

    public void Required(Version? value)
    {
        if (value is null)
        {
            RefuseNull();
        }

        Value(value);
    }

    public void Value<T>(EnumText<T> text, T value)
        where T : struct, Enum
    {
        if (text.TryFormat(value, out var formatted))
        {
            _buffer.Encoded(formatted.EncodedUtf8Bytes);
        }
        else if (EnumText<T>.IsSigned)
        {
            Value((long)EnumText<T>.Key(value));
        }
        else
        {
            Value(EnumText<T>.Key(value));
        }
    }

    public void Value<T>(BodyConverter<T> converter, T? value)
    {
        if (value is null && !converter.WritesNull)
        {
            Null();
        }
        else
        {
            _buffer.Converted(converter, value);
        }
    }

    public void Required<T>(BodyConverter<T> converter, T? value)
    {
        if (value is null)
        {
            RefuseNull();
        }

        Value(converter, value);
    }

    public void Untyped(object? value)
    {
        if (!UntypedValue.Write(this, value))
        {
            throw new ArgumentException($"Extension data holds a value of type {value!.GetType()}.", nameof(value));
        }
    }
}
