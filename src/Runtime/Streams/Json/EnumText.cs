using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Typed.Schema;

namespace Typed.Generated;

/// <summary>The texts of an enum, as <c>JsonStringEnumConverter</c> has them with its defaults; known at compile time, nothing is reflected.</summary>
/// <typeparam name="T">The enum.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EnumText<T>
    where T : struct, Enum
{
    // Combinations of flags are texts made at run time; hostile data must not make the cache grow.
    private const int MaxCombinations = 64;

    private readonly EnumName[] _names;
    private readonly byte[][] _utf8;
    private readonly Dictionary<ulong, JsonEncodedText> _single = [];
    private readonly JsonEncodedText[] _dense;
    private readonly ConcurrentDictionary<ulong, JsonEncodedText>? _combined;

    /// <summary>The texts of <paramref name="names"/>.</summary>
    /// <param name="flags">Whether values are combined.</param>
    /// <param name="names">In the order in which names are preferred; of flags, those with the most bits first.</param>
    public EnumText(bool flags, params EnumName[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        _names = names;
        foreach (var name in names)
        {
            _single.TryAdd(name.Key, JsonEncodedText.Encode(name.Text));
        }

        _utf8 = [.. names.Select(name => Encoding.UTF8.GetBytes(name.Text))];
        _dense = [.. Enumerable.Range(0, MaxCombinations).Select(key => _single.GetValueOrDefault((ulong)key))];
        _combined = flags ? new() : null;
    }

    /// <summary>The names and their numbers.</summary>
    internal EnumNumbers Numbers =>
        new(
            _names.DistinctBy(name => name.Text, StringComparer.Ordinal).ToDictionary(name => name.Text, name => (long)name.Key, StringComparer.Ordinal),
            _combined is not null);

    internal bool TryFormat(T value, out JsonEncodedText text)
    {
        var key = Key(value);
        if (key < MaxCombinations)
        {
            text = _dense[key];
            return !text.EncodedUtf8Bytes.IsEmpty || (_combined is not null && TryCombine(key, out text));
        }

        return _single.TryGetValue(key, out text) || (_combined is not null && TryCombine(key, out text));
    }

    /// <summary>Reads a name, several names or a number.</summary>
    public T Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            for (var i = 0; i < _utf8.Length; i++)
            {
                if (reader.ValueTextEquals(_utf8[i]))
                {
                    return Value(_names[i].Key);
                }
            }

            if (TryParse(reader.GetString().AsSpan().Trim(), out var value))
            {
                return value;
            }
        }
        else if (reader.TokenType == JsonTokenType.Number && TryReadNumber(ref reader, out var value))
        {
            return value;
        }

        throw BodyReader.Unexpected(ref reader, $"a name of {typeof(T).Name}");
    }

    /// <summary>Reads the key of a dictionary where the reader stands on its name.</summary>
    public T ReadKey(ref Utf8JsonReader reader) =>
        TryParse(reader.GetString().AsSpan().Trim(), out var value) ? value : throw BodyReader.Unexpected(ref reader, $"a name of {typeof(T).Name}");

    /// <summary>The value as it stands in JSON: for queries, which compare texts.</summary>
    internal string Format(T value) => TryFormat(value, out var text)
        ? text.Value
        : IsSigned ? ((long)Key(value)).ToString(CultureInfo.InvariantCulture) : Key(value).ToString(CultureInfo.InvariantCulture);

    /// <summary>The value of a text.</summary>
    internal T Parse(string text) =>
        TryParse(text.AsSpan().Trim(), out var value) ? value : throw new FormatException($"'{text}' is no name of {typeof(T).Name}.");

    private bool TryParse(ReadOnlySpan<char> text, out T value)
    {
        foreach (var exact in _names)
        {
            if (text.Equals(exact.Text, StringComparison.Ordinal))
            {
                value = Value(exact.Key);
                return true;
            }
        }

        var digits = text.StartsWith('-') || text.StartsWith('+') ? text[1..] : text;
        if (!digits.IsEmpty && digits.IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return Enum.TryParse(text, out value);
        }

        var key = 0UL;
        value = default;
        do
        {
            var comma = text.IndexOf(',');
            var name = comma < 0 ? text : text[..comma].TrimEnd();
            text = comma < 0 ? [] : text[(comma + 1)..].TrimStart();
            if (Find(name) is not { } found)
            {
                return false;
            }

            key |= found.Key;
        }
        while (!text.IsEmpty);

        value = Value(key);
        return true;
    }

    // Names are found in any case, renamed ones only exactly.
    private EnumName? Find(ReadOnlySpan<char> text)
    {
        foreach (var name in _names)
        {
            if (text.Equals(name.Text, name.Renamed ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase))
            {
                return name;
            }
        }

        return null;
    }

    private bool TryCombine(ulong key, out JsonEncodedText text)
    {
        if (_combined!.TryGetValue(key, out text))
        {
            return true;
        }

        // Names come with the most bits first, so one that covers several is preferred to the names of its parts.
        var rest = key;
        List<EnumName> parts = [];
        foreach (var name in _names)
        {
            if (name.Key != 0 && (rest & name.Key) == name.Key)
            {
                rest &= ~name.Key;
                parts.Add(name);
            }
        }

        if (rest != 0 || key == 0)
        {
            return false;
        }

        text = JsonEncodedText.Encode(string.Join(", ", parts.Select(part => part.Text)));
        if (_combined.Count < MaxCombinations)
        {
            _combined.TryAdd(key, text);
        }

        return true;
    }

    private static bool TryReadNumber(ref Utf8JsonReader reader, out T value)
    {
        Unsafe.SkipInit(out value);
        return IsSigned
            ? reader.TryGetInt64(out var signed) && Fits((ulong)signed, out value)
            : reader.TryGetUInt64(out var unsigned) && Fits(unsigned, out value);
    }

    private static bool Fits(ulong key, out T value)
    {
        value = Value(key);
        return Key(value) == key;
    }

    internal static readonly bool IsSigned = Type.GetTypeCode(typeof(T)) is TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64;

    internal static ulong Key(T value) => Unsafe.SizeOf<T>() switch
    {
        1 => IsSigned ? (ulong)Unsafe.BitCast<T, sbyte>(value) : Unsafe.BitCast<T, byte>(value),
        2 => IsSigned ? (ulong)Unsafe.BitCast<T, short>(value) : Unsafe.BitCast<T, ushort>(value),
        4 => IsSigned ? (ulong)Unsafe.BitCast<T, int>(value) : Unsafe.BitCast<T, uint>(value),
        _ => Unsafe.BitCast<T, ulong>(value),
    };

    internal static T Value(ulong key) => Unsafe.SizeOf<T>() switch
    {
        1 => Unsafe.BitCast<byte, T>((byte)key),
        2 => Unsafe.BitCast<ushort, T>((ushort)key),
        4 => Unsafe.BitCast<uint, T>((uint)key),
        _ => Unsafe.BitCast<ulong, T>(key),
    };
}

/// <summary>A member of an enum.</summary>
/// <param name="Text">Its text in JSON.</param>
/// <param name="Key">Its value, signed ones extended to 64 bits.</param>
/// <param name="Renamed">Whether an attribute gave it the text.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record EnumName(string Text, ulong Key, bool Renamed);
