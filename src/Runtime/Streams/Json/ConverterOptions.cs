using System.Text.Json;
using System.Text.Json.Serialization;

namespace Typed.Streams.Json;

/// <summary>The options that converters get: those under which System.Text.Json writes the same JSON.</summary>
internal static class ConverterOptions
{
    private static readonly JsonSerializerOptions[] s_options =
    [
        .. Enum.GetValues<JsonNaming>().Select(naming => new JsonSerializerOptions
        {
            PropertyNamingPolicy = naming switch
            {
                JsonNaming.CamelCase => JsonNamingPolicy.CamelCase,
                JsonNaming.SnakeCaseLower => JsonNamingPolicy.SnakeCaseLower,
                JsonNaming.KebabCaseLower => JsonNamingPolicy.KebabCaseLower,
                _ => null,
            },
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowOutOfOrderMetadataProperties = true,
            MaxDepth = BodyPath.MaxDepth,
            Converters = { new JsonStringEnumConverter() },
        }),
    ];

    public static JsonSerializerOptions Of(JsonNaming naming) => s_options[(int)naming];

    /// <summary>Whether an error of a converter is none that readers and writers of JSON expect.</summary>
    public static bool IsFailure(Exception failure) => failure is not (JsonException or ArgumentException or InvalidOperationException or OutOfMemoryException);
}
