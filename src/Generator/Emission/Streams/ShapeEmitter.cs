using Typed.Generator.Model;
using Typed.Generator.Model.Streams;

namespace Typed.Generator.Emission.Streams;

/// <summary>Emits the body's members as queries see them: a field for each type, after those of the types inside it, as fields are filled in order.</summary>
internal static class ShapeEmitter
{
    private const string Factory = "global::Typed.Generated.BodyShapes.";

    public static void Write(SourceWriter writer, BodyModel model) => Write(writer, model, 0, []);

    private static void Write(SourceWriter writer, BodyModel model, int index, HashSet<int> written)
    {
        if (!written.Add(index))
        {
            return;
        }

        var type = model.Types[index];
        foreach (var member in type.Object!.Members.Where(member => member.Query.IsObject))
        {
            Write(writer, model, Inner(model, member), written);
        }

        writer.Line($"public static readonly global::Typed.Generated.BodyShape Shape_{index} = new(typeof({type.Name}),").Line("[");
        for (var i = 0; i < type.Object.Members.Count; i++)
        {
            if (type.Object.Members[i] is { Query: { IsMapped: true } or { Kind: BodyQueryKind.Unmapped } } member)
            {
                writer.Line($"    {Member(model, member)}{Absent(model, index, i)}{Former(member)},");
            }
        }

        if (type.Object.Extension is { } extension)
        {
            writer.Line($"    {Unmapped($"{CSharp.Literal(extension.Access.Name)}, \"\", typeof(object)", BodyExtension.Query)},");
        }

        var made = type.Object.Constructor is { NeedsValues: false } ? $", Empty = {Text($"Write_{index}(writer, {Bare(type, index)});")}" : string.Empty;
        writer.Line($"]) {{ Read = static ({ValueEmitter.Reader}) => Read_{index}(ref reader){made} }};").Line();
    }

    private static string Member(BodyModel model, BodyMember member)
    {
        var type = model.Types[member.Type];
        var start = $"{CSharp.Literal(member.Access.Name)}, {CSharp.Literal(member.Json)}, typeof({type.Name})";
        var arguments = $"{start}, {CSharp.Literal(member.ReadsNull || type.Kind == BodyKind.Nullable)}";
        var inner = Inner(model, member);
        return member.Query.Kind switch
        {
            BodyQueryKind.Value when model.Types[inner].Kind == BodyKind.Enum => $"{Factory}Enum({arguments}, Enum_{inner})",
            BodyQueryKind.Value => $"{Factory}Scalar({arguments})",
            BodyQueryKind.Values when model.Types[inner].Kind == BodyKind.Enum => $"{Factory}Enums({arguments}, Enum_{inner})",
            BodyQueryKind.Values when model.Types[inner] is { Kind: BodyKind.Nullable, Item: var item } && model.Types[item].Kind == BodyKind.Enum =>
                $"{Factory}Enums({arguments}, Enum_{item}) with {{ ElementType = typeof({model.Types[inner].Name}) }}",
            BodyQueryKind.Values => $"{Factory}Scalars({arguments}, typeof({model.Types[inner].Name}))",
            BodyQueryKind.Object => $"{Factory}Object({arguments}, Shape_{inner})",
            BodyQueryKind.Objects => $"{Factory}Objects({arguments}, Shape_{inner})",
            _ => Unmapped(start, member.Query),
        };
    }

    /// <summary>The value that queries give the member where the JSON lacks it: a constant, or what the class makes.</summary>
    private static string Absent(BodyModel model, int index, int number)
    {
        var (type, member) = (model.Types[index], model.Types[index].Object!.Members[number]);
        if (member.Query.Absent.Length > 0)
        {
            return $" with {{ Absent = {member.Query.Absent} }}";
        }

        var isList = member.Query.Kind is BodyQueryKind.Values or BodyQueryKind.Objects;
        var empty = isList && !member.Required && !member.ReadsNull ? " with { Absent = global::Typed.Generated.BodyMember.EmptyList }" : string.Empty;
        return member is { Read: ReadInto.Setter, Write: not WriteWhen.Never, Required: false } && type.Object!.Constructor is not null
            && (member.Query.Kind != BodyQueryKind.Value || !member.ReadsNull)
            ? $"{empty} with {{ Initial = {Text($"{type.Name} value = {Bare(type, index)}; {WriteMember()}")} }}" : empty;

        string WriteMember() => ValueEmitter.WriteValue(model, member.Type, AccessorEmitter.Get(index, number, member.Access), "it");
    }

    private static string Bare(BodyType type, int index) => ObjectReaderEmitter.New(index, type, type.Object!.Constructor!, type.Object, isBare: true);

    private static string Text(string write) => $"static () => {Factory}Text(static writer => {{ {write} }})";

    private static string Former(BodyMember member) => member.FormerNames.Count == 0 ? string.Empty
        : $" with {{ FormerNames = [{string.Join(", ", member.FormerNames.Select(CSharp.Literal))}] }}";

    // Of a list or a nullable the type inside, otherwise the member's own.
    private static int Inner(BodyModel model, BodyMember member) => model.Types[member.Type].Item is >= 0 and var item ? item : member.Type;

    private static string Unmapped(string start, BodyQuery query) => $"{Factory}Unmapped({start}, {CSharp.Literal(query.Reason)})";
}
