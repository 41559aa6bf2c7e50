using Typed.Generator.Model;
using Typed.Generator.Model.Streams;

namespace Typed.Generator.Emission.Streams;

/// <summary>Emits methods that the runtime binds to members out of reach; one class each where the owner is generic, as type parameters must match.</summary>
internal static class AccessorEmitter
{
    /// <summary>Stands for the number of the member that keeps unknown members.</summary>
    public const int Extension = -1;

    public static void Write(SourceWriter writer, int index, BodyObject shape)
    {
        for (var i = 0; i < shape.Members.Count; i++)
        {
            WriteBoth(writer, index, i, shape.Members[i].Access);
        }

        WriteBoth(writer, index, Extension, shape.Extension?.Access);

        if (shape.Constructor?.Access is { } create)
        {
            var parameters = string.Join(", ", shape.Constructor.Parameters.Select((parameter, i) => $"{parameter.Type} p{i}"));
            Wrap(writer, $"New_{index}", create, $"public static extern {create.Owner} New_{index}({parameters});");
        }
    }

    /// <summary>The expression that reads the member of <c>value</c>.</summary>
    public static string Get(int index, int member, BodyAccess access) =>
        access.Get is null ? Plain(access) : Call("Get", index, member, access.Get, "value");

    /// <summary>The expression that sets the member of <c>value</c>.</summary>
    public static string Set(int index, int member, BodyAccess access, string value) =>
        access.Set is null ? $"{Plain(access)} = {value}" : Call("Set", index, member, access.Set, "value", value);

    public static string Create(int index, BodyAccessor accessor, string arguments) => $"{Prefix($"New_{index}", accessor)}New_{index}({arguments})";

    private static string Plain(BodyAccess access) => (access.Level is null ? "value." : $"(({access.Level})value).") + CSharp.Identifier(access.Name);

    private static string Call(string verb, int index, int member, BodyAccessor accessor, string target, string? value = null)
    {
        var name = Name(verb, index, member);
        var instance = accessor.OwnerIsValueType ? "ref " + target : target;
        var call = $"{Prefix(name, accessor)}{name}({instance}";
        return value is null ? call + ")" : IsField(accessor) ? $"{call}) = {value}" : $"{call}, {value})";
    }

    private static string Name(string verb, int index, int member) => member == Extension ? $"{verb}_{index}_More" : $"{verb}_{index}_{member}";

    private static string Prefix(string name, BodyAccessor accessor) => accessor.Parameters.Length == 0 ? string.Empty : $"Access_{name}{accessor.Arguments}.";

    private static void WriteBoth(SourceWriter writer, int index, int member, BodyAccess? access)
    {
        if (access?.Get is { } get)
        {
            WriteOne(writer, Name("Get", index, member), get, IsField(get) ? $"ref {get.Value}" : get.Value);
        }

        if (access?.Set is { } set)
        {
            WriteOne(writer, Name("Set", index, member), set, IsField(set) ? $"ref {set.Value}" : "void", IsField(set) ? "" : $", {set.Value} value");
        }
    }

    private static void WriteOne(SourceWriter writer, string name, BodyAccessor accessor, string result, string parameter = "") =>
        Wrap(writer, name, accessor, $"public static extern {result} {name}({(accessor.OwnerIsValueType ? "ref " : "")}{accessor.Owner} target{parameter});");

    private static bool IsField(BodyAccessor accessor) => accessor.Kind is "Field";

    private static void Wrap(SourceWriter writer, string name, BodyAccessor accessor, string method)
    {
        if (accessor.Parameters.Length > 0)
        {
            writer.Open($"private static class Access_{name}{accessor.Parameters} {accessor.Constraints}".TrimEnd());
        }

        const string Services = "global::System.Runtime.CompilerServices";
        var target = accessor.Kind is "Constructor" ? string.Empty : $", Name = {CSharp.Literal(accessor.Target)}";
        writer.Line($"[{Services}.UnsafeAccessor({Services}.UnsafeAccessorKind.{accessor.Kind}{target})]");
        writer.Line(method);
        if (accessor.Parameters.Length > 0)
        {
            writer.Close();
        }

        writer.Line();
    }
}
