using Typed.Generator.Model;
using Typed.Generator.Model.Streams;

namespace Typed.Generator.Emission.Streams;

/// <summary>Emits the table of an enum's names.</summary>
internal static class EnumEmitter
{
    public static void Write(SourceWriter writer, int index, BodyType type)
    {
        var names = type.Enum!.Names.Select(name =>
            $", new {ValueEmitter.Runtime}EnumName({CSharp.Literal(name.Text)}, {CSharp.Literal(name.Key)}, {CSharp.Literal(name.Renamed)})");
        var arguments = CSharp.Literal(type.Enum.IsFlags) + string.Concat(names);
        writer.Line($"private static readonly {ValueEmitter.Runtime}EnumText<{type.Name}> Enum_{index} = new({arguments});").Line();
    }
}
