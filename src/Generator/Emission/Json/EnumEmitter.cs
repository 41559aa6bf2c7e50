using System.Globalization;
using Typed.Generator.Model.Json;

namespace Typed.Generator.Emission.Json;

/// <summary>The table of an enum's names.</summary>
internal static class EnumEmitter
{
    public static void Write(SourceWriter writer, int index, BodyType type)
    {
        var names = type.Enum!.Names.Select(name =>
            $"new {BodyEmitter.Runtime}EnumName({CSharp.Literal(name.Text)}, {name.Key.ToString(CultureInfo.InvariantCulture)}UL, {CSharp.Literal(name.Renamed)})");
        writer.Line($"private static readonly {BodyEmitter.Runtime}EnumText<{type.Name}> Enum_{index} = new({CSharp.Literal(type.Enum.IsFlags)}{string.Concat(names.Select(name => ", " + name))});").Line();
    }
}
