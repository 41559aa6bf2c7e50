using Typed.Generator.Model.Streams;

namespace Typed.Generator.Emission.Streams;

/// <summary>Emits the methods that read and write a dictionary: its keys are names in JSON, unchanged by any naming policy.</summary>
internal static class MapEmitter
{
    public static void Write(SourceWriter writer, BodyModel body, int index)
    {
        var type = body.Types[index];
        var value = body.Types[type.Item].Name;
        ValueEmitter.OpenWriter(writer, body, index);
        writer.Line("writer.StartObject();");
        writer.Block($"foreach (global::System.Collections.Generic.KeyValuePair<string, {value}> entry in value)", loop => loop
            .Line("writer.Key(entry.Key);").Line($"{value} item = entry.Value;").Line(ValueEmitter.WriteValue(body, type.Item, "item", "present")));
        writer.Line().Line("writer.EndObject();").Close().Line();

        writer.Open($"public static {type.Name} Read_{index}({ValueEmitter.Reader})");
        writer.Line($"{ValueEmitter.Runtime}BodyReader.StartObject(ref reader);");
        writer.Line($"global::System.Collections.Generic.Dictionary<string, {value}> entries = new();");
        writer.Block($"while ({ValueEmitter.Runtime}BodyReader.NextMember(ref reader))", loop => loop
            .Line("string key = reader.GetString()!;").Line("reader.Read();").Line($"entries[key] = {ValueEmitter.Read(body, type.Item, mayBeNull: true)};"));
        writer.Line().Line("return entries;").Close().Line();
    }
}
