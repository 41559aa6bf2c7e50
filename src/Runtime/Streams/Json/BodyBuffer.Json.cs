using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Typed.Streams.Json;

/// <content>Pieces of JSON. Every value is followed by a comma.</content>
internal sealed partial class BodyBuffer : IBufferWriter<byte>
{
    private const int MaxEscape = 6;

    // Characters that the framework's default encoder does not escape.
    private static readonly SearchValues<char> s_plain = SearchValues.Create(
        Enumerable.Range(' ', '~' - ' ' + 1).Select(unit => (char)unit).Except("\"&'+<>\\`").ToArray());

    // Writers for <see cref="JsonElement"/>, one for each depth that is left to an element.
    private readonly Utf8JsonWriter?[] _elements = new Utf8JsonWriter?[BodyPath.MaxDepth + 1];

    // The same for converters, which may write what is no JSON.
    private readonly Utf8JsonWriter?[] _converted = new Utf8JsonWriter?[BodyPath.MaxDepth + 1];

    public void Open(byte bracket)
    {
        if (++_depth > BodyPath.MaxDepth)
        {
            throw new InvalidOperationException($"Nested deeper than {BodyPath.MaxDepth}.");
        }

        Space(1)[0] = bracket;
        Length++;
    }

    public void Close(byte bracket)
    {
        _depth--;
        var space = Space(2);
        if (_bytes[Length - 1] == (byte)',')
        {
            _bytes[Length - 1] = bracket;
            space[0] = (byte)',';
            Length++;
        }
        else
        {
            space[0] = bracket;
            EndValue(1);
        }
    }

    /// <summary>A member's name, escaped before.</summary>
    public void Name(ReadOnlySpan<byte> name)
    {
        var space = Space(name.Length + 3);
        space[0] = (byte)'"';
        name.CopyTo(space[1..]);
        space[name.Length + 1] = (byte)'"';
        space[name.Length + 2] = (byte)':';
        Length += name.Length + 3;
    }

    /// <summary>A text, escaped before.</summary>
    public void Encoded(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Quoted(text.Length + 2));
        EndQuoted(text.Length);
    }

    public void Raw(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Space(text.Length));
        Length += text.Length;
    }

    public void ReplaceComma(byte unit) => _bytes[Length - 1] = unit;

    public void Text(ReadOnlySpan<char> text)
    {
        var special = text.IndexOfAnyExcept(s_plain);
        if (special >= 0)
        {
            EscapedText(text, special);
            return;
        }

        CheckLimit(text.Length);
        Ascii.FromUtf16(text, Quoted(text.Length + 2), out _);
        EndQuoted(text.Length);
    }

    /// <summary>A value that writes itself.</summary>
    public void Element(JsonElement value)
    {
        var left = BodyPath.MaxDepth - _depth;
        if (left == 0 && value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            throw new InvalidOperationException($"Nested deeper than {BodyPath.MaxDepth}.");
        }

        var json = _elements[left] ??= new Utf8JsonWriter(this, new JsonWriterOptions { SkipValidation = true, MaxDepth = Math.Max(left, 1) });
        var start = Length;
        json.Reset();
        value.WriteTo(json);
        json.Flush();

        // Lone surrogates are written as U+FFFD here.
        var written = _bytes.AsSpan(start, Length - start);
        _isSuspicious |= written.IndexOf("\\uFFFD"u8) >= 0 || written.IndexOf("\\u0000"u8) >= 0;
        EndValue(0);
    }

    /// <summary>A value that a converter writes.</summary>
    public void Converted<T>(BodyConverter<T> converter, T? value)
    {
        var left = BodyPath.MaxDepth - _depth;
        var json = _converted[left] ??= new Utf8JsonWriter(this, new JsonWriterOptions { MaxDepth = Math.Max(left, 1) });
        var start = Length;
        json.Reset();
        converter.Write(json, value);
        json.Flush();
        if (left == 0 && _bytes[start] is (byte)'{' or (byte)'[')
        {
            throw new InvalidOperationException($"Nested deeper than {BodyPath.MaxDepth}.");
        }

        // A converter may have written any escape as it is.
        _isSuspicious |= _bytes.AsSpan(start, Length - start).IndexOf("\\u"u8) >= 0;
        EndValue(0);
    }

    /// <summary>Free memory for <paramref name="size"/> bytes and a comma.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Space(int size)
    {
        if (_bytes.Length - Length <= size)
        {
            Grow(size);
        }

        return _bytes.AsSpan(Length);
    }

    /// <summary>Free memory for <paramref name="size"/> bytes after a quote.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Quoted(int size)
    {
        var space = Space(size + 2);
        space[0] = (byte)'"';
        return space[1..];
    }

    /// <summary>Takes over what was written into <see cref="Space"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndValue(int length)
    {
        Length += length;
        _bytes[Length++] = (byte)',';
    }

    /// <summary>Takes over what was written into <see cref="Quoted"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndQuoted(int length)
    {
        _bytes[Length + length + 1] = (byte)'"';
        EndValue(length + 2);
    }

    void IBufferWriter<byte>.Advance(int count) => Length += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        Space(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(Length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => Space(Math.Max(sizeHint, 1));

    // Plain runs are copied, single units escaped.
    private void EscapedText(ReadOnlySpan<char> text, int special)
    {
        CheckLimit(text.Length);
        var space = Quoted(checked(text.Length * MaxEscape));
        var length = 0;
        while (special >= 0)
        {
            Ascii.FromUtf16(text[..special], space[length..], out _);
            length += special;
            var isPair = special + 1 < text.Length && char.IsSurrogatePair(text[special], text[special + 1]);
            length += isPair
                ? Hexadecimal(text[special], space[length..]) + Hexadecimal(text[special + 1], space[(length + MaxEscape)..])
                : Escape(text[special], space[length..]);
            text = text[(special + (isPair ? 2 : 1))..];
            special = text.IndexOfAnyExcept(s_plain);
        }

        Ascii.FromUtf16(text, space[length..], out _);
        EndQuoted(length + text.Length);
    }

    private int Escape(char unit, Span<byte> space)
    {
        var brief = unit switch { '\b' => 'b', '\t' => 't', '\n' => 'n', '\f' => 'f', '\r' => 'r', '\\' => '\\', _ => '\0' };
        if (brief != '\0')
        {
            space[0] = (byte)'\\';
            space[1] = (byte)brief;
            return 2;
        }

        // A surrogate alone is written as the framework writes it; the body will be refused.
        _isSuspicious |= unit == '\0' || char.IsSurrogate(unit);
        return Hexadecimal(char.IsSurrogate(unit) ? '\uFFFD' : unit, space);
    }

    private static int Hexadecimal(char unit, Span<byte> space)
    {
        space[0] = (byte)'\\';
        space[1] = (byte)'u';
        for (var i = 0; i < 4; i++)
        {
            space[2 + i] = "0123456789ABCDEF"u8[(unit >> (12 - (4 * i))) & 15];
        }

        return MaxEscape;
    }

    private void CheckLimit(int more)
    {
        if (Length + (long)more > _limit)
        {
            throw new BodyRefusedException(TooLong);
        }
    }

    private void Grow(int size)
    {
        CheckLimit(0);
        if (Length + (long)size >= Array.MaxLength / 2)
        {
            throw new InvalidOperationException("The events of one put take more than a gigabyte of JSON: put them in several calls, or as an async stream.");
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(_bytes.Length * 2), checked(Length + size + 1)));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
