using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Typed.Conformance.Tests.Streams.Scenarios;

/// <summary>Builds instances as the vectors describe them, without any serializer: some of their values are none that JSON can hold.</summary>
internal static class BodyBuilder
{
    public static object? Build(Type type, JsonElement spec)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return spec.ValueKind == JsonValueKind.Null ? null
            : type == typeof(string) ? Text(spec)
            : type == typeof(int) ? spec.GetInt32()
            : type == typeof(double) ? Number(spec)
            : type == typeof(float) ? (float)Number(spec)
            : type == typeof(DateTimeOffset) ? spec.GetDateTimeOffset()
            : type == typeof(JsonElement) ? Element(spec)
            : type.IsArray ? Array(type.GetElementType()!, spec)
            : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) ? Activator.CreateInstance(type, Array(type.GenericTypeArguments[0], spec))
            : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Dictionary<,>) ? Dictionary(type, spec)
            : spec.TryGetProperty("$chain", out var length) ? Chain(type, length.GetInt32())
            : Record(type, spec);
    }

    private static object Record(Type type, JsonElement spec)
    {
        var names = spec.EnumerateObject().ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
        var constructor = Constructor(type);
        var arguments = constructor.GetParameters().Select(parameter => names.Remove(Camel(parameter.Name!), out var value)
            ? Build(parameter.ParameterType, value)
            : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null).ToArray();
        var built = constructor.Invoke(arguments);
        if (names.Count > 0)
        {
            var extension = type.GetProperties().Single(property => property.IsDefined(typeof(JsonExtensionDataAttribute)));
            extension.SetValue(built, names.ToDictionary(member => member.Key, member => Element(member.Value), StringComparer.Ordinal));
        }

        return built;
    }

    private static object Chain(Type type, int length)
    {
        object? chain = null;
        for (var n = length; n > 0; n--)
        {
            chain = Constructor(type).Invoke([n, chain]);
        }

        return chain!;
    }

    private static Array Array(Type type, JsonElement spec)
    {
        var array = System.Array.CreateInstance(type, spec.GetArrayLength());
        for (var i = 0; i < array.Length; i++)
        {
            array.SetValue(Build(type, spec[i]), i);
        }

        return array;
    }

    private static System.Collections.IDictionary Dictionary(Type type, JsonElement spec)
    {
        var dictionary = (System.Collections.IDictionary)Activator.CreateInstance(type)!;
        foreach (var member in spec.EnumerateObject())
        {
            dictionary.Add(member.Name, Build(type.GenericTypeArguments[1], member.Value));
        }

        return dictionary;
    }

    private static string? Text(JsonElement spec)
    {
        if (spec.ValueKind == JsonValueKind.String)
        {
            return spec.GetString();
        }

        if (spec.TryGetProperty("$repeat", out var repeat))
        {
            return new StringBuilder().Insert(0, repeat[0].GetString()!, repeat[1].GetInt32()).ToString();
        }

        return string.Concat(spec.GetProperty("$utf16").GetString()!.Chunk(4).Select(unit => (char)ushort.Parse(unit, NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
    }

    private static double Number(JsonElement spec) => spec.ValueKind == JsonValueKind.Number
        ? spec.GetDouble()
        : spec.GetProperty("$double").GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var unknown => throw new NotSupportedException(unknown),
        };

    private static JsonElement Element(JsonElement spec)
    {
        using var document = JsonDocument.Parse(ElementText(spec), new JsonDocumentOptions { MaxDepth = 1024 });
        return document.RootElement.Clone();
    }

    private static string ElementText(JsonElement spec)
    {
        if (spec.ValueKind == JsonValueKind.Array)
        {
            return $"[{string.Join(',', spec.EnumerateArray().Select(ElementText))}]";
        }

        if (spec.ValueKind != JsonValueKind.Object)
        {
            return spec.GetRawText();
        }

        if (spec.TryGetProperty("$utf16", out var units))
        {
            return $"\"{string.Concat(units.GetString()!.Chunk(4).Select(unit => $"\\u{new string(unit)}"))}\"";
        }

        if (spec.TryGetProperty("$repeat", out _))
        {
            return JsonSerializer.Serialize(Text(spec));
        }

        return spec.TryGetProperty("$nested", out var depth)
            ? new string('[', depth.GetInt32()) + new string(']', depth.GetInt32())
            : $"{{{string.Join(',', spec.EnumerateObject().Select(member => $"{JsonSerializer.Serialize(member.Name)}:{ElementText(member.Value)}"))}}}";
    }

    private static ConstructorInfo Constructor(Type type) => type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).First();

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
