using Typed.Generator.Model.Json;

namespace Typed.Generator.Emission.Json;

/// <summary>Dictionaries: the keys are names as they are.</summary>
internal static class MapEmitter
{
    public static void Write(SourceWriter writer, BodyModel body, int index)
    {
        var type = body.Types[index];
        var value = body.Types[type.Item].Name;
        writer.Open($"public static void Write_{index}<TWriter>(TWriter writer, {type.Name} value) where TWriter : struct, {BodyEmitter.Runtime}IBodyWriter");
        writer.Line("writer.StartObject();");
        writer.Block($"foreach (global::System.Collections.Generic.KeyValuePair<string, {value}> entry in value)", loop => loop
            .Line("writer.Key(entry.Key);").Line($"{value} item = entry.Value;").Line(BodyEmitter.WriteValue(body, type.Item, "item", "present")));
        writer.Line().Line("writer.EndObject();").Close().Line();

        writer.Open($"public static {type.Name} Read_{index}({BodyEmitter.Reader})");
        writer.Line($"{BodyEmitter.Runtime}BodyReader.StartObject(ref reader);");
        writer.Line($"global::System.Collections.Generic.Dictionary<string, {value}> entries = new();");
        writer.Block($"while ({BodyEmitter.Runtime}BodyReader.NextMember(ref reader))", loop => loop
            .Line("string key = reader.GetString()!;").Line("reader.Read();").Line($"entries[key] = {BodyEmitter.Read(body, type.Item, mayBeNull: true)};"));
        writer.Line().Line("return entries;").Close().Line();
    }
}
