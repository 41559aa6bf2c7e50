using Typed.Generator.Model.Streams;

namespace Typed.Generator.Emission.Streams;

/// <summary>Emits the methods that read and write an array, a list, a set or a queue.</summary>
internal static class ListEmitter
{
    private const string Generic = "global::System.Collections.Generic.";

    public static void Write(SourceWriter writer, BodyModel body, int index)
    {
        var type = body.Types[index];
        WriteWriter(writer, body, index, type);
        WriteReader(writer, body, index, type);
    }

    private static void WriteWriter(SourceWriter writer, BodyModel body, int index, BodyType type)
    {
        var item = body.Types[type.Item].Name;
        ValueEmitter.OpenWriter(writer, body, index);
        writer.Line(SourceWriter.When(type.Collection!.MayBeDefault, "if (value.IsDefault) { writer.Refuse(\"a list without a value\"); }"));
        writer.Line("writer.StartArray();");
        var isEach = type.Collection.Walk == Walk.Each;
        writer.Open(isEach ? $"foreach ({item} item in value)" : $"for (int i = 0; i < value.{type.Collection.Walk}; i++)");
        writer.Line(SourceWriter.When(!isEach, $"{item} item = value[i];")).Line(ValueEmitter.WriteValue(body, type.Item, "item", "present"));
        writer.Close().Line().Line("writer.EndArray();").Close().Line();
    }

    private static void WriteReader(SourceWriter writer, BodyModel body, int index, BodyType type)
    {
        var item = body.Types[type.Item].Name;
        var (start, add, result) = Make(type, item);
        writer.Open($"public static {type.Name} Read_{index}({ValueEmitter.Reader})");
        writer.Line($"{ValueEmitter.Runtime}BodyReader.StartArray(ref reader);");
        writer.Line($"{start} items = new();");
        writer.Block($"while ({ValueEmitter.Runtime}BodyReader.NextItem(ref reader))", loop => loop
            .Line($"{add}({ValueEmitter.Read(body, type.Item, mayBeNull: true)});"));
        writer.Line().Line($"return {result};").Close().Line();
    }

    private static (string Start, string Add, string Result) Make(BodyType type, string item) => type.Collection!.Making switch
    {
        Making.Standard => ($"{Generic}List<{item}>", "items.Add", "items"),
        Making.Set => ($"{Generic}HashSet<{item}>", "items.Add", "items"),
        Making.Own => (type.Name, $"(({Generic}ICollection<{item}>)items).Add", "items"),
        Making.Queue => (type.Name, "items.Enqueue", "items"),
        Making.Factory => ($"{ValueEmitter.Runtime}ArrayBuilder<{item}>", "items.Add", $"{type.Collection.Factory}.CreateRange(items.ToArray())"),
        _ => ($"{ValueEmitter.Runtime}ArrayBuilder<{item}>", "items.Add", "items.ToArray()"),
    };
}
