using Typed.Generator.Model.Streams;

namespace Typed.Generator.Emission.Streams;

/// <summary>Emits the methods that read and write a dictionary: its keys are names in JSON, unchanged by any naming policy.</summary>
internal static class MapEmitter
{
    private const string Generic = "global::System.Collections.Generic.";

    public static void Write(SourceWriter writer, BodyModel body, int index)
    {
        var type = body.Types[index];
        var (key, value) = (body.Types[type.Key].Name, body.Types[type.Item].Name);
        ValueEmitter.OpenWriter(writer, body, index);
        writer.Line("writer.StartObject();");
        writer.Block($"foreach ({Generic}KeyValuePair<{key}, {value}> entry in value)", loop => loop
            .Line(WriteKey(body, type.Key)).Line($"{value} item = entry.Value;").Line(ValueEmitter.WriteValue(body, type.Item, "item", "present")));
        writer.Line().Line("writer.EndObject();").Close().Line();

        var isOwn = type.Collection!.Making == Making.Own;
        writer.Open($"public static {type.Name} Read_{index}({ValueEmitter.Reader})");
        writer.Line($"{ValueEmitter.Runtime}BodyReader.StartObject(ref reader);");
        writer.Line($"{(isOwn ? type.Name : $"{Generic}Dictionary<{key}, {value}>")} entries = new();");
        writer.Block($"while ({ValueEmitter.Runtime}BodyReader.NextMember(ref reader))", loop => loop
            .Line($"{key} key = {ReadKey(body, type.Key)};").Line("reader.Read();")
            .Line($"entries[key] = {ValueEmitter.Read(body, type.Item, mayBeNull: true)};"));
        writer.Line().Line(type.Collection.Making == Making.Factory ? $"return {type.Collection.Factory}.CreateRange(entries);" : "return entries;");
        writer.Close().Line();
    }

    private static string WriteKey(BodyModel body, int index) =>
        body.Types[index].Kind == BodyKind.Enum ? $"writer.Key(Enum_{index}, entry.Key);" : "writer.Key(entry.Key);";

    private static string ReadKey(BodyModel body, int index) => body.Types[index] switch
    {
        { Kind: BodyKind.Enum } => $"Enum_{index}.ReadKey(ref reader)",
        { Scalar: "Text" } => "reader.GetString()!",
        var key => $"{ValueEmitter.Runtime}BodyKeys.{key.Scalar}(ref reader)",
    };
}
