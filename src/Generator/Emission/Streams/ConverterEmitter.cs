using Typed.Generator.Model.Streams;

namespace Typed.Generator.Emission.Streams;

/// <summary>Emits the field that holds a converter, which reads and writes values of its type as it is.</summary>
internal static class ConverterEmitter
{
    public static void Write(SourceWriter writer, int index, BodyType type, string naming)
    {
        var converter = $"{ValueEmitter.Runtime}BodyConverter<{type.Name}>";
        writer.Line($"private static readonly {converter} Converter_{index} = new({type.Converter!.Instance}, global::Typed.JsonNaming.{naming});").Line();
    }
}
