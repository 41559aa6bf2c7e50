using Typed.Generator.Model.Json;

namespace Typed.Generator.Emission.Json;

/// <summary>Arrays and lists.</summary>
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
        writer.Open($"public static void Write_{index}<TWriter>(TWriter writer, {type.Name} value) where TWriter : struct, {BodyEmitter.Runtime}IBodyWriter");
        writer.Line("writer.StartArray();");

        // By index: no enumerator is allocated, also not for the interface.
        var length = type.Kind == BodyKind.Array ? "Length" : "Count";
        writer.Open($"for (int i = 0; i < value.{length}; i++)");
        writer.Line($"{body.Types[type.Item].Name} item = value[i];").Line(BodyEmitter.WriteValue(body, type.Item, "item", "present"));
        writer.Close().Line().Line("writer.EndArray();").Close().Line();
    }

    private static void WriteReader(SourceWriter writer, BodyModel body, int index, BodyType type)
    {
        var item = BodyEmitter.Read(body, type.Item, mayBeNull: true);
        var name = body.Types[type.Item].Name;
        var isList = type.Kind == BodyKind.List;
        writer.Open($"public static {type.Name} Read_{index}({BodyEmitter.Reader})");
        writer.Line($"{BodyEmitter.Runtime}BodyReader.StartArray(ref reader);");
        writer.Line(isList ? $"{type.Name} items = new();" : $"{BodyEmitter.Runtime}ArrayBuilder<{name}> items = new();");
        writer.Block($"while ({BodyEmitter.Runtime}BodyReader.NextItem(ref reader))", loop => loop.Line($"items.Add({item});"));
        writer.Line().Line(isList ? "return items;" : "return items.ToArray();").Close().Line();
    }
}
