using System.Buffers;
using System.Globalization;
using System.Text;

namespace Typed.Generated;

/// <summary><see cref="string"/> without U+0000 and lone surrogates, which PostgreSQL cannot store.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TextColumn : IColumn<string>
{
    private static readonly SearchValues<char> s_surrogates = SearchValues.Create([.. Enumerable.Range(0xD800, 0x800).Select(unit => (char)unit)]);

    public static ColumnKind Kind => ColumnKind.Text;
    public static string Read(RowReader row, int ordinal) => row.Text(ordinal);
    public static void Write(ParameterWriter parameters, string value) => parameters.Text(value);
    public static void WriteAll(ArrayWriter arrays, string[] values) => arrays.Texts(values);
    public static int SizeOf(string value) => Encoding.UTF8.GetByteCount(value);

    public static string? Refusal(string value)
    {
        // Callers without nullable annotations can pass null whatever the signature says.
        if (value is null)
        {
            return "null is not a value";
        }

        var index = value.AsSpan().IndexOf('\0');
        if (index >= 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"text contains U+0000 at index {index}");
        }

        index = IndexOfLoneSurrogate(value);
        return index < 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"text contains the lone surrogate U+{(int)value[index]:X4} at index {index}");
    }

    public static bool Equal(string left, string right) => string.Equals(left, right, StringComparison.Ordinal);

    /// <remarks>By code point: surrogates stand above U+FFFF, although their code units do not.</remarks>
    public static int Compare(string left, string right)
    {
        // Texts of default(Key); null orders first, as .NET has it.
        if (left is null || right is null)
        {
            return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        }

        var shared = left.AsSpan().CommonPrefixLength(right);
        if (shared == left.Length || shared == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        char a = left[shared], b = right[shared];
        var surrogates = char.IsSurrogate(a).CompareTo(char.IsSurrogate(b));
        return surrogates != 0 ? surrogates : a.CompareTo(b);
    }

    private static int IndexOfLoneSurrogate(string value)
    {
        var start = value.AsSpan().IndexOfAny(s_surrogates);
        if (start < 0)
        {
            return -1;
        }

        for (var i = start; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i]))
            {
                continue;
            }

            if (i + 1 < value.Length && char.IsSurrogatePair(value[i], value[i + 1]))
            {
                i++;
                continue;
            }

            return i;
        }

        return -1;
    }
}

/// <summary>Bytes, compared by content.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BlobColumn : IColumn<byte[]>
{
    public static ColumnKind Kind => ColumnKind.Blob;
    public static byte[] Read(RowReader row, int ordinal) => row.Blob(ordinal);
    public static void Write(ParameterWriter parameters, byte[] value) => parameters.Blob(value);
    public static void WriteAll(ArrayWriter arrays, byte[][] values) => arrays.Blobs(values);
    public static int SizeOf(byte[] value) => value.Length;
    public static string? Refusal(byte[] value) => value is null ? "null is not a value" : null;
    public static bool Equal(byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right);

    public static int Hash(byte[] value)
    {
        var hash = default(HashCode);
        hash.AddBytes(value);
        return hash.ToHashCode();
    }

    public static int Compare(byte[] left, byte[] right) => left.AsSpan().SequenceCompareTo(right);
}
