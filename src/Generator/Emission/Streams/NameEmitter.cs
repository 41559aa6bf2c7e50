using System.Globalization;
using System.Text;
using Typed.Generator.Model;
using Typed.Generator.Model.Streams;

namespace Typed.Generator.Emission.Streams;

/// <summary>Emits the method that finds a member by its name in JSON: by length, which tells most names apart, then by the bytes.</summary>
internal static class NameEmitter
{
    private const int Known = -2;

    public static void Write(SourceWriter writer, int index, BodyObject shape)
    {
        var names = shape.Members.Select((member, i) => (member.Json, Result: member.Read == ReadInto.Nothing ? Known : i))
            .Concat(shape.FormerNames.Select((former, i) => (former.Json, Result: shape.Members.Count + i)))
            .Concat(shape.Skipped.Select(name => (Json: name, Result: Known)))
            .GroupBy(name => Encoding.UTF8.GetByteCount(name.Json))
            .OrderBy(group => group.Key);
        writer.Open($"private static int Member_{index}(global::System.ReadOnlySpan<byte> name)").Open("switch (name.Length)");
        foreach (var group in names)
        {
            writer.Line($"case {group.Key.ToString(CultureInfo.InvariantCulture)}:");
            foreach (var (json, result) in group)
            {
                writer.Line($"    if (global::System.MemoryExtensions.SequenceEqual(name, {CSharp.Literal(json)}u8)) return {CSharp.Literal(result)};");
            }

            writer.Line("    break;");
        }

        writer.Close().Line().Line("return -1;").Close().Line();
    }
}
