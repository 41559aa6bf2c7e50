using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

#pragma warning disable CS1591 // IBodyWriter says what the methods do.
namespace Typed.Generated;

/// <content>Single values.</content>
public readonly partial struct Utf8BodyWriter
{
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

        value.TryFormat(_buffer.Quoted(Longest), out var length);
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
