using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Typed.Generated;
using Typed.Streams;

namespace Typed.Conformance.Tests.Streams;

/// <summary>Emitted serializers against the framework's own, on the same classes and texts.</summary>
public sealed class SameAsFrameworkTests
{
    private static readonly Lazy<Assembly> Declared = new(() => EmittedAssembly.Create("Typed.Shapes", [("Shapes.cs", Shapes.Source)]).Assembly);

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter() },
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var (name, texts) in Shapes.Texts)
            {
                foreach (var text in texts)
                {
                    cases.Add(name, text);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reading_and_writing(string name, string text)
    {
        var type = Declared.Value.GetType("Shapes." + name, throwOnError: true)!;
        var (value, expected) = Framework(type, text);
        var method = GetType().GetMethod(nameof(Emitted), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type);
        var (actual, written) = ((string, string))method.Invoke(null, [text, value])!;
        Assert.Equal(expected, actual);
        Assert.Equal(expected, written);
    }

    private static (object? Value, string Json) Framework(Type type, string text)
    {
        try
        {
            var value = JsonSerializer.Deserialize(text, type, Options);
            try
            {
                return (value, JsonSerializer.Serialize(value, type, Options));
            }
            catch (Exception refused) when (refused is JsonException or ArgumentException or InvalidOperationException)
            {
                return (value, "cannot be written");
            }
        }
        catch (JsonException)
        {
            return (null, "cannot be read");
        }
    }

    private static (string Read, string Written) Emitted<T>(string text, object? value)
        where T : IEventBody<T>
    {
        try
        {
            var read = Write(BodyText.Read<T>(Encoding.UTF8.GetBytes(text)));
            return (read, Write((T?)value));
        }
        catch (EventReadException)
        {
            return ("cannot be read", "cannot be read");
        }
    }

    private static string Write<T>(T? value)
        where T : IEventBody<T>
    {
        using var buffer = new BodyBuffer();
        return buffer.Write(value!, maxBytes: 1 << 20) is null ? Encoding.UTF8.GetString(buffer.Written.Span) : "cannot be written";
    }
}
