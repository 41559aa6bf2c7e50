using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Typed.Generated;

/// <summary>The rare ends of writing a body, kept out of the methods that are inlined.</summary>
internal static class BodyWriting
{
    /// <summary>The most containers inside each other, the body itself counted.</summary>
    public const int MaxDepth = 64;

    [DoesNotReturn]
    public static void RefuseNull(JsonEncodedText name) => throw new JsonException($"{name} is null and may not be.");

    /// <summary>The name as it was declared; the encoded text holds it escaped.</summary>
    public static string Decode(JsonEncodedText name)
    {
        var reader = new Utf8JsonReader([(byte)'"', .. name.EncodedUtf8Bytes, (byte)'"']);
        reader.Read();
        return reader.GetString()!;
    }
}
