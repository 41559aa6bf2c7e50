using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Typed.Generated;
using Typed.Streams.Json;

namespace Typed.Conformance.Tests.Streams;

/// <summary>One text through the emitted serializer of a class and through the framework's own: what one cannot read or write the other cannot either.</summary>
internal static class AgainstFramework
{
    private const string Unreadable = "cannot be read";
    private const string Unwritable = "cannot be written";

    private static readonly MethodInfo s_emitted = typeof(AgainstFramework).GetMethod(nameof(EmittedOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static readonly JsonSerializerOptions s_plain = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowOutOfOrderMetadataProperties = true,
    };

    private static readonly JsonSerializerOptions s_options = new(s_plain) { Converters = { new JsonStringEnumConverter() } };

    /// <param name="type">The class.</param>
    /// <param name="text">JSON.</param>
    /// <param name="hasOwnEnums">Whether enums of it have a converter, which the framework asks only where its options have none.</param>
    public static void Compare(Type type, string text, bool hasOwnEnums = false)
    {
        var (value, expected) = Framework(type, text, hasOwnEnums);
        var (actual, written) = Emitted(type, text, value);
        Assert.Equal(expected, actual);
        Assert.Equal(expected, written);
    }

    /// <summary>The text, read and written by the framework.</summary>
    public static (object? Value, string Json) Framework(Type type, string text, bool hasOwnEnums = false)
    {
        try
        {
            var value = JsonSerializer.Deserialize(text, type, hasOwnEnums ? s_plain : s_options);
            return (value, Written(value, type, hasOwnEnums));
        }
        catch (Exception refused) when (refused is not OutOfMemoryException)
        {
            return (null, Unreadable);
        }
    }

    /// <summary>The value, written by the framework.</summary>
    public static string Written(object? value, Type type, bool hasOwnEnums = false)
    {
        try
        {
            return JsonSerializer.Serialize(value, type, hasOwnEnums ? s_plain : s_options);
        }
        catch (Exception refused) when (refused is not OutOfMemoryException)
        {
            return Unwritable;
        }
    }

    /// <summary>The text, read and written by the emitted serializer, and the value, written by it.</summary>
    public static (string Read, string Written) Emitted(Type type, string text, object? value) =>
        ((string, string))s_emitted.MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [text, value], culture: null)!;

    private static (string Read, string Written) EmittedOf<T>(string text, object? value)
        where T : IEventBody<T>
    {
        try
        {
            var read = Write(BodyText.Read<T>(Encoding.UTF8.GetBytes(text)));
            return (read, Write((T?)value));
        }
        catch (EventReadException)
        {
            return (Unreadable, Unreadable);
        }
    }

    private static string Write<T>(T? value)
        where T : IEventBody<T>
    {
        using var buffer = new BodyBuffer();
        return buffer.Write(value!, maxBytes: 1 << 20) is null ? Encoding.UTF8.GetString(buffer.Written.Span) : Unwritable;
    }
}
