using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Typed.Generated;
using Typed.Streams.Json;

namespace Typed.Conformance.Tests.Streams;

/// <summary>Emitted serializers against the framework's own, on the same classes and texts.</summary>
public sealed class SameAsFrameworkTests
{
    private static readonly Lazy<Assembly> s_declared = new(() => EmittedAssembly.Create("Typed.Shapes", [("Shapes.cs", Shapes.Source)]).Assembly);

    private static readonly JsonSerializerOptions s_options = new()
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
        var type = Type(name);
        var (value, expected) = Framework(type, text);
        var (actual, written) = Emitted(type, text, value);
        Assert.Equal(expected, actual);
        Assert.Equal(expected, written);
    }

    /// <summary>Which the framework's own serializer refuses, though no harm is in it.</summary>
    [Fact]
    public void Parameters_passed_by_in()
    {
        const string Text = """{"a":1,"b":"x","c":{"value":2,"hidden":3}}""";
        Assert.Equal(Text, Emitted(Type("PassedIn"), Text, value: null).Read);
    }

    private static Type Type(string name) => s_declared.Value.GetType("Shapes." + name, throwOnError: true)!;

    private static (string Read, string Written) Emitted(Type type, string text, object? value) =>
        ((string, string))typeof(SameAsFrameworkTests).GetMethod(nameof(EmittedOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, [text, value])!;

    private static (object? Value, string Json) Framework(Type type, string text)
    {
        try
        {
            var value = JsonSerializer.Deserialize(text, type, s_options);
            try
            {
                return (value, JsonSerializer.Serialize(value, type, s_options));
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
