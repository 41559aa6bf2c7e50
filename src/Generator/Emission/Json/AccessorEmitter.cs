using Typed.Generator.Model.Json;

namespace Typed.Generator.Emission.Json;

/// <summary>Methods that the runtime binds to members out of reach. In a class of their own where the owner is generic, since type parameters must match.</summary>
internal static class AccessorEmitter
{
    /// <summary>Stands for the number of the member that keeps unknown members.</summary>
    public const int More = -1;

    public static void Write(SourceWriter writer, int index, BodyObject shape)
    {
        for (var i = 0; i < shape.Members.Count; i++)
        {
            var member = shape.Members[i];
            WriteBoth(writer, index, i, member.Get, member.Set);
        }

        WriteBoth(writer, index, More, shape.Extension?.Get, shape.Extension?.Set);

        if (shape.Constructor?.Access is { } create)
        {
            var parameters = string.Join(", ", shape.Constructor.Parameters.Select((parameter, i) => $"{parameter.Type} p{i}"));
            Wrap(writer, $"New_{index}", create, $"public static extern {create.Owner} New_{index}({parameters});");
        }
    }

    /// <summary>The member's value.</summary>
    public static string Get(int index, int member, string name, string? level, BodyAccessor? accessor) =>
        accessor is null ? Plain(name, level) : Call("Get", index, member, accessor, "value");

    /// <summary>Sets the member.</summary>
    public static string Set(int index, int member, string name, string? level, BodyAccessor? accessor, string value) =>
        accessor is null ? $"{Plain(name, level)} = {value}" : Call("Set", index, member, accessor, "value", value);

    public static string Create(int index, BodyAccessor accessor, string arguments) => $"{Prefix($"New_{index}", accessor)}New_{index}({arguments})";

    private static string Plain(string name, string? level) => (level is null ? "value." : $"(({level})value).") + CSharp.Identifier(name);

    private static string Call(string verb, int index, int member, BodyAccessor accessor, string target, string? value = null)
    {
        var name = Name(verb, index, member);
        var instance = accessor.OwnerIsValueType ? "ref " + target : target;
        var call = $"{Prefix(name, accessor)}{name}({instance}";
        return value is null ? call + ")" : accessor.Kind is "Field" ? $"{call}) = {value}" : $"{call}, {value})";
    }

    private static string Name(string verb, int index, int member) => member == More ? $"{verb}_{index}_More" : $"{verb}_{index}_{member}";

    private static string Prefix(string name, BodyAccessor accessor) => accessor.Parameters.Length == 0 ? string.Empty : $"Access_{name}{accessor.Arguments}.";

    private static void WriteBoth(SourceWriter writer, int index, int member, BodyAccessor? get, BodyAccessor? set)
    {
        if (get is not null)
        {
            WriteOne(writer, Name("Get", index, member), get, get.Kind is "Field" ? $"ref {get.Value}" : get.Value, value: null);
        }

        if (set is not null)
        {
            WriteSetter(writer, Name("Set", index, member), set);
        }
    }

    private static void WriteSetter(SourceWriter writer, string name, BodyAccessor set) =>
        WriteOne(writer, name, set, set.Kind is "Field" ? $"ref {set.Value}" : "void", set.Kind is "Field" ? null : set.Value);

    private static void WriteOne(SourceWriter writer, string name, BodyAccessor accessor, string result, string? value)
    {
        var target = (accessor.OwnerIsValueType ? "ref " : string.Empty) + accessor.Owner + " target";
        Wrap(writer, name, accessor, $"public static extern {result} {name}({target}{(value is null ? string.Empty : $", {value} value")});");
    }

    private static void Wrap(SourceWriter writer, string name, BodyAccessor accessor, string method)
    {
        if (accessor.Parameters.Length > 0)
        {
            writer.Open($"private static class Access_{name}{accessor.Parameters} {accessor.Constraints}".TrimEnd());
        }

        var target = accessor.Kind is "Constructor" ? string.Empty : $", Name = {CSharp.Literal(accessor.Target)}";
        writer.Line($"[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.{accessor.Kind}{target})]");
        writer.Line(method);
        if (accessor.Parameters.Length > 0)
        {
            writer.Close();
        }

        writer.Line();
    }
}
