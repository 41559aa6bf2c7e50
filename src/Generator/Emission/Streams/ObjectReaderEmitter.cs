using System.Text;
using Typed.Generator.Model;
using Typed.Generator.Model.Streams;

namespace Typed.Generator.Emission.Streams;

/// <summary>
/// Emits the method that reads an object. Where nothing has to be there before the instance, it is made first and filled as members come;
/// otherwise members are collected, and a member that was not there keeps what the class itself gives it.
/// </summary>
internal static class ObjectReaderEmitter
{
    private const int BitsPerWord = 64;

    public static void Write(SourceWriter writer, BodyModel body, int index)
    {
        var type = body.Types[index];
        var shape = type.Object!;
        writer.Open($"public static {type.Name} Read_{index}({ValueEmitter.Reader})");
        if (shape.Constructor is not { } constructor)
        {
            var reason = CSharp.Literal($"{type.Name} has no constructor to read it with.");
            writer.Line($"throw new global::System.NotSupportedException({reason});").Close().Line();
            return;
        }

        var seen = new Bits(shape, constructor);
        writer.Line($"{ValueEmitter.Runtime}BodyReader.StartObject(ref reader);");
        WriteLocals(writer, body, index, constructor, seen);
        WriteLoop(writer, body, index, constructor, seen);
        WriteMissing(writer, shape, seen);
        WriteResult(writer, index, type, constructor, seen);
        writer.Close().Line();
        NameEmitter.Write(writer, index, shape);
    }

    private static void WriteLocals(SourceWriter writer, BodyModel body, int index, BodyConstructor constructor, Bits seen)
    {
        var shape = body.Types[index].Object!;
        if (!constructor.NeedsValues)
        {
            writer.Line($"{body.Types[index].Name} value = {New(index, body.Types[index], constructor, shape)};");
        }
        else
        {
            for (var i = 0; i < shape.Members.Count; i++)
            {
                if (shape.Members[i].Read != ReadInto.Nothing)
                {
                    var initial = constructor.Parameters.FirstOrDefault(parameter => parameter.Member == i)?.Default ?? "default!";
                    writer.Line($"{body.Types[shape.Members[i].Type].Name} m{i} = {initial};");
                }
            }
        }

        for (var word = 0; word < seen.Words; word++)
        {
            writer.Line($"ulong seen{word} = 0;");
        }

        foreach (var member in shape.FormerNames.Select(former => former.Member).Distinct())
        {
            writer.Line($"int name{member} = int.MaxValue;");
        }

        if (shape.Extension is not null)
        {
            writer.Line("global::System.Collections.Generic.Dictionary<string, global::System.Text.Json.JsonElement>? more = null;");
        }
    }

    private static void WriteLoop(SourceWriter writer, BodyModel body, int index, BodyConstructor constructor, Bits seen)
    {
        var shape = body.Types[index].Object!;
        writer.Open($"while ({ValueEmitter.Runtime}BodyReader.NextMember(ref reader))");
        var unescaped = $"{ValueEmitter.Runtime}BodyReader.Unescape(ref reader)";
        writer.Line($"int member = reader.ValueIsEscaped ? Member_{index}({unescaped}) : Member_{index}(reader.ValueSpan);");
        if (shape.Extension is not null)
        {
            writer.Line("string? name = member < 0 ? reader.GetString() : null;");
        }

        writer.Line("reader.Read();").Open("switch (member)");
        for (var i = 0; i < shape.Members.Count; i++)
        {
            var member = shape.Members[i];
            if (member.Read == ReadInto.Nothing)
            {
                continue;
            }

            var ranked = member.FormerNames.Count > 0 ? $" name{i} = 0;" : string.Empty;
            writer.Line($"case {i}: {Take(i)}{ranked} break;");
        }

        // The name of today counts, then the others in order, whatever the order in which an event has them.
        var number = shape.Members.Count;
        foreach (var (_, member, rank) in shape.FormerNames)
        {
            writer.Line($"case {number++}: if (name{member} < {rank}) {{ reader.Skip(); }} else {{ {Take(member)} name{member} = {rank}; }} break;");
        }

        if (shape.Extension is not null)
        {
            writer.Line($"case -1: {ValueEmitter.Runtime}ExtensionData.Add(ref more, name!, ref reader); break;");
        }

        writer.Line("default: reader.Skip(); break;").Close().Close().Line();

        string Take(int i)
        {
            var member = shape.Members[i];
            var read = ValueEmitter.Read(body, member.Type, member.ReadsNull);
            return (constructor.NeedsValues ? $"m{i} = {read};" : Store(index, i, member, read)) + seen.Set(i);
        }
    }

    private static void WriteMissing(SourceWriter writer, BodyObject shape, Bits seen)
    {
        for (var word = 0; word < seen.Words; word++)
        {
            var required = seen.Required(word);
            if (required != 0)
            {
                var mask = $"0x{required:X}UL";
                var names = string.Join(", ", seen.Names(word, shape).Select(CSharp.Literal));
                writer.Block($"if ((seen{word} & {mask}) != {mask})", missing => missing
                    .Line($"{ValueEmitter.Runtime}BodyReader.Missing(~seen{word} & {mask}, new string[] {{ {names} }});")).Line();
            }
        }
    }

    private static void WriteResult(SourceWriter writer, int index, BodyType type, BodyConstructor constructor, Bits seen)
    {
        var shape = type.Object!;
        if (constructor.NeedsValues)
        {
            writer.Line($"{type.Name} value = {New(index, type, constructor, shape)};");
            for (var i = 0; i < shape.Members.Count; i++)
            {
                if (shape.Members[i].Read == ReadInto.Setter)
                {
                    var store = Store(index, i, shape.Members[i], $"m{i}");
                    writer.Line(shape.Members[i].Required ? store : $"if ({seen.Test(i)}) {{ {store} }}");
                }
            }
        }

        if (shape.Extension is { } extension)
        {
            var kept = AccessorEmitter.Get(index, AccessorEmitter.Extension, extension.Access);
            var store = AccessorEmitter.Set(index, AccessorEmitter.Extension, extension.Access, $"{ValueEmitter.Runtime}ExtensionData.Merge({kept}, more)");
            writer.Line($"if (more is not null) {{ {store}; }}");
        }

        writer.Line("return value;");
    }

    private static string Store(int index, int number, BodyMember member, string read) =>
        AccessorEmitter.Set(index, number, member.Access, read) + ";";

    /// <summary>The expression that makes an instance: of the values that were read, or without any.</summary>
    public static string New(int index, BodyType type, BodyConstructor constructor, BodyObject shape, bool isBare = false)
    {
        string Value(int member, string otherwise) => member >= 0 && !isBare && shape.Members[member].Read != ReadInto.Nothing ? $"m{member}" : otherwise;

        var arguments = string.Join(", ", constructor.Parameters.Select(parameter => Value(parameter.Member, parameter.Default)));
        if (constructor.Access is { } access)
        {
            return AccessorEmitter.Create(index, access, arguments);
        }

        var initializers = string.Join(", ", constructor.Initializers
            .Select(initializer => $"{CSharp.Identifier(initializer.Name)} = {Value(initializer.Member, "default!")}"));
        var creation = new StringBuilder($"new {type.Name}({arguments})");
        return initializers.Length == 0 ? creation.ToString() : creation.Append(" { ").Append(initializers).Append(" }").ToString();
    }

    /// <summary>The bits of the members whose coming has to be remembered: required ones, and ones that are set only if they came.</summary>
    private sealed class Bits
    {
        private readonly Dictionary<int, int> _bits = [];
        private readonly HashSet<int> _required = [];

        public Bits(BodyObject shape, BodyConstructor constructor)
        {
            for (var i = 0; i < shape.Members.Count; i++)
            {
                var member = shape.Members[i];
                if (member.Read != ReadInto.Nothing && (member.Required || (constructor.NeedsValues && member.Read == ReadInto.Setter)))
                {
                    _bits.Add(i, _bits.Count);
                    _ = member.Required && _required.Add(i);
                }
            }
        }

        public int Words => (_bits.Count + BitsPerWord - 1) / BitsPerWord;

        public string Set(int member) => _bits.TryGetValue(member, out var bit) ? $" seen{bit / BitsPerWord} |= {Mask(bit)};" : string.Empty;

        public string Test(int member) => $"(seen{_bits[member] / BitsPerWord} & {Mask(_bits[member])}) != 0";

        public ulong Required(int word) =>
            _required.Where(member => _bits[member] / BitsPerWord == word).Aggregate(0UL, (mask, member) => mask | (1UL << (_bits[member] % BitsPerWord)));

        public IEnumerable<string> Names(int word, BodyObject shape) =>
            _bits.Where(pair => pair.Value / BitsPerWord == word).OrderBy(pair => pair.Value).Select(pair => shape.Members[pair.Key].Json);

        private static string Mask(int bit) => $"0x{1UL << (bit % BitsPerWord):X}UL";
    }
}
