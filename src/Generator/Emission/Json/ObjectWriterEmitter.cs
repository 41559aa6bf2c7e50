using Typed.Generator.Model.Json;

namespace Typed.Generator.Emission.Json;

/// <summary>Writes an object: its names, encoded once, and the walk over its members.</summary>
internal static class ObjectWriterEmitter
{
    public static void Write(SourceWriter writer, BodyModel body, int index)
    {
        var type = body.Types[index];
        var shape = type.Object!;
        for (var i = 0; i < shape.Members.Count; i++)
        {
            if (shape.Members[i].Write != WriteWhen.Never)
            {
                writer.Line($"private static readonly global::System.Text.Json.JsonEncodedText Name_{index}_{i} = global::System.Text.Json.JsonEncodedText.Encode({CSharp.Literal(shape.Members[i].Json)});");
            }
        }

        writer.Line().Open($"public static void Write_{index}<TWriter>(TWriter writer, {type.Name} value) where TWriter : struct, {BodyEmitter.Runtime}IBodyWriter");
        if (index == 0 && !type.IsValueType)
        {
            writer.Block("if (value is null)", none => none.Line("writer.Null();").Line("return;")).Line();
        }

        writer.Line("writer.StartObject();");
        for (var i = 0; i < shape.Members.Count; i++)
        {
            WriteMember(writer, body, index, i, shape.Members[i]);
        }

        if (shape.Extension is { } extension)
        {
            writer.Line($"{BodyEmitter.Runtime}ExtensionData.Write(writer, value.{CSharp.Identifier(extension.Name)});");
        }

        writer.Line("writer.EndObject();").Close().Line();
    }

    private static void WriteMember(SourceWriter writer, BodyModel body, int index, int number, BodyMember member)
    {
        var type = body.Types[member.Type];
        var value = member.Get is { } get ? AccessorEmitter.Call("Get", index, number, get, "value") : $"value.{CSharp.Identifier(member.Name)}";
        var name = $"Name_{index}_{number}";
        switch (member.Write)
        {
            case WriteWhen.Never:
                break;
            case WriteWhen.Always when type.Kind == BodyKind.Scalar:
                writer.Line($"writer.{Method(type, member)}({name}, {value});");
                break;
            case WriteWhen.Always when type.Kind is BodyKind.Enum or BodyKind.Element || (type.Kind == BodyKind.Object && type.IsValueType):
                writer.Line(WritePresent(body, member.Type, name, value));
                break;
            case WriteWhen.Always:
                var absent = member.WritesNull ? $"writer.Null({name});" : $"writer.RefuseNull({name});";
                WriteIf(writer, body, member, number, name, value, absent);
                break;
            case WriteWhen.NotNull when type.CanBeNull:
                WriteIf(writer, body, member, number, name, value, absent: null);
                break;
            case WriteWhen.NotNull:
                writer.Line(WritePresent(body, member.Type, name, value));
                break;
            case WriteWhen.NotDefault when type.CanBeNull:
                WriteIf(writer, body, member, number, name, value, absent: null);
                break;
            default:
                writer.Line($"var m{number} = {value};");
                writer.Block(
                    $"if (!global::System.Collections.Generic.EqualityComparer<{type.Name}>.Default.Equals(m{number}, default({type.Name})))",
                    present => present.Line(WritePresent(body, member.Type, name, $"m{number}")));
                break;
        }
    }

    private static void WriteIf(SourceWriter writer, BodyModel body, BodyMember member, int number, string name, string value, string? absent)
    {
        var type = body.Types[member.Type];
        var inner = type.Kind == BodyKind.Nullable ? type.Item : member.Type;
        writer.Block($"if ({value} is {{ }} m{number})", present => present.Line(WritePresent(body, inner, name, $"m{number}")));
        if (absent is not null)
        {
            writer.Block("else", otherwise => otherwise.Line(absent));
        }
    }

    // A text or bytes that may be null is one call; so is one that may not, which looks for itself.
    private static string Method(BodyType type, BodyMember member) => type.IsReferenceScalar && !member.WritesNull ? "Required" : "Member";

    private static string WritePresent(BodyModel body, int index, string name, string value) => body.Types[index].Kind switch
    {
        BodyKind.Scalar or BodyKind.Element => $"writer.Member({name}, {value});",
        BodyKind.Enum => $"writer.Member({name}, Enum_{index}, {value});",
        _ => $"writer.Name({name}); Write_{index}(writer, {value});",
    };
}
