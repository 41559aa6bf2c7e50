using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Typed.Generated;

/// <summary>
/// Reads keys of dictionaries, which are names in JSON, by the framework's own converters. Each method expects the reader on the name.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BodyKeys
{
    /// <summary>An integer from -128 to 127.</summary>
    public static sbyte SByte(ref Utf8JsonReader reader) => Read(ref reader, JsonMetadataServices.SByteConverter);

    /// <summary>An integer from 0 to 255.</summary>
    public static byte Byte(ref Utf8JsonReader reader) => Read(ref reader, JsonMetadataServices.ByteConverter);

    /// <summary>An integer of 16 bits.</summary>
    public static short Int16(ref Utf8JsonReader reader) => Read(ref reader, JsonMetadataServices.Int16Converter);

    /// <summary>A non-negative integer of 16 bits.</summary>
    public static ushort UInt16(ref Utf8JsonReader reader) => Read(ref reader, JsonMetadataServices.UInt16Converter);

    /// <summary>An integer of 32 bits.</summary>
    public static int Int32(ref Utf8JsonReader reader) => Read(ref reader, JsonMetadataServices.Int32Converter);

    /// <summary>A non-negative integer of 32 bits.</summary>
    public static uint UInt32(ref Utf8JsonReader reader) => Read(ref reader, JsonMetadataServices.UInt32Converter);

    /// <summary>An integer of 64 bits.</summary>
    public static long Int64(ref Utf8JsonReader reader) => Read(ref reader, JsonMetadataServices.Int64Converter);

    /// <summary>A non-negative integer of 64 bits.</summary>
    public static ulong UInt64(ref Utf8JsonReader reader) => Read(ref reader, JsonMetadataServices.UInt64Converter);

    /// <summary>An integer of 128 bits.</summary>
    public static Int128 Int128(ref Utf8JsonReader reader) => Read(ref reader, JsonMetadataServices.Int128Converter);

    /// <summary>A non-negative integer of 128 bits.</summary>
    public static UInt128 UInt128(ref Utf8JsonReader reader) => Read(ref reader, JsonMetadataServices.UInt128Converter);

    /// <summary>A number.</summary>
    public static Half Half(ref Utf8JsonReader reader) => Read(ref reader, JsonMetadataServices.HalfConverter);

    /// <summary>A number.</summary>
    public static float Single(ref Utf8JsonReader reader) => Read(ref reader, JsonMetadataServices.SingleConverter);

    /// <summary>A number.</summary>
    public static double Double(ref Utf8JsonReader reader) => Read(ref reader, JsonMetadataServices.DoubleConverter);

    /// <summary>A decimal number.</summary>
    public static decimal Decimal(ref Utf8JsonReader reader) => Read(ref reader, JsonMetadataServices.DecimalConverter);

    /// <summary>A GUID.</summary>
    public static Guid Guid(ref Utf8JsonReader reader) => Read(ref reader, JsonMetadataServices.GuidConverter);

    internal static bool IsFinite<T>(T key)
        where T : struct => key switch
    {
        double number => double.IsFinite(number),
        float number => float.IsFinite(number),
        Half number => System.Half.IsFinite(number),
        _ => true,
    };

    internal static void CheckFinite<T>(T key)
        where T : struct
    {
        if (!IsFinite(key))
        {
            throw new ArgumentException("Not a finite number.", nameof(key));
        }
    }

    private static T Read<T>(ref Utf8JsonReader reader, JsonConverter<T> converter) => converter.ReadAsPropertyName(ref reader, typeof(T), BodyReader.Unused);
}
