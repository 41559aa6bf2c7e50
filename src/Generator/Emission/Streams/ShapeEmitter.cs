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
        foreach (var member in type.Object.Members.Where(member => member.Query.IsMapped || member.Query.Kind == BodyQueryKind.Unmapped))
        {
            writer.Line($"    {Member(model, member)},");
        }

        if (type.Object.Extension is { } extension)
        {
            writer.Line($"    {Unmapped($"{CSharp.Literal(extension.Access.Name)}, \"\", typeof(object)", BodyExtension.Query)},");
        }

        writer.Line("]);").Line();
    }

    private static string Member(BodyModel model, BodyMember member)
    {
        var type = model.Types[member.Type];
        var start = $"{CSharp.Literal(member.Access.Name)}, {CSharp.Literal(member.Json)}, typeof({type.Name})";
        var arguments = $"{start}, {CSharp.Literal(member.ReadsNull || type.Kind == BodyKind.Nullable)}";
        var inner = Inner(model, member);
        return Shape() + Absent(member);

        string Shape() => member.Query.Kind switch
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

    /// <summary>The value that queries give the member where the JSON lacks it.</summary>
    private static string Absent(BodyMember member) => member.Query.Kind switch
    {
        BodyQueryKind.Value when member.Query.Absent.Length > 0 => $" with {{ Absent = {member.Query.Absent} }}",
        BodyQueryKind.Values or BodyQueryKind.Objects when !member.Required && !member.ReadsNull =>
            $" with {{ Absent = global::Typed.Generated.BodyMember.EmptyList }}",
        _ => string.Empty,
    };

    // Of a list or a nullable the type inside, otherwise the member's own.
    private static int Inner(BodyModel model, BodyMember member) => model.Types[member.Type].Item is >= 0 and var item ? item : member.Type;

    private static string Unmapped(string start, BodyQuery query) => $"{Factory}Unmapped({start}, {CSharp.Literal(query.Reason)})";
}
