using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Typed.Streams.Json;

/// <summary>
/// Walks a body that was refused, or may have to be, and stops at the first member at fault with a <see cref="BodyRefusal"/>.
/// Slow and thorough: it runs only after writing failed or wrote something suspicious.
/// </summary>
internal readonly struct BodyInspector(BodyPath path) : IBodyWriter
{
    public void StartObject() => path.EnterObject();

    public void EndObject() => path.Leave();

    public void StartArray() => path.EnterArray();

    public void EndArray() => path.Leave();

    public void Name(JsonEncodedText name) => path.Member(name);

    public void Key(string key)
    {
        path.Member(key);
        path.CheckText(key);
    }

    public void Key<T>(T key)
        where T : struct, IUtf8SpanFormattable
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{key}");
        path.Member(text);
        if (!BodyKeys.IsFinite(key))
        {
            path.Refuse($"the key {text}, which JSON has no number for");
        }
    }

    public void Key<T>(EnumText<T> text, T key)
        where T : struct, Enum => path.Member(text.Format(key));

    public void Null() => path.Element();

    [DoesNotReturn]
    public void RefuseNull() => path.Refuse("null in a member that may not be null");

    [DoesNotReturn]
    public void Refuse(string reason) => path.Refuse(reason);

    public void Required(string? value)
    {
        if (value is null)
        {
            RefuseNull();
        }

        path.CheckText(value);
    }

    public void Required(byte[]? value)
    {
        if (value is null)
        {
            RefuseNull();
        }
    }

    public void Required(Uri? value) => Required(value?.OriginalString);

    public void Required(Version? value)
    {
        if (value is null)
        {
            RefuseNull();
        }
    }

    // Names of enum members were checked when they were compiled.
    public void Value<T>(EnumText<T> text, T value)
        where T : struct, Enum => path.Element();

    public void Value<T>(BodyConverter<T> converter, T? value)
    {
        path.Element();
        if (value is null && !converter.WritesNull)
        {
            return;
        }

        using var document = Convert(converter, value);
        path.CheckElement(document.RootElement);
        if (value is JsonNode node)
        {
            path.CheckNode(node);
        }
    }

    public void Required<T>(BodyConverter<T> converter, T? value)
    {
        if (value is null)
        {
            RefuseNull();
        }

        Value(converter, value);
    }

    public void Number<T>(T value)
        where T : struct, INumberBase<T>
    {
        path.Element();
        path.CheckNumber(double.CreateSaturating(value));
    }

    public void Untyped(object? value)
    {
        if (!UntypedValue.Write(this, value))
        {
            path.Refuse($"a value of type {value!.GetType()} in extension data");
        }
    }

    public void Value(bool value) => path.Element();

    public void Value(int value) => path.Element();

    public void Value(uint value) => path.Element();

    public void Value(long value) => path.Element();

    public void Value(ulong value) => path.Element();

    public void Value(float value)
    {
        path.Element();
        path.CheckNumber(value);
    }

    public void Value(double value)
    {
        path.Element();
        path.CheckNumber(value);
    }

    public void Value(decimal value) => path.Element();

    public void Value(string? value)
    {
        path.Element();
        path.CheckText(value);
    }

    public void Value(char value) => Value(value.ToString());

    public void Value(Uri? value) => Value(value?.OriginalString);

    public void Value(Version? value) => path.Element();

    public void Value(Guid value) => path.Element();

    public void Value(DateTime value)
    {
        path.Element();
        path.CheckUtc(value);
    }

    public void Value(DateTimeOffset value) => path.Element();

    public void Value(DateOnly value) => path.Element();

    public void Value(TimeOnly value) => path.Element();

    public void Value(TimeSpan value) => path.Element();

    public void Value(byte[]? value) => path.Element();

    public void Value(JsonElement value)
    {
        path.Element();
        path.CheckElement(value);
    }

    private JsonDocument Convert<T>(BodyConverter<T> converter, T? value)
    {
        try
        {
            return converter.ToDocument(value);
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException or InvalidOperationException)
        {
            path.Refuse($"a value that its converter cannot write ({failure.Message})");
            return null;
        }
    }
}
