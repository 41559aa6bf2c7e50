using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Typed.Streams.Json;

#pragma warning disable CS1591 // IBodyWriter says what the methods do.
namespace Typed.Generated;

/// <summary>
/// Writes JSON straight into a <see cref="BodyBuffer"/>, byte for byte as <see cref="Utf8JsonWriter"/> does. It is faster because a walk is well
/// formed by construction: nothing has to be validated, and every value is followed by a comma that the next bracket takes back.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Utf8BodyWriter : IBodyWriter
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

    public void Number<T>(T value)
        where T : struct, INumberBase<T>
    {
        if (!T.IsFinite(value))
        {
            throw new ArgumentException("Not a finite number.", nameof(value));
        }

        value.TryFormat(_buffer.Space(Longest), out var length, default, CultureInfo.InvariantCulture);
        _buffer.EndValue(length);
    }

    public void Untyped(object? value)
    {
        if (!UntypedValue.Write(this, value))
        {
            throw new ArgumentException($"Extension data holds a value of type {value!.GetType()}.", nameof(value));
        }
    }

    public void Value(bool value) => _buffer.Raw(value ? "true,"u8 : "false,"u8);

    public void Value(string? value)
    {
        if (value is null)
        {
            Null();
        }
        else
        {
            _buffer.Text(value);
        }
    }

    public void Value(char value) => _buffer.Text(new ReadOnlySpan<char>(in value));

    public void Value(Uri? value) => Value(value?.OriginalString);

    public void Value(Version? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        value.TryFormat(_buffer.Quoted(Longest), out int length);
        _buffer.EndQuoted(length);
    }

    public void Value(float value)
    {
        if (!float.IsFinite(value))
        {
            throw new ArgumentException("Not a finite number.", nameof(value));
        }

        Utf8Formatter.TryFormat(value, _buffer.Space(Longest), out var length);
        _buffer.EndValue(length);
    }

    public void Value(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentException("Not a finite number.", nameof(value));
        }

        Utf8Formatter.TryFormat(value, _buffer.Space(Longest), out var length);
        _buffer.EndValue(length);
    }

    public void Value(DateTime value)
    {
        if (value.Kind != DateTimeKind.Utc)
        {
            throw new ArgumentException("Not in UTC.", nameof(value));
        }

        var space = _buffer.Quoted(Longest);
        Utf8Formatter.TryFormat(value, space, out var length, 'O');
        _buffer.EndQuoted(TrimFraction(space, length));
    }

    public void Value(DateTimeOffset value)
    {
        var space = _buffer.Quoted(Longest);
        Utf8Formatter.TryFormat(value, space, out var length, 'O');
        _buffer.EndQuoted(TrimFraction(space, length));
    }

    public void Value(TimeOnly value) => Value(value.ToTimeSpan());

    public void Value(byte[]? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        var space = _buffer.Quoted(Base64.GetMaxEncodedToUtf8Length(value.Length) + 2);
        Base64.EncodeToUtf8(value, space, out _, out var length);
        _buffer.EndQuoted(length);
    }

    public void Value(JsonElement value) => _buffer.Element(value);

    public void Value(int value)
    {
        Utf8Formatter.TryFormat(value, _buffer.Space(Longest), out var length);
        _buffer.EndValue(length);
    }

    public void Value(uint value)
    {
        Utf8Formatter.TryFormat(value, _buffer.Space(Longest), out var length);
        _buffer.EndValue(length);
    }

    public void Value(long value)
    {
        Utf8Formatter.TryFormat(value, _buffer.Space(Longest), out var length);
        _buffer.EndValue(length);
    }

    public void Value(ulong value)
    {
        Utf8Formatter.TryFormat(value, _buffer.Space(Longest), out var length);
        _buffer.EndValue(length);
    }

    public void Value(decimal value)
    {
        Utf8Formatter.TryFormat(value, _buffer.Space(Longest), out var length);
        _buffer.EndValue(length);
    }

    public void Value(Guid value)
    {
        Utf8Formatter.TryFormat(value, _buffer.Quoted(Longest), out var length);
        _buffer.EndQuoted(length);
    }

    public void Value(DateOnly value)
    {
        value.TryFormat(_buffer.Quoted(Longest), out var length, "O", CultureInfo.InvariantCulture);
        _buffer.EndQuoted(length);
    }

    public void Value(TimeSpan value)
    {
        value.TryFormat(_buffer.Quoted(Longest), out var length, "c", CultureInfo.InvariantCulture);
        _buffer.EndQuoted(length);
    }

    // yyyy-MM-ddTHH:mm:ss.fffffff and an offset: zeros at the end of the fraction go, and the point with the last of them.
    private static int TrimFraction(Span<byte> text, int length)
    {
        const int Point = 19;
        const int Suffix = 27;
        var end = Suffix;
        while (text[end - 1] == (byte)'0')
        {
            end--;
        }

        end = end - 1 == Point ? Point : end;
        text[Suffix..length].CopyTo(text[end..]);
        return end + length - Suffix;
    }
}
