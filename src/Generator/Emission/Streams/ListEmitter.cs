using Typed.Generator.Model.Streams;

namespace Typed.Generator.Emission.Streams;

/// <summary>Emits the methods that read and write an array or a list.</summary>
internal static class ListEmitter
{
    public static void Write(SourceWriter writer, BodyModel body, int index)
    {
        var type = body.Types[index];
        WriteWriter(writer, body, index, type);
        WriteReader(writer, body, index, type);
    }

    private static void WriteWriter(SourceWriter writer, BodyModel body, int index, BodyType type)
    {
        ValueEmitter.OpenWriter(writer, body, index);
        writer.Line("writer.StartArray();");

        // By index: no enumerator is allocated, also not for the interface.
        var length = type.Kind == BodyKind.Array ? "Length" : "Count";
        writer.Open($"for (int i = 0; i < value.{length}; i++)");
        writer.Line($"{body.Types[type.Item].Name} item = value[i];").Line(ValueEmitter.WriteValue(body, type.Item, "item", "present"));
        writer.Close().Line().Line("writer.EndArray();").Close().Line();
    }

    private static void WriteReader(SourceWriter writer, BodyModel body, int index, BodyType type)
    {
        var item = ValueEmitter.Read(body, type.Item, mayBeNull: true);
        var name = body.Types[type.Item].Name;
        var isList = type.Kind == BodyKind.List;
        writer.Open($"public static {type.Name} Read_{index}({ValueEmitter.Reader})");
        writer.Line($"{ValueEmitter.Runtime}BodyReader.StartArray(ref reader);");
        writer.Line(isList ? $"{type.Name} items = new();" : $"{ValueEmitter.Runtime}ArrayBuilder<{name}> items = new();");
        writer.Block($"while ({ValueEmitter.Runtime}BodyReader.NextItem(ref reader))", loop => loop.Line($"items.Add({item});"));
        writer.Line().Line(isList ? "return items;" : "return items.ToArray();").Close().Line();
    }
}
