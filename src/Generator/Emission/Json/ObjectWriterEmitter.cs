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
            writer.Line($"{BodyEmitter.Runtime}ExtensionData.Write(writer, {AccessorEmitter.Get(index, AccessorEmitter.More, extension.Name, extension.Level, extension.Get)});");
        }

        writer.Line("writer.EndObject();").Close().Line();
    }

    private static void WriteMember(SourceWriter writer, BodyModel body, int index, int number, BodyMember member)
    {
        var type = body.Types[member.Type];
        var value = AccessorEmitter.Get(index, number, member.Name, member.Level, member.Get);
        var name = $"Name_{index}_{number}";
        switch (member.Write)
        {
            case WriteWhen.Never:
                break;
            case WriteWhen.Always:
                writer.Line($"writer.Name({name});");
                WriteAlways(writer, body, member, number, value);
                break;
            case WriteWhen.NotNull or WriteWhen.NotDefault when type.CanBeNull:
                WriteIf(writer, $"{value} is {{ }} m{number}", name, BodyEmitter.WritePresent(body, type.Kind == BodyKind.Nullable ? type.Item : member.Type, $"m{number}"));
                break;
            case WriteWhen.NotDefault:
                writer.Line($"{type.Name} m{number} = {value};");
                var isDefault = $"global::System.Collections.Generic.EqualityComparer<{type.Name}>.Default.Equals(m{number}, default({type.Name}))";
                WriteIf(writer, "!" + isDefault, name, BodyEmitter.WritePresent(body, member.Type, $"m{number}"));
                break;
            default:
                writer.Line($"writer.Name({name}); {BodyEmitter.WritePresent(body, member.Type, value)}");
                break;
        }
    }

    private static void WriteAlways(SourceWriter writer, BodyModel body, BodyMember member, int number, string value)
    {
        var type = body.Types[member.Type];
        if (member.WritesNull || !type.CanBeNull)
        {
            writer.Line(BodyEmitter.WriteValue(body, member.Type, value, $"m{number}"));
        }
        else if (type.IsReferenceScalar)
        {
            writer.Line($"writer.Required({value});");
        }
        else
        {
            var present = BodyEmitter.WritePresent(body, type.Kind == BodyKind.Nullable ? type.Item : member.Type, $"m{number}");
            writer.Line($"if ({value} is {{ }} m{number}) {{ {present} }} else {{ writer.RefuseNull(); }}");
        }
    }

    private static void WriteIf(SourceWriter writer, string condition, string name, string present) =>
        writer.Block($"if ({condition})", block => block.Line($"writer.Name({name}); {present}"));
}
