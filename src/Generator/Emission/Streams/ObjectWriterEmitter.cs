using Typed.Generator.Model;
using Typed.Generator.Model.Streams;

namespace Typed.Generator.Emission.Streams;

/// <summary>Emits the names of an object's members, encoded once, and the method that writes the object.</summary>
internal static class ObjectWriterEmitter
{
    private const string Text = "global::System.Text.Json.JsonEncodedText";

    public static void Write(SourceWriter writer, BodyModel body, int index)
    {
        var type = body.Types[index];
        var shape = type.Object!;
        for (var i = 0; i < shape.Members.Count; i++)
        {
            if (shape.Members[i].Write != WriteWhen.Never)
            {
                writer.Line($"private static readonly {Text} Name_{index}_{i} = {Text}.Encode({CSharp.Literal(shape.Members[i].Json)});");
            }
        }

        if (index == 0 && body.IsVersioned)
        {
            VersionEmitter.WriteName(writer);
        }

        ValueEmitter.OpenWriter(writer.Line(), body, index);
        if (index == 0 && !type.IsValueType)
        {
            writer.Block("if (value is null)", none => none.Line("writer.Null();").Line("return;")).Line();
        }

        var isCase = body.IsCase(index);
        writer.Line("writer.StartObject();");
        if (index == 0 && body.IsVersioned)
        {
            VersionEmitter.WriteVersion(writer, body);
        }

        if (isCase)
        {
            writer.Line($"Members_{index}(writer, value);").Line("writer.EndObject();").Close().Line();
            ValueEmitter.OpenWriter(writer, body, index, "Members");
        }

        for (var i = 0; i < shape.Members.Count; i++)
        {
            WriteMember(writer, body, index, i, shape.Members[i]);
        }

        if (shape.Extension is { } extension)
        {
            writer.Line($"{ValueEmitter.Runtime}ExtensionData.Write(writer, {AccessorEmitter.Get(index, AccessorEmitter.Extension, extension.Access)});");
        }

        writer.Line(SourceWriter.When(!isCase, "writer.EndObject();")).Close().Line();
    }

    private static void WriteMember(SourceWriter writer, BodyModel body, int index, int number, BodyMember member)
    {
        var type = body.Types[member.Type];
        var value = AccessorEmitter.Get(index, number, member.Access);
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
                WriteIf(writer, $"{value} is {{ }} m{number}", name,
                    ValueEmitter.WritePresent(body, type.Kind == BodyKind.Nullable ? type.Item : member.Type, $"m{number}"));
                break;
            case WriteWhen.NotDefault:
                writer.Line($"{type.Name} m{number} = {value};");
                var isDefault = $"global::System.Collections.Generic.EqualityComparer<{type.Name}>.Default.Equals(m{number}, default({type.Name}))";
                WriteIf(writer, "!" + isDefault, name, ValueEmitter.WritePresent(body, member.Type, $"m{number}"));
                break;
            default:
                writer.Line($"writer.Name({name}); {ValueEmitter.WritePresent(body, member.Type, value)}");
                break;
        }
    }

    private static void WriteAlways(SourceWriter writer, BodyModel body, BodyMember member, int number, string value)
    {
        var type = body.Types[member.Type];
        if (member.WritesNull || !type.CanBeNull)
        {
            writer.Line(ValueEmitter.WriteValue(body, member.Type, value, $"m{number}"));
        }
        else if (type.WritesNull)
        {
            writer.Line(type.Kind == BodyKind.Converted ? $"writer.Required(Converter_{member.Type}, {value});" : $"writer.Required({value});");
        }
        else
        {
            var present = ValueEmitter.WritePresent(body, type.Kind == BodyKind.Nullable ? type.Item : member.Type, $"m{number}");
            writer.Line($"if ({value} is {{ }} m{number}) {{ {present} }} else {{ writer.RefuseNull(); }}");
        }
    }

    private static void WriteIf(SourceWriter writer, string condition, string name, string present) =>
        writer.Block($"if ({condition})", block => block.Line($"writer.Name({name}); {present}"));
}
