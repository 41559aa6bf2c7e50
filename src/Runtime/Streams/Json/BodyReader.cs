using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Typed.Streams.Json;

namespace Typed.Generated;

/// <summary>
/// Reads values as strictly as <c>System.Text.Json</c>. Each method expects the reader on the value's first token and leaves it on the last. Errors say only
/// what was expected: what was found, and where, is read from the text once something failed.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BodyReader
{
    // The framework's own converters parse these types, and ask for options without looking at them.
    internal static readonly JsonSerializerOptions Unused = new();

    /// <summary>Whether the value is null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsNull(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null;

    /// <summary>Expects that a converter gave a value.</summary>
    public static T Present<T>(ref Utf8JsonReader reader, T value) => value is null ? throw Unexpected(ref reader, "a value, not null") : value;

    /// <summary>Expects an object.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StartObject(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Unexpected(ref reader, "an object");
        }
    }

    /// <summary>Expects an array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StartArray(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Unexpected(ref reader, "an array");
        }
    }

    /// <summary>The version of the class that wrote the object which the reader stands on; the newest of what is no object.</summary>
    /// <param name="reader">A copy: the caller's stays where it is.</param>
    /// <param name="newest">The version of today.</param>
    public static int Version(Utf8JsonReader reader, int newest)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return newest;
        }

        while (NextMember(ref reader))
        {
            var isVersion = reader.ValueTextEquals("$version"u8);
            reader.Read();
            if (isVersion)
            {
                return Int32(ref reader);
            }

            reader.Skip();
        }

        // Before there was a second one, none was written.
        return 1;
    }

    /// <summary>The error for an event of a version that no class reads.</summary>
    public static Exception UnknownVersion(int version, int newest) => new BodyReadException(
        version > newest ? $"its version {version} is newer than the class's, {newest}: a later program wrote it"
            : $"no [Upcast] leads from its version {version} to the class's, {newest}",
        JsonTokenType.EndObject);

    /// <summary>Goes to the next member's name; false at the end of the object.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Goes to the next element; false at the end of the array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool NextItem(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    /// <summary>The name of a member that is spelled with escapes.</summary>
    public static ReadOnlySpan<byte> Unescape(ref Utf8JsonReader reader) => Encoding.UTF8.GetBytes(reader.GetString()!);

    /// <summary>A text.</summary>
    public static string Text(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw Unexpected(ref reader, "a text");

    /// <summary>A text or null.</summary>
    public static string? TextOrNull(ref Utf8JsonReader reader) => IsNull(ref reader) ? null : Text(ref reader);

    /// <summary>Bytes in base 64.</summary>
    public static byte[] Bytes(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var value) ? value : throw Unexpected(ref reader, "bytes in base 64");

    /// <summary>Bytes in base 64, or null.</summary>
    public static byte[]? BytesOrNull(ref Utf8JsonReader reader) => IsNull(ref reader) ? null : Bytes(ref reader);

    /// <summary>A truth value.</summary>
    public static bool Boolean(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Unexpected(ref reader, "true or false"),
    };

    /// <summary>An integer from -128 to 127.</summary>
    public static sbyte SByte(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetSByte(out var value) ? value : throw Unexpected(ref reader, "an integer from -128 to 127");

    /// <summary>An integer from 0 to 255.</summary>
    public static byte Byte(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetByte(out var value) ? value : throw Unexpected(ref reader, "an integer from 0 to 255");

    /// <summary>An integer of 16 bits.</summary>
    public static short Int16(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt16(out var value) ? value : throw Unexpected(ref reader, "an integer of 16 bits");

    /// <summary>A non-negative integer of 16 bits.</summary>
    public static ushort UInt16(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetUInt16(out var value)
            ? value
            : throw Unexpected(ref reader, "a non-negative integer of 16 bits");

    /// <summary>An integer of 32 bits.</summary>
    public static int Int32(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value) ? value : throw Unexpected(ref reader, "an integer of 32 bits");

    /// <summary>A non-negative integer of 32 bits.</summary>
    public static uint UInt32(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetUInt32(out var value)
            ? value
            : throw Unexpected(ref reader, "a non-negative integer of 32 bits");

    /// <summary>An integer of 64 bits.</summary>
    public static long Int64(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) ? value : throw Unexpected(ref reader, "an integer of 64 bits");

    /// <summary>A non-negative integer of 64 bits.</summary>
    public static ulong UInt64(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out var value)
            ? value
            : throw Unexpected(ref reader, "a non-negative integer of 64 bits");

    /// <summary>A number.</summary>
    public static float Single(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetSingle(out var value) ? value : throw Unexpected(ref reader, "a number");

    /// <summary>A number.</summary>
    public static double Double(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) ? value : throw Unexpected(ref reader, "a number");

    /// <summary>A decimal number.</summary>
    public static decimal Decimal(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var value) ? value : throw Unexpected(ref reader, "a decimal number");

    /// <summary>Any value.</summary>
    public static JsonElement Element(ref Utf8JsonReader reader) => JsonElement.ParseValue(ref reader);

    /// <summary>A time in UTC.</summary>
    public static DateTime DateTime(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetDateTime(out var value) && value.Kind == DateTimeKind.Utc
            ? value
            : throw Unexpected(ref reader, "a date and time in UTC, ending in Z");

    /// <summary>A GUID.</summary>
    public static Guid Guid(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out var value) ? value : throw Unexpected(ref reader, "a GUID");

    /// <summary>A date and time.</summary>
    public static DateTimeOffset DateTimeOffset(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var value) ? value : throw Unexpected(ref reader, "a date and time");

    /// <summary>A date.</summary>
    public static DateOnly DateOnly(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
            ? JsonMetadataServices.DateOnlyConverter.Read(ref reader, typeof(DateOnly), Unused)
            : throw Unexpected(ref reader, "a date");

    /// <summary>A time of day.</summary>
    public static TimeOnly TimeOnly(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
            ? JsonMetadataServices.TimeOnlyConverter.Read(ref reader, typeof(TimeOnly), Unused)
            : throw Unexpected(ref reader, "a time of day");

    /// <summary>A duration.</summary>
    public static TimeSpan TimeSpan(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
            ? JsonMetadataServices.TimeSpanConverter.Read(ref reader, typeof(TimeSpan), Unused)
            : throw Unexpected(ref reader, "a duration");

    /// <summary>A single character.</summary>
    public static char Char(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
            ? JsonMetadataServices.CharConverter.Read(ref reader, typeof(char), Unused)
            : throw Unexpected(ref reader, "a single character");

    /// <summary>A number.</summary>
    public static Half Half(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number
            ? JsonMetadataServices.HalfConverter.Read(ref reader, typeof(Half), Unused)
            : throw Unexpected(ref reader, "a number");

    /// <summary>An integer of 128 bits.</summary>
    public static Int128 Int128(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number
            ? JsonMetadataServices.Int128Converter.Read(ref reader, typeof(Int128), Unused)
            : throw Unexpected(ref reader, "an integer of 128 bits");

    /// <summary>A non-negative integer of 128 bits.</summary>
    public static UInt128 UInt128(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number
            ? JsonMetadataServices.UInt128Converter.Read(ref reader, typeof(UInt128), Unused)
            : throw Unexpected(ref reader, "a non-negative integer of 128 bits");

    /// <summary>An address, absolute or not.</summary>
    public static Uri Uri(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && System.Uri.TryCreate(reader.GetString(), UriKind.RelativeOrAbsolute, out var value)
            ? value
            : throw Unexpected(ref reader, "an address");

    /// <summary>An address, or null.</summary>
    public static Uri? UriOrNull(ref Utf8JsonReader reader) => IsNull(ref reader) ? null : Uri(ref reader);

    /// <summary>A version of two to four numbers.</summary>
    public static Version Version(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
            ? JsonMetadataServices.VersionConverter.Read(ref reader, typeof(Version), Unused)!
            : throw Unexpected(ref reader, "a version");

    /// <summary>A version, or null.</summary>
    public static Version? VersionOrNull(ref Utf8JsonReader reader) => IsNull(ref reader) ? null : Version(ref reader);

    /// <summary>The error of an object that lacks members.</summary>
    /// <param name="missing">A bit for each name that was not there.</param>
    /// <param name="names">The names, in the order of the bits.</param>
    [DoesNotReturn]
    public static void Missing(ulong missing, ReadOnlySpan<string> names)
    {
        List<string> lacking = [];
        for (var i = 0; i < names.Length; i++)
        {
            if ((missing >> i & 1) != 0)
            {
                lacking.Add(names[i]);
            }
        }

        throw new BodyReadException($"required {(lacking.Count == 1 ? "member" : "members")} missing: {string.Join(", ", lacking)}", JsonTokenType.EndObject);
    }

    internal static BodyReadException Unexpected(ref readonly Utf8JsonReader reader, string expected) => new(expected, reader.TokenType);
}
