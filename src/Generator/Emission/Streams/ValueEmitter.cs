using Typed.Generator.Model.Streams;

namespace Typed.Generator.Emission.Streams;

/// <summary>Emits how one value of a body is read and written: directly, or by the methods of its type.</summary>
internal static class ValueEmitter
{
    public const string Reader = "ref global::System.Text.Json.Utf8JsonReader reader";

    public const string Runtime = "global::Typed.Generated.";

    /// <summary>Opens the method that writes values of the type.</summary>
    public static void OpenWriter(SourceWriter writer, BodyModel body, int index, string name = "Write") =>
        writer.Open($"public static void {name}_{index}<TWriter>(TWriter writer, {body.Types[index].Name} value) where TWriter : struct, {Runtime}IBodyWriter");

    /// <summary>An expression that reads a value of the type where the reader stands.</summary>
    public static string Read(BodyModel body, int index, bool mayBeNull)
    {
        var type = body.Types[index];
        if (type.Kind == BodyKind.Nullable)
        {
            var present = Read(body, type.Item, mayBeNull: false);
            return mayBeNull ? $"{Runtime}BodyReader.IsNull(ref reader) ? null : ({type.Name})({present})" : present;
        }

        if (type.IsReferenceScalar)
        {
            return $"{Runtime}BodyReader.{type.Scalar}{(mayBeNull ? "OrNull" : string.Empty)}(ref reader)!";
        }

        if (type.Kind == BodyKind.Converted)
        {
            var converted = $"Converter_{index}.Read(ref reader)";
            return mayBeNull || !type.CanBeNull ? $"{converted}!" : $"{Runtime}BodyReader.Present(ref reader, {converted})!";
        }

        var read = type.Kind switch
        {
            BodyKind.Scalar => $"{Runtime}BodyReader.{type.Scalar}(ref reader)",
            BodyKind.Element => $"{Runtime}BodyReader.Element(ref reader)",
            BodyKind.Enum => $"Enum_{index}.Read(ref reader)",
            _ => $"Read_{index}(ref reader)",
        };
        return mayBeNull && !type.IsValueType ? $"{Runtime}BodyReader.IsNull(ref reader) ? null! : {read}" : read;
    }

    /// <summary>A statement that writes <paramref name="value"/>, which may be null where its type may.</summary>
    /// <param name="body">All types.</param>
    /// <param name="index">The value's type.</param>
    /// <param name="value">An expression, evaluated once.</param>
    /// <param name="local">A name that is free in the scope.</param>
    public static string WriteValue(BodyModel body, int index, string value, string local)
    {
        var type = body.Types[index];
        if (!type.CanBeNull || type.WritesNull)
        {
            return WritePresent(body, index, value);
        }

        var present = type.Kind == BodyKind.Nullable ? type.Item : index;
        return $"if ({value} is {{ }} {local}) {{ {WritePresent(body, present, local)} }} else {{ writer.Null(); }}";
    }

    /// <summary>A statement that writes <paramref name="value"/>, which is not null unless it is a text or bytes.</summary>
    public static string WritePresent(BodyModel body, int index, string value) => body.Types[index].Kind switch
    {
        BodyKind.Scalar when body.Types[index].Scalar is "Half" or "Int128" or "UInt128" => $"writer.Number({value});",
        BodyKind.Scalar or BodyKind.Element => $"writer.Value({value});",
        BodyKind.Enum => $"writer.Value(Enum_{index}, {value});",
        BodyKind.Converted => $"writer.Value(Converter_{index}, {value});",
        _ => $"Write_{index}(writer, {value});",
    };
}
