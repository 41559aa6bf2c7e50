using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Typed.Streams.Json;

/// <summary>The options that converters get: those under which System.Text.Json writes the same JSON.</summary>
internal static class ConverterOptions
{
    private static readonly JsonSerializerOptions[] s_options = [.. Enum.GetValues<JsonNaming>().Select(Make)];

    public static JsonSerializerOptions Of(JsonNaming naming) => s_options[(int)naming];

    /// <summary>Whether an error of a converter is none that readers and writers of JSON expect.</summary>
    public static bool IsFailure(Exception failure) => failure is not (JsonException or ArgumentException or InvalidOperationException or OutOfMemoryException);

    private static JsonSerializerOptions Make(JsonNaming naming)
    {
        JsonSerializerOptions options = new()
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
        };

        // For converters that ask the options for those of other types, which needs code made at run time anyway.
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            options.Converters.Add(new JsonStringEnumConverter());
        }

        return options;
    }
}
